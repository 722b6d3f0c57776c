"""What happens: a month or a week at a glance, on a phone as a list."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.everyday.icons import icon_of
from omtanke.everyday.models import HelpWanted, Notice, Occurrence, Volunteer
from omtanke.everyday.models.activities import OccurrenceQuerySet
from omtanke.people.models import Hamlet, Unit

VIEWS = ("month", "week")


@dataclass
class Day:
    on: date
    inside: bool  # of the month that is shown
    happens: list[Occurrence] = field(default_factory=list)


@requires(Permission.SEE_ACTIVITIES)
@require_safe
def calendar(request: ActorRequest) -> HttpResponse:
    """A month, or with `?view=week` a week; of one unit or hamlet if asked for."""
    context = shown(request, Occurrence.objects.all())
    context["may_arrange"] = request.actor.may(Permission.ARRANGE_ACTIVITIES)
    context["mine_to_tell"] = Notice.objects.to_tell().filter(teller=request.user).count()
    if request.actor.may(Permission.LOOK_AFTER_VOLUNTEERS):
        context["wanted"] = HelpWanted.objects.open().filter(starts__gt=timezone.now()).count()
        context["new_volunteers"] = Volunteer.objects.filter(stopped_on=None, looked_after_by=None).count()
    return render(request, "everyday/calendar.html", context)


def shown(request: HttpRequest, among: OccurrenceQuerySet) -> dict[str, Any]:
    """The days that the address asks for, with what happens on them, and where one can go from there."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "month"
    today = timezone.localdate()
    on = asked_day(request, today)
    days = _days(view, on)
    unit, hamlet = chosen(request)
    if unit:
        among = among.for_unit(unit.pk)
    if hamlet:
        among = among.in_hamlet(hamlet.pk)
    fill(days, among)
    return {
        "view": view,
        "on": on,
        "today": today,
        "days": days,
        "nothing": not any(day.happens for day in days),
        "before": _step(view, on, -1),
        "after": _step(view, on, 1),
        "unit": unit,
        "hamlet": hamlet,
        "units": Unit.objects.all(),
        "hamlets": Hamlet.objects.order_by("name"),
        "here": "".join(f"&{name}={one.pk}" for name, one in (("unit", unit), ("hamlet", hamlet)) if one),
    }


def chosen(request: HttpRequest) -> tuple[Unit | None, Hamlet | None]:
    """The unit and the hamlet that the address asks for."""
    unit = Unit.objects.filter(pk=_number(request, "unit")).first()
    return unit, Hamlet.objects.filter(pk=_number(request, "hamlet")).first()


def fill(days: list[Day], among: OccurrenceQuerySet) -> None:
    """Put onto each day what begins then."""
    since, until = midnight(days[0].on), midnight(days[-1].on + timedelta(days=1))
    by_day = {day.on: day for day in days}
    for one in among.filter(starts__gte=since, starts__lt=until).with_place().in_order():
        one.icon = icon_of(one.activity)  # type: ignore[attr-defined] # for the template
        by_day[timezone.localdate(one.starts)].happens.append(one)


def midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def asked_day(request: HttpRequest, today: date) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return asked if abs((asked - today).days) < 3660 else today


def _number(request: HttpRequest, name: str) -> int:
    """A key from the address; 0, which nothing has, when there is none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else 0


def _days(view: str, on: date) -> list[Day]:
    if view == "week":
        monday = on - timedelta(days=on.weekday())
        return [Day(monday + timedelta(days=n), inside=True) for n in range(7)]
    return [Day(day, inside=day.month == on.month) for day in Calendar().itermonthdates(on.year, on.month)]


def _step(view: str, on: date, way: int) -> date:
    if view == "week":
        return on + timedelta(weeks=way)
    first = on.replace(day=1)
    return first - timedelta(days=1) if way < 0 else (first + timedelta(days=32)).replace(day=1)
