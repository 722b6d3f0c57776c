"""A day of a draft on a map, and the same as a table for each tour."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.kernel.travel import Place, place_of
from omtanke.people.models import Citizen, Hamlet, Unit
from omtanke.planning.called import Called
from omtanke.planning.from_rows import Case, place_id
from omtanke.planning.opened import Opened
from omtanke.planning.timeline import picture_of
from omtanke.planning.tours_map import Tour, tours_of
from omtanke.planning.views.timeline import asked_day, open_draft

MAY = Permission.PLAN_LISTS


@requires(MAY)
@require_safe
def draft_map(request: ActorRequest, draft_id: int) -> HttpResponse:
    """All tours of the day, or with `?tour=` (a shift) that one before the others."""
    opened = open_draft(request, draft_id)
    on = asked_day(request, opened.draft)
    called = opened.called
    day = (on - opened.case.first).days
    tours = tours_of(opened.case.problem, opened.plan, day, _places(opened.case))
    unplaced = picture_of(opened.case.problem, opened.plan, day).unplaced
    look(request, {int(stop.person) for tour in tours for stop in tour.stops if stop.person})
    look(request, {int(task.person) for task in unplaced if task.person})
    chosen = request.GET.get("tour", "")
    context = {
        "draft": opened.draft,
        "on": on,
        "tours": [_told(tour, opened, called) for tour in tours],
        "chosen": chosen if any(tour.shift.id == chosen for tour in tours) else "",
        "unplaced": [opened.case.visits[task.id] for task in unplaced],
        "hamlets": Hamlet.objects.filter(latitude__isnull=False, longitude__isnull=False).order_by("name"),
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT,
    }
    return render(request, "planning/draft_map.html", context)


def _places(case: Case) -> dict[str, Place | None]:
    rows: list[Unit | Citizen] = [*case.units, *(shift.unit for shift in case.shifts.values()), *case.citizens.values()]
    return {place_id(row): place_of(row) for row in rows}


def _told(tour: Tour, opened: Opened, called: Called) -> dict[str, Any]:
    case = opened.case
    return {
        "tour": tour,
        "employee": case.employees[tour.shift.carer],
        "unit": case.shifts[tour.shift.id].unit,
        "hours": f"{called.clock(tour.shift.starts)}–{called.clock(tour.shift.ends)}",
        "stops": [
            {
                "stop": stop,
                "clock": called.clock(stop.start),
                "visit": case.visits[stop.task],
                "drive": round(stop.drive),
            }
            for stop in tour.stops
        ],
    }
