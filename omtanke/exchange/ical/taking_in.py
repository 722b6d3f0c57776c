"""Take a partner's calendar in: new events become activities, changed ones change, and nothing is there twice.

What is gone from the calendar is told, and ended only when somebody has confirmed it; those who have a place are told
as for any cancellation. Looking first does the same and takes it back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from omtanke.access.models import User
from omtanke.everyday.arrange import arrange, cancel, change_all, move, stop_from
from omtanke.everyday.models import Activity, Arena, Occurrence
from omtanke.everyday.schedule import Pattern, times
from omtanke.exchange.ical.models import ImportedEvent, PartnerCalendar
from omtanke.exchange.ical.reading import Content, Problem, Read

AHEAD = timedelta(days=366)

type Tell = Callable[[int, int], None]


@dataclass
class Report:
    """What came of a reading; titles, and problems with their lines."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    over: int = 0
    gone: list[str] = field(default_factory=list)
    ended: bool = False
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "over": self.over,
            "gone": self.gone,
            "ended": self.ended,
            "problems": [{"line": one.line, "what": one.what, "why": one.why} for one in self.problems],
        }


class _TakeBack(Exception):
    """Looking is over."""


def say_nothing(_done: int, _of: int) -> None:
    """The progress of whoever does not watch."""


def look_at(
    partner: PartnerCalendar, content: Content, *, by: User | None, now: datetime, tell: Tell = say_nothing
) -> Report:
    """What taking it in would do; nothing is done."""
    report = Report()
    try:
        with transaction.atomic():
            report = take_in(partner, content, end_gone=False, by=by, now=now, tell=tell)
            raise _TakeBack
    except _TakeBack:
        return report


@transaction.atomic
def take_in(
    partner: PartnerCalendar,
    content: Content,
    *,
    end_gone: bool,
    by: User | None,
    now: datetime,
    tell: Tell = say_nothing,
) -> Report:
    """Everything in the file; with `end_gone` also end what is not in it any more."""
    PartnerCalendar.objects.select_for_update().get(pk=partner.pk)
    report = Report(problems=sorted(content.problems, key=lambda one: one.line), ended=end_gone)
    known = {one.uid: one for one in partner.events.select_related("activity")}
    for number, event in enumerate(content.events):
        tell(number, len(content.events))
        _one(partner, event, known.get(event.uid), report, by, now)
    # An event that stands in the file and could not be read is not gone.
    in_file = {event.uid for event in content.events}
    unread = {problem.what for problem in content.problems}
    for uid, imported in known.items():
        coming = _next(imported.activity, now)
        if uid not in in_file and coming and imported.activity.title not in unread:
            report.gone.append(imported.activity.title)
            if end_gone:
                stop_from(coming, "", by=by, now=now)
                imported.delete()
    return report


def _one(
    partner: PartnerCalendar,
    event: Read,
    imported: ImportedEvent | None,
    report: Report,
    by: User | None,
    now: datetime,
) -> None:
    if imported and imported.all == event.all:
        report.same += 1
        return
    coming = times(event.pattern, since=now, until=max(now, event.starts) + AHEAD)
    if imported is None:
        if not coming or event.cancelled:
            report.over += 1
            return
        activity = arrange(_facts(partner, event) | _when(event, coming, now), by=by, now=now)
        imported = ImportedEvent(partner=partner, uid=event.uid, activity=activity)
        report.new.append(event.title)
    else:
        activity = _changed(partner, event, imported, coming, by, now)
        report.changed.append(event.title)
    imported.activity, imported.when, imported.all = activity, event.when, event.all
    imported.save()
    _exceptions(activity, event, by, now)


def _changed(
    partner: PartnerCalendar,
    event: Read,
    imported: ImportedEvent,
    coming: list[datetime],
    by: User | None,
    now: datetime,
) -> Activity:
    activity = Activity.objects.get(pk=imported.activity_id)
    facts = _facts(partner, event)
    for mine in ("arena", "unit", "organiser"):  # where the partner says nothing, what we have put in stays
        if facts[mine] is None:
            facts.pop(mine)
    if event.cancelled or not coming:
        following = _next(activity, now)
        if following:
            stop_from(following, "", by=by, now=now)
        return activity
    if imported.when != event.when:
        facts |= _when(event, coming, now)
    return change_all(activity, facts, by=by, now=now)


def _facts(partner: PartnerCalendar, event: Read) -> dict[str, Any]:
    return {
        "title": event.title,
        "about": event.about,
        "arena": _arena(event.place),
        "organiser": partner.organiser,
        "unit": partner.unit,
        "source": partner.source,
        "source_uid": event.uid,
    }


def _arena(place: str) -> Arena | None:
    """The place of that name, or one with that name made from what the calendar says."""
    name = place.split(",")[0].strip()
    if not name:
        return None
    return Arena.objects.filter(name__iexact=name).first() or Arena.objects.create(name=name[:80], address=place[:120])


def _when(event: Read, coming: list[datetime], now: datetime) -> dict[str, Any]:
    """From the first time that is still to come: what has been is not our calendar's business."""
    by_rule = Pattern(event.starts, event.rule, (), event.not_on)
    regular = times(by_rule, since=now, until=coming[-1] + timedelta(seconds=1)) if event.rule else []
    first = regular[0] if regular else coming[0]
    return {
        "starts": first,
        "minutes": event.minutes,
        "all_day": event.all_day,
        "repeats": event.rule if regular else "",
        "also_on": [at for at in event.also_on if at >= now and at != first],
        "not_on": list(event.not_on),
    }


def _exceptions(activity: Activity, event: Read, by: User | None, now: datetime) -> None:
    """Move and cancel single times as the calendar says; one that was moved and is not any more goes back."""
    said = {change.recurs_on: change for change in event.changes}
    for one in activity.occurrences.filter(ends__gte=now, cancelled_at=None).in_order():
        change = said.get(one.recurs_on or one.starts)
        if change and change.cancelled:
            cancel(one, "", by=by, now=now)
        elif change and (one.starts, one.ends) != (change.starts, change.ends):
            move(one, {"starts": change.starts, "ends": change.ends, "note": change.note}, "", by=by, now=now)
        elif not change and one.recurs_on and one.starts != one.recurs_on:
            length = one.ends - one.starts
            move(one, {"starts": one.recurs_on, "ends": one.recurs_on + length}, "", by=by, now=now)


def _next(activity: Activity, now: datetime) -> Occurrence | None:
    return activity.occurrences.filter(starts__gte=now).going_ahead().in_order().select_related("activity").first()
