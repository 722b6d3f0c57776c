"""The department leader takes on a new senior, and ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.access.roles import RoleAlreadyEnded
from omtanke.befriending import take_on_seniors as deed
from omtanke.befriending.models import Match
from omtanke.befriending.senior_forms import NewSeniorForm
from omtanke.befriending.team_meeting import seniors_in
from omtanke.people.models import Employee, Unit
from omtanke.people.my_units import my_units
from omtanke.trust.first_login import HasLoginAlready, invite

MAY = Permission.TAKE_ON_SENIORS


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_senior(request: ActorRequest) -> HttpResponse:
    """Name, e-mail, phone; an invitation goes out, and the page of what comes first waits for them."""
    departments = [unit for unit in my_units(request, MAY) if unit.kind == Unit.Kind.VISIT_SERVICE]
    form = NewSeniorForm(request.POST if request.method == "POST" else None, departments=departments)
    if request.method == "POST" and form.is_valid() and (senior := _take_on(request, form)):
        told = _("%(name)s is a visiting senior now, and gets an invitation at %(email)s.")
        messages.success(request, told % {"name": senior.name, "email": senior.email})
        return redirect("befriending:seniors")
    return render(request, "befriending/new_senior.html", {"form": form}, status=422 if form.errors else 200)


def _take_on(request: ActorRequest, form: NewSeniorForm) -> Employee | None:
    said = form.cleaned_data
    new = deed.NewSenior(said["first_name"], said["last_name"], said["email"], said["phone"])
    try:
        senior = deed.take_on_senior(new, said["department"], by=request.actor, on=timezone.localdate())
    except HasLoginAlready:
        form.add_error("email", _("Somebody has this address already. Ask the administrator to give them the role."))
        return None
    if senior.user:
        invite(senior.user, request)
    return senior


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def end_senior(request: ActorRequest, senior_id: int) -> HttpResponse:
    """What it means, and whom they still visit: that ends first."""
    units = request.actor.units(MAY)
    senior = get_object_or_404(Employee, pk=senior_id)
    if senior not in seniors_in(units):
        messages.info(request, _("%(name)s is not a visiting senior here any more.") % {"name": senior.name})
        return redirect("befriending:seniors")
    running = Match.objects.standing().filter(senior=senior).select_related("citizen", "order")
    if request.method == "POST":
        try:
            departments = [unit.pk for unit in my_units(request, MAY)]
            deed.end_senior(senior, departments, by=request.actor, on=timezone.localdate())
        except deed.StillVisits:
            messages.error(request, _("End the visits first, so that each of them knows."))
        except RoleAlreadyEnded:
            messages.info(request, _("A colleague has already ended this role."))
            return redirect("befriending:seniors")
        else:
            messages.success(request, _("%(name)s is not a visiting senior any more.") % {"name": senior.name})
            return redirect("befriending:seniors")
    look(request, {match.citizen_id for match in running})
    return render(request, "befriending/end_senior.html", {"senior": senior, "running": running})
