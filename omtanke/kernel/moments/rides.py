"""In what order are people picked up, and when? Exact: every order is tried that could still be the best.

A car takes one to eight people; with a limit on how long each may sit in it, nearly all orders fall at once, so that
trying them all takes far less than a millisecond for the one to four of a rural ride. The way home is the same way
back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from omtanke.kernel.moments.problem import drive
from omtanke.kernel.travel import Place


@dataclass(frozen=True)
class Passenger:
    """`longest` is how many minutes they may sit in the car, one way."""

    person: int
    home: Place
    longest: int


@dataclass(frozen=True)
class Ride:
    """`order` are persons as they are picked up; `minutes` how long each then sits in the car.

    `out` is how long before the start the driver leaves home.
    """

    order: tuple[int, ...]
    minutes: tuple[int, ...]
    out: int

    @property
    def dear(self) -> int:
        """What is made small: the driver's minutes and every passenger's."""
        return self.out + sum(self.minutes)


def best_ride(home: Place, passengers: Sequence[Passenger], to: Place, *, longest: int) -> Ride | None:
    """The ride with the fewest minutes for all, or None when no order keeps to everybody's longest.

    `longest` is that of the driver, from their own home to the place.
    """
    best: list[tuple[int, tuple[int, ...]]] = []
    legs = [[drive(a.home, b.home) for b in passengers] for a in passengers]
    last = [drive(one.home, to) for one in passengers]
    first = [drive(home, one.home) for one in passengers]

    def build(order: tuple[int, ...], tail: int, dear: int) -> None:
        """From the place backwards: `tail` minutes from the first of `order` to the place."""
        if best and dear + tail >= best[0][0]:
            return
        if len(order) == len(passengers):
            out = first[order[0]] + tail
            if out <= longest and (not best or dear + out < best[0][0]):
                best[:] = [(dear + out, order)]
            return
        for index, passenger in enumerate(passengers):
            if index in order:
                continue
            sits = (legs[index][order[0]] + tail) if order else last[index]
            if sits <= passenger.longest and sits <= longest:
                build((index, *order), sits, dear + sits)

    build((), 0, 0)
    if not best:
        return None
    return _ride(best[0][1], passengers, legs, last, first)


def _ride(
    order: tuple[int, ...],
    passengers: Sequence[Passenger],
    legs: Sequence[Sequence[int]],
    last: Sequence[int],
    first: Sequence[int],
) -> Ride:
    sits, tail, after = [], 0, -1
    for index in reversed(order):
        tail = last[index] if after < 0 else legs[index][after] + tail
        sits.append(tail)
        after = index
    return Ride(tuple(passengers[index].person for index in order), tuple(reversed(sits)), first[order[0]] + tail)
