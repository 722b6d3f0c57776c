"""The lists of a unit as one sees them side by side: all of a day, or one list through a week.

A column is a round (a list on a day) with its visits in order of time and the driving between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from omtanke.kernel.travel import driving_minutes, place_of
from omtanke.people.models import Unit
from omtanke.visits.models import PartOfDay, Round, Visit, WorkList
from omtanke.visits.place_load import length


@dataclass(frozen=True)
class Stop:
    """A visit in its place: how long the drive to it is, and whether it begins before the one before it is over."""

    visit: Visit
    driving: int | None
    too_close: bool

    @property
    def can_move(self) -> bool:
        return self.visit.state == "planned"


@dataclass(frozen=True)
class Column:
    work_list: WorkList
    on: date
    round: Round | None
    stops: tuple[Stop, ...] = field(default=())

    @property
    def minutes(self) -> int:
        return sum(stop.visit.minutes for stop in self.stops)

    @property
    def of_minutes(self) -> int:
        return length(self.work_list)

    @property
    def driving(self) -> int:
        return sum(stop.driving or 0 for stop in self.stops)

    @property
    def version(self) -> int:
        return self.round.version if self.round else 0


def of_day(unit: Unit, on: date) -> list[Column]:
    """Every list in use on that day, and those of another day that have visits then."""
    rounds = list(
        Round.objects.filter(on=on, work_list__unit=unit)
        .select_related("work_list__unit", "taken_by")
        .order_by("work_list__starts", "work_list__name")
    )
    there = {round_.work_list_id for round_ in rounds}
    missing = WorkList.objects.filter(unit=unit, active=True).exclude(pk__in=there).select_related("unit")
    columns = _columns(rounds) + [Column(work_list, on, None) for work_list in missing]
    kept = [column for column in columns if column.work_list.active or column.stops]
    parts = list(PartOfDay.values)
    return sorted(kept, key=lambda column: (parts.index(column.work_list.part_of_day), column.work_list.name))


def of_week(work_list: WorkList, monday: date) -> list[Column]:
    """One list through seven days."""
    days = [monday + timedelta(days=n) for n in range(7)]
    rounds = Round.objects.filter(work_list=work_list, on__in=days).select_related("work_list__unit", "taken_by")
    by_day = {column.on: column for column in _columns(list(rounds))}
    return [by_day.get(day) or Column(work_list, day, None) for day in days]


def of_rounds(rounds: Iterable[Round]) -> list[Column]:
    return _columns(list(rounds))


def route(unit: Unit, visits: Sequence[Visit]) -> tuple[Stop, ...]:
    """The visits in order of time, each with the drive to it; the first from where the unit's cars stand."""
    stops: list[Stop] = []
    before, was = place_of(unit), None
    for visit in sorted(visits, key=lambda visit: (visit.planned_start, visit.pk)):
        here = place_of(visit.citizen)
        close = was is not None and visit.planned_start < was.planned_start + timedelta(minutes=was.minutes)
        stops.append(Stop(visit, driving_minutes(before, here), close))
        before, was = here or before, visit
    return tuple(stops)


def visits_of(round_ids: Iterable[int]) -> dict[int, list[Visit]]:
    """The visits of these rounds with all that is shown of them, by round. Those not done are told elsewhere."""
    by_round: dict[int, list[Visit]] = {pk: [] for pk in round_ids}
    rows = (
        Visit.objects.filter(round__in=by_round)
        .filter(Q(not_done="") | Q(ended_at__isnull=False))
        .select_related("citizen", "together_with__round__work_list", "done_by")
        .in_order()
    )
    for visit in rows:
        by_round[visit.round_id].append(visit)
    return by_round


def _columns(rounds: list[Round]) -> list[Column]:
    by_round = visits_of(round_.pk for round_ in rounds)
    return [
        Column(round_.work_list, round_.on, round_, route(round_.work_list.unit, by_round[round_.pk]))
        for round_ in rounds
    ]
