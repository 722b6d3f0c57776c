"""Who could take which shifts of somebody who is away, so that as few as possible meet somebody new?

Vulnerable people count first. Each new pair of person and carer counts once, however often they would meet: so the
choice rather lets one colleague come twice than two once. Solved exactly (CP-SAT). It is a proposal, no decision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

REST = 11 * 60  # minutes between two shifts (arbeidsmiljøloven § 10-8; the working time directive, Art. 3)
MOST_EXTRA = 2  # shifts that one colleague is asked to take besides their own
# What each costs, as in the planner's weights: minutes of driving that one would give to avoid it.
NOBODY, UNTRAINED, NEW_FOR_VULNERABLE, NEW, NOT_A_CONTACT, ONE_MORE_SHIFT = 10_000, 400, 120, 25, 1, 3


@dataclass(frozen=True)
class Span:
    """A shift from `starts` up to `ends`, in minutes of the planner."""

    id: str
    starts: float
    ends: float

    def too_close(self, other: Span) -> bool:
        """Less than the rest that people have a right to lies between the two, or they meet."""
        return self.starts < other.ends + REST and other.starts < self.ends + REST


@dataclass(frozen=True)
class Offer:
    """A colleague who could take a shift, whom they would be new to, and how many visits they are not trained for."""

    shift: str
    carer: str
    new_for_vulnerable: frozenset[str] = frozenset()
    new_for: frozenset[str] = frozenset()
    contact_for: int = 0
    untrained: int = 0

    @property
    def gentleness(self) -> tuple[int, int, int, int, str]:
        """The smaller, the gentler."""
        return (self.untrained, len(self.new_for_vulnerable), len(self.new_for), -self.contact_for, self.carer)


def could_take(empty: Span, own: Iterable[Span]) -> bool:
    """Has somebody with these shifts of their own the time, and the rest, for one more?"""
    return not any(empty.too_close(shift) for shift in own)


def gentlest(shifts: Sequence[Span], offers: Sequence[Offer], most_extra: int = MOST_EXTRA) -> dict[str, Offer]:
    """For each shift whoever should be asked; shifts that nobody can take are left out."""
    model = cp_model.CpModel()
    takes = {offer: model.new_bool_var(f"{offer.carer} takes {offer.shift}") for offer in offers}
    by_shift, by_carer = _grouped(offers)
    cost: list[cp_model.LinearExprT] = []
    for shift in shifts:
        those = [takes[offer] for offer in by_shift.get(shift.id, ())]
        model.add(sum(those) <= 1)
        cost.append(NOBODY * (1 - sum(those)))
    spans = {shift.id: shift for shift in shifts}
    for own in by_carer.values():
        model.add(sum(takes[offer] for offer in own) <= most_extra)
        _keep_rest(model, own, takes, spans)
        cost += _new_to(model, own, takes)
    for offer, taken in takes.items():
        cost.append((UNTRAINED * offer.untrained - NOT_A_CONTACT * offer.contact_for + ONE_MORE_SHIFT) * taken)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
    solver.parameters.max_deterministic_time = 5.0
    solver.solve(model)
    return {offer.shift: offer for offer, taken in takes.items() if solver.boolean_value(taken)}


def _grouped(offers: Iterable[Offer]) -> tuple[Mapping[str, list[Offer]], Mapping[str, list[Offer]]]:
    by_shift, by_carer = defaultdict(list), defaultdict(list)
    for offer in offers:
        by_shift[offer.shift].append(offer)
        by_carer[offer.carer].append(offer)
    return by_shift, by_carer


def _keep_rest(
    model: cp_model.CpModel,
    own: Sequence[Offer],
    takes: Mapping[Offer, cp_model.IntVar],
    spans: Mapping[str, Span],
) -> None:
    for number, one in enumerate(own):
        for other in own[number + 1 :]:
            if spans[one.shift].too_close(spans[other.shift]):
                model.add(takes[one] + takes[other] <= 1)


def _new_to(
    model: cp_model.CpModel, own: Sequence[Offer], takes: Mapping[Offer, cp_model.IntVar]
) -> list[cp_model.LinearExprT]:
    """What it costs that one carer meets people for the first time: once for each of them."""
    cost: list[cp_model.LinearExprT] = []
    for weight, whom in ((NEW_FOR_VULNERABLE, _vulnerable), (NEW, _others)):
        for person in sorted({person for offer in own for person in whom(offer)}):
            meets = model.new_bool_var(f"{own[0].carer} is new to {person}")
            for offer in own:
                if person in whom(offer):
                    model.add(meets >= takes[offer])
            cost.append(weight * meets)
    return cost


def _vulnerable(offer: Offer) -> frozenset[str]:
    return offer.new_for_vulnerable


def _others(offer: Offer) -> frozenset[str]:
    return offer.new_for
