"""What fits: which happenings could make which wish come true, and which volunteers could help there.

Everything here is a rule that looks at one person, one happening and one volunteer alone. The plan adds what
they share: seats, cars, days, times a month.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from omtanke.kernel.moments.problem import Choice, Happening, Helper, Person, Problem, Span, Wanted, is_driven
from omtanke.kernel.travel import (
    EARTH_RADIUS_KM,
    GETTING_IN_AND_OUT,
    KM_PER_HOUR,
    ROAD_FACTOR,
    SAME_HOUSE_KM,
    Place,
    driving_minutes,
)

type Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=200_000)
def minutes(a: Place, b: Place) -> int:
    """`driving_minutes` between known places, remembered."""
    found = driving_minutes(a, b)
    return 0 if found is None else found


class Fits:
    """The candidates of a problem, each asked once and kept."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.by_interest: dict[str, list[Happening]] = defaultdict(list)
        for happening in problem.happenings:
            for code in happening.interests:
                self.by_interest[code].append(happening)
        self.known_homes = [one for one in problem.helpers if one.home is not None]
        self._homes = _Spots([one.home for one in self.known_homes])
        self._can_come: dict[int, tuple[list[int], Floats, Floats]] = {}
        self._to_person: dict[int, tuple[Floats, Floats]] = {}
        self._drivers: dict[tuple[int, int], tuple[int, ...]] = {}
        self._companions: dict[tuple[int, str], tuple[int, ...]] = {}

    def offered(self, wish: Wanted) -> list[Happening]:
        """What is about the same, whoever wishes."""
        found = {one.id: one for code in wish.interests for one in self.by_interest.get(code, ())}
        return [found[key] for key in sorted(found)]

    def candidates(self) -> list[Choice]:
        """Every choice that no rule about the person and the happening alone refuses."""
        return [
            Choice(person.id, wish.id, happening.id)
            for person in self.problem.people
            if not person.says_no
            for wish in person.wishes
            for happening in self.offered(wish)
            if self.suits(person, happening)
        ]

    def suits(self, person: Person, happening: Happening) -> bool:
        return (
            person.needs <= happening.has
            and self.near_enough(person, happening)
            and not self.busy_then(person, happening)
        )

    def near_enough(self, person: Person, happening: Happening) -> bool:
        return self.straight(person, happening) <= person.furthest

    def straight(self, person: Person, happening: Happening) -> int:
        """Minutes from home to the place; none when one of them is unknown."""
        if person.home is None or happening.place is None:
            return 0
        return minutes(person.home, happening.place)

    def busy_then(self, person: Person, happening: Happening) -> bool:
        way = self.straight(person, happening)
        return any(starts < happening.ends + way and ends > happening.starts - way for starts, ends in person.busy)

    def longest_ride(self, person: Person, happening: Happening) -> int:
        """Minutes in a car that the person's detour and their own appointments allow."""
        longest = self.straight(person, happening) + self.problem.rules.detour
        for starts, ends in person.busy:
            if ends <= happening.starts:
                longest = min(longest, happening.starts - ends)
            elif starts >= happening.ends:
                longest = min(longest, starts - happening.ends)
        return longest

    def slack(self, helper: Helper, happening: Happening) -> int:
        """How many minutes before and after the volunteer can be on the road; negative when they cannot come."""
        return max((_slack(span, happening) for span in helper.free), default=-1)

    def can_come(self, happening: Happening) -> tuple[list[int], Floats, Floats]:
        """Indices of the volunteers who could be there, their slack, and who has times left and is within range."""
        known = self._can_come.get(happening.id)
        if known is None:
            known = self._can_come[happening.id] = self._find_who_can_come(happening)
        return known

    def _find_who_can_come(self, happening: Happening) -> tuple[list[int], Floats, Floats]:
        if happening.place is None:
            return [], np.zeros(0), np.zeros(0)
        km, there = self._homes.to(happening.place)
        chosen, slacks = [], []
        for index, helper in enumerate(self.known_homes):
            if helper.times < 1 or km[index] > helper.range_km:
                continue
            slack = self.slack(helper, happening)
            if slack >= there[index]:
                chosen.append(index)
                slacks.append(slack)
        return chosen, np.array(slacks, dtype=np.float64), there

    def companions(self, person: Person, happening: Happening) -> tuple[int, ...]:
        """Volunteers who could be the person's company there."""
        key = happening.id, person.language
        if key not in self._companions:
            chosen, _slacks, _there = self.can_come(happening)
            helpers = [self.known_homes[index] for index in chosen]
            self._companions[key] = tuple(
                one.id
                for one in helpers
                if one.accompanies > 0 and (not person.language or person.language in one.languages)
            )
        return self._companions[key]

    def drivers(self, person: Person, happening: Happening) -> tuple[int, ...]:
        """Volunteers who could drive the person there and back, were they alone in the car."""
        key = person.id, happening.id
        if key not in self._drivers:
            self._drivers[key] = self._find_drivers(person, happening)
        return self._drivers[key]

    def _find_drivers(self, person: Person, happening: Happening) -> tuple[int, ...]:
        if person.home is None or self.straight(person, happening) > self.longest_ride(person, happening):
            return ()
        chosen, slacks, _there = self.can_come(happening)
        if not chosen:
            return ()
        if person.id not in self._to_person:
            self._to_person[person.id] = self._homes.to(person.home)
        km, there = self._to_person[person.id]
        way = there[chosen] + self.straight(person, happening)
        able = []
        for position in np.nonzero(way <= slacks)[0]:
            helper = self.known_homes[chosen[int(position)]]
            room = helper.wheelchair_places if person.wheelchair else helper.seats
            if room > 0 and km[chosen[int(position)]] <= helper.range_km:
                able.append(helper.id)
        return tuple(able)

    def is_driven(self, person: Person, happening: Happening) -> bool:
        return is_driven(person, happening)


def _slack(span: Span, happening: Happening) -> int:
    return min(happening.starts - span[0], span[1] - happening.ends)


class _Spots:
    """Many places, from which the way to one is asked all at once."""

    def __init__(self, places: list[Place | None]) -> None:
        self.north = np.radians([place.latitude for place in places if place])
        self.east = np.radians([place.longitude for place in places if place])

    def to(self, place: Place) -> tuple[Floats, Floats]:
        """Kilometres by road, and minutes, as `driving_minutes` tells them."""
        north, east = np.radians(place.latitude), np.radians(place.longitude)
        chord = np.sin((self.north - north) / 2) ** 2
        chord = chord + np.cos(self.north) * np.cos(north) * np.sin((self.east - east) / 2) ** 2
        straight = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord))
        took = np.round(straight * ROAD_FACTOR / KM_PER_HOUR * 60 + GETTING_IN_AND_OUT)
        took[straight < SAME_HOUSE_KM] = 0.0
        return straight * ROAD_FACTOR, took
