"""Who can share a car: the people whom one volunteer could fetch to one happening, in blocks.

Every set of people who can ride together lies in one of the car's blocks. A program that lets a car go with one block,
with as many of it as there are seats, therefore says as much as one with a column for each such set (set packing by
Dantzig and Wolfe), and is far smaller: most cars have one block, since hamlets on the way can all be fetched.

At first only pairs are looked at. When a plan would put three or more together who cannot ride so, `keep_apart` splits
the blocks they are in, and also for everybody who lives as they do. No set that can ride together is ever lost by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.month import ride_of
from omtanke.kernel.moments.problem import Choice, Happening
from omtanke.kernel.travel import Minutes, Place, minutes_between

type Car = tuple[int, int]  # helper, happening
type Block = frozenset[int]
type Pairs = npt.NDArray[np.bool_]

NEVER = 1e6  # minutes
MOST_BLOCKS = 60  # of one car, of pairs; what is not split is mended when people are put into cars
MOST_LEARNT = 24  # of one car, then; whoever must still be kept apart is in `never`
MOST_ASKED = 4000  # rides tried to find who lives as those do who cannot share a car


class Cars:
    """The blocks of every car there could be."""

    def __init__(self, fits: Fits, candidates: Iterable[Choice]) -> None:
        self.fits = fits
        self.blocks: dict[Car, tuple[Block, ...]] = {}
        self.never: set[tuple[Car, Block]] = set()  # who cannot ride together, where a car has too many blocks
        driven: dict[int, set[int]] = defaultdict(set)
        for choice in candidates:
            person, happening = fits.problem.person[choice.person], fits.problem.happening[choice.happening]
            if fits.is_driven(person, happening) and fits.drivers(person, happening):
                driven[happening.id].add(person.id)
        for key, people in driven.items():
            self._find(fits.problem.happening[key], sorted(people))
        self._at: dict[Place | None, list[Car]] = defaultdict(list)
        for car in self.blocks:
            self._at[fits.problem.happening[car[1]].place].append(car)

    def _find(self, happening: Happening, people: list[int]) -> None:
        problem = self.fits.problem
        passengers: dict[int, list[int]] = defaultdict(list)
        for place, key in enumerate(people):
            for helper in self.fits.drivers(problem.person[key], happening):
                passengers[helper].append(place)
        helpers = sorted(passengers)
        pairs = _Pairs.of(self.fits, happening, people, helpers)
        for number, helper in enumerate(helpers):
            places = passengers[helper]
            alone = problem.helper[helper].seats + problem.helper[helper].wheelchair_places < 2
            apart = [] if alone else pairs.apart(number, places)
            everybody = frozenset(people[place] for place in places)
            self.blocks[helper, happening.id] = _split_by_pairs(
                everybody, [(people[places[a]], people[places[b]]) for a, b in apart]
            )

    def keep_apart(self, car: Car, people: Collection[int]) -> bool:
        """Split the blocks in which these, who cannot ride together, still are; returns whether there was any."""
        hit = [block for block in self.blocks[car] if block.issuperset(people)]
        if not hit:
            return False
        sides = self._who_live_as(car, people, frozenset.union(*hit))
        if len(self.blocks[car]) >= MOST_LEARNT:
            known = len(self.never)
            self.never |= {(car, frozenset(each)) for each in product(*sides)}
            return len(self.never) > known
        split = [block - side for block in hit for side in sides]
        self.blocks[car] = _largest([*(block for block in self.blocks[car] if block not in hit), *split])
        return True

    def keep_apart_wherever(self, car: Car, people: Collection[int]) -> bool:
        """The same at whatever else happens at that place, and with whoever else drives there: what a program is not
        allowed on one day it would otherwise try on the next."""
        place = self.fits.problem.happening[car[1]].place
        split = [self.keep_apart(other, people) for other in self._at[place] if self._cannot_ride(other, people)]
        return any(split)

    def _cannot_ride(self, car: Car, people: Collection[int]) -> bool:
        if not any(block.issuperset(people) for block in self.blocks[car]):
            return False
        helper, happening = self.fits.problem.helper[car[0]], self.fits.problem.happening[car[1]]
        return ride_of(self.fits, helper, list(people), happening) is None

    def _who_live_as(self, car: Car, people: Collection[int], others: Block) -> list[set[int]]:
        """For each of them, who else in their place could not ride with the rest either, whoever stands for those."""
        helper, happening = self.fits.problem.helper[car[0]], self.fits.problem.happening[car[1]]
        sides, asked = [{one} for one in people], 0
        for other in sorted(others - set(people)):
            for place, side in enumerate(sides):
                rest = [list(each) for number, each in enumerate(sides) if number != place]
                together = [[other, *each] for each in product(*rest)]
                asked += len(together)
                if asked > MOST_ASKED:
                    return sides
                if all(ride_of(self.fits, helper, each, happening) is None for each in together):
                    side.add(other)
                    break
        return sides


@dataclass(frozen=True)
class _Pairs:
    """Minutes from who is fetched first (rows) to the place when another (columns) is fetched next; of each helper
    the minutes to the first, and how long they may be on the road."""

    two: Minutes
    first: Minutes
    longest: Minutes

    @classmethod
    def of(cls, fits: Fits, happening: Happening, people: list[int], helpers: list[int]) -> _Pairs:
        problem, count = fits.problem, len(people)
        riders = [problem.person[key] for key in people]
        ways = minutes_between(
            [*(one.home for one in riders), happening.place, *(problem.helper[key].home for key in helpers)]
        )
        may_sit = np.array([fits.longest_ride(one, happening) for one in riders], dtype=np.float64)
        last = ways[:count, count]
        two = ways[:count, :count] + last
        two[two > may_sit[:, None]] = NEVER
        two[:, last > may_sit] = NEVER
        longest = np.array([fits.slack(problem.helper[key], happening) for key in helpers], dtype=np.float64)
        return cls(two, ways[count + 1 :, :count], longest)

    def apart(self, helper: int, places: list[int]) -> list[tuple[int, int]]:
        """Pairs, by their number in `places`, who cannot share this helper's car in either order."""
        out = self.first[helper][places][:, None] + self.two[np.ix_(places, places)] <= self.longest[helper]
        return [(int(a), int(b)) for a, b in np.argwhere(np.triu(~(out | out.T), k=1))]


def _split_by_pairs(everybody: Block, apart: Iterable[tuple[int, int]]) -> tuple[Block, ...]:
    """The largest blocks in which no two are apart; whoever is apart from most decides first."""
    against: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        against[one].add(other)
        against[other].add(one)
    found: list[Block] = []
    waiting = [everybody]
    while waiting:
        block = waiting.pop()
        worst = max(block, key=lambda key: (len(against[key] & block), key), default=None)
        if worst is None or not against[worst] & block or len(waiting) + len(found) > MOST_BLOCKS:
            found.append(block)
        else:
            waiting += [block - {worst}, block - against[worst]]
    return _largest(found)


def _largest(blocks: list[Block]) -> tuple[Block, ...]:
    """Those that lie in no other, largest first."""
    kept: list[Block] = []
    for block in sorted(set(blocks), key=lambda one: (-len(one), sorted(one))):
        if not any(block <= other for other in kept):
            kept.append(block)
    return tuple(kept)
