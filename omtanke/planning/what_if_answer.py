"""What a change of the rota means: the best plan as it is, after the change, and with the gentlest stand-ins.

All three are plans of the same planner, so that a difference comes from the change and not from planning better. After
the change, as few as possible get another carer than before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from statistics import mean
from typing import Any

from omtanke.kernel.planning.cost import evaluate, may_do
from omtanke.kernel.planning.explain import Difference, differences, with_longer_shift, with_one_more
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Carer, Problem
from omtanke.kernel.planning.problem import Shift as PlannedShift
from omtanke.kernel.planning.replan import GENTLE_HEAT, known
from omtanke.kernel.planning.search import Effort, Progress, search
from omtanke.planning.as_lists import as_lists_stand
from omtanke.planning.figures import meetings_of, met_before
from omtanke.planning.from_rows import Case, case_for
from omtanke.planning.make import without_far_too_late
from omtanke.planning.models import WhatIf
from omtanke.planning.what_if_stand_ins import ShiftOffers, colleagues, offers_for

type Meetings = Mapping[str, Mapping[str, list[str]]]  # person → carer → visits
type Tell = Callable[[int, int, Progress], None]

Kind, Trouble = WhatIf.Kind, WhatIf.Trouble
SOMEBODY_NEW = "somebody new"
VISITS_A_SECOND, LEAST_SECONDS, MOST_SECONDS = 150, 1.0, 5.0


class NoDifference(Exception):
    """It makes no difference to anybody; `trouble` says why."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class Way:
    """One plan as people see it. `new` are those who meet somebody they do not know: (citizen, carers)."""

    visits: int
    unplaced: list[str]
    new: list[tuple[str, list[str]]]
    new_to_vulnerable: int
    by_contacts: int
    faces: float
    driving: int
    late: int
    overtime: int
    means: list[tuple[str, float, float]]


