"""Pages on which leaders and administrators give and end roles, and administrators create users."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access import roles as deed
from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import Permission, Role
from omtanke.people.models import Unit
from omtanke.trust.first_login import HasLoginAlready, create_login, invite
from omtanke.trust.forms import NewUserForm, RoleForm

ON_A_PAGE = 30


@requires(Permission.GIVE_ROLES)
@require_safe
def roles(request: ActorRequest) -> HttpResponse:
    """Who has which role in the actor's units; a search finds everyone who can log in."""
    words = request.GET.get("q", "").strip()
    units = request.actor.units(Permission.GIVE_ROLES)
    held = RoleAssignment.objects.current().exclude(role=Role.REPRESENTATIVE)
    users = User.objects.filter(is_active=True).order_by("name", "pk")
    if words:
        users = users.filter(Q(name__icontains=words) | Q(email__iexact=words))
    elif units is not None:
        users = users.filter(pk__in=held.filter(unit_id__in=units).values("user_id"))
    users = users.prefetch_related(Prefetch("role_assignments", held.order_by("role"), to_attr="roles_now"))
    page = Paginator(users, ON_A_PAGE).get_page(request.GET.get("page"))
    names = dict(Unit.objects.values_list("pk", "name"))
    people = [{"user": user, "roles": [_told(one, names) for one in getattr(user, "roles_now", ())]} for user in page]
    context = {
        "page": page,
        "people": people,
        "words": words,
        "also": f"&q={words}" if words else "",
        "may_create": request.actor.may(Permission.ADMINISTER),
    }
    return render(request, "trust/roles.html", context)


@requires(Permission.GIVE_ROLES)
def person_roles(request: ActorRequest, user_id: int) -> HttpResponse:
    """One person's roles, now and before; give one more."""
    user = get_object_or_404(User, pk=user_id)
    form = RoleForm(actor=request.actor)
    if request.method == "POST":
        form = RoleForm(request.POST, actor=request.actor)
        if form.is_valid() and _give(request, user, form):
            return redirect("access:person_roles", user_id)
    names = dict(Unit.objects.values_list("pk", "name"))
    all_of_them = user.role_assignments.select_related("given_by", "ended_by").order_by("-since", "-pk")
    now = set(RoleAssignment.objects.current().filter(user=user).values_list("pk", flat=True))
    told = [{**_told(one, names), "may_end": _may_end(request, one)} for one in all_of_them]
    context = {
        "person": user,
        "form": form,
        "now": [one for one in told if one["pk"] in now],
        "before": [one for one in told if one["pk"] not in now],
        "self": user.pk == request.user.pk,
    }
    return render(request, "trust/person_roles.html", context, status=422 if form.errors else 200)


def _told(one: RoleAssignment, units: dict[int, str]) -> dict[str, object]:
    return {
        "pk": one.pk,
        "role": Role(one.role).label,
        "unit": units.get(one.unit_id or 0, ""),
        "since": one.since,
        "until": one.until,
        "assignment": one,
    }


def _may_end(request: ActorRequest, one: RoleAssignment) -> bool:
    return one.until is None and deed.may_decide(request.actor, Role(one.role), one.unit_id)


def _give(request: ActorRequest, user: User, form: RoleForm) -> bool:
    role, unit = Role(form.cleaned_data["role"]), form.cleaned_data["unit"]
    try:
        deed.hand_out_role(user, role, unit_id=unit.pk if unit else None, by=request.actor, on=timezone.localdate())
    except deed.NotToYourself:
        form.add_error(None, _("You cannot give yourself a role. Ask another leader or the administrator."))
        return False
    except deed.NotYoursToGive:
        form.add_error(None, _("You can give roles in the units you lead."))
        return False
    messages.success(request, _("%(name)s is now %(role)s.") % {"name": user.name, "role": role.label.lower()})
    return True


@requires(Permission.GIVE_ROLES)
@require_POST
def end_role(request: ActorRequest, assignment_id: int) -> HttpResponse:
    """End a role at once. A unit's last leader is ended only when the warning has been read."""
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=assignment_id)
    may = deed.may_decide(request.actor, Role(assignment.role), assignment.unit_id)
    if may and assignment.until is None and deed.is_last_leader(assignment) and "anyway" not in request.POST:
        unit = Unit.objects.filter(pk=assignment.unit_id or 0).first()
        return render(request, "trust/last_leader.html", {"assignment": assignment, "unit": unit}, status=409)
    try:
        deed.take_back_role(assignment, by=request.actor, on=timezone.localdate())
        messages.success(request, _("The role is ended, and what it opened is closed."))
    except deed.RoleAlreadyEnded:
        messages.info(request, _("A colleague has already ended this role."))
    except deed.NotYoursToGive:
        messages.error(request, _("You can end roles in the units you lead."))
    return redirect("access:person_roles", assignment.user_id)


@requires(Permission.ADMINISTER)
def new_user(request: ActorRequest) -> HttpResponse:
    """Somebody new who will log in; they get an invitation by e-mail."""
    form = NewUserForm(actor=request.actor)
    if request.method == "POST":
        form = NewUserForm(request.POST, actor=request.actor)
        if form.is_valid():
            said = form.cleaned_data
            try:
                user = create_login(
                    name=said["name"],
                    email=said["email"],
                    employee=said["employee_number"],
                    by=request.user,
                    national_id=said["national_id"],
                )
            except HasLoginAlready:
                form.add_error("email", _("Somebody has this address already."))
            else:
                _give(request, user, form)
                invite(user, request)
                messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": user.email})
                return redirect("access:person_roles", user.pk)
    return render(request, "trust/new_user.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.ADMINISTER)
@require_POST
def invite_again(request: ActorRequest, user_id: int) -> HttpResponse:
    """Send the link once more, to somebody who has not logged in yet."""
    user = get_object_or_404(User, pk=user_id, is_active=True, last_login=None)
    invite(user, request)
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": user.email})
    return redirect("access:person_roles", user.pk)
