"""From a plan made by hand to one that is nearly as good as any: part after part of the map is planned anew, exactly.

A part is a happening and what lies nearest to it; everything that happens there is free, everything else stays. It is
small enough for HiGHS to solve it nearly to the end; with overlapping parts what is good for the whole spreads. The
work grows with the map, not with its square. Columns that no best mixture of the relaxation uses (`hints`) stay as
they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from random import Random

import numpy as np

from omtanke.kernel.moments.highs import Flags, Floats, Matrix, solve
from omtanke.kernel.moments.model import Model
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Problem
from omtanke.kernel.travel import distance_km

CHOICES_OF_A_PART = 2500
CHOICES_AT_FIRST = 800  # quick gains; then larger parts

type Tell = Callable[[float], bool]


class Parts:
    """The columns of each happening, and which parts of the map have waited longest."""

    def __init__(self, problem: Problem, model: Model, seed: int) -> None:
        self.problem, self.model, self.chance = problem, model, Random(seed)  # noqa: S311 - no secret
        self.columns: dict[int, list[int]] = defaultdict(list)
        self.size: dict[int, int] = defaultdict(int)
        self.people: dict[int, set[int]] = defaultdict(set)
        self.steps: dict[int, list[int]] = defaultdict(list)
        for choice, column in zip(model.choices, model.choice_columns, strict=True):
            self.columns[choice.happening].append(column)
            self.people[choice.happening].add(choice.person)
            self.size[choice.happening] += 1
        for (_helper, happening), column in model.outings.items():
            self.columns[happening].append(column)
        for flow in [*model.rides.values(), *model.company.values()]:
            self.columns[flow.happening].extend(flow.by_helper.values())
        for happening, switch, _ride in model.switches:
            self.columns[happening].append(switch)
        for person, _level, column in model.levels:
            self.steps[person].append(column)
        self.waiting = {key: self.chance.random() for key in self.size}

    def next(self) -> Flags:
        """Which columns are free in the next part."""
        centre = min(self.waiting, key=lambda key: self.waiting[key])
        free = np.zeros(len(self.model.upper), dtype=np.bool_)
        room = CHOICES_OF_A_PART if self.seen_once else CHOICES_AT_FIRST
        for key in sorted(self.waiting, key=lambda other: self._away(centre, other)):
            if room <= 0:
                break
            room -= self.size[key]
            free[self.columns[key]] = True
            for person in self.people[key]:
                free[self.steps[person]] = True
            self.waiting[key] += 1 if key == centre else 0.5
        return free

    def _away(self, one: int, other: int) -> float:
        a, b = self.problem.happening[one].place, self.problem.happening[other].place
        if one == other or a is None or b is None:
            return 0.0
        return distance_km(a, b) * self.chance.uniform(0.6, 1.4) + self.chance.uniform(0, 4)

    @property
    def seen_once(self) -> bool:
        return min(self.waiting.values()) >= 1.0

    @property
    def all_seen(self) -> bool:
        return min(self.waiting.values()) >= 2.0


def improve(
    problem: Problem,
    model: Model,
    matrix: Matrix,
    goal: Floats,
    start: Floats,
    *,
    seconds: float,
    part_seconds: float,
    clock: Callable[[], float],
    threads: int,
    seed: int,
    good_enough: float,
    hints: Flags,
    tell: Tell,
) -> Floats:
    """Plan part after part anew until it is good enough, time is up, or `tell` (given the share of time) says stop."""
    values, began = start, clock()
    if not model.choices:
        return values
    parts = Parts(problem, model, seed)
    since_better = 0
    while (gone := clock() - began) < seconds and goal @ values < good_enough:
        if tell(gone / seconds) or (parts.all_seen and since_better > len(model.choices) // CHOICES_OF_A_PART + 3):
            break
        free = parts.next() & (hints | (values > 0.5))
        left = min(part_seconds, 8 * (seconds - gone))
        found = solve(
            matrix.part(free, values), goal[free], values[free], threads=threads, seconds=max(left, 0.2), seed=seed
        )
        since_better = 0 if goal[free] @ found > goal[free] @ values[free] + 1e-6 else since_better + 1
        values = values.copy()
        values[free] = found
    return values


def as_values(model: Model, month: Month) -> Floats:
    """A month as a solution of the program."""
    values = np.zeros(len(model.upper))
    steps: dict[int, list[int]] = defaultdict(list)
    for person, _level, column in model.levels:
        steps[person].append(column)
    ride_of = {column: flow for flow in model.rides.values() for column in flow.people}
    company_of = {column: flow for flow in model.company.values() for column in flow.people}
    for choice, column in zip(model.choices, model.choice_columns, strict=True):
        help_ = month.help_of.get(choice)
        if help_ is None:
            continue
        values[column] = 1.0
        values[steps[choice.person][int(sum(values[steps[choice.person]]))]] = 1.0
        for helper, flow in ((help_.driver, ride_of.get(column)), (help_.companion, company_of.get(column))):
            if helper is not None and flow is not None:
                values[model.outings[helper, choice.happening]] = 1.0
                values[flow.by_helper[helper]] += 1.0
    for _happening, switch, ride in model.switches:
        values[switch] = float(values[ride] > 0.5)
    return values
