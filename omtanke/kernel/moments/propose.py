"""A proposal for the month, and how good it is: what was reached, and what no plan whatever could exceed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np

from omtanke.kernel.moments import goal as goals
from omtanke.kernel.moments.by_hand import greedy_by_rank
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.highs import Floats, Matrix, Relaxed, relax
from omtanke.kernel.moments.improve import Tell, as_values, improve
from omtanke.kernel.moments.model import Clash, Model, build, keep_apart
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Choice, Problem
from omtanke.kernel.moments.read_out import read_out

ROUNDS = 6
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
    best = Month(problem, fits)
    _begin(best, problem, refused, [*pinned, *known])
    firsts, wishes = goals.firsts(model), goals.wishes(model)
    month = _search(problem, model, goal, relaxed, best, effort, tell)
    reached = as_values(model, month)[: len(goal)]
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


def _search(
    problem: Problem, model: Model, goal: Floats, relaxed: Relaxed, best: Month, effort: Effort, tell: Tell
) -> Month:
    """Improve and read out, in rounds: who could not share a car is kept apart in the next round."""
    apart: set[Clash] = set()
    ends, count = effort.clock() + effort.seconds, len(goal)
    for round_ in range(ROUNDS):
        matrix = Matrix.of(model)
        extra = len(matrix.upper) - count
        weights = np.concatenate([goal, np.zeros(extra)])
        begun = as_values(model, best)
        values = improve(
            problem,
            model,
            matrix,
            weights,
            begun,
            seconds=max(0.0, ends - effort.clock()) / (1 if round_ == ROUNDS - 1 else 2),
            part_seconds=effort.part_seconds,
            clock=effort.clock,
            threads=effort.threads,
            seed=effort.seed + round_,
            good_enough=relaxed.bound * (1 - effort.good_enough),
            hints=np.concatenate([relaxed.values > USED, np.ones(extra, dtype=np.bool_)]) | ~matrix.whole,
            tell=tell,
        )
        month, clashes = read_out(problem, best.fits, model, values)
        if goal @ as_values(model, month)[:count] > goal @ begun[:count]:
            best = month
        if not clashes - apart:
            break
        keep_apart(model, clashes - apart)
        apart |= clashes
    return best


def _begin(month: Month, problem: Problem, refused: frozenset[Choice], before: list[Choice]) -> None:
    """What is pinned and known first, then as by hand."""
    for choice in [*before, *greedy_by_rank(problem).help_of]:
        if choice not in refused:
            month.try_to_place(choice)
