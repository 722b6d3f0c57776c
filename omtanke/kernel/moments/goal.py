"""What a good month is: fewest left with nothing, then most wishes, then the dearest. Each before the next.

Somebody's first moment, counting what they had lately, weighs as much as fifty wishes. So many do not hang on one first
moment (a volunteer's month and car are far smaller), so that the weights are the order itself; what is proven is proven
of each layer by itself, without weights (`propose`). What comes after the number of wishes is so light that no wish is
given for it, unless the plan is known already.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from omtanke.kernel.moments.highs import Floats
from omtanke.kernel.moments.model import Model
from omtanke.kernel.moments.problem import Choice, Problem

WISH = 20.0
FIRST, SECOND = 50 * WISH, 20.2  # a second moment goes before a third
DEAR = 0.02  # times 1 to 10
ASKING = 0.05  # each volunteer's outing
FAMILIAR = 0.05  # each of the people there who know the volunteer
KEPT = 1.5  # a choice that people know already
PINNED = 20 * FIRST


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
