"""What a good month is, as weights: fewest left with nothing, then most wishes, then the dearest.

Level 1 is somebody's first moment counting what they had lately; it weighs as much as ten other wishes, so nobody is
left at zero for the sake of somebody's third unless more than ten wishes hang on it (`propose` tells how far from the
most possible it came). A second moment weighs a little more than a third.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from omtanke.kernel.moments.highs import Floats
from omtanke.kernel.moments.model import Model
from omtanke.kernel.moments.problem import Choice, Problem

WISH = 20.0
FIRST, SECOND = 200.0, 20.6
DEAR = 0.04  # times 1 to 10
ASKING = 0.05  # each volunteer's outing
FAMILIAR = 0.05  # each of the people there who know the volunteer
KEPT = 1.5  # a choice that people know already
PINNED = 4000.0


def weights(
    problem: Problem, model: Model, *, known: Collection[Choice] = (), pinned: Collection[Choice] = ()
) -> Floats:
    """The objective, to be made as large as possible."""
    goal = np.zeros(len(model.upper))
    for _person, level, column in model.levels:
        goal[column] = FIRST if level == 1 else SECOND if level == 2 else WISH
    dear = {(person.id, wish.id): wish.dear for person in problem.people for wish in person.wishes}
    known, pinned = frozenset(known), frozenset(pinned)
    for choice, column in zip(model.choices, model.choice_columns, strict=True):
        goal[column] += DEAR * dear[choice.person, choice.wish] + KEPT * (choice in known) + PINNED * (choice in pinned)
    acquainted: dict[tuple[int, int], int] = {}
    for choice in model.choices:
        for helper in problem.person[choice.person].knows:
            acquainted[helper, choice.happening] = acquainted.get((helper, choice.happening), 0) + 1
    for key, column in model.outings.items():
        goal[column] -= ASKING - FAMILIAR * min(1, acquainted.get(key, 0))
    return goal


def wishes(model: Model) -> Floats:
    """The number of wishes that come true."""
    goal = np.zeros(len(model.upper))
    goal[model.choice_columns] = 1.0
    return goal


def firsts(model: Model) -> Floats:
    """The number of people who get their first moment, counting what they had lately."""
    goal = np.zeros(len(model.upper))
    goal[[column for _person, level, column in model.levels if level == 1]] = 1.0
    return goal
