"""From rows to the planner's problem.

Ids: a task is `str(visit.pk)`, a shift `str(shift.pk)`, a carer `str(employee.pk)`, a person `str(citizen.pk)`, a list
`str(work_list.pk)`; places are "citizen:<pk>" and "unit:<pk>". Minutes count from midnight of the first day (clock.py).
All days of the period are one problem, coupled by who knows whom.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import inf

from omtanke.care.models import Service
from omtanke.kernel.planning.problem import (
    MINUTES_A_DAY,
    Break,
    Carer,
    Order,
    Pair,
    PairKind,
    Person,
    Problem,
    Task,
    Weights,
    Window,
)
from omtanke.kernel.planning.problem import Shift as PlannedShift
from omtanke.kernel.travel import Place, place_of
from omtanke.people.models import Citizen, Competence, Employee, Unit
from omtanke.planning.clock import Clock
from omtanke.planning.rows import Rows, gather
from omtanke.planning.rules import Rules
from omtanke.planning.travel import matrix
from omtanke.visits.models import Shift, Visit

# Minutes before and after the agreed time in which a visit may begin. People arrange their day by it.
AROUND, AROUND_MEDICINE, AROUND_PRACTICAL_HELP = 30.0, 15.0, 90.0
BREAK_MINUTES = 30.0
NEEDS_BREAK_AFTER = 5.5 * 60  # a shift longer than this has a break (arbeidsmiljøloven § 10-9)
BREAK_OPENS, BREAK_CLOSES = 2.5 * 60, 5.5 * 60  # from the start of the shift
MOST_OVERTIME = 30.0  # minutes after the end of a shift
FULL_WEEK = 35.5 * 60  # minutes a week in a full position with shifts
# Tried on the demo's weeks: fewer faces, more contacts and less driving than the lists, all three. Rotation is for who
# takes which list; where the tours themselves are made anew it would only keep known faces away.
# A face is new but once, which more_faces counts; from then on it is hardly dearer than any known one. Where there are
# many carers, a price at every visit only sends those whom habit knows across the municipality.
# A break is the law's, so it takes much lateness before one is left out.
WEIGHTS = Weights(known_face=10.0, new_face=12.0, more_faces=15.0, rotation=0.5, missed_break=180.0)


@dataclass(frozen=True)
class NightWindow(Window):
    """A window of a night list: also after midnight it belongs to the shift that began the evening before."""

    evening: int = 0

    @property
    def day(self) -> int:
        return self.evening


@dataclass(frozen=True)
class Case:
    """A problem, and the rows behind its ids. `now` (minutes) is set when only the rest of a day is planned."""

    problem: Problem
    units: tuple[Unit, ...]
    first: date
    last: date
    visits: Mapping[str, Visit]
    shifts: Mapping[str, Shift]
    employees: Mapping[str, Employee]
    citizens: Mapping[str, Citizen]
    now: float | None = None

    @property
    def clock(self) -> Clock:
        return Clock(self.first)

    def minutes(self, moment: datetime) -> float:
        return self.clock.minutes(moment)

    def moment(self, minutes: float) -> datetime:
        return self.clock.moment(minutes)


def case_for(
    units: Unit | Iterable[Unit],
    first: date,
    last: date,
    *,
    on: date,
    now: datetime | None = None,
    rules: Rules | None = None,
    weights: Weights | None = None,
    as_if_here: Collection[int] = (),
) -> Case:
    """Everything from `first` through `last` that is still to do in these units, and who is at work.

    `on` is today: what is known up to then counts as history. With `now` only the rest of the period is planned, and
    what has begun is fixed. Absences of the employees `as_if_here` are overlooked. A fixed number of queries, however
    many visits there are.
    """
    rows = gather([units] if isinstance(units, Unit) else units, first, last, on=on, now=now, as_if_here=as_if_here)
    clock = Clock(first)
    maker = _Maker(rows, clock, rules or Rules(), None if now is None else clock.minutes(now))
    return Case(
        problem=maker.problem(weights or WEIGHTS),
        units=rows.units,
        first=first,
        last=last,
        visits={str(visit.pk): visit for visit in rows.visits},
        shifts={str(shift.pk): shift for shift in rows.shifts},
        employees={str(pk): employee for pk, employee in rows.employees.items()},
        citizens={str(pk): citizen for pk, citizen in rows.citizens.items()},
        now=maker.now,
    )


def place_id(somewhere: Unit | Citizen) -> str:
    return f"{'unit' if isinstance(somewhere, Unit) else 'citizen'}:{somewhere.pk}"


class _Maker:
    """Makes each piece of the problem from its row."""

    def __init__(self, rows: Rows, clock: Clock, rules: Rules, now: float | None) -> None:
        self.rows, self.clock, self.rules, self.now = rows, clock, rules, now
        self.shift_ids = {str(shift.pk) for shift in rows.shifts}
        self.days = max((s.starts.date() for s in rows.shifts), default=clock.first) - clock.first

    def problem(self, weights: Weights) -> Problem:
        places = self._places()
        hamlets = {place_id(citizen): citizen.hamlet_id for citizen in self.rows.citizens.values()}
        tasks = tuple(task for visit in self.rows.visits if (task := self._task(visit)) is not None)
        names = {task.id for task in tasks if not task.begun}
        return Problem(
            places=tuple(places),
            travel=matrix(places, days=self._all_days(), hamlets=hamlets),
            carers=tuple(self._carer(employee) for employee in self.rows.employees.values()),
            shifts=tuple(self._shift(shift) for shift in self.rows.shifts),
            tasks=tasks,
            pairs=tuple(self._pairs(names)),
            orders=tuple(self._orders(names)),
            persons=tuple(self._person(citizen) for citizen in self.rows.citizens.values()),
            weights=weights,
        )

    def _all_days(self) -> list[date]:
        return [self.clock.first + timedelta(days=n) for n in range(self.days.days + 1)]

    def _places(self) -> dict[str, Place | None]:
        units = {unit.pk: unit for unit in (*self.rows.units, *(shift.unit for shift in self.rows.shifts))}
        rows: list[Unit | Citizen] = [*units.values(), *self.rows.citizens.values()]
        return {place_id(row): place_of(row) for row in rows}

    def _carer(self, employee: Employee) -> Carer:
        """Nobody is planned for more than their position, or than the shifts they have when these are more."""
        own = [shift for shift in self.rows.shifts if shift.employee_id == employee.pk]
        on_shifts = sum((shift.ends - shift.starts).total_seconds() / 60 for shift in own)
        weeks = (self.days.days + 1) / 7
        position = employee.fraction / 100 * FULL_WEEK * weeks
        return Carer(str(employee.pk), frozenset(employee.competences), max(position, on_shifts))

    def _shift(self, shift: Shift) -> PlannedShift:
        starts, ends = self.clock.minutes(shift.starts), self.clock.minutes(shift.ends)
        running = self.now is not None and starts < self.now
        unit = f"unit:{shift.unit_id}"
        last_at = f"citizen:{self.rows.last_at.get(shift.employee_id)}" if running else unit
        known = self.rows.last_at.get(shift.employee_id) in self.rows.citizens
        return PlannedShift(
            id=str(shift.pk),
            carer=str(shift.employee_id),
            starts=max(starts, self.now) if self.now is not None else starts,
            ends=ends,
            start_place=last_at if running and known else unit,
            end_place=unit,
            breaks=self._breaks(starts, ends),
            latest_end=ends + MOST_OVERTIME,
            list_name=self.rules.lists.get(str(shift.employee_id)),
            recent_lists=frozenset(str(pk) for pk in self.rows.had_lists.get(shift.employee_id, ())),
        )

    def _breaks(self, starts: float, ends: float) -> tuple[Break, ...]:
        if ends - starts <= NEEDS_BREAK_AFTER:
            return ()
        opens, closes = starts + BREAK_OPENS, min(starts + BREAK_CLOSES, ends - BREAK_MINUTES)
        if self.now is not None and closes < self.now:
            return ()  # it has been, or has been lost
        return (Break(max(opens, self.now or opens), closes, BREAK_MINUTES),)

    def _task(self, visit: Visit) -> Task | None:
        """None for a visit under way by somebody who has no shift here: nothing of it is left to plan."""
        name, person = str(visit.pk), str(visit.citizen_id)
        medicine = visit.competence == Competence.MEDICATION
        pin = self.rules.pins.get(name)
        pinned = pin if pin is not None and pin.shift in self.shift_ids else None
        task = Task(
            id=name,
            place=f"citizen:{visit.citizen_id}",
            minutes=float(visit.minutes),
            windows=(self._window(visit, medicine),),
            competences=frozenset([visit.competence] if visit.competence else []),
            person=person,
            medicine_critical=medicine,
            pinned_shift=pinned.shift if pinned else None,
            pinned_start=pinned.start if pinned else None,
            forbidden_carers=self.rules.forbidden.get(name, frozenset()),
            known_carer=self._known_carer(visit),
            known_start=self.clock.minutes(visit.planned_start),
            list_name=str(visit.round.work_list_id),
        )
        return self._begun(task, visit) if visit.started_at else task

    def _window(self, visit: Visit, medicine: bool) -> Window:  # noqa: FBT001 - told once, in the line that asks
        """Soft: better late than not at all. The agreed time lies within, so keeping things as they are is free."""
        planned = self.clock.minutes(visit.planned_start)
        service = visit.decision.service if visit.decision else None
        around = AROUND_PRACTICAL_HELP if service == Service.PRACTICAL_HELP else AROUND
        around = AROUND_MEDICINE if medicine else around
        evening = (visit.round.on - self.clock.first).days
        midnight = evening * float(MINUTES_A_DAY)  # a visit stays on the day, or in the night, of its list
        opens = max(planned - around, midnight, -inf if self.now is None else self.now)
        closes = max(planned + around, opens)
        if opens >= midnight + MINUTES_A_DAY:
            return NightWindow(opens, closes, evening=evening)
        return Window(opens, closes)

    def _known_carer(self, visit: Visit) -> str | None:
        taken_by = visit.round.taken_by_id
        return str(taken_by) if taken_by in self.rows.employees else None

    def _begun(self, task: Task, visit: Visit) -> Task | None:
        started = visit.started_at or visit.planned_start
        own = [s for s in self.rows.shifts if s.employee_id == visit.done_by_id and s.starts <= started <= s.ends]
        if not own:
            return None
        return Task(
            id=task.id,
            place=task.place,
            minutes=task.minutes,
            person=task.person,
            competences=frozenset(),
            pinned_shift=str(own[0].pk),
            pinned_start=self.clock.minutes(started),
            begun=True,
        )

    def _pairs(self, names: set[str]) -> Iterable[Pair]:
        """Two carers at once. A half whose mate is elsewhere, or has begun, is planned by itself."""
        for visit in self.rows.visits:
            mate = visit.together_with_id
            if mate and visit.pk < mate and {str(visit.pk), str(mate)} <= names:
                yield Pair(str(visit.pk), str(mate), PairKind.TOGETHER)

    def _orders(self, names: set[str]) -> Iterable[Order]:
        """Two visits to the same person that could meet keep their order: nobody has two visits at once."""
        by_person: dict[int, list[Visit]] = {}
        for visit in self.rows.visits:
            if str(visit.pk) in names and not visit.second_carer:
                by_person.setdefault(visit.citizen_id, []).append(visit)
        for visits in by_person.values():
            for before, after in pairwise(visits):
                ends = self.clock.minutes(before.planned_start) + before.minutes
                between = self.clock.minutes(after.planned_start) - ends
                if 0 <= between < 2 * AROUND_PRACTICAL_HELP and before.on == after.on:
                    yield Order(str(before.pk), str(after.pk))

    def _person(self, citizen: Citizen) -> Person:
        name, rows = str(citizen.pk), self.rows
        primary, secondary = rows.primary.get(citizen.pk), rows.secondary.get(citizen.pk)
        return Person(
            id=name,
            primary=None if primary is None else str(primary),
            secondary=None if secondary is None else str(secondary),
            known=_names(rows.met.get(citizen.pk, ())),
            faces=_names(rows.faces.get(citizen.pk, ())),
            vulnerable=citizen.vulnerable,
            preferred=self.rules.wishes.get(name),
            incompatible=self.rules.not_there.get(name, frozenset()),
        )


def _names(pks: Iterable[int]) -> frozenset[str]:
    return frozenset(str(pk) for pk in pks)
