"""A bound that is tighter than the relaxation's: the map in parts, each solved with whole people and whole outings.

What the parts share (a person who could go to something in two of them, a volunteer who could help in two) is not
forbidden to be used twice, but has its price, that of the relaxation. Lagrangian relaxation (Geoffrion 1974): for any
prices p of the shared rows a x <= b with p >= 0, no plan is better than the sum of what each part is worth at these
prices, and p b. With the relaxation's own prices it is never worse than the relaxation; every part that cannot be had
in fractions makes it tighter. The parts are solved by themselves, as many at a time as there are cores.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import numpy as np

from omtanke.kernel.moments.highs import Flags, Floats, Indices, Matrix, Relaxed, at_most
from omtanke.kernel.moments.model import Model
from omtanke.kernel.moments.problem import Problem

CHOICES_OF_A_PART = 1500


def prove(
    problem: Problem, model: Model, matrix: Matrix, goal: Floats, relaxed: Relaxed, *, threads: int, seconds: float
) -> float:
    """What no solution exceeds. `relaxed` is of the same program and goal; `seconds` are for each part."""
    part_of = _parts(problem, model)
    first, last = _touched(matrix, part_of)
    shared = first < last
    prices = np.where(shared, relaxed.prices, 0.0)
    sides = np.where(prices > 0, matrix.high, matrix.low)
    prices[~np.isfinite(sides)] = 0.0
    worth = float(prices @ np.where(prices != 0, sides, 0.0))
    left = goal.astype(np.float64)
    np.subtract.at(left, matrix.columns, prices[matrix.rows] * matrix.values)

    def part(number: int) -> float:
        columns = part_of == number
        return at_most(_inside(matrix, columns, (first == number) & ~shared), left[columns], seconds=seconds)

    with ThreadPoolExecutor(threads) as cores:
        worth += sum(cores.map(part, range(int(part_of.max()) + 1)))
    return min(relaxed.bound, worth)


def _parts(problem: Problem, model: Model) -> Indices:
    """By column, the part of the map it belongs to; a person's steps belong to where most of their choices are."""
    of = _halved(problem, Counter(one.happening for one in model.choices))
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


def _halved(problem: Problem, choices: Counter[int]) -> dict[int, int]:
    """Happenings by part: the map is cut across its longer side, until no part has too many choices."""
    found: dict[int, int] = {}
    number = count()
    waiting = [sorted(choices)]
    while waiting:
        keys = waiting.pop()
        if sum(choices[key] for key in keys) <= CHOICES_OF_A_PART or len(keys) == 1:
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
