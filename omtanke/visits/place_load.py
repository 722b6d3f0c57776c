"""What already lies on a list at a time of day: shown while one looks for a place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from omtanke.visits.lay_out import moment_on_list
from omtanke.visits.models import Visit, WorkList

AROUND = timedelta(minutes=60)  # so much before and after is shown


@dataclass(frozen=True)
class Asked:
    """The place looked for. Visits of `recurring`, which is about to move, are not in its own way."""

    weekdays: Collection[int]
    starts: time
    minutes: int
    recurring: int | None = None


@dataclass(frozen=True)
class DayLoad:
    """A list on one day: how full it is, and what lies around the time asked for."""

    on: date
    minutes: int
    of_minutes: int
    near: tuple[Visit, ...]
    in_the_way: tuple[Visit, ...]

    @property
    def free(self) -> bool:
        return not self.in_the_way


def load_of(work_list: WorkList, asked: Asked, *, first: date) -> list[DayLoad]:
    """The load of the list on the next such weekdays from `first` on."""
    days = [day for n in range(7) if (day := first + timedelta(days=n)).weekday() in asked.weekdays]
    visits = Visit.objects.filter(round__work_list=work_list, round__on__in=days, not_done="")
    if asked.recurring:
        visits = visits.exclude(recurring=asked.recurring)
    by_day: dict[date, list[Visit]] = {day: [] for day in days}
    for visit in visits.select_related("citizen").in_order():
        by_day[visit.on].append(visit)
    return [_of_day(work_list, on, by_day[on], asked) for on in days]


def length(work_list: WorkList) -> int:
    """Minutes from when a list starts until it ends; a night list ends the next day."""
    starts = work_list.starts.hour * 60 + work_list.starts.minute
    ends = work_list.ends.hour * 60 + work_list.ends.minute
    return (ends - starts) % (24 * 60) or 24 * 60


def overlap(start: datetime, minutes: int, other: datetime, other_minutes: int) -> bool:
    return start < other + timedelta(minutes=other_minutes) and other < start + timedelta(minutes=minutes)


def _of_day(work_list: WorkList, on: date, visits: list[Visit], asked: Asked) -> DayLoad:
    start, minutes = moment_on_list(work_list, on, asked.starts), asked.minutes

    def between(first: datetime, length_in_minutes: int) -> tuple[Visit, ...]:
        return tuple(v for v in visits if overlap(first, length_in_minutes, v.planned_start, v.minutes))

    return DayLoad(
        on=on,
        minutes=sum(visit.minutes for visit in visits),
        of_minutes=length(work_list),
        near=between(start - AROUND, minutes + 2 * round(AROUND.total_seconds() / 60)),
        in_the_way=between(start, minutes),
    )
