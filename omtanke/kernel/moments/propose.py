"""A proposal for the month, and how good it is: what was reached, and what no plan whatever could exceed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from omtanke.kernel.moments import goal as goals
from omtanke.kernel.moments.by_hand import greedy_by_rank
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.highs import Matrix, relax
from omtanke.kernel.moments.improve import Tell, as_values, improve
from omtanke.kernel.moments.model import build
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Choice, Problem
from omtanke.kernel.moments.read_out import read_out

USED = 1e-3  # how much of a column counts as used in the relaxation's best mixtures


@dataclass(frozen=True)
class Effort:
    """How long to search, on how many threads. The same seed searches in the same order."""

    seconds: float = 20.0
    threads: int = 2
    seed: int = 1
    good_enough: float = 0.001
    part_seconds: float = 12.0
    clock: Callable[[], float] = time.monotonic  # a bench on a busy machine counts the processor's seconds


@dataclass(frozen=True)
class Measured:
    """Reached and proven bound. `first` counts people with at least one moment, what they had lately included.

    `most_wishes` holds for any plan whatever; `most_fair` for any plan in which as many have a first one as here.
    """

    wishes: int
    first: int
    most_wishes: int
    most_fair: int
    most_first: int
    goal: float
    most_goal: float

    @property
    def gap(self) -> float:
        """The share by which the goal could at most still be better."""
        return 1 - self.goal / self.most_goal if self.most_goal > 0 else 0.0


@dataclass(frozen=True)
class Proposal:
    month: Month
    measured: Measured


def never_stop(_share: float) -> bool:
    return False


def propose(
    problem: Problem,
    effort: Effort,
    *,
    pinned: Collection[Choice] = (),
    forbidden: Collection[Choice] = (),
    known: Iterable[Choice] = (),
    tell: Tell = never_stop,
) -> Proposal:
    """Plan the month. What is pinned stays if any plan can have it; what is known already changes only for a gain."""
    fits = Fits(problem)
    refused = frozenset(forbidden)
    candidates = [one for one in fits.candidates() if one not in refused]
    model = build(problem, fits, candidates)
    if not model.choices:
        return Proposal(Month(problem, fits), Measured(0, 0, 0, 0, 0, 0.0, 0.0))
    matrix = Matrix.of(model)
    goal = goals.weights(problem, model, known=frozenset(known), pinned=pinned)
    relaxed = relax(matrix, goal, threads=effort.threads)
    first = Month(problem, fits)
    _begin(first, problem, refused, [*pinned, *known])
    values = improve(
        problem,
        model,
        matrix,
        goal,
        as_values(model, first),
        seconds=effort.seconds,
        part_seconds=effort.part_seconds,
        clock=effort.clock,
        threads=effort.threads,
        seed=effort.seed,
        good_enough=relaxed.bound * (1 - effort.good_enough),
        hints=(relaxed.values > USED) | ~matrix.whole,
        tell=tell,
    )
    month = read_out(problem, fits, model, values)
    reached = as_values(model, month)
    firsts, wishes = goals.firsts(model), goals.wishes(model)
    got = round(float(firsts @ reached))
    fair = relax(matrix.with_at_least(firsts, got), wishes, threads=effort.threads).bound
    measured = Measured(
        wishes=len(month.granted),
        first=got,
        most_wishes=math.floor(relax(matrix, wishes, threads=effort.threads).bound),
        most_fair=math.floor(fair),
        most_first=math.floor(relax(matrix, firsts, threads=effort.threads).bound),
        goal=float(goal @ reached),
        most_goal=relaxed.bound,
    )
    return Proposal(month, measured)


def _begin(month: Month, problem: Problem, refused: frozenset[Choice], before: list[Choice]) -> None:
    """What is pinned and known first, then as by hand."""
    for choice in [*before, *greedy_by_rank(problem).help_of]:
        if choice not in refused:
            month.try_to_place(choice)
