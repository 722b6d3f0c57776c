"""From a plan made by hand to one that is nearly as good as any: part after part of the map is planned anew, exactly.

A sweep shares the map out in parts, each a happening and what lies nearest to it; everything that happens there is
free, everything else stays. A part is small enough for HiGHS to solve it nearly to the end; with other parts in every
sweep what is good for the whole spreads. The work grows with the map, not with its square. Columns that no best mixture
of the relaxation uses (`hints`) stay as they are.

Two parts are planned at the same time, on a core each. What both would touch (a person between them, a volunteer who
could go to either) is left to the first of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np

from omtanke.kernel.moments.highs import Flags, Floats, Matrix, solve
from omtanke.kernel.moments.model import Model
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Problem
from omtanke.kernel.travel import distance_km

type Stop = Callable[[], bool]


class Parts:
    """The columns of each happening, and the map shared out in parts."""

    def __init__(self, problem: Problem, model: Model, chance: Random) -> None:
        self.problem, self.model, self.chance = problem, model, chance
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
        for (_helper, happening), blocks in model.blocks.items():
            self.columns[happening].extend(column for _block, column in blocks)
        for flow in [*model.rides.values(), *model.company.values()]:
            self.columns[flow.happening].extend(flow.by_helper.values())
        for person, _level, column in model.levels:
            self.steps[person].append(column)

    def shared_out(self, room: int) -> list[Flags]:
        """Every happening in one part, with about so many choices in each: which columns are free in which part."""
        waiting, found = sorted(self.size), []
        while waiting:
            part = self._nearest(self.chance.choice(waiting), waiting, room)
            waiting = [key for key in waiting if key not in part]
            found.append(self._free(part))
        return found

    def around(self, centres: Iterable[int], room: int) -> list[Flags]:
        """Only what lies about these happenings."""
        waiting, found = sorted(self.size), []
        for centre in centres:
            if centre in waiting:
                part = self._nearest(centre, waiting, room)
                waiting = [key for key in waiting if key not in part]
                found.append(self._free(part))
        return found

    def _nearest(self, centre: int, waiting: list[int], room: int) -> set[int]:
        part: set[int] = set()
        for key in sorted(waiting, key=lambda other: self._away(centre, other)):
            if room <= 0:
                break
            room -= self.size[key]
            part.add(key)
        return part

    def _free(self, part: set[int]) -> Flags:
        free = np.zeros(len(self.model.upper), dtype=np.bool_)
        for key in sorted(part):
            free[self.columns[key]] = True
            for person in self.people[key]:
                free[self.steps[person]] = True
        return free

    def _away(self, one: int, other: int) -> float:
        a, b = self.problem.happening[one].place, self.problem.happening[other].place
        if one == other or a is None or b is None:
            return 0.0
        return distance_km(a, b) * self.chance.uniform(0.6, 1.4) + self.chance.uniform(0, 4)


def sweep(
    parts: list[Flags],
    matrix: Matrix,
    goal: Floats,
    values: Floats,
    *,
    hints: Flags,
    part_seconds: float,
    threads: int,
    seed: int,
    stop: Stop,
) -> Floats:
    """Plan every part anew, one after the other or two at a time, until `stop` says that time is up."""
    waiting = parts
    while waiting and not stop():
        now, waiting = waiting[:threads], waiting[threads:]
        kept = hints | (values > 0.5)
        frees = _without_what_both_touch(matrix, [free & kept for free in now])

        def plan(free: Flags, values: Floats = values) -> Floats:
            part = matrix.part(free, values)
            return solve(part, goal[free], values[free], seconds=part_seconds, seed=seed)

        with ThreadPoolExecutor(len(frees)) as cores:
            found = list(cores.map(plan, frees))
        values = values.copy()
        for free, these in zip(frees, found, strict=True):
            values[free] = these
    return values


def _without_what_both_touch(matrix: Matrix, frees: list[Flags]) -> list[Flags]:
    touched = np.zeros(len(matrix.low), dtype=np.bool_)
    found = []
    for free in frees:
        barred = np.zeros(len(free), dtype=np.bool_)
        barred[matrix.columns[touched[matrix.rows]]] = True
        found.append(free & ~barred)
        touched[matrix.rows[found[-1][matrix.columns]]] = True
    return found


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
    for (helper, happening), blocks in model.blocks.items():
        outing = month.outings[happening].get(helper)
        if outing and outing.riders:
            values[next(column for block, column in blocks if block.issuperset(outing.riders))] = 1.0
    return values
