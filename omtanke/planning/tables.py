"""The draft day by day and person by person, beside the lists as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from omtanke.kernel.planning.plan import Plan
from omtanke.people.models import Citizen, Employee
from omtanke.planning.figures import meetings_of
from omtanke.planning.from_rows import Case
from omtanke.planning.opened import Opened
from omtanke.visits.models import Visit


@dataclass(frozen=True)
class PersonRow:
    """One person in the table: how many faces, and which are new, before and after."""

    citizen: Citizen
    faces_before: int
    faces_after: int
    new_before: int
    new_after: int
    by_contacts_before: int
    by_contacts_after: int
    visits: int


@dataclass(frozen=True)
class DayRow:
    """One day in the table."""

    on: date
    visits: int
    unplaced: int
    moved: int
    driving_before: float
    driving_after: float
    new_after: int


def by_person(case: Case, before: Plan, after: Plan, met: Mapping[str, frozenset[str]]) -> list[PersonRow]:
    """Those for whom most changes come first; the vulnerable first of all."""
    was, becomes = meetings_of(case, before), meetings_of(case, after)
    rows = []
    for person in case.problem.persons:
        known = met.get(person.id, frozenset())
        rows.append(
            PersonRow(
                citizen=case.citizens[person.id],
                faces_before=len(known | was[person.id].keys()),
                faces_after=len(known | becomes[person.id].keys()),
                new_before=sum(not person.knows(carer) for carer in was[person.id]),
                new_after=sum(not person.knows(carer) for carer in becomes[person.id]),
                by_contacts_before=_by(was[person.id], person.primary, person.secondary),
                by_contacts_after=_by(becomes[person.id], person.primary, person.secondary),
                visits=sum(task.person == person.id for task in case.problem.tasks),
            )
        )
    return sorted(rows, key=lambda row: (not row.citizen.vulnerable, row.citizen.sort_name))


def _by(carers: Mapping[str, list[str]], *contacts: str | None) -> int:
    return sum(len(visits) for carer, visits in carers.items() if carer in contacts)


def by_day(case: Case, before: Plan, after: Plan) -> list[DayRow]:
    """A night belongs to the day its list begins."""
    days = [case.first + timedelta(days=n) for n in range((case.last - case.first).days + 1)]
    on = {name: visit.round.on for name, visit in case.visits.items()}
    was, becomes = before.shift_of(), after.shift_of()
    carers = {shift.id: shift.carer for shift in case.problem.shifts}
    persons = {person.id: person for person in case.problem.persons}
    rows = []
    for day in days:
        tasks = [task for task in case.problem.tasks if on[task.id] == day]
        new = {
            (task.person, carers[becomes[task.id]])
            for task in tasks
            if task.id in becomes and task.person and not persons[task.person].knows(carers[becomes[task.id]])
        }
        rows.append(
            DayRow(
                on=day,
                visits=len(tasks),
                unplaced=sum(task.id not in becomes for task in tasks),
                moved=sum(task.id in becomes and was.get(task.id) != becomes[task.id] for task in tasks),
                driving_before=_driving(case, before, day),
                driving_after=_driving(case, after, day),
                new_after=len(new),
            )
        )
    return rows


def _driving(case: Case, plan: Plan, day: date) -> float:
    """Minutes of driving on the tours that begin on a day."""
    index, travel, minutes = case.problem.place_index(), case.problem.travel, 0.0
    for shift in case.problem.shifts:
        stops = plan.tours.get(shift.id, ())
        if case.clock.day(case.minutes(case.shifts[shift.id].starts)) != day or not any(stop.task for stop in stops):
            continue
        places = [shift.start_place, *(stop.place for stop in stops), shift.end_place]
        minutes += sum(float(travel[index[a], index[b]]) for a, b in pairwise(places))
    return minutes


@dataclass(frozen=True)
class OtherCarer:
    """A visit that somebody else does in the other draft; None where it has no place."""

    visit: Visit
    before: Employee | None
    after: Employee | None


def other_carers(old: Opened, new: Opened) -> list[OtherCarer]:
    """The visits that two drafts give to different carers, in order of time."""
    found = []
    doers = [(opened, opened.plan.shift_of()) for opened in (old, new)]
    for name, visit in new.case.visits.items():
        was, becomes = (_carer(opened, shifts.get(name)) for opened, shifts in doers)
        if was != becomes:
            found.append(OtherCarer(visit, was, becomes))
    return found


def _carer(opened: Opened, shift: str | None) -> Employee | None:
    return opened.case.shifts[shift].employee if shift else None
