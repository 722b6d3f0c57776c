"""My shift: the visits of today on a phone, and the list on paper when the phone is no help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Employee
from omtanke.shell.pdf import pdf_response
from omtanke.visits.day_sheet import Stop, next_stop, rounds_of, stops_of
from omtanke.visits.models import Round, Shift
from omtanke.visits.views.me import day_of, employee_of


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def my_shift(request: ActorRequest) -> HttpResponse:
    """My visits in order; without a list, the way to one."""
    me, at = Employee.objects.filter(user=request.user).first(), timezone.now()
    if me is None:
        return render(request, "visits/no_employee.html")
    today = timezone.localdate(at)
    on = day_of(request, at)
    rounds = rounds_of(me, at=at, on=None if on == today else on)
    context = _sheet(request, rounds, me)
    if not rounds:
        shifts = Shift.objects.filter(employee=me, ends__gt=at, starts__lt=at + timedelta(days=7))
        context["shift"] = shifts.select_related("unit").order_by("starts").first()
    days = {"on": on, "today": today, "tomorrow": today + timedelta(days=1), "is_today": on == today}
    return render(request, "visits/my_shift.html", {**context, **days, "mine": True})


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def read_round(request: ActorRequest, round_id: int) -> HttpResponse:
    """Anybody's list, to read: before one takes it, or to help a colleague."""
    round_ = get_object_or_404(Round.objects.select_related("work_list__unit", "taken_by"), pk=round_id)
    me, today = employee_of(request), timezone.localdate()
    days = {"on": round_.on, "today": today, "is_today": round_.on == today}
    return render(request, "visits/my_shift.html", {**_sheet(request, [round_], me), **days, "mine": False})


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def print_round(request: ActorRequest, round_id: int) -> HttpResponse:
    """The list on paper, for when the phone fails: numbers and initials, no names."""
    round_ = get_object_or_404(Round.objects.select_related("work_list__unit", "taken_by"), pk=round_id)
    stops = stops_of([round_], employee_of(request), at=timezone.now())
    look(request, [stop.citizen.pk for stop in stops])
    day = format_date(round_.on, "WEEKDAY_DATE_FORMAT").capitalize()
    filename = f"{round_.work_list.name.lower().replace(' ', '-')}-{round_.on:%Y-%m-%d}.pdf"
    return pdf_response("visits/round.typ", _on_paper(round_, day, stops), filename=filename)


def _sheet(request: ActorRequest, rounds: Sequence[Round], me: Employee) -> dict[str, Any]:
    stops = stops_of(rounds, me, at=timezone.now())
    look(request, [stop.citizen.pk for stop in stops])
    units = {round_.work_list.unit_id: round_.work_list.unit for round_ in rounds}
    coming = next_stop(stops)
    return {
        "rounds": rounds,
        "stops": stops,
        "next": coming,
        "units": list(units.values()),
        "done": sum(stop.visit.state == "done" for stop in stops),
        "me": me,
    }


def _on_paper(round_: Round, day: str, stops: Sequence[Stop]) -> dict[str, Any]:
    unit = round_.work_list.unit
    return {
        "title": f"{round_.work_list.name} · {unit.name}",
        "day": day,
        "has_it": round_.taken_by.name if round_.taken_by else "",
        "note": round_.note,
        "phone": _("Duty phone: %(phone)s") % {"phone": unit.phone} if unit.phone else "",
        "headings": [_("No."), _("At"), _("Who"), _("What"), _("Asks for"), _("Drive")],
        "keep_safe": _("Only initials stand here. Keep the sheet on you, and shred it after the shift."),
        "rows": [_row(number, stop) for number, stop in enumerate(stops, 1)],
    }


def _row(number: int, stop: Stop) -> list[str]:
    visit, other = stop.visit, stop.visit.together_with
    what = [visit.what, _("%(minutes)d min") % {"minutes": visit.minutes}]
    if other:
        with_whom = other.round.taken_by.initials if other.round.taken_by else other.round.work_list.name
        what.append(_("two carers, with %(who)s") % {"who": with_whom})
    drive = "" if stop.drive is None else _("%(minutes)d min") % {"minutes": stop.drive}
    clock = format_date(timezone.localtime(visit.planned_start), "H:i")
    competence = str(visit.get_competence_display()) if visit.competence else ""
    return [str(number), clock, stop.citizen.initials, " · ".join(what), competence, drive]
