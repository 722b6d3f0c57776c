"""Add up the day: one figure for each employee, date, activity and project, as Tripletex takes it.

- Real time counts: a visit through the night when clocks go back is an hour longer than they show.
- A visit over midnight belongs to both days, each with its part.
- Rounding comes last, on the day's sum: to the nearest step (a quarter of an hour), half a step up, and what was more
  than nothing is never rounded down to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

QUARTER = 15  # minutes


@dataclass(frozen=True)
class Stretch:
    """Work without a break: by whom (an employee's key), from when to when, on which project and activity.

    Raises ValueError if it ends before it begins.
    """

    employee_id: int
    project: str
    activity: str
    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            raise ValueError("It ends before it begins.")


@dataclass(frozen=True, order=True)
class Line:
    """What is one entry in Tripletex."""

    on: date
    employee_id: int
    project: str
    activity: str


def add_up(stretches: Iterable[Stretch], *, zone: tzinfo, step: int = QUARTER) -> dict[Line, Decimal]:
    """Hours of each line; `step` is in minutes. Lines without time are left out."""
    lasted: dict[Line, timedelta] = defaultdict(timedelta)
    for stretch in stretches:
        for on, part in _by_day(stretch, zone):
            lasted[Line(on, stretch.employee_id, stretch.project, stretch.activity)] += part
    return {line: in_hours(part, step=step) for line, part in sorted(lasted.items()) if part}


def in_hours(lasted: timedelta, *, step: int = QUARTER) -> Decimal:
    """Rounded hours, with two decimals."""
    exact = Decimal(round(lasted.total_seconds())) / Decimal(60 * step)
    steps = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if lasted and not steps:
        steps = Decimal(1)
    return (steps * step / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _by_day(stretch: Stretch, zone: tzinfo) -> Iterator[tuple[date, timedelta]]:
    """Its parts, divided at the zone's midnights. Subtracted in UTC: within one zone Python takes the clocks' word."""
    begins, ends = stretch.starts.astimezone(UTC), stretch.ends.astimezone(UTC)
    while begins < ends:
        on = begins.astimezone(zone).date()
        midnight = datetime.combine(on + timedelta(days=1), time(), zone).astimezone(UTC)
        until = min(ends, midnight)
        yield on, until - begins
        begins = until
