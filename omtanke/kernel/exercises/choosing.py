"""Which exercises come first today, each at the level that is reached, and why each of them.

Physical: what was pinned, then what trains the situation somebody fell in, then so that balance and strength are both
there, then what was done longest ago. Cognitive: what was pinned, then about half of what the person likes, then what
was done longest ago. Equals take turns by the day.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zlib import crc32

from omtanke.kernel.exercises.excluded import Excluded, excluded
from omtanke.kernel.exercises.levels import Reached, Step, first_level, no_thanks, reached
from omtanke.kernel.exercises.problem import (
    Done,
    Exercise,
    Kind,
    Part,
    Person,
    Situation,
    Taste,
    Trains,
)

SITUATIONS_FIRST = 2  # exercises for the situations of the falls, at one visit; the others want their turn too


class Because(StrEnum):
    PINNED = "pinned"
    FELL_SO = "fell_so"
    LIKES = "likes"
    BALANCE = "balance"
    STRENGTH = "strength"
    TURN = "turn"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class Chosen:
    """An exercise with its reasons: why it, why at this level, and what holds the next level back, if anything."""

    exercise: Exercise
    because: Because
    step: Step
    held_back: Excluded | None = None
    fell_when: Situation | None = None
    taste: Taste | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Candidate:
    """The exercise of a family that fits now, and what its turn goes by."""

    exercise: Exercise
    reached: Reached
    held_back: Excluded | None
    pinned: bool
    said_no: bool
    last_on: date
    lot: int

    @property
    def turn(self) -> tuple[bool, date, int, str]:
        return (self.said_no, self.last_on, self.lot, self.exercise.code)

    def chosen(self, because: Because) -> Chosen:
        return Chosen(self.exercise, because, self.reached.step, self.held_back, last_on=self.reached.last_on)


def of_part(
    bank: Iterable[Exercise], person: Person, history: Collection[Done], part: Part, *, on: date
) -> Chosen | None:
    """The warm-up or the calm end; None where the bank has none for this person."""
    found = sorted(_candidates([one for one in bank if one.part is part], person, history, on), key=lambda c: c.turn)
    return found[0].chosen(Because.FIRST if part is Part.WARM_UP else Because.LAST) if found else None


def physical(
    bank: Iterable[Exercise], person: Person, history: Collection[Done], *, on: date, pinned: Collection[str]
) -> list[Chosen]:
    """The physical exercises in the order in which they are taken; as many as fit are done, from the front."""
    of_kind = [one for one in bank if one.kind is Kind.PHYSICAL and one.part is Part.MAIN]
    left = sorted(_candidates(of_kind, person, history, on, pinned), key=lambda c: c.turn)
    order = _take(left, Because.PINNED, lambda c: c.pinned)
    so = _take(left, Because.FELL_SO, lambda c: bool(c.exercise.helps & person.fell_when), most=SITUATIONS_FIRST)
    order += [_with_situation(one, person) for one in so]
    for trains, because in ((Trains.BALANCE, Because.BALANCE), (Trains.STRENGTH, Because.STRENGTH)):
        if all(one.exercise.trains is not trains for one in order):
            order += _take(left, because, lambda c, wanted=trains: c.exercise.trains is wanted, most=1)  # type: ignore[misc]
    return order + _take(left, Because.TURN, lambda _c: True)


def cognitive(
    bank: Iterable[Exercise], person: Person, history: Collection[Done], *, on: date, pinned: Collection[str]
) -> list[Chosen]:
    """The cognitive exercises in the order in which they are taken."""
    of_kind = [one for one in bank if one.kind is Kind.COGNITIVE and one.part is Part.MAIN]
    left = sorted(_candidates(of_kind, person, history, on, pinned), key=lambda c: c.turn)
    order = _take(left, Because.PINNED, lambda c: c.pinned)
    liked = True
    while left:  # one they like, one whose turn it is, and so on
        fits = (lambda c: bool(c.exercise.likes & person.likes)) if liked else (lambda _c: True)
        order += [
            _with_taste(one, person) for one in _take(left, Because.LIKES if liked else Because.TURN, fits, most=1)
        ]
        liked = not liked
    return order


def _take(
    left: list[Candidate], because: Because, fits: Callable[[Candidate], bool], *, most: int | None = None
) -> list[Chosen]:
    """Those that fit, in their turn, no longer among those left."""
    taken = [one for one in left if fits(one)][:most]
    left[:] = [one for one in left if one not in taken]
    return [one.chosen(because) for one in taken]


def _with_situation(chosen: Chosen, person: Person) -> Chosen:
    situation = min(chosen.exercise.helps & person.fell_when)
    return Chosen(
        chosen.exercise, chosen.because, chosen.step, chosen.held_back, fell_when=situation, last_on=chosen.last_on
    )


def _with_taste(chosen: Chosen, person: Person) -> Chosen:
    both = chosen.exercise.likes & person.likes
    because = Because.LIKES if both else chosen.because
    taste = min(both) if both else None
    return Chosen(chosen.exercise, because, chosen.step, chosen.held_back, taste=taste, last_on=chosen.last_on)


def _candidates(
    bank: Sequence[Exercise],
    person: Person,
    history: Collection[Done],
    on: date,
    pinned: Collection[str] = (),
) -> list[Candidate]:
    """For each family the exercise of the highest level that is reached and allowed."""
    families: dict[str, list[Exercise]] = {}
    for one in bank:
        families.setdefault(one.family, []).append(one)
    found = (_candidate(steps, person, history, on, pinned) for _family, steps in sorted(families.items()))
    return [one for one in found if one]


def _candidate(
    steps: Sequence[Exercise], person: Person, history: Collection[Done], on: date, pinned: Collection[str]
) -> Candidate | None:
    family = steps[0].family
    now = reached(history, family, start=first_level(person, steps[0].kind), before=on)
    within = [one for one in steps if one.level <= now.level]
    by_hand = [one for one in steps if one.code in pinned]
    # Also by hand nobody gets more than one step further than they are; until then their own step stands in for it.
    soon = [one for one in by_hand if one.level <= now.level + 1 and not excluded(one, person, on=on)]
    allowed = soon or [one for one in within if not excluded(one, person, on=on)]
    if not allowed:
        return None
    last = _last_days(history, family, on)
    level = max(one.level for one in allowed)
    exercise = min(
        (one for one in allowed if one.level == level),
        key=lambda one: (last.get(one.code, date.min), _lot(one.code, on)),
    )
    barred = (excluded(one, person, on=on) for one in within if one.level > level)
    return Candidate(
        exercise,
        now if level == now.level else Reached(level, Step.SAME if now.last_on else Step.FIRST_TIME, now.last_on),
        next((why for why in barred if why), None),
        bool(by_hand),
        no_thanks(history, family, before=on),
        max(last.values(), default=date.min),
        _lot(family, on),
    )


def _last_days(history: Iterable[Done], family: str, on: date) -> dict[str, date]:
    """When each exercise of the family was last done, or offered and not done."""
    last: dict[str, date] = {}
    for one in history:
        if one.family == family and one.on < on:
            last[one.exercise] = max(one.on, last.get(one.exercise, one.on))
    return last


def _lot(word: str, on: date) -> int:
    """The order of the day among equals: the same whenever it is asked for on that day."""
    return crc32(f"{on.isoformat()} {word}".encode())
