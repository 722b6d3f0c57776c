"""The wish ledger: each wish from said to enjoyed or openly unmet, and what it adds up to per unit and quarter.

A wish counts in the quarter it was said. Figures of fewer than five wishes are hidden: they would tell about persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from statistics import median

from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from omtanke.everyday.hindrance_words import ASK
from omtanke.everyday.in_words import WOULD_HELP
from omtanke.everyday.lifecycle import BECAME_A_MOMENT
from omtanke.everyday.models import Hindrance, Wish, WishStep
from omtanke.everyday.wishes_due import TOO_OLD
from omtanke.kernel.small_numbers import FEWEST
from omtanke.people.models import Belonging, Unit


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, on: date) -> Quarter:
        return cls(on.year, (on.month - 1) // 3 + 1)

    def __str__(self) -> str:
        return _("%(number)d. quarter %(year)d") % {"number": self.number, "year": self.year}


@dataclass(frozen=True)
class Line:
    """One wish in numbers: when it was said, when it first became a moment, when somebody last did something."""

    wish: Wish
    said_on: date
    moment_on: date | None
    last_on: date

    @property
    def days_to_moment(self) -> int | None:
        return (self.moment_on - self.said_on).days if self.moment_on else None

    def stands_still(self, on: date) -> bool:
        return self.wish.state in Wish.OPEN and on - self.last_on >= TOO_OLD


@dataclass
class Sum:
    """What some wishes add up to. Of fewer than five only that there are some."""

    lines: list[Line] = field(default_factory=list)

    @property
    def is_few(self) -> bool:
        return 0 < len(self.lines) < FEWEST

    @property
    def said(self) -> int:
        return len(self.lines)

    @property
    def moments(self) -> int:
        return sum(line.moment_on is not None for line in self.lines)

    @property
    def share(self) -> int:
        """Per cent that became a moment."""
        return round(100 * self.moments / self.said) if self.said else 0

    @property
    def days(self) -> int | None:
        """The median of the days from said to a moment; None where fewer than five came so far."""
        days = [line.days_to_moment for line in self.lines if line.days_to_moment is not None]
        return round(median(days)) if len(days) >= FEWEST else None

    @property
    def unmet(self) -> int:
        return sum(line.wish.state == Wish.State.UNMET for line in self.lines)


class Ledger:
    """The wishes of a unit's people that were said since a day, as the acting user may see them."""

    def __init__(self, unit: Unit, *, since: date, on: date) -> None:
        self.unit, self.since, self.on = unit, since, on

    @property
    def lines(self) -> list[Line]:
        return [line for line in self.every if line.said_on >= self.since]

    @cached_property
    def every(self) -> list[Line]:
        """Those that were said since, and those of before that are still open: none is lost by growing old."""
        here = Belonging.objects.current(self.on).filter(unit=self.unit).values("citizen")
        recent_or_open = Q(said_at__date__gte=self.since) | Q(state__in=Wish.OPEN)
        wishes = Wish.objects.filter(recent_or_open, citizen__in=here)
        steps = WishStep.objects.filter(wish__in=wishes).values_list("wish").order_by()
        became = Min("at", filter=Q(state__in=BECAME_A_MOMENT))
        dates = {pk: (first, last) for pk, first, last in steps.annotate(first=became, last=Max("at"))}
        rows = wishes.select_related("citizen", "owner").newest_first()
        return [_line(wish, *dates.get(wish.pk, (None, None))) for wish in rows]

    @cached_property
    def all(self) -> Sum:
        return Sum(self.lines)

    @property
    def by_quarter(self) -> list[tuple[Quarter, Sum]]:
        sums: dict[Quarter, Sum] = {}
        for line in self.lines:
            sums.setdefault(Quarter.of(line.said_on), Sum()).lines.append(line)
        return sorted(sums.items(), key=lambda one: (one[0].year, one[0].number), reverse=True)

    @property
    def standing_still(self) -> list[Line]:
        """Open, and nothing has happened for 60 days: the oldest first."""
        return sorted((line for line in self.every if line.stands_still(self.on)), key=lambda line: line.last_on)

    @property
    def unmet_by_cause(self) -> list[tuple[str, int | None, str]]:
        """Cause, how many (None for a few), and what would help; the commonest first."""
        causes = Counter(line.wish.cause for line in self.lines if line.wish.state == Wish.State.UNMET)
        return [
            (str(Wish.Cause(cause).label), number if number >= FEWEST else None, str(WOULD_HELP[Wish.Cause(cause)]))
            for cause, number in causes.most_common()
        ]

    @cached_property
    def in_the_way(self) -> list[tuple[str, int | None, str]]:
        """What stands in the way of what the unit's people want more of, and nobody has dealt with yet: what, how many
        (None for a few), the next step; the commonest first."""
        here = Belonging.objects.current(self.on).filter(unit=self.unit).values("citizen")
        kinds = Counter(Hindrance.objects.open().filter(citizen__in=here).values_list("kind", flat=True))
        return [
            (str(Hindrance.Kind(kind).label), number if number >= FEWEST else None, str(ASK[Hindrance.Kind(kind)]))
            for kind, number in kinds.most_common()
        ]

    @property
    def seen(self) -> set[int]:
        return {line.wish.citizen_id for line in self.every}


def _line(wish: Wish, moment_at: datetime | None, last_at: datetime | None) -> Line:
    said = timezone.localdate(wish.said_at)
    moment = timezone.localdate(moment_at) if moment_at else None
    return Line(wish, said, moment, timezone.localdate(last_at) if last_at else said)


HEADING = ("unit", "quarter", "wishes", "became_a_moment", "share_percent", "median_days", "openly_unmet")


def as_table(ledgers: Iterable[Ledger]) -> list[Sequence[str]]:
    """The sums of several units for a spreadsheet, small numbers left out."""
    rows: list[Sequence[str]] = [HEADING]
    for ledger in ledgers:
        for quarter, total in ledger.by_quarter:
            name = (ledger.unit.name, f"{quarter.year}-Q{quarter.number}")
            if total.is_few:
                rows.append((*name, f"<{FEWEST}", "", "", "", ""))
                continue
            days = "" if total.days is None else str(total.days)
            moments, unmet = _told(total.moments), _told(total.unmet)
            share = str(total.share) if moments.isdecimal() else ""
            rows.append((*name, str(total.said), moments, share, days, unmet))
    return rows


def _told(number: int) -> str:
    return f"<{FEWEST}" if 0 < number < FEWEST else str(number)
