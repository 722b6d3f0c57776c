"""Who could take the shifts of somebody who is away: colleagues who have the time and the rest, the gentlest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q

from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Person
from omtanke.kernel.planning.problem import Shift as PlannedShift
from omtanke.kernel.stand_ins import Offer, Span, could_take, gentlest
from omtanke.people.models import Employee
from omtanke.planning.from_rows import Case
from omtanke.planning.models import WhatIf
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Absence, Shift

WORKS_HERE = timedelta(weeks=6)  # whoever has had no shift for so long does not work shifts here
SHOWN = 3  # offers told for each shift


@dataclass(frozen=True)
class Told:
    """One colleague for one shift: whom they would be new to, by person, and how many of its people they know."""

    carer: str
    competences: list[str]
    new_for_vulnerable: list[str]
    new_for: list[str]
    knows: int
    contact_for: int
    untrained: int


@dataclass(frozen=True)
class ShiftOffers:
    """An empty shift, how many people it meets, whom to ask (if anybody), and the gentlest who could take it."""

    shift: str
    people: int
    chosen: str | None
    offers: list[Told]


@dataclass(frozen=True)
class Colleague:
    """Somebody who works shifts in the unit: when they are at work or away, and on which kinds of shift."""

    employee: Employee
    shifts: Sequence[Shift]
    away: Sequence[Absence]
    codes: frozenset[str]


def colleagues(asked: WhatIf) -> list[Colleague]:
    """Everybody else who works shifts in the unit, with their shifts around these days. Four queries."""
    since, until = asked.first - WORKS_HERE, asked.last + timedelta(days=2)
    rows = Shift.objects.filter(
        starts__gte=moment(since, time.min), starts__lt=moment(until, time.min), employee__active=True
    ).exclude(employee=asked.employee_id)
    here = Employee.objects.filter(pk__in=rows.filter(unit=asked.unit_id).values("employee")).in_order()
    shifts: Mapping[int, list[Shift]] = _by_employee(rows.filter(employee__in=here))
    between = Q(last_day=None) | Q(last_day__gte=asked.first)
    away = _by_employee(Absence.objects.filter(between, first_day__lte=asked.last, employee__in=here))
    return [
        Colleague(one, shifts[one.pk], away[one.pk], frozenset(shift.code for shift in shifts[one.pk])) for one in here
    ]


def _by_employee[Row: (Shift, Absence)](rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.employee_id].append(row)
    return found


def offers_for(
    case: Case, before: Plan, shifts: Sequence[PlannedShift], those: Sequence[Colleague]
) -> list[ShiftOffers]:
    """For each empty shift whom to ask, chosen for all of them together, and who else could."""
    told: dict[str, dict[str, Told]] = {}
    for shift in shifts:
        able = [one for one in those if _could(case, shift, one)]
        told[shift.id] = {str(one.employee.pk): _told(case, before, shift, one.employee) for one in able}
    offers = {(name, one.carer): _offer(name, one) for name, each in told.items() for one in each.values()}
    chosen = gentlest([Span(s.id, s.starts, s.ends) for s in shifts], list(offers.values()))
    found = []
    for shift in shifts:
        taken = chosen.get(shift.id)
        best = sorted(
            told[shift.id].values(),
            key=lambda one: (taken is None or one.carer != taken.carer, offers[shift.id, one.carer].gentleness),
        )
        people = len(_people(case, before, shift))
        found.append(ShiftOffers(shift.id, people, taken.carer if taken else None, best[:SHOWN]))
    return found


def _could(case: Case, shift: PlannedShift, one: Colleague) -> bool:
    """Works that kind of shift, is not away, and has the rest that everybody has a right to."""
    row = case.shifts[shift.id]
    on: date = case.clock.day(shift.starts)
    if row.code and row.code not in one.codes:
        return False
    if any(absence.first_day <= on and (absence.last_day is None or on <= absence.last_day) for absence in one.away):
        return False
    own = [Span(str(own.pk), case.minutes(own.starts), case.minutes(own.ends)) for own in one.shifts]
    return could_take(Span(shift.id, shift.starts, shift.ends), own)


def _people(case: Case, before: Plan, shift: PlannedShift) -> list[Person]:
    """Whom the shift meets in the plan as the rota is."""
    tasks = {task.id: task for task in case.problem.tasks}
    names = {tasks[stop.task].person for stop in before.tours.get(shift.id, ()) if stop.task is not None}
    return [person for person in case.problem.persons if person.id in names]


def _told(case: Case, before: Plan, shift: PlannedShift, employee: Employee) -> Told:
    carer, people = str(employee.pk), _people(case, before, shift)
    new = [person for person in people if not person.knows(carer)]
    tasks = {task.id: task for task in case.problem.tasks}
    asked = [tasks[stop.task] for stop in before.tours.get(shift.id, ()) if stop.task is not None]
    not_there = {person.id for person in people if carer in person.incompatible}
    return Told(
        carer=carer,
        competences=list(employee.competences),
        new_for_vulnerable=[person.id for person in new if person.vulnerable],
        new_for=[person.id for person in new if not person.vulnerable],
        knows=len(people) - len(new),
        contact_for=sum(carer in (person.primary, person.secondary) for person in people),
        untrained=sum(not task.competences <= set(employee.competences) or task.person in not_there for task in asked),
    )


def _offer(shift: str, one: Told) -> Offer:
    return Offer(
        shift,
        one.carer,
        frozenset(one.new_for_vulnerable),
        frozenset(one.new_for),
        one.contact_for,
        one.untrained,
    )