@dataclass(frozen=True)
class Answer:
    """`now`, `then` and, where somebody's shifts stand empty, `gently`: with the stand-ins that `shifts` propose."""

    now: Way
    then: Way
    gently: Way | None = None
    shifts: tuple[ShiftOffers, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def answer(asked: WhatIf, *, on: date, tell: Tell) -> Answer:
    """Work it out. Raises NoDifference."""
    here = [asked.employee_id] if asked.kind == Kind.AWAY and asked.employee_id else []
    case = case_for(asked.unit, asked.first, asked.last, on=on, as_if_here=here)
    if not case.problem.tasks:
        raise NoDifference(Trouble.NOTHING_TO_DO)
    searches = 3 if asked.kind == Kind.AWAY else 2
    seconds = max(LEAST_SECONDS, min(MOST_SECONDS, len(case.problem.tasks) / VISITS_A_SECOND))
    run = _Run(case, on, Effort(seconds=seconds), lambda number: partial(tell, number, searches))
    before = run.plan(0, case.problem, as_lists_stand(case))
    told = known(case.problem, before)
    if asked.kind == Kind.AWAY:
        return _away(asked, run, told, before)
    changed = _changed(asked, told)
    after = run.plan(1, changed, _allowed(changed, before), gentle=True)
    return Answer(run.way(case.problem, before), run.way(changed, after, before))


def _away(asked: WhatIf, run: _Run, told: Problem, before: Plan) -> Answer:
    carer = str(asked.employee_id)
    theirs = tuple(shift for shift in told.shifts if shift.carer == carer)
    if not theirs:
        raise NoDifference(Trouble.NO_SHIFT)
    names = {shift.id for shift in theirs}
    without = replace(told, shifts=tuple(shift for shift in told.shifts if shift.id not in names))
    left = Plan({shift: stops for shift, stops in before.tours.items() if shift not in names})
    then = run.plan(1, without, left, gentle=True)
    offered = offers_for(run.case, before, theirs, colleagues(asked))
    taken = {one.shift: one.chosen for one in offered if one.chosen is not None}
    gently = None
    if taken:
        helped = _taken_by(without, theirs, taken, offered)
        plan = run.plan(2, helped, _allowed(helped, before), gentle=True)
        gently = run.way(helped, plan, before)
    return Answer(run.way(run.case.problem, before), run.way(without, then, before), gently, tuple(offered))


def _changed(asked: WhatIf, problem: Problem) -> Problem:
    """The problem as it would be after a swap, with a longer shift, with one more. Raises NoDifference."""
    shifts = {shift.id: shift for shift in problem.shifts}
    one, other = shifts.get(str(asked.shift_id)), shifts.get(str(asked.other_shift_id))
    if one is None or (asked.kind == Kind.SWAP and other is None):
        raise NoDifference(Trouble.NO_SHIFT)
    if asked.kind == Kind.LONGER:
        return with_longer_shift(problem, one.id, asked.minutes)
    if asked.kind == Kind.ONE_MORE:
        return _with_one_more(asked, problem, one)
    swapped = {one.id: other.carer, other.id: one.carer} if other is not None else {}
    return replace(problem, shifts=tuple(replace(s, carer=swapped.get(s.id, s.carer)) for s in problem.shifts))


def _with_one_more(asked: WhatIf, problem: Problem, beside: PlannedShift) -> Problem:
    """Somebody of ours, or somebody nobody knows who is trained as whoever has that shift is."""
    like = next(carer for carer in problem.carers if carer.id == beside.carer)
    more = Carer(SOMEBODY_NEW, like.competences)
    if asked.employee is not None:
        more = Carer(str(asked.employee_id), frozenset(asked.employee.competences))
    shift = replace(beside, id="one more", carer=more.id, list_name=None, recent_lists=frozenset())
    there = next((carer for carer in problem.carers if carer.id == more.id), None)
    return with_one_more(replace(problem, carers=tuple(c for c in problem.carers if c != there)), more, shift)


def _taken_by(
    problem: Problem, shifts: tuple[PlannedShift, ...], taken: dict[str, str], offered: list[ShiftOffers]
) -> Problem:
    """With the stand-ins on the empty shifts. Whoever has no shift of their own in these days comes in as a carer."""
    trained = {offer.carer: offer.competences for one in offered for offer in one.offers}
    there = {carer.id for carer in problem.carers}
    more = tuple(Carer(name, frozenset(trained[name])) for name in sorted(set(taken.values()) - there))
    helped = tuple(
        replace(shift, carer=taken[shift.id], recent_lists=frozenset()) for shift in shifts if shift.id in taken
    )
    return replace(problem, carers=(*problem.carers, *more), shifts=(*problem.shifts, *helped))


def _allowed(problem: Problem, plan: Plan) -> Plan:
    """The plan without what its carers may not do any more, to begin a search from."""
    carers = {carer.id: carer for carer in problem.carers}
    shifts = {shift.id: shift for shift in problem.shifts}
    persons = {person.id: person for person in problem.persons}
    tasks = {task.id: task for task in problem.tasks}
    tours = {}
    for name, stops in plan.tours.items():
        shift = shifts.get(name)
        if shift is not None:
            carer = carers[shift.carer]
            tours[name] = tuple(
                stop
                for stop in stops
                if stop.task is None
                or may_do(tasks[stop.task], persons.get(tasks[stop.task].person or ""), shift, carer) is None
            )
    return Plan(tours)


class _Run:
    """The searches of one question, and what their plans mean."""

    def __init__(self, case: Case, on: date, effort: Effort, tell: Callable[[int], Callable[[Progress], None]]) -> None:
        self.case, self.effort, self.tell = case, effort, tell
        self.met = met_before(case, on)

    def plan(self, number: int, problem: Problem, start: Plan, *, gentle: bool = False) -> Plan:
        heat = GENTLE_HEAT if gentle else 1.0
        found = search(problem, replace(self.effort, heat=heat), start=start, tell=self.tell(number))
        return without_far_too_late(problem, found.plan)

    def way(self, problem: Problem, plan: Plan, before: Plan | None = None) -> Way:
        """All plans are priced with the weights of every day: that others were told another carer costs nothing."""
        priced = replace(problem, weights=self.case.problem.weights, tasks=self.case.problem.tasks)
        cost, meetings = evaluate(priced, plan), meetings_of(replace(self.case, problem=priced), plan)
        changes: tuple[Difference, ...] = ()
        if before is not None:
            changes = differences(evaluate(self.case.problem, before), cost)
        placed, new = plan.shift_of(), self._new_faces(priced, meetings)
        amounts = cost.amounts
        return Way(
            visits=len(priced.tasks),
            unplaced=[task.id for task in priced.tasks if task.id not in placed],
            new=new,
            new_to_vulnerable=sum(self.case.citizens[person].vulnerable for person, _carers in new),
            by_contacts=_by_contacts(priced, meetings),
            faces=round(self._faces(priced, meetings), 1),
            driving=round(amounts.get("driving", 0.0)),
            late=round(amounts.get("late", 0.0) + amounts.get("medicine_late", 0.0)),
            overtime=round(amounts.get("overtime", 0.0)),
            means=[(one.name, round(one.amount, 2), round(one.cost, 2)) for one in changes],
        )

    def _faces(self, problem: Problem, meetings: Meetings) -> float:
        """How many different carers a person meets on average, in the fortnight that ends with these days."""
        met = [self.met.get(p.id, frozenset()) | set(meetings.get(p.id, {})) for p in problem.persons]
        return mean(len(carers) for carers in met) if met else 0.0

    def _new_faces(self, problem: Problem, meetings: Meetings) -> list[tuple[str, list[str]]]:
        """Those for whom it is hard come first, then by name."""
        persons = {person.id: person for person in problem.persons}
        found = {
            name: [carer for carer in carers if not persons[name].knows(carer)] for name, carers in meetings.items()
        }
        people = self.case.citizens
        order = sorted(found, key=lambda name: (not people[name].vulnerable, people[name].sort_name))
        return [(name, found[name]) for name in order if found[name]]


def _by_contacts(problem: Problem, meetings: Meetings) -> int:
    """Per cent of the placed visits."""
    persons = {person.id: person for person in problem.persons}
    placed = [
        (persons[name], carer) for name, carers in meetings.items() for carer, visits in carers.items() for _v in visits
    ]
    return round(100 * sum(carer in (p.primary, p.secondary) for p, carer in placed) / max(1, len(placed)))
