"""A proposal for the month, and how good it is: what was reached, and what no plan whatever could exceed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from omtanke.kernel.moments.by_hand import greedy_by_rank
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Choice, Problem
from omtanke.kernel.moments.search import Effort, Search, Tell

__all__ = ["Effort", "Measured", "Proposal", "propose"]


@dataclass(frozen=True)
class Measured:
    """Reached, and the proven bound of each layer.

    `first` counts people who have a moment now and had none lately. `most_first` holds for any plan whatever, and so
    does `most_wishes`; `most_fair` holds for any plan in which as many as here have a first one.
    """

    wishes: int
    first: int
    most_wishes: int
    most_fair: int
    most_first: int

    @property
    def gap(self) -> float:
        """The share of the wishes that an equally fair plan could at most still add."""
        return 1 - self.wishes / self.most_fair if self.most_fair else 0.0

    @property
    def first_gap(self) -> float:
        """The share of the first moments that any plan could at most still add."""
        return 1 - self.first / self.most_first if self.most_first else 0.0


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
    fits, refused, before = Fits(problem), frozenset(forbidden), [*pinned, *known]
    candidates = [one for one in fits.candidates() if one not in refused]
    search = Search(problem, fits, candidates, effort, known=frozenset(before), pinned=frozenset(pinned))
    month = Month(problem, fits)
    if not search.model.choices:
        return Proposal(month, Measured(0, 0, 0, 0, 0))
    for choice in [*before, *greedy_by_rank(problem).help_of]:
        if choice not in refused:
            month.try_to_place(choice)
    most = search.most(tell)
    month = search.run(month, most, tell)
    first = sum(1 for person in problem.people if person.had == 0 and month.times[person.id])
    fair = min(most.wishes, search.most_wishes_with(first, most, tell))
    return Proposal(month, Measured(len(month.granted), first, most.wishes, fair, most.first))
