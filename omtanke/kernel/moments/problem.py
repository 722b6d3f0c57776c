"""A month of wishes as the planner sees it: people, what is offered, volunteers.

Times are whole minutes since the first day's midnight, on the municipality's clock. What somebody needs or a place
has are plain codes ("step_free"); interests are the codes of the interest bank.
"""

from dataclasses import dataclass
from functools import cached_property

from omtanke.kernel.travel import ROAD_FACTOR, Place, distance_km, driving_minutes

MINUTES_A_DAY = 24 * 60
WALKING_KM = 0.4  # nearer than this nobody is driven

type Span = tuple[int, int]


class Unplannable(ValueError):
    """The problem contradicts itself; the message says how."""


@dataclass(frozen=True)
class Wanted:
    """A wish: what it is about, and how dear it is to the person (10 is dearest, 1 least)."""

    id: int
    interests: frozenset[str]
    dear: int = 5


@dataclass(frozen=True)
class Person:
    """Somebody with wishes. `had` is how many moments they had lately: who had least comes first."""

    id: int
    home: Place | None
    wishes: tuple[Wanted, ...]
    needs: frozenset[str] = frozenset()
    most: int = 3
    busy: tuple[Span, ...] = ()
    needs_company: bool = False
    needs_ride: bool = False
    wheelchair: bool = False
    says_no: bool = False
    language: str = ""
    knows: frozenset[int] = frozenset()
    had: int = 0
    furthest: int = 60  # minutes one way, straight there

    def __post_init__(self) -> None:
        if self.most < 0 or self.had < 0:
            raise Unplannable(f"Person {self.id}: a count is less than nothing.")


@dataclass(frozen=True)
class Happening:
    """One time of an activity. `seats` are those still free; None: as many as come."""

    id: int
    activity: int
    starts: int
    ends: int
    place: Place | None
    interests: frozenset[str]
    has: frozenset[str] = frozenset()
    seats: int | None = None

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise Unplannable(f"Happening {self.id} ends before it starts.")

    @property
    def day(self) -> int:
        return self.starts // MINUTES_A_DAY


@dataclass(frozen=True)
class Helper:
    """A volunteer. `free` is when they can, their own driving included; `times` how many outings they have left."""

    id: int
    home: Place | None
    free: tuple[Span, ...]
    times: int = 2
    range_km: int = 20
    seats: int = 0
    wheelchair_places: int = 0
    accompanies: int = 1
    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if min(self.times, self.seats, self.wheelchair_places, self.accompanies) < 0:
            raise Unplannable(f"Volunteer {self.id}: a count is less than nothing.")


@dataclass(frozen=True)
class Rules:
    """What holds for all. `detour` is how many minutes longer than straight there somebody may sit in a car."""

    detour: int = 20


@dataclass(frozen=True)
class Problem:
    """`first_weekday` is that of minute 0, Monday as 0; `days` how long the month is."""

    people: tuple[Person, ...]
    happenings: tuple[Happening, ...]
    helpers: tuple[Helper, ...]
    rules: Rules = Rules()
    first_weekday: int = 0

    @cached_property
    def person(self) -> dict[int, Person]:
        return {one.id: one for one in self.people}

    @cached_property
    def happening(self) -> dict[int, Happening]:
        return {one.id: one for one in self.happenings}

    @cached_property
    def helper(self) -> dict[int, Helper]:
        return {one.id: one for one in self.helpers}


@dataclass(frozen=True, order=True)
class Choice:
    """Somebody goes to something, for a wish."""

    person: int
    wish: int
    happening: int


def drive(a: Place, b: Place) -> int:
    """Whole minutes by car, from door to door."""
    minutes = driving_minutes(a, b)
    if minutes is None:
        raise Unplannable("A place is unknown.")
    return minutes


def road_km(a: Place, b: Place) -> float:
    return distance_km(a, b) * ROAD_FACTOR


def is_driven(person: Person, happening: Happening) -> bool:
    """Does this person need a ride to this? Not to what is next door; and not when nobody knows where it is."""
    if not person.needs_ride or happening.place is None:
        return False
    return person.home is None or distance_km(person.home, happening.place) > WALKING_KM
