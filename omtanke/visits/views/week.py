"""Next week's lists side by side: all of a day, or one list through the week."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.my_units import chosen_unit
from omtanke.visits.board import Column, of_day, of_week
from omtanke.visits.edit_forms import Day
from omtanke.visits.models import WorkList
from omtanke.visits.views.edit import LAST_EDIT

MAY = Permission.PLAN_LISTS


@requires(MAY)
@require_safe
def week(request: ActorRequest) -> HttpResponse:
    """A day of the unit's lists (next Monday unless said otherwise), or with `?list=` that list's whole week."""
    unit, units = chosen_unit(request, MAY)
    today = timezone.localdate()
    on = _asked_day(request, today)
    monday = on - timedelta(days=on.weekday())
    lists = list(WorkList.objects.filter(unit=unit, active=True).select_related("unit"))
    one = next((lst for lst in lists if str(lst.pk) == request.GET.get("list")), None)
    columns = of_week(one, monday) if one else of_day(unit, on)
    look(request, {stop.visit.citizen_id for column in columns for stop in column.stops})
    context = {
        "unit": unit,
        "units": units,
        "lists": lists,
        "list": one,
        "columns": columns,
        "on": on,
        "today": today,
        "seen": Day(columns, columns[0]).seen if columns and not one else "",
        "last_edit": _last_edit(request, unit.pk, columns),
        "days": [monday + timedelta(days=n) for n in range(7)],
        "week_before": on - timedelta(weeks=1),
        "week_after": on + timedelta(weeks=1),
    }
    return render(request, "visits/week.html", context)


def _last_edit(request: ActorRequest, unit_id: int, columns: list[Column]) -> dict[str, Any] | None:
    """What the last edit did, on the page of its day; it can be taken back there."""
    kept: dict[str, Any] | None = request.session.get(LAST_EDIT)
    shown = {column.on.isoformat() for column in columns}
    return kept if kept and kept["unit"] == unit_id and kept["on"] in shown else None


def _asked_day(request: ActorRequest, today: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today + timedelta(days=7 - today.weekday())
