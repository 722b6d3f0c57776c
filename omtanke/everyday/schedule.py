"""When an activity happens: from its first time and a recurrence (RFC 5545) to each time, a year ahead.

The clock on the wall counts: choir at 11 is at 11 in summer and in winter. What recurs without end is laid out a year
ahead and rolled forward every night (tasks.py); what is laid out already is never changed by that. A rule that nobody
can mean (every second, ten thousand times, never) is refused with a name for what is wrong.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from dateutil.rrule import rrule, rrulestr
from django.db import transaction
from django.utils import timezone

from omtanke.everyday.models import Activity, Occurrence

AHEAD = timedelta(days=366)
MOST_TIMES = 1000  # nearly three years of every day
OLDEST = timedelta(days=366 * 20)
KNOWN_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
IGNORED_PARTS = {"BYHOUR", "BYMINUTE", "BYSECOND"}  # when they only repeat the time of the first one


class BadRule(ValueError):
    """A recurrence that cannot be used."""


class NotARule(BadRule):
    """It is not written as a recurrence, or uses a part that we do not know."""


class TooOften(BadRule):
    """More than once a day."""


class TooManyTimes(BadRule):
    """More times than anybody can mean."""


class NeverHappens(BadRule):
    """No day fits: as the 30th of February."""


class TooLongAgo(BadRule):
    """It begins before anything that a calendar for today needs."""


@dataclass(frozen=True)
class Pattern:
    """When something happens: `starts` is the first time, `rule` an RRULE without DTSTART (empty: once)."""

    starts: datetime
    rule: str = ""
    also_on: tuple[datetime, ...] = field(default=())
    not_on: tuple[datetime, ...] = field(default=())

    @classmethod
    def of(cls, activity: Activity) -> Pattern:
        return cls(activity.starts, activity.repeats, tuple(activity.also_on), tuple(activity.not_on))


def parts_of(rule: str) -> dict[str, str]:
    """'FREQ=WEEKLY;BYDAY=TU' as its parts. Raises NotARule."""
    parts: dict[str, str] = {}
    for part in filter(None, rule.strip().upper().split(";")):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise NotARule(part)
        parts[name] = value
    if "FREQ" not in parts:
        raise NotARule(rule)
    return parts


def checked(rule: str, starts: datetime, *, now: datetime) -> str:
    """The rule as we keep it, once it is sure that it can be laid out. Raises BadRule."""
    if not rule.strip():
        return ""
    parts = parts_of(rule)
    if parts["FREQ"] in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise TooOften(parts["FREQ"])
    for name in IGNORED_PARTS & parts.keys():
        _only_the_first_ones_clock(name, parts.pop(name), starts)
    if unknown := parts.keys() - KNOWN_PARTS:
        raise NotARule(", ".join(sorted(unknown)))
    if starts < now - OLDEST:
        raise TooLongAgo(f"{timezone.localtime(starts):%Y-%m-%d}")
    if _number(parts, "COUNT") > MOST_TIMES:
        raise TooManyTimes(parts["COUNT"])
    if "BYSETPOS" in parts and parts["FREQ"] not in {"MONTHLY", "YEARLY"}:
        raise NotARule("BYSETPOS")
    _number(parts, "INTERVAL")
    _some_day_fits(parts)
    kept = ";".join(f"{name}={value}" for name, value in parts.items())
    if next(iter(_built(kept, starts)), None) is None:
        raise NeverHappens(rule)
    return kept


def _number(parts: Mapping[str, str], name: str) -> int:
    value = parts.get(name, "1")
    if not value.isdigit() or int(value) == 0:
        raise NotARule(f"{name}={value}")
    return int(value)


def _only_the_first_ones_clock(name: str, value: str, starts: datetime) -> None:
    local = timezone.localtime(starts)
    if value != str({"BYHOUR": local.hour, "BYMINUTE": local.minute, "BYSECOND": local.second}[name]):
        raise TooOften(f"{name}={value}") if "," in value else NotARule(f"{name}={value}")


def _some_day_fits(parts: Mapping[str, str]) -> None:
    """dateutil looks for a day until the year 9999: refuse what it would never find."""
    if "BYMONTHDAY" not in parts:
        return
    try:
        days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
        months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    except ValueError as error:
        raise NotARule(str(error)) from error
    lengths = [monthrange(2024, month)[1] for month in months if 1 <= month <= 12]
    if not any(0 < abs(day) <= length for day in days for length in lengths):
        raise NeverHappens(parts["BYMONTHDAY"])


def _built(rule: str, starts: datetime) -> Iterable[datetime]:
    """The times by the clock on the wall, without zone: that is what recurs."""
    parts = parts_of(rule)
    until = parts.pop("UNTIL", None)
    wall = timezone.localtime(starts).replace(tzinfo=None)
    try:
        found = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=wall)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise NotARule(rule) from error
    if not isinstance(found, rrule):
        raise NotARule(rule)
    return found.replace(until=_wall_of(until)) if until else found


def _wall_of(until: str) -> datetime:
    """UNTIL as the clock on the wall: a day means to its end, a Z means UTC. Raises NotARule."""
    for form in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            read = datetime.strptime(until, form)  # noqa: DTZ007 - the form says which zone it is in
        except ValueError:
            continue
        if form.endswith("Z"):
            return timezone.localtime(read.replace(tzinfo=UTC)).replace(tzinfo=None)
        return read if "T" in form else datetime.combine(read, time.max)
    raise NotARule(f"UNTIL={until}")


def times(pattern: Pattern, *, since: datetime, until: datetime) -> list[datetime]:
    """Every time it begins from `since` up to, without, `until`; in order. Raises BadRule, TooManyTimes."""
    found = {at for at in (pattern.starts, *pattern.also_on) if since <= at < until}
    if pattern.rule:
        found.discard(pattern.starts)  # the rule says itself whether its first time counts
        found |= _by_rule(pattern, since, until)
    found -= set(pattern.not_on)
    if len(found) > MOST_TIMES:
        raise TooManyTimes(str(len(found)))
    return sorted(found)


def _by_rule(pattern: Pattern, since: datetime, until: datetime) -> set[datetime]:
    found = set()
    for wall in _built(pattern.rule, pattern.starts):
        at = timezone.make_aware(wall)
        if at >= until:
            break
        if at >= since:
            found.add(at.astimezone(UTC))
    # RFC 5545: the first time counts, even where it does not fit the rule.
    return found | ({pattern.starts.astimezone(UTC)} if since <= pattern.starts < until else set())


def until_before(rule: str, at: datetime) -> str:
    """The same rule, without anything from `at` on."""
    parts = parts_of(rule)
    parts.pop("COUNT", None)
    last = (at - timedelta(seconds=1)).astimezone(UTC)
    parts["UNTIL"] = last.strftime("%Y%m%dT%H%M%SZ")
    return ";".join(f"{name}={value}" for name, value in parts.items())


@transaction.atomic
def lay_out(activity: Activity, *, since: datetime, now: datetime) -> int:
    """Make the times from `since` to a year ahead that are not there yet. Returns how many were new. Raises BadRule."""
    until = max(now + AHEAD, activity.starts + timedelta(days=1))
    wanted = times(Pattern.of(activity), since=since, until=until)
    if not activity.repeats and not activity.also_on:
        wanted = [activity.starts]  # what happens once is there, however far ahead
    there = set(Occurrence.objects.filter(activity=activity).values_list("recurs_on", flat=True))
    length = timedelta(minutes=activity.minutes)
    new = [
        Occurrence(activity=activity, recurs_on=at, starts=at, ends=ends_at(activity, at, length))
        for at in wanted
        if at not in there
    ]
    Occurrence.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)  # two at once: the first one's stand
    return len(new)


def ends_at(activity: Activity, at: datetime, length: timedelta) -> datetime:
    """When one that begins `at` ends. A whole day ends at midnight, also when the clocks change that day."""
    if not activity.all_day:
        return at + length
    wall = timezone.localtime(at).replace(tzinfo=None) + length
    return timezone.make_aware(wall)


def roll_forward(now: datetime) -> int:
    """Lay out what recurs for one more day; returns how many times were new."""
    recurring = Activity.objects.filter(active=True).exclude(repeats="", also_on=[])
    return sum(lay_out(activity, since=now, now=now) for activity in recurring)
