"""How a day's tours become lists: each takes the list that most of its visits lie on already.

So people who look for "List 2" find most of what they know there. A list that somebody has taken goes only to their
own tour; a tour that no list is left for gets an extra one; and what lies on a list without belonging to its tour, or
has no place in the plan, goes to a list of what is still to be shared out. Nothing is dropped. What people have put
somewhere since the draft was made stays there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from omtanke.kernel.planning.plan import Plan
from omtanke.people.models import Employee
from omtanke.planning.as_lists import during
from omtanke.planning.from_rows import Case
from omtanke.visits.models import Round, Visit

FIVE = timedelta(minutes=5)  # people are told whole five minutes, and nothing new for less


@dataclass(frozen=True)
class Tour:
    """One carer's visits of a day, in order, with when each begins."""

    shift: str
    carer: Employee
    on: date
    visits: tuple[tuple[Visit, datetime], ...]


@dataclass(frozen=True)
class NewList:
    """What becomes of a tour: the round it takes (None: an extra list), and how many of its visits lie there now."""

    tour: Tour
    round: Round | None
    there_already: int


@dataclass(frozen=True)
class DayOfLists:
    """A day put into use: the tours on their lists, the visits that are left to be shared out, and those that stay
    where people have put them since."""

    on: date
    lists: tuple[NewList, ...]
    left: tuple[Visit, ...]
    stay: tuple[Visit, ...] = ()


def tours_of(
    case: Case, plan: Plan, on: date, carers: Collection[int] | None = None, stay: Collection[int] = ()
) -> list[Tour]:
    """The tours of a day; with `carers` only theirs. What has begun, will not be done or is to `stay` is out of it."""
    tours = []
    for shift_id, stops in plan.tours.items():
        shift = case.shifts[shift_id]
        if carers is not None and shift.employee_id not in carers:
            continue
        visits = [(case.visits[s.task], s.start) for s in stops if s.task is not None and s.task in case.visits]
        ours = [(v, start) for v, start in visits if v.round.on == on and v.state == "planned" and v.pk not in stay]
        mine = [(v, told(v, case.moment(start))) for v, start in ours]
        if mine:
            tours.append(Tour(shift_id, shift.employee, on, tuple(mine)))
    return sorted(tours, key=lambda tour: (-len(tour.visits), tour.shift))


def told(visit: Visit, starts: datetime) -> datetime:
    """When people are told that the visit begins: as agreed before if that is as good as right."""
    if abs(starts - visit.planned_start) < FIVE:
        return visit.planned_start
    past = timedelta(minutes=starts.minute % 5, seconds=starts.second, microseconds=starts.microsecond)
    return starts - past if past < FIVE / 2 else starts - past + FIVE


def day_of_lists(
    case: Case, tours: Iterable[Tour], rounds: Collection[Round], on: date, stay: Collection[int] = ()
) -> DayOfLists:
    """Give every tour its list, those with the largest overlap first. `rounds` are the unit's lists of that day."""
    tours = list(tours)
    overlap = {tour.shift: Counter(visit.round_id for visit, _starts in tour.visits) for tour in tours}
    fitting = [
        (_rank(tour, round_, overlap[tour.shift][round_.pk]), tour, round_)
        for tour in tours
        for round_ in rounds
        if _may_have(case, tour, round_)
    ]
    given: dict[str, Round] = {}
    for _how_well, tour, round_ in sorted(fitting, key=lambda one: one[0]):
        if tour.shift not in given and round_ not in given.values():
            given[tour.shift] = round_
    lists = tuple(
        NewList(
            tour,
            given.get(tour.shift),
            overlap[tour.shift][given[tour.shift].pk] if tour.shift in given else 0,
        )
        for tour in tours
    )
    left = _left(case, tours, given, on)
    kept = [visit for visit in case.visits.values() if visit.round.on == on and visit.pk in stay]
    return DayOfLists(on, lists, tuple(visit for visit in left if visit.pk not in stay), tuple(kept))


def _rank(tour: Tour, round_: Round, there_already: int) -> tuple[bool, int, str, str]:
    theirs = round_.taken_by_id == tour.carer.pk
    return (not theirs, -there_already, round_.work_list.name, tour.shift)


def _may_have(case: Case, tour: Tour, round_: Round) -> bool:
    free = round_.taken_by_id in (None, tour.carer.pk)
    shift = next(shift for shift in case.problem.shifts if shift.id == tour.shift)
    return free and during(case, shift, round_)


def _left(case: Case, tours: list[Tour], given: Mapping[str, Round], on: date) -> tuple[Visit, ...]:
    """What lies on the lists that are used now and belongs to none of their tours."""
    on_tours = {visit.pk for tour in tours for visit, _starts in tour.visits}
    used = {round_.pk for round_ in given.values()}
    return tuple(
        visit
        for visit in case.visits.values()
        if visit.round.on == on and visit.round_id in used and visit.pk not in on_tours and visit.state == "planned"
    )
