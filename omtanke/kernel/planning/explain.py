# ruff: noqa: FBT003 - compiled functions take their arguments, flags too, by position
"""Why a plan is as it is: every answer is an exact re-evaluation, in the names of the costs.

Answers are structured, so that the words can be made elsewhere, in any language. A positive cost in a Difference
means that the alternative is dearer by so much.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from .board import FIXED
from .compiled import build
from .cost import TOLERANCE, Cost, evaluate, may_do, windows_of
from .dearness import days_of
from .plan import Plan, Stop
from .problem import UNREACHABLE, Carer, PairKind, Problem, Shift, Task
from .readout import read_plan
from .search import Effort, Found, search
from .trials import best_pair_place, best_place, try_pair, try_place


@dataclass(frozen=True)
class Difference:
    """One named cost that changes: by which amount (minutes or times) and by how much cost."""

    name: str
    amount: float
    cost: float


@dataclass(frozen=True)
class Alternative:
    """The same plan with one task elsewhere: `rule` names what forbids it, or the differences say what it costs."""

    shift: str
    carer: str
    rule: str | None = None
    cost: float = 0.0
    differences: tuple[Difference, ...] = ()
    plan: Plan | None = None


class Because(StrEnum):
    """What a start waits for."""

    WINDOW = "window"  # it may not begin earlier
    SHIFT = "shift"  # the carer's day begins
    BEFORE = "before"  # the carer's task before it, and the way from there
    BREAK = "break"
    MATE = "mate"  # the other carer of the visit
    ORDER = "order"  # a task that has to come first
    SAVED_WAITING = "saved waiting"  # the carer leaves later, so as not to wait in between
    BEGUN = "begun"


@dataclass(frozen=True)
class Cause:
    """Why this task does not begin earlier: the reason, and the task or shift behind it."""

    because: Because
    task: str
    behind: str | None
    minutes_late: float


def differences(before: Cost, after: Cost) -> tuple[Difference, ...]:
    """What changes from one cost to another, dearest first."""
    changes = []
    for name in {**before.amounts, **after.amounts}:
        amount = after.amounts.get(name, 0.0) - before.amounts.get(name, 0.0)
        cost = amount * getattr(before.weights, name)
        if abs(cost) > TOLERANCE:
            changes.append(Difference(name, amount, cost))
    return tuple(sorted(changes, key=lambda change: (-change.cost, change.name)))


@dataclass(frozen=True)
class _Place:
    """Where a task would stand in a shift: the node before it, and before its mate if both are out; the luck to try."""

    cost: float
    before: int
    luck: int
    mate: int
    mate_tour: int


class Explainer:
    """Answers about one plan. Making one costs as much as evaluating the plan some times; asking is cheap."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.cost = evaluate(problem, plan)
        self.board, self.numbers = build(problem, 1, plan, complete=False)
        self.tasks = {task.id: task for task in problem.tasks}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.carers = {carer.id: carer for carer in problem.carers}
        self.persons = {person.id: person for person in problem.persons}
        self.places = problem.place_index()
        self.pair_of = {name: pair for pair in problem.pairs for name in (pair.first, pair.second)}

    def rule_against(self, task: Task, shift: Shift) -> str | None:
        """The hard rule that keeps the task from the shift, wherever in it."""
        rule = may_do(task, self.persons.get(task.person or ""), shift, self.carers[shift.carer])
        if rule is None and shift.minutes <= 0:
            return "no time"
        if rule is None and shift.day not in days_of(task) and len({s.day for s in self.problem.shifts}) > 1:
            return "another day"
        if rule is None and not self._reachable(task, shift):
            return "unreachable"
        if rule is None and all(w.hard and w.closes < shift.starts for w in windows_of(task)):
            return "window before shift"
        return rule

    def _reachable(self, task: Task, shift: Shift) -> bool:
        travel, there = self.problem.travel, self.places[task.place]
        return bool(
            travel[self.places[shift.start_place], there] < UNREACHABLE
            and travel[there, self.places[shift.end_place]] < UNREACHABLE
        )

    def alternative(self, task_id: str, shift_id: str) -> Alternative:
        """Why not this shift? The task at its best place there, all else in the same sequence."""
        shift = self.shifts[shift_id]
        rule = "begun" if self.tasks[task_id].begun else self._rule(task_id, shift)
        if rule is not None:
            return Alternative(shift_id, shift.carer, rule)
        place = self._best_place(task_id, shift_id)
        if not np.isfinite(place.cost):
            return Alternative(shift_id, shift.carer, "order")
        plan = self._with(task_id, shift_id, place)
        cost = evaluate(self.problem, plan)
        changes = differences(self.cost, cost)
        return Alternative(shift_id, shift.carer, None, cost.total - self.cost.total, changes, plan)

    def _rule(self, task_id: str, shift: Shift) -> str | None:
        return self.rule_against(self.tasks[task_id], shift) or self._mate_rule(task_id, shift)

    def _mate_rule(self, task_id: str, shift: Shift) -> str | None:
        pair = self.pair_of.get(task_id)
        if (
            pair is None
            or pair.kind is PairKind.INDEPENDENT
            or (pair.same_carer and pair.kind is not PairKind.TOGETHER)
        ):
            return None
        mate = pair.second if task_id == pair.first else pair.first
        at = self.plan.shift_of().get(mate)
        return "two carers" if at is not None and self.shifts[at].carer == shift.carer else None

    def _best_place(self, task_id: str, shift_id: str) -> _Place:
        """The cheapest place in the shift by the compiled evaluation, which takes back whatever it tries."""
        b, x, r = self.board.b, self.numbers.node_of[task_id], self.numbers.tour_of[shift_id]
        dice = self.board.desk["dice"].copy()
        if self._out_with_mate(task_id):
            cost, before, mate, mate_tour, luck = best_pair_place(b, x, r)
        else:
            (cost, before, luck), mate, mate_tour = best_place(b, x, r), -1, -1
        self.board.desk["dice"] = dice
        return _Place(cost, before, luck, mate, mate_tour)

    def _out_with_mate(self, task_id: str) -> bool:
        return task_id in self.pair_of and bool(self.board.nodes[self.numbers.node_of[task_id]]["tour"] < 0)

    def _with(self, task_id: str, shift_id: str, place: _Place) -> Plan:
        """The plan with the task at this place. The board is as before afterwards."""
        b, x, r = self.board.b, self.numbers.node_of[task_id], self.numbers.tour_of[shift_id]
        written = [array for name, array in self.board.arrays.items() if name not in FIXED]
        kept, desk = [array.copy() for array in written], self.board.desk.copy()
        self.board.desk["dice"] = place.luck
        if self._out_with_mate(task_id):
            try_pair(b, x, place.before, r, place.mate, place.mate_tour, True)
        else:
            try_place(b, x, place.before, r, True)
        plan = read_plan(self.problem, self.numbers, self.board)
        for array, before in zip(written, kept, strict=True):
            array[...] = before
        self.board.desk[:] = desk
        return plan

    def alternatives(self, task_id: str, most: int | None = 3) -> tuple[Alternative, ...]:
        """The cheapest other shifts for a task, cheapest first; with `most` None also those that a rule forbids.

        All shifts are priced on the board, which is quick; only those told are priced plainly and named by cost.
        """
        now = self.plan.shift_of().get(task_id)
        others = [shift for shift in self.problem.shifts if shift.id != now]
        if most is not None:
            begun = self.tasks[task_id].begun
            free = [shift for shift in others if not begun and self._rule(task_id, shift) is None]
            priced = [(self._best_place(task_id, shift.id).cost, shift.id, shift) for shift in free]
            others = [shift for cost, _, shift in sorted(priced, key=lambda one: one[:2])[:most] if np.isfinite(cost)]
        found = [self.alternative(task_id, shift.id) for shift in others]
        return tuple(sorted(found, key=lambda one: (one.rule is not None, one.cost, one.shift)))

    def why_not(self, task_id: str, carer: str) -> Alternative | None:
        """Why not this carer? Their cheapest shift for the task; None when they have none."""
        own = [self.alternative(task_id, shift.id) for shift in self.problem.shifts if shift.carer == carer]
        return min(own, key=lambda one: (one.rule is not None, one.cost), default=None)

    def why_not_placed(self, task_id: str) -> tuple[Alternative, ...]:
        """For every shift the rule that forbids the task, or what it costs there more than left out."""
        if task_id in self.plan.shift_of():
            raise ValueError(f"{task_id} is placed")
        return self.alternatives(task_id, most=None)

    def why_so_late(self, task_id: str) -> tuple[Cause, ...]:
        """The chain of reasons that keep the task from beginning earlier, back to something that nobody can move."""
        chain: list[Cause] = []
        seen: set[str] = set()
        current: str | None = task_id
        while current is not None and current not in seen:
            seen.add(current)
            cause = self._cause(current)
            chain.append(cause)
            onward = cause.because in (Because.BEFORE, Because.BREAK, Because.MATE, Because.ORDER)
            current = cause.behind if onward and cause.behind in self.tasks else None
        return tuple(chain)

    def _cause(self, task_id: str) -> Cause:
        task = self.tasks[task_id]
        shift_id = self.plan.shift_of()[task_id]
        stops = self.plan.tours[shift_id]
        position = next(i for i, stop in enumerate(stops) if stop.task == task_id)
        stop = stops[position]
        opened = [w for w in windows_of(task) if w.opens <= stop.start + TOLERANCE] or [windows_of(task)[0]]
        late = max(0.0, stop.start - opened[-1].closes)
        if task.begun:
            return Cause(Because.BEGUN, task_id, None, late)
        reasons = self._bounds(task, stops, position, self.shifts[shift_id])
        reasons += [(window.opens, Because.WINDOW, None) for window in opened]
        time, because, behind = max(reasons, key=lambda reason: reason[0])
        if time < stop.start - 0.01:
            because, behind = Because.SAVED_WAITING, shift_id
        return Cause(because, task_id, behind, late)

    def _bounds(
        self, task: Task, stops: Sequence[Stop], position: int, shift: Shift
    ) -> list[tuple[float, Because, str | None]]:
        """All times before which the task cannot begin, with what is behind them."""
        origin = stops[position - 1].place if position else shift.start_place
        leg = float(self.problem.travel[self.places[origin], self.places[task.place]])
        if position == 0:
            bounds: list[tuple[float, Because, str | None]] = [(shift.starts + leg, Because.SHIFT, shift.id)]
        else:
            before = stops[position - 1]
            earlier = next((s.task for s in reversed(stops[:position]) if s.task is not None), None)
            because = Because.BEFORE if before.task is not None else Because.BREAK
            if because is Because.BREAK and (position < 2 or before.start > stops[position - 2].end + TOLERANCE):
                earlier = None  # the break waited for its own time
            bounds = [(before.end + leg, because, earlier)]
        return bounds + self._linked_bounds(task)

    def _linked_bounds(self, task: Task) -> list[tuple[float, Because, str | None]]:
        starts = self.plan.starts()
        bounds: list[tuple[float, Because, str | None]] = []
        pair = self.pair_of.get(task.id)
        if pair is not None and pair.kind is PairKind.TOGETHER:
            bounds += self._mates_arrival(pair.second if task.id == pair.first else pair.first)
        elif pair is not None and pair.kind is PairKind.SEQUENTIAL:
            if task.id == pair.second:
                bounds.append((starts[pair.first] + pair.least, Because.MATE, pair.first))
            else:
                bounds.append((starts[pair.second] - pair.most, Because.MATE, pair.second))
        for order in self.problem.orders:
            if order.then == task.id and order.first in starts:
                ready = starts[order.first] + self.tasks[order.first].minutes + order.gap
                bounds.append((ready, Because.ORDER, order.first))
        return bounds

    def _mates_arrival(self, mate: str) -> list[tuple[float, Because, str | None]]:
        """When the other carer could be there: only that may be what one waits for, never the common start itself."""
        shift = self.shifts[self.plan.shift_of()[mate]]
        stops = self.plan.tours[shift.id]
        position = next(i for i, stop in enumerate(stops) if stop.task == mate)
        origin, free = (
            (stops[position - 1].place, stops[position - 1].end) if position else (shift.start_place, shift.starts)
        )
        leg = float(self.problem.travel[self.places[origin], self.places[self.tasks[mate].place]])
        return [(free + leg, Because.MATE, mate)]


@dataclass(frozen=True)
class WhatIf:
    """The best plan found under changed conditions, and what changes in cost."""

    found: Found
    cost: float
    differences: tuple[Difference, ...]


def what_if(problem: Problem, plan: Plan, changed: Problem, effort: Effort) -> WhatIf:
    """What if things were different? Searches on from the plan, under the new conditions."""
    before = evaluate(problem, plan)
    found = search(changed, effort, start=plan)
    changes = differences(before, found.cost)
    return WhatIf(found, found.cost.total - before.total, changes)


def with_one_more(problem: Problem, carer: Carer, shift: Shift) -> Problem:
    return replace(problem, carers=(*problem.carers, carer), shifts=(*problem.shifts, shift))


def with_longer_shift(problem: Problem, shift_id: str, minutes: float) -> Problem:
    """As it would be if that shift ended so much later."""
    longer = tuple(
        replace(s, ends=s.ends + minutes, latest_end=None if s.latest_end is None else s.latest_end + minutes)
        if s.id == shift_id
        else s
        for s in problem.shifts
    )
    return replace(problem, shifts=longer)
