"""How often, as people say it: once, every week, every second week, every month on the second Tuesday; until …

These choices become a recurrence (RFC 5545), and a recurrence becomes words again. One that came from a partner's
calendar and is not among the choices is kept as it is, and told as well as we can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.everyday.schedule import parts_of

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    -1: gettext_lazy("last"),
}


class HowOften(models.TextChoices):
    ONCE = "once", gettext_lazy("Once")
    WEEKLY = "weekly", gettext_lazy("Every week")
    SECOND_WEEK = "second_week", gettext_lazy("Every second week")
    MONTHLY = "monthly", gettext_lazy("Every month, the same weekday")
    DAILY = "daily", gettext_lazy("Every day")
    AS_IT_IS = "as_it_is", gettext_lazy("As it is now")


@dataclass(frozen=True)
class Repetition:
    """`weekdays` 0 is Monday; `until` the last day with it, or None while it goes on."""

    how_often: HowOften
    weekdays: tuple[int, ...] = ()
    until: date | None = None


def rule_of(repetition: Repetition, first: date) -> str:
    """The RRULE, for something that happens the first time on `first`."""
    rules = {
        HowOften.ONCE: "",
        HowOften.DAILY: "FREQ=DAILY",
        HowOften.WEEKLY: f"FREQ=WEEKLY;BYDAY={_days(repetition, first)}",
        HowOften.SECOND_WEEK: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_days(repetition, first)};WKST=MO",
        HowOften.MONTHLY: f"FREQ=MONTHLY;BYDAY={which_of_the_month(first)}{DAYS[first.weekday()]}",
    }
    rule = rules[repetition.how_often]
    if rule and repetition.until:
        last = timezone.make_aware(datetime.combine(repetition.until, time(23, 59, 59))).astimezone(UTC)
        rule += f";UNTIL={last:%Y%m%dT%H%M%SZ}"
    return rule


def _days(repetition: Repetition, first: date) -> str:
    return ",".join(DAYS[day] for day in sorted(set(repetition.weekdays or (first.weekday(),))))


def which_of_the_month(day: date) -> int:
    """The first, second … of its weekday in the month; -1 where it is the last in every month that has four."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def first_day(repetition: Repetition, asked: date) -> date:
    """The first day with it, from the day that was asked for: the next of its weekdays."""
    weekly = repetition.how_often in {HowOften.WEEKLY, HowOften.SECOND_WEEK}
    days = repetition.weekdays if weekly else ()
    ahead = (asked + timedelta(days=n) for n in range(7))
    return next((day for day in ahead if not days or day.weekday() in days), asked)


def repetition_of(rule: str) -> Repetition:
    """What a form shows for a rule."""
    if not rule:
        return Repetition(HowOften.ONCE)
    parts = parts_of(rule)
    until = _until(parts.pop("UNTIL", ""))
    parts.pop("WKST", None)
    interval, frequency, days = parts.pop("INTERVAL", "1"), parts.pop("FREQ"), parts.pop("BYDAY", "")
    weekdays = tuple(DAYS.index(day) for day in days.split(",") if day in DAYS)
    known = {
        ("DAILY", "1"): HowOften.DAILY,
        ("WEEKLY", "1"): HowOften.WEEKLY,
        ("WEEKLY", "2"): HowOften.SECOND_WEEK,
        ("MONTHLY", "1"): HowOften.MONTHLY,
    }
    how_often = known.get((frequency, interval), HowOften.AS_IT_IS)
    if parts or (how_often == HowOften.MONTHLY and not _nth(days)) or (how_often == HowOften.DAILY and days):
        how_often = HowOften.AS_IT_IS
    return Repetition(how_often, weekdays, until)


def in_words(rule: str, starts: datetime) -> str:
    """'Every Tuesday', 'Every second week on Monday and Thursday', 'Every month on the second Tuesday, until 3 May'."""
    if not rule:
        return _("Once")
    repetition = repetition_of(rule)
    first = timezone.localdate(starts)
    words = _words(repetition, rule, first)
    if repetition.until:
        return _("%(how_often)s, until %(day)s") % {
            "how_often": words,
            "day": format_date(repetition.until, "DATE_FORMAT"),
        }
    return words


def _words(repetition: Repetition, rule: str, first: date) -> str:
    days = _named(repetition.weekdays or (first.weekday(),))
    if repetition.how_often == HowOften.WEEKLY:
        return _("Every week on %(days)s") % {"days": days}
    if repetition.how_often == HowOften.SECOND_WEEK:
        return _("Every second week on %(days)s") % {"days": days}
    if repetition.how_often == HowOften.MONTHLY:
        number, day = _nth(parts_of(rule)["BYDAY"]) or (which_of_the_month(first), first.weekday())
        ordinal = ORDINALS.get(number, ORDINALS[-1])
        return _("Every month on the %(ordinal)s %(day)s") % {"ordinal": ordinal, "day": str(WEEKDAYS[day])}
    if repetition.how_often == HowOften.DAILY:
        return _("Every day")
    return _("Again and again, as the organiser's calendar says")


def _named(weekdays: tuple[int, ...]) -> str:
    names = [str(WEEKDAYS[day]) for day in sorted(weekdays)]
    return (
        names[0]
        if len(names) == 1
        else _("%(days)s and %(last)s")
        % {
            "days": ", ".join(names[:-1]),
            "last": names[-1],
        }
    )


def _nth(days: str) -> tuple[int, int] | None:
    """'2TU' as (2, 1)."""
    number, day = days[:-2], days[-2:]
    try:
        return (int(number), DAYS.index(day)) if int(number) in ORDINALS else None
    except ValueError:
        return None


def _until(value: str) -> date | None:
    if not value:
        return None
    if value.endswith("Z"):
        read = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return timezone.localdate(read)
    return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
