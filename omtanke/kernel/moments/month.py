"""A month as it fills up: who goes where, which volunteers are out, who still has room. Every step keeps every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.problem import Choice, Happening, Helper, Person, Problem
from omtanke.kernel.moments.rides import Passenger, Ride, best_ride

NEW_OUTING = 60.0  # minutes that asking one more volunteer weighs, against minutes in a car
NEW_FACE = 45.0


@dataclass
class Outing:
    """One volunteer at one happening: whom they drive, in order, and whose company they are."""

    helper: int
    happening: int
    riders: list[int] = field(default_factory=list)
    company: list[int] = field(default_factory=list)
    ride: Ride | None = None


@dataclass(frozen=True)
class Help:
    """Who would drive and who would be company; None where that is not needed."""

    driver: int | None
    ride: Ride | None
    companion: int | None
    dear: float


class Month:
    """The plan while it is made."""

    def __init__(self, problem: Problem, fits: Fits | None = None) -> None:
        self.problem = problem
        self.fits = fits or Fits(problem)
        self.choices: dict[tuple[int, int], Choice] = {}  # by person and day
        self.granted: set[tuple[int, int]] = set()  # person and wish
        self.times: dict[int, int] = defaultdict(int)  # outings of a person
        self.there: dict[int, int] = defaultdict(int)  # people at a happening
        self.outings: dict[int, dict[int, Outing]] = defaultdict(dict)  # by happening, by helper
        self.gone: dict[int, set[int]] = defaultdict(set)  # days on which a helper is out
        self.help_of: dict[Choice, Help] = {}

    def copy(self) -> Month:
        """The same month, to try something on."""
        other = Month(self.problem, self.fits)
        other.choices, other.granted = dict(self.choices), set(self.granted)
        other.times, other.there = self.times.copy(), self.there.copy()
        for happening, by_helper in self.outings.items():
            other.outings[happening] = {
                key: Outing(one.helper, one.happening, list(one.riders), list(one.company), one.ride)
                for key, one in by_helper.items()
            }
        for helper, days in self.gone.items():
            other.gone[helper] = set(days)
        other.help_of = dict(self.help_of)
        return other

    def has_time(self, choice: Choice) -> bool:
        """The wish has not come true yet, the day is free, and it is not too much in the month."""
        person, happening = self._who_and_what(choice)
        return (
            (choice.person, choice.wish) not in self.granted
            and (choice.person, happening.day) not in self.choices
            and self.times[choice.person] < person.most
        )

    def has_seat(self, happening: Happening) -> bool:
        return happening.seats is None or self.there[happening.id] < happening.seats

    def try_to_place(self, choice: Choice) -> bool:
        """Let it be so, with whatever help it takes, if that is possible now."""
        if not self.has_time(choice):
            return False
        person, happening = self._who_and_what(choice)
        if not self.has_seat(happening):
            return False
        help_ = self.find_help(person, happening)
        if help_ is None:
            return False
        self.place(choice, help_)
        return True

    def place(self, choice: Choice, help_: Help) -> None:
        person, happening = self._who_and_what(choice)
        self.choices[person.id, happening.day] = choice
        self.granted.add((person.id, choice.wish))
        self.times[person.id] += 1
        self.there[happening.id] += 1
        self.help_of[choice] = help_
        if help_.driver is not None:
            outing = self.outing(help_.driver, happening)
            outing.riders.append(person.id)
            outing.ride = help_.ride
        if help_.companion is not None:
            self.outing(help_.companion, happening).company.append(person.id)

    def outing(self, helper: int, happening: Happening) -> Outing:
        by_helper = self.outings[happening.id]
        if helper not in by_helper:
            by_helper[helper] = Outing(helper, happening.id)
            self.gone[helper].add(happening.day)
        return by_helper[helper]

    def find_help(self, person: Person, happening: Happening) -> Help | None:
        """The driver and the company that cost least in minutes, new faces and volunteers asked; None: nobody can."""
        drivers = self._drivers(person, happening)
        companions = self.companions(person, happening)
        best: Help | None = None
        for driver, ride, ride_costs in drivers:
            for companion, company_costs in companions:
                both = driver is not None and driver == companion
                dear = ride_costs + (company_costs if not both else self._face(person, companion))
                if best is None or dear < best.dear:
                    best = Help(driver, ride, companion, dear)
        return best

    def has_driver(self, person: Person, happening: Happening) -> bool:
        """Could they be driven there as the plan stands, or do they not need to be?"""
        return bool(self._drivers(person, happening))

    def _drivers(self, person: Person, happening: Happening) -> list[tuple[int | None, Ride | None, float]]:
        if not self.fits.is_driven(person, happening):
            return [(None, None, 0.0)]
        found: list[tuple[int | None, Ride | None, float]] = []
        for key in self.fits.drivers(person, happening):
            outing = self.outings[happening.id].get(key)
            if outing is None and not self.can_go_out(self.problem.helper[key], happening):
                continue
            ride = self.ride_with(key, outing.riders if outing else (), person, happening)
            if ride is not None:
                before = outing.ride.dear if outing and outing.ride else 0
                found.append((key, ride, self._asking(outing) + ride.dear - before + self._face(person, key)))
        return found

    def companions(self, person: Person, happening: Happening) -> list[tuple[int | None, float]]:
        """Who could be company as the plan stands, and what it costs; nobody, at no cost, where none is needed."""
        if not person.needs_company:
            return [(None, 0.0)]
        found: list[tuple[int | None, float]] = []
        for key in self.fits.companions(person, happening):
            helper, outing = self.problem.helper[key], self.outings[happening.id].get(key)
            if outing is None and not self.can_go_out(helper, happening):
                continue
            if outing is None or len(outing.company) < helper.accompanies:
                found.append((key, self._asking(outing) + self._face(person, key)))
        return found

    def _asking(self, outing: Outing | None) -> float:
        return 0.0 if outing else NEW_OUTING

    def _face(self, person: Person, helper: int | None) -> float:
        return 0.0 if helper is None or helper in person.knows else NEW_FACE

    def can_go_out(self, helper: Helper, happening: Happening) -> bool:
        return len(self.gone[helper.id]) < helper.times and happening.day not in self.gone[helper.id]

    def ride_with(self, helper: int, riders: Iterable[int], person: Person, happening: Happening) -> Ride | None:
        """The ride when this person joins those already in the car; None when there is no place or no good order."""
        return ride_of(self.fits, self.problem.helper[helper], [*riders, person.id], happening)

    def wishes_left(self) -> Iterator[tuple[Person, int]]:
        for person in self.problem.people:
            for wish in person.wishes:
                if (person.id, wish.id) not in self.granted:
                    yield person, wish.id

    def _who_and_what(self, choice: Choice) -> tuple[Person, Happening]:
        return self.problem.person[choice.person], self.problem.happening[choice.happening]


def ride_of(fits: Fits, helper: Helper, riders: list[int], happening: Happening) -> Ride | None:
    """The best order for these people in this car; None when there are too many, or somebody would sit too long."""
    people = [fits.problem.person[key] for key in riders]
    wheelchairs = sum(one.wheelchair for one in people)
    if wheelchairs > helper.wheelchair_places or len(people) - wheelchairs > helper.seats:
        return None
    if helper.home is None or happening.place is None:
        return None
    passengers = [
        Passenger(one.id, one.home, fits.longest_ride(one, happening)) for one in people if one.home is not None
    ]
    if len(passengers) < len(people):
        return None
    return best_ride(helper.home, passengers, happening.place, longest=fits.slack(helper, happening))


def fill(month: Month, order: Iterable[Choice]) -> int:
    """Place what can be placed, in this order; returns how many."""
    return sum(month.try_to_place(choice) for choice in order)
