"""The person, the bank and what was done before: all that a programme for a visit is made from."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LOWEST, HIGHEST = 1, 3
RECENT = timedelta(weeks=12)  # so long a fall, or a new hip, sets the limits (docs/exercises.md)


class Kind(StrEnum):
    PHYSICAL = "physical"
    COGNITIVE = "cognitive"


class Part(StrEnum):
    WARM_UP = "warm_up"
    MAIN = "main"
    COOL_DOWN = "cool_down"


class Position(StrEnum):
    SEATED = "seated"
    SUPPORTED = "supported"  # standing, with the hands on something that does not move
    STANDING = "standing"


class Trains(StrEnum):
    STRENGTH = "strength"
    BALANCE = "balance"
    NIMBLE = "nimble"  # joints, posture, breath
    MIND = "mind"


class Caution(StrEnum):
    """What an exercise may be unfit for, as its author writes it."""

    DIZZINESS = "dizziness"
    RECENT_FALL = "recent_fall"
    NEW_HIP = "new_hip"


class Sense(StrEnum):
    SIGHT = "sight"
    HEARING = "hearing"


class Taste(StrEnum):
    MUSIC = "music"
    WORDS = "words"
    PICTURES = "pictures"


class Situation(StrEnum):
    """In which somebody fell."""

    RISING = "rising"
    TURNING = "turning"
    WALKING = "walking"
    REACHING = "reaching"
    STEPS = "steps"


class Falls(StrEnum):
    NONE = "none"
    ONE = "one"
    SEVERAL = "several"


class Aid(StrEnum):
    NONE = "none"
    STICK = "stick"
    WALKER = "walker"
    WHEELCHAIR = "wheelchair"


class Stamina(StrEnum):
    TIRES_FAST = "tires_fast"
    SOME = "some"
    GOOD = "good"


class How(StrEnum):
    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    NOT_DONE = "not_done"


@dataclass(frozen=True)
class Person:
    """What is known of somebody. A fall whose day nobody knows (`last_fall` None) counts as recent."""

    falls: Falls = Falls.NONE
    last_fall: date | None = None
    hurt: bool = False
    fell_when: frozenset[Situation] = frozenset()
    dizzy: bool = False
    new_hip: bool = False
    aid: Aid = Aid.NONE
    body: Stamina = Stamina.SOME
    mind: Stamina = Stamina.SOME
    lacks: frozenset[Sense] = frozenset()
    likes: frozenset[Taste] = frozenset()

    def fell_lately(self, on: date) -> bool:
        if self.falls is Falls.NONE:
            return False
        return self.last_fall is None or on - self.last_fall < RECENT


@dataclass(frozen=True)
class Exercise:
    """One exercise. Those of a `family` are steps of a ladder: level 1 is the gentlest, 3 asks most.

    `minutes` includes telling and resting. For cognitive ones the level says how tiring it is.
    """

    code: str
    family: str
    kind: Kind
    level: int
    minutes: int
    part: Part = Part.MAIN
    position: Position = Position.SEATED
    trains: Trains = Trains.MIND
    not_with: frozenset[Caution] = frozenset()
    asks: frozenset[Sense] = frozenset()
    likes: frozenset[Taste] = frozenset()
    helps: frozenset[Situation] = frozenset()


@dataclass(frozen=True)
class Done:
    """One exercise at one visit, and how it went."""

    exercise: str
    family: str
    level: int
    on: date
    how: How
