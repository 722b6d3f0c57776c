"""What no plan exceeds: the map in parts, and a price on whatever two parts share.

A person who could go to something in two parts, a volunteer who could help in two, is not forbidden to be used twice,
but has a price. Lagrangian relaxation (Geoffrion 1974): for any prices p of the shared rows a x <= b with p >= 0, no
plan is better than the sum of what each part is worth at these prices, and p b. So the bound is proven whatever the
prices are; only how tight it is hangs on them. Nearly right ones suffice (a first-order method, whose work grows with
the map, `highs.prices`), since each part then sets the prices of its own rows exactly.

Parts are relaxed (`relax_in_parts`: the bound of the relaxation, and what is promising) or solved with whole people
and whole outings (`prove`: tighter by what cannot be had in fractions), as many at a time as there are cores. Prices
are rough, so that the parts' bound may be looser than the whole's relaxation. Where the whole is small enough to be
relaxed itself, it is, and the lesser is told.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import count

import numpy as np

from omtanke.kernel.moments.highs import Flags, Floats, Indices, Matrix, Relaxed, at_most, prices, relax, worth
from omtanke.kernel.moments.model import Model
from omtanke.kernel.moments.problem import Problem

CHOICES = 1500  # of a part
ALONE = 4000  # of a whole that is relaxed itself too, in about a second


@dataclass(frozen=True)
class Part:
    """A part by itself: its rows, and what its columns are worth after the price of what they share."""

    columns: Flags
    rows: Flags
    matrix: Matrix
    goal: Floats


@dataclass(frozen=True)
class Priced:
    """The parts at their prices; `worth` is p b; the whole itself too, where it is small enough to be relaxed."""

    parts: list[Part]
    price: Floats
    worth: float
    whole: Part | None

    @classmethod
    def of(
        cls, problem: Problem, model: Model, matrix: Matrix, goal: Floats, *, room: int = CHOICES, alone: int = ALONE
    ) -> Priced:
        """Parts of at most so many choices; the whole if it has at most so many."""
        part_of = parts_of(problem, model, room)
        first, last = _touched(matrix, part_of)
        shared = first < last
        price = np.where(shared, prices(matrix, goal), 0.0) if shared.any() else np.zeros(len(shared))
        rows, left = worth(matrix, goal, price)
        parts = [
            Part(columns, inside, _inside(matrix, columns, inside), left[columns])
            for number in range(int(part_of.max()) + 1)
            for columns, inside in [(part_of == number, (first == number) & ~shared)]
        ]
        whole = Part(np.ones(len(goal), np.bool_), np.ones(len(shared), np.bool_), matrix, goal)
        return cls(parts, price, rows, whole if len(model.choices) <= alone else None)


def relax_in_parts(priced: Priced, cores: Executor) -> Relaxed:
    """The bound when nothing need be whole, what best mixtures use, and what the rest would cost."""
    if priced.whole is not None:
        return relax(priced.whole.matrix, priced.whole.goal)
    size = len(priced.parts[0].columns)
    bound, values, loss, price = priced.worth, np.zeros(size), np.zeros(size), priced.price.copy()
    found = cores.map(lambda part: relax(part.matrix, part.goal), priced.parts)
    for part, relaxed in zip(priced.parts, found, strict=True):
        bound += relaxed.bound
        values[part.columns], loss[part.columns] = relaxed.values, relaxed.loss
        price[part.rows] = relaxed.prices
    return Relaxed(bound, values, loss, price)


def prove(priced: Priced, cores: Executor, *, seconds: float) -> float:
    """The bound with whole people; `seconds` are for each part."""
    parts = sum(cores.map(lambda part: at_most(part.matrix, part.goal, seconds=seconds), priced.parts))
    whole = math.inf if priced.whole is None else relax(priced.whole.matrix, priced.whole.goal).bound
    return min(priced.worth + parts, whole)


def parts_of(problem: Problem, model: Model, room: int) -> Indices:
    """By column, the part of the map it belongs to; a person's steps belong to where most of their choices are."""
    of = _halved(problem, Counter(one.happening for one in model.choices), room)
    part_of = np.zeros(len(model.upper), dtype=np.int64)
    where: dict[int, Counter[int]] = defaultdict(Counter)
    for choice, column in zip(model.choices, model.choice_columns, strict=True):
        part_of[column] = of[choice.happening]
        where[choice.person][of[choice.happening]] += 1
    for (_helper, happening), column in model.outings.items():
        part_of[column] = of[happening]
    for (_helper, happening), blocks in model.blocks.items():
        part_of[[column for _block, column in blocks]] = of[happening]
    for flow in [*model.rides.values(), *model.company.values()]:
        part_of[list(flow.by_helper.values())] = of[flow.happening]
    for person, _level, column in model.levels:
        part_of[column] = where[person].most_common(1)[0][0]
    return part_of


def _halved(problem: Problem, choices: Counter[int], room: int) -> dict[int, int]:
    """Happenings by part: the map is cut across its longer side, until no part has too many choices."""
    found: dict[int, int] = {}
    number = count()
    waiting = [sorted(choices)]
    while waiting:
        keys = waiting.pop()
        if sum(choices[key] for key in keys) <= room or len(keys) == 1:
            found |= dict.fromkeys(keys, next(number))
            continue
        spots = np.array([_spot(problem, key) for key in keys])
        side = int(np.argmax(np.ptp(spots, axis=0)))
        order = [keys[int(place)] for place in np.argsort(spots[:, side], kind="stable")]
        share = np.cumsum([choices[key] for key in order])
        middle = min(max(1, int(np.searchsorted(share, share[-1] / 2)) + 1), len(order) - 1)
        waiting += [order[:middle], order[middle:]]
    return found


def _spot(problem: Problem, happening: int) -> tuple[float, float]:
    place = problem.happening[happening].place
    return (place.latitude, place.longitude * np.cos(np.radians(place.latitude))) if place else (0.0, 0.0)


def _touched(matrix: Matrix, part_of: Indices) -> tuple[Indices, Indices]:
    """Of each row, the first and the last part it has columns of."""
    parts = part_of[matrix.columns]
    first, last = np.full(len(matrix.low), np.iinfo(np.int64).max), np.full(len(matrix.low), -1)
    np.minimum.at(first, matrix.rows, parts)
    np.maximum.at(last, matrix.rows, parts)
    return first, last


def _inside(matrix: Matrix, columns: Flags, rows: Flags) -> Matrix:
    entries = rows[matrix.rows]
    return Matrix(
        (np.cumsum(rows) - 1)[matrix.rows[entries]],
        (np.cumsum(columns) - 1)[matrix.columns[entries]],
        matrix.values[entries],
        matrix.low[rows],
        matrix.high[rows],
        matrix.upper[columns],
        matrix.whole[columns],
    )
