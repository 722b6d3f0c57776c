"""The page on which somebody's representatives are named and ended, by those who choose the person's contacts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import Grant, Reason
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.access.roles import NotToYourself
from omtanke.people.models import Belonging, Citizen
from omtanke.trust import representatives as deed
from omtanke.trust.first_login import invite
from omtanke.trust.forms import RepresentativeForm


def may_name(request: ActorRequest, citizen: Citizen) -> bool:
    """Does the actor choose contacts in one of the citizen's units?"""
    units = Belonging.objects.current().filter(citizen=citizen).values_list("unit_id", flat=True)
    return request.actor.may_in_one_of(Permission.CHOOSE_CONTACTS, units)


def _one_of_mine(request: ActorRequest, citizen_id: int) -> Citizen:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    if not may_name(request, citizen):
        raise PermissionDenied
    look(request, [citizen_id])
    return citizen


@requires(Permission.CHOOSE_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def representatives(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Who acts on this person's behalf; name one more."""
    citizen = _one_of_mine(request, citizen_id)
    form = RepresentativeForm(request.POST) if request.method == "POST" else RepresentativeForm()
    if request.method == "POST" and form.is_valid() and _name(request, citizen, form):
        return redirect("access:representatives", citizen_id)
    context = {
        "citizen": citizen,
        "form": form,
        "lines": deed.representatives_of(citizen),
        "see_citizen": True,
        "may_name": True,
    }
    return render(request, "trust/representatives.html", context, status=422 if form.errors else 200)


def _name(request: ActorRequest, citizen: Citizen, form: RepresentativeForm) -> bool:
    said = form.cleaned_data
    try:
        user = deed.name_representative(
            citizen, name=said["name"], email=said["email"], by=request.user, on=timezone.localdate()
        )
    except deed.AlreadyRepresents:
        form.add_error("email", _("Whoever has this address acts on %(name)s's behalf already.") % _of(citizen))
    except deed.LoginIsClosed:
        form.add_error("email", _("The login with this address has been closed. Ask the administrator."))
    except NotToYourself:
        form.add_error("email", _("This is you. A colleague has to name you, so that two have seen it."))
    else:
        _tell(request, user.name, citizen)
        if user.last_login is None:
            invite(user, request)
            messages.info(request, _("An invitation is on its way to %(email)s.") % {"email": user.email})
        return True
    return False


def _tell(request: ActorRequest, who: str, citizen: Citizen) -> None:
    said = _("%(who)s now acts on %(name)s's behalf.") % ({"who": who} | _of(citizen))
    messages.success(request, said)


def _of(citizen: Citizen) -> dict[str, str]:
    return {"name": citizen.first_name}


@requires(Permission.CHOOSE_CONTACTS)
@require_POST
def end_representative(request: ActorRequest, citizen_id: int, grant_id: int) -> HttpResponse:
    """They no longer act on this person's behalf."""
    citizen = _one_of_mine(request, citizen_id)
    line = get_object_or_404(Grant, pk=grant_id, citizen_id=citizen_id, reason=Reason.REPRESENTS)
    who = {"who": line.holder.name} | _of(citizen)
    try:
        deed.end_representative(line, by=request.user, on=timezone.localdate())
        messages.success(request, _("%(who)s no longer acts on %(name)s's behalf.") % who)
    except deed.AlreadyEnded:
        messages.info(request, _("A colleague has already ended this."))
    return redirect("access:representatives", citizen_id)
