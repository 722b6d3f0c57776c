"""Pages of a leader about who is away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Employee
from omtanke.visits.absence_forms import AbsenceForm
from omtanke.visits.absences import AlreadyAway, AlreadyBack, concerned_by, end_absence, register_absence
from omtanke.visits.models import Absence


@requires(Permission.LEAD_UNIT)
def new_absence(request: ActorRequest) -> HttpResponse:
    """Register that somebody of one's units is away."""
    employees = Employee.objects.at_work().in_order()
    units = request.actor.units(Permission.LEAD_UNIT)
    if units is not None:
        employees = employees.filter(unit__in=units)
    if (unit := request.GET.get("unit", "")).isdigit():
        employees = employees.filter(unit_id=int(unit))
    today = timezone.localdate()
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        employees=employees,
        initial={"first_day": today} | _begun(request),
    )
    if request.method == "POST" and form.is_valid():
        days = {"first_day": form.cleaned_data["first_day"], "last_day": form.cleaned_data["last_day"]}
        try:
            absence, freed = register_absence(form.employee, form.cleaned_data["kind"], **days, on=today)
        except AlreadyAway:
            form.add_error("first_day", _("An absence of this person is already registered on some of these days."))
        else:
            _tell(request, absence, len(freed))
            return redirect("visits:absence", absence.pk)
    return render(request, "visits/new_absence.html", {"form": form})


def _begun(request: ActorRequest) -> dict[str, str]:
    """What the page that led here knows already."""
    return {name: request.GET[name] for name in ("employee", "first_day", "last_day") if request.GET.get(name)}


def _tell(request: ActorRequest, absence: Absence, freed: int) -> None:
    said = _("It is registered that %(name)s is away.") % {"name": absence.employee}
    if freed:
        said += " " + ngettext(
            "%(count)d list is free again.", "%(count)d lists are free again.", freed
        ) % {"count": freed}  # fmt: skip
    messages.success(request, said)


def _absence_of_mine(request: ActorRequest, absence_id: int) -> Absence:
    absence = get_object_or_404(Absence.objects.select_related("employee__unit"), pk=absence_id)
    if absence.employee.unit_id is None:
        raise PermissionDenied
    request.actor.must_in(Permission.LEAD_UNIT, [absence.employee.unit_id])
    return absence


@requires(Permission.LEAD_UNIT)
def absence(request: ActorRequest, absence_id: int) -> HttpResponse:
    """One absence: which lists and which vulnerable people it concerns."""
    away = _absence_of_mine(request, absence_id)
    concern = concerned_by(away, on=timezone.localdate())
    look(request, [citizen.pk for citizen in concern.people])
    return render(request, "visits/absence.html", {"absence": away, "concern": concern})


@requires(Permission.LEAD_UNIT)
@require_POST
def back(request: ActorRequest, absence_id: int) -> HttpResponse:
    """They are back from today."""
    away = _absence_of_mine(request, absence_id)
    try:
        end_absence(away, back_on=timezone.localdate())
    except AlreadyBack:
        messages.info(request, _("A colleague has registered that already."))
    else:
        messages.success(request, _("%(name)s is back from today.") % {"name": away.employee})
    return redirect("insight:today")
