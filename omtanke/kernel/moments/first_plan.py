"""A first plan of the whole map, part after part, with the whole's prices on whatever a later part could use too.

A part planned by itself takes every volunteer it can reach and leaves its neighbour without. Here each pays for them
what the relaxation of the whole says they are worth elsewhere, while what is already planned stays. One pass comes as
near as many sweeps from a plan by hand. A person between parts is planned where the relaxation has most of their
moments; before that, elsewhere, a moment is worth its price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from omtanke.kernel.moments.highs import Flags, Floats, Indices, Matrix, Relaxed, solve
from omtanke.kernel.moments.model import Model

type Stop = Callable[[], bool]


def first_plan(
    model: Model,
    matrix: Matrix,
    goal: Floats,
    relaxed: Relaxed,
    part_of: Indices,
    *,
    promising: Flags,
    part_seconds: float,
    seed: int,
    stop: Stop,
) -> Floats:
    """By column. What is not reached when `stop` says that time is up is left empty."""
    steps, values = _Steps(model, matrix, relaxed.values, part_of), np.zeros(len(goal))
    last = np.full(len(matrix.low), -1)
    np.maximum.at(last, matrix.rows, part_of[matrix.columns])
    for part in range(int(part_of.max()) + 1):
        if stop():
            break
        lent, own = steps.people(part)
        free = (part_of == part) & ~steps.columns & promising
        free[[column for person in own for column in steps.of[person]]] = True
        loose = np.zeros(len(matrix.low), dtype=np.bool_)
        loose[[steps.row[person] for person in lent]] = True
        worth = _worth(matrix, goal, np.where(((last > part) & ~steps.rows) | loose, relaxed.prices, 0.0), free)
        here = replace(matrix, low=np.where(loose, -np.inf, matrix.low), high=steps.room(lent, matrix.high, values))
        values[free] = solve(here.part(free, values), worth[free], values[free], seconds=part_seconds, seed=seed)
        steps.follow(values)
    return values


def _worth(matrix: Matrix, goal: Floats, price: Floats, free: Flags) -> Floats:
    """What is left of each free column's worth after these prices."""
    left, entries = goal.copy(), free[matrix.columns] & (price[matrix.rows] != 0)
    np.subtract.at(left, matrix.columns[entries], (price[matrix.rows] * matrix.values)[entries])
    return left


class _Steps:
    """Everybody's first, second and third moment as columns, and in which part those are decided."""

    def __init__(self, model: Model, matrix: Matrix, values: Floats, part_of: Indices) -> None:
        self.of: dict[int, list[int]] = defaultdict(list)
        for person, _level, column in model.levels:
            self.of[person].append(column)
        self.choices: dict[int, list[int]] = defaultdict(list)
        mass: dict[int, Floats] = defaultdict(lambda: np.zeros(int(part_of.max()) + 1))
        self.there: dict[int, set[int]] = defaultdict(set)
        for choice, column in zip(model.choices, model.choice_columns, strict=True):
            self.choices[choice.person].append(column)
            self.there[int(part_of[column])].add(choice.person)
            mass[choice.person][part_of[column]] += values[column]
        self.mass = dict(mass)
        self.columns = np.zeros(len(part_of), dtype=np.bool_)
        self.columns[[column for _person, _level, column in model.levels]] = True
        entries = np.nonzero(self.columns[matrix.columns])[0]
        row_of = dict(zip(matrix.columns[entries].tolist(), matrix.rows[entries].tolist(), strict=True))
        self.row = {person: row_of[columns[0]] for person, columns in self.of.items()}
        self.rows = np.zeros(len(matrix.low), dtype=np.bool_)
        self.rows[list(self.row.values())] = True

    def people(self, part: int) -> tuple[list[int], list[int]]:
        """Of those with a choice here: who is decided in a later part, and who is not."""
        here = sorted(self.there[part] & self.of.keys())
        lent = [key for key in here if self.mass[key][part + 1 :].max(initial=0.0) > self.mass[key][part] + 1e-3]
        return lent, sorted(set(here) - set(lent))

    def room(self, lent: list[int], high: Floats, values: Floats) -> Floats:
        """Nobody gets more than they want although their steps are not decided here."""
        high = high.copy()
        for person in lent:
            high[self.row[person]] = len(self.of[person]) - self._count(person, values)
        return high

    def follow(self, values: Floats) -> None:
        """The steps that go with the choices."""
        for person, columns in self.of.items():
            values[columns] = np.arange(len(columns)) < self._count(person, values)

    def _count(self, person: int, values: Floats) -> int:
        return int(np.count_nonzero(values[self.choices[person]] > 0.5))
