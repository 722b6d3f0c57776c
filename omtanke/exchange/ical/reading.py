"""Read a partner's .ics file: the events in it, and for what cannot be used, the line and why.

One bad event never hides the others. Times without a zone are the municipality's; whole days are days. What nobody can
mean is refused by name: half a million events, a rule of every second, an event that lasts a year.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from omtanke.everyday.rule_words import why_not
from omtanke.everyday.schedule import MOST_TIMES, BadRule, Pattern, checked, parts_of, times

MOST_BYTES = 5 * 1024 * 1024
MOST_EVENTS = 2000
LONGEST = timedelta(days=14)
USUAL = timedelta(hours=1)  # where a calendar does not say when something ends
LINE = re.compile(r"^[A-Za-z0-9-]+[;:]")


class NotACalendar(Exception):
    """The whole file cannot be used; says why in words."""


@dataclass(frozen=True)
class Problem:
    """Something that was not taken in, at a line of the file (1 is the first)."""

    line: int
    what: str
    why: str


@dataclass(frozen=True)
class Change:
    """One time of a recurring event that is elsewhere, or cancelled."""

    recurs_on: datetime
    starts: datetime
    ends: datetime
    cancelled: bool
    note: str


@dataclass(frozen=True)
class Read:
    """An event, as Omtanke keeps it."""

    uid: str
    line: int
    title: str
    about: str
    place: str
    starts: datetime
    minutes: int
    all_day: bool
    rule: str
    also_on: tuple[datetime, ...]
    not_on: tuple[datetime, ...]
    cancelled: bool
    sequence: int
    changes: tuple[Change, ...] = ()

    @property
    def pattern(self) -> Pattern:
        return Pattern(self.starts, self.rule, self.also_on, self.not_on)

    @property
    def when(self) -> str:
        return _fingerprint(self.starts, self.minutes, self.all_day, self.rule, self.also_on, self.not_on)

    @property
    def all(self) -> str:
        return _fingerprint(self.when, self.title, self.about, self.place, self.cancelled, self.changes)


def _fingerprint(*of: object) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()


@dataclass
class Content:
    events: list[Read] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Block:
    """The lines of one event, and where they begin."""

    line: int
    lines: tuple[str, ...]
    closed: bool


def read(content: bytes, *, now: datetime) -> Content:
    """What a file says. Raises NotACalendar."""
    lines = _lines(content)
    blocks = list(_blocks(lines))
    if len(blocks) > MOST_EVENTS:
        raise NotACalendar(
            _("There are %(number)d events in it. We take %(most)d at once: let the partner give out a shorter period.")
            % {"number": len(blocks), "most": MOST_EVENTS}
        )
    found = Content()
    zones = _zones(lines)
    changes: list[tuple[Block, Component]] = []
    for block in blocks:
        event = _parsed(block, zones, found)
        if event is None:
            continue
        if event.get("recurrence-id") is not None:
            changes.append((block, event))
        else:
            _kept(block, event, found, now)
    _with_changes(changes, found)
    return found


def _lines(content: bytes) -> list[str]:
    if len(content) > MOST_BYTES:
        raise NotACalendar(_("The file is larger than five megabytes."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    begins = next((line.strip().upper() for line in lines if line.strip()), "")
    if begins != "BEGIN:VCALENDAR":
        raise NotACalendar(_("This is not a calendar file (.ics): it does not begin with BEGIN:VCALENDAR."))
    return lines


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Each event, also one that is never closed; alarms inside are left out."""
    begun, skipping = 0, ""
    kept: list[str] = []
    for number, line in enumerate(lines, start=1):
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            if begun:
                yield Block(begun, tuple(kept), closed=False)
            begun, kept, skipping = number, [line], ""
        elif begun and word.startswith("BEGIN:"):
            skipping = word[6:]
        elif skipping and word == f"END:{skipping}":
            skipping = ""
        elif begun and word == "END:VEVENT":
            yield Block(begun, (*kept, line), closed=True)
            begun, kept = 0, []
        elif begun and not skipping:
            kept.append(line)
    if begun:
        yield Block(begun, tuple(kept), closed=False)


