"""Activities and assignments as iCalendar (RFC 5545), as Outlook, Google and Apple take it.

A recurring activity is one event with a rule; each time that is moved or cancelled is an exception of it. The same
content is the same text, so that subscribers are told "not changed". Nobody's name stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration, vRecur

from omtanke.befriending.models import TeamMeeting
from omtanke.everyday.models import Activity, Assignment, Occurrence

AGAIN_AFTER = timedelta(hours=4)
SEQUENCE_FROM = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
# Central European time by its rule: Outlook does not read the long list of dates that the library would write.
CENTRAL_EUROPE = """BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
BY_THAT_RULE = {"Europe/Oslo", "Europe/Stockholm", "Europe/Copenhagen"}


def calendar_of(name: str, events: Iterable[Event]) -> bytes:
    """The whole file."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Omtanke//Omtanke//NO")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", vDuration(AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AGAIN_AFTER))
    if settings.TIME_ZONE in BY_THAT_RULE:
        calendar.add_component(Timezone.from_ical(CENTRAL_EUROPE.format(zone=settings.TIME_ZONE)))
    for event in events:
        calendar.add_component(event)
    if settings.TIME_ZONE not in BY_THAT_RULE:
        calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def events_of(activity: Activity, occurrences: Iterable[Occurrence]) -> list[Event]:
    """The event with its rule, and one for each of `occurrences` that differs from it."""
    differing = [one for one in occurrences if one.cancelled_at or one.was_moved or one.note]
    if not activity.repeats and not activity.also_on:
        return [_single(activity, differing[0])] if differing else [_event(activity)]
    return [_event(activity), *(_exception(activity, one) for one in differing if one.recurs_on)]


def _event(activity: Activity) -> Event:
    event = _about(activity, activity.changed_at)
    _period(event, activity, activity.starts, activity.starts + timedelta(minutes=activity.minutes))
    if activity.repeats:
        event.add("rrule", vRecur.from_ical(_until_as_begins(activity)))
    for name, moments in (("rdate", activity.also_on), ("exdate", activity.not_on)):
        for moment in moments:
            _moment(event, name, activity, moment)
    return event


def _single(activity: Activity, one: Occurrence) -> Event:
    """What happens once is simply elsewhere, or cancelled."""
    event = _about(activity, max(activity.changed_at, one.changed_at), one)
    _period(event, activity, one.starts, one.ends)
    return event


def _exception(activity: Activity, one: Occurrence) -> Event:
    event = _about(activity, one.changed_at, one)
    _moment(event, "recurrence-id", activity, one.recurs_on or one.starts)
    _period(event, activity, one.starts, one.ends)
    return event


def _about(activity: Activity, changed: datetime, one: Occurrence | None = None) -> Event:
    event = Event()
    event.add("uid", uid_of("activity", activity.pk))
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(int((changed - SEQUENCE_FROM).total_seconds()), 0))
    event.add("summary", activity.title)
    place = one.place if one else activity.arena
    if place:
        event.add("location", ", ".join(filter(None, [place.name, place.address])))
    words = [one.note if one else "", activity.about, _cost(activity)]
    if activity.organiser:
        words.append(", ".join(filter(None, [activity.organiser.name, activity.organiser.phone])))
    if any(words):
        event.add("description", "\n".join(filter(None, words)))
    event.add("status", "CANCELLED" if one and one.cancelled_at else "CONFIRMED")
    return event


def _cost(activity: Activity) -> str:
    return _("%(cost)d kroner") % {"cost": activity.cost} if activity.cost else ""


def event_of(assignment: Assignment) -> Event:
    """A volunteer's assignment: what and when, not for whom; that stands in Omtanke."""
    event = Event()
    event.add("uid", uid_of("assignment", assignment.pk))
    changed = assignment.answered_at or assignment.asked_at
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    what = assignment.occurrence.activity.title if assignment.occurrence else ""
    event.add("summary", ": ".join(filter(None, [str(Assignment.Kind(assignment.kind).label), what])))
    place = assignment.occurrence.place if assignment.occurrence else None
    if place:
        event.add("location", place.name)
    event.add("description", _("Whom it is for, and where, stands in Omtanke."))
    event.add("dtstart", timezone.localtime(assignment.pick_up_at or assignment.starts))
    event.add("dtend", timezone.localtime(assignment.ends))
    states = {Assignment.State.ASKED: "TENTATIVE", Assignment.State.ACCEPTED: "CONFIRMED"}
    event.add("status", states.get(Assignment.State(assignment.state), "CANCELLED"))
    return event


def team_meeting_event(meeting: TeamMeeting, changed: datetime) -> Event:
    """A monthly meeting of the visiting seniors, `changed` last then; who comes stands in Omtanke."""
    event = Event()
    event.add("uid", uid_of("team-meeting", meeting.pk))
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(int((changed - SEQUENCE_FROM).total_seconds()), 0))
    event.add("summary", _("Team meeting: %(theme)s") % {"theme": meeting.get_theme_display()})
    where = meeting.place or meeting.link
    if where:
        event.add("location", where)
    words = "\n".join(filter(None, [meeting.about, meeting.link if meeting.place else ""]))
    if words:
        event.add("description", words)
    event.add("dtstart", timezone.localtime(meeting.starts))
    event.add("dtend", timezone.localtime(meeting.ends))
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event


def uid_of(kind: str, pk: int) -> str:
    """The same for ever, whatever address the page was asked at."""
    return f"{kind}-{pk}@{slugify(settings.MUNICIPALITY)}.omtanke"


def _period(event: Event, activity: Activity, starts: datetime, ends: datetime) -> None:
    _moment(event, "dtstart", activity, starts)
    _moment(event, "dtend", activity, ends)


def _moment(event: Event, name: str, activity: Activity, at: datetime) -> None:
    """A day for what lasts the whole day, otherwise the clock on the wall with its zone."""
    local = timezone.localtime(at)
    value: Any = local.date() if activity.all_day else local
    listed = [value] if name in {"rdate", "exdate"} else value
    event.add(name, listed, parameters={"VALUE": "DATE"} if activity.all_day else {})


def _until_as_begins(activity: Activity) -> str:
    """UNTIL is a day where the event begins on a day (RFC 5545, 3.3.10)."""
    if not activity.all_day or "UNTIL=" not in activity.repeats:
        return activity.repeats
    parts = [part[:14] if part.startswith("UNTIL=") else part for part in activity.repeats.split(";")]
    return ";".join(parts)


def changed_at(events: Iterable[Event]) -> datetime | None:
    """When any of them was changed last."""
    stamps: list[Any] = [event["dtstamp"] for event in events]
    return max((stamp.dt for stamp in stamps), default=None)
