"""A month on the wall: what happens in a unit or a hamlet, in large type, without anybody's name but whom to ask.

What happens every week stands once, with the days on which it does not; the rest stands by its date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from omtanke.everyday.icons import icon_of
from omtanke.everyday.models import Occurrence
from omtanke.everyday.repetition import HowOften, repetition_of
from omtanke.people.models import Hamlet, Unit
from omtanke.shell.pictures import svg

PAPERS = {"a4": 210, "a3": 297}  # their width in millimetres; everything else follows


def month_of(on: date) -> tuple[date, date]:
    """Its first day, and the first of the next."""
    first = on.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def poster(
    occurrences: Iterable[Occurrence], on: date, *, paper: str, where: Unit | Hamlet | None, ask: str, municipality: str
) -> dict[str, Any]:
    """What the poster says, for poster.typ."""
    weekly, dated = _sorted_out(list(occurrences))
    place = str(where) if where else municipality
    return {
        "paper": paper,
        "width": PAPERS[paper],
        "language": translation.get_language() or "nb",
        "title": _("What happens in %(place)s") % {"place": place}
        if not isinstance(where, Unit)
        else _("What happens at %(place)s") % {"place": place},
        "month": format_date(on, "F Y"),
        "every_week": _("Every week"),
        "weekly": weekly,
        "these_days": _("These days"),
        "dated": dated,
        "nothing": "" if weekly or dated else _("Nothing is planned this month yet."),
        "welcome": _("Everybody is welcome. You may just sit and look on."),
        "ride": _("Do you need a ride? It can be arranged."),
        "ask": _("Ask %(who)s") % {"who": ask} if ask else "",
    }


def _sorted_out(occurrences: list[Occurrence]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    alike: dict[tuple[Any, ...], list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        at = timezone.localtime(one.recurs_on or one.starts)
        alike[one.activity.title, one.activity.arena_id, at.weekday(), at.time()].append(one)
    weekly, dated = [], []
    for key, times in alike.items():
        usual = [one for one in times if not one.cancelled_at and not one.was_moved]
        if not usual or repetition_of(usual[0].activity.repeats).how_often != HowOften.WEEKLY:
            dated += [_by_date(one) for one in times]
            continue
        exceptions = [one for one in times if one.cancelled_at]
        weekly.append((key[2], key[3], _every_week(usual[0], exceptions)))
        dated += [_by_date(one) for one in times if one.was_moved and not one.cancelled_at]
    weekly.sort(key=lambda row: row[:2])
    dated.sort(key=lambda row: str(row["sort"]))
    return [row for _day, _clock, row in weekly], dated


def _every_week(one: Occurrence, exceptions: list[Occurrence]) -> dict[str, Any]:
    not_on = ", ".join(format_date(timezone.localtime(each.starts), "MONTH_DAY_FORMAT") for each in exceptions)
    weekday = str(WEEKDAYS[timezone.localtime(one.starts).weekday()]).capitalize()
    return _about(one) | {"day": weekday, "not_on": _("Not %(days)s") % {"days": not_on} if not_on else ""}


def _by_date(one: Occurrence) -> dict[str, Any]:
    at = timezone.localtime(one.starts)
    cancelled = _("Cancelled") if one.cancelled_at else ""
    day = format_date(at, "SHORT_WEEKDAY_NUMBER_FORMAT").capitalize()
    return _about(one) | {"day": day, "not_on": cancelled, "sort": at.isoformat()}


def _about(one: Occurrence) -> dict[str, Any]:
    begins, ends = timezone.localtime(one.starts), timezone.localtime(one.ends)
    activity = one.activity
    clock = "" if activity.all_day else f"{begins:%H:%M}–{ends:%H:%M}"
    cost = _("%(cost)d kroner") % {"cost": activity.cost} if activity.cost else ""
    return {
        "clock": clock,
        "title": activity.title,
        "place": place_words(one),
        "more": " · ".join(filter(None, [cost, one.note])),
        "cancelled": one.cancelled_at is not None,
        "icon": svg(icon_of(activity)),
    }


def place_words(one: Occurrence) -> str:
    """'Nordfold kirke', or with the hamlet where the name does not say it."""
    place = one.place
    if place is None:
        return ""
    hamlet = place.hamlet.name if place.hamlet else ""
    return place.name if not hamlet or hamlet in place.name else f"{place.name}, {hamlet}"