def _zones(lines: list[str]) -> str:
    """The file's own definitions of time zones, for the names that are not known elsewhere."""
    text = "\n".join(lines)
    return "\n".join(re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", text, re.DOTALL | re.IGNORECASE)[:50])


def _parsed(block: Block, zones: str, found: Content) -> Component | None:
    if not block.closed:
        found.problems.append(Problem(block.line, _title_in(block), _("The event has no end (END:VEVENT).")))
        return None
    for offset, line in enumerate(block.lines):
        if line.strip() and line[0] not in " \t" and not LINE.match(line):
            words = _("The line is broken: “%(line)s”.") % {"line": line[:60]}
            found.problems.append(Problem(block.line + offset, _title_in(block), words))
            return None
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", zones, *block.lines, "END:VCALENDAR", ""])
    try:
        event: Component = Calendar.from_ical(text).walk("VEVENT")[0]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        found.problems.append(Problem(block.line, _title_in(block), _("Cannot be read: %(why)s") % {"why": error}))
        return None
    return event


def _title_in(block: Block) -> str:
    said = next((line for line in block.lines if line.upper().startswith("SUMMARY")), "")
    return said.partition(":")[2][:80]


class _Refused(Exception):
    """Words for why an event is not taken in."""


UNREADABLE = (_Refused, BadRule, BrokenCalendarProperty, OverflowError)


def _why(refused: Exception) -> str:
    if isinstance(refused, BadRule):
        return why_not(refused)
    return str(refused) if isinstance(refused, _Refused) else _("Cannot be read: %(why)s") % {"why": refused}


def _kept(block: Block, event: Component, found: Content, now: datetime) -> None:
    try:
        one = _read(block, event, now)
    except UNREADABLE as refused:
        why = _why(refused)
        found.problems.append(Problem(block.line, _title_in(block), why))
        return
    same = next((other for other in found.events if other.uid == one.uid), None)
    if same is None:
        found.events.append(one)
        return
    older, newer = sorted((same, one), key=lambda each: each.sequence)
    found.events[found.events.index(same)] = newer
    why = _("The same event stands twice in the file. The newer one counts.")
    found.problems.append(Problem(older.line, older.title, why))


def _read(block: Block, event: Component, now: datetime) -> Read:
    starts, ends, all_day = _period(event)
    title = str(event.get("summary", "")).strip() or _("Without a title")
    rules = event.get("rrule")
    if isinstance(rules, list):
        raise _Refused(_("It has several recurrence rules. We take one."))
    rule = checked(rules.to_ical().decode(), starts, now=now) if rules else ""
    also_on, not_on = _moments(event, "rdate"), _moments(event, "exdate")
    if len(also_on) > MOST_TIMES or len(not_on) > MOST_TIMES:
        raise _Refused(_("It names more than a thousand single times (RDATE, EXDATE)."))
    uid = str(event.get("uid", "")).strip() or f"no-uid-{_fingerprint(title, starts)[:32]}"
    return Read(
        uid=uid[:255],
        line=block.line,
        title=title[:80],
        about=str(event.get("description", "")).strip()[:2000],
        place=str(event.get("location", "")).strip()[:80],
        starts=starts,
        minutes=round((ends - starts).total_seconds() / 60),
        all_day=all_day,
        rule=_without_count(rule, starts),
        also_on=also_on,
        not_on=not_on,
        cancelled=str(event.get("status", "")).upper() == "CANCELLED",
        sequence=_number(event.get("sequence")),
    )


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


def _without_count(rule: str, starts: datetime) -> str:
    """So many times becomes a last day: then the rule means the same from whichever time it is laid out."""
    if not rule or "COUNT" not in parts_of(rule):
        return rule
    every = times(Pattern(starts, rule), since=starts, until=starts + timedelta(days=366 * 30))
    parts = parts_of(rule)
    del parts["COUNT"]
    parts["UNTIL"] = every[-1].astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _period(event: Component) -> tuple[datetime, datetime, bool]:
    begins = event.get("dtstart")
    if begins is None or isinstance(begins, list) or not hasattr(begins, "dt"):
        raise _Refused(_("It does not say when it begins (DTSTART)."))
    all_day = not isinstance(begins.dt, datetime)
    starts = _aware(begins.dt)
    said, lasts = event.get("dtend"), event.get("duration")
    if said is not None and hasattr(said, "dt"):
        ends = _aware(said.dt)
    elif lasts is not None and isinstance(getattr(lasts, "dt", None), timedelta):
        ends = starts + lasts.dt
    else:
        ends = _aware(begins.dt + timedelta(days=1)) if all_day else starts + USUAL
    if ends == starts:
        ends = starts + USUAL
    if ends < starts:
        raise _Refused(_("It ends before it begins."))
    if ends - starts > LONGEST:
        raise _Refused(_("It lasts longer than two weeks."))
    return starts, ends, all_day


def _aware(at: date | datetime) -> datetime:
    """In UTC. Without a zone it is the clock on the municipality's wall."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, time.min)
    return (timezone.make_aware(at) if at.tzinfo is None else at).astimezone(UTC)


def _moments(event: Component, name: str) -> tuple[datetime, ...]:
    said = event.get(name)
    lists = said if isinstance(said, list) else [said] if said is not None else []
    found = {_aware(_begin(one.dt)) for each in lists for one in getattr(each, "dts", [])}
    return tuple(sorted(found))


def _begin(said: Any) -> date | datetime:
    """Of a period, when it begins."""
    begins: date | datetime = said[0] if isinstance(said, tuple) else said
    return begins


def _with_changes(changes: Iterable[tuple[Block, Component]], found: Content) -> None:
    """Give each moved or cancelled time to its event."""
    by_uid = {one.uid: number for number, one in enumerate(found.events)}
    for block, event in changes:
        number = by_uid.get(str(event.get("uid", "")).strip()[:255])
        why = ""
        if number is None:
            why = _("It changes one time of an event that is not in the file.")
        elif str(getattr(event["recurrence-id"], "params", {}).get("RANGE", "")):
            why = _("It changes this time and all after it, which we cannot read. Change the rule instead.")
        else:
            try:
                change = _change(event)
                one = found.events[number]
                found.events[number] = replace(one, changes=(*one.changes, change))
            except UNREADABLE as refused:
                why = _why(refused)
        if why:
            found.problems.append(Problem(block.line, _title_in(block), why))


def _change(event: Component) -> Change:
    starts, ends, _all_day = _period(event)
    recurs_on: Any = event["recurrence-id"]
    return Change(
        recurs_on=_aware(recurs_on.dt),
        starts=starts,
        ends=ends,
        cancelled=str(event.get("status", "")).upper() == "CANCELLED",
        note=str(event.get("comment", "") or "").strip()[:200],
    )
