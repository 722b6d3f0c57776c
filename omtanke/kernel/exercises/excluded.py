"""Which exercises are not for this person now, and why.

The rules are on the careful side: a person, a physiotherapist or a doctor may lift what they rest on (the answers),
but nobody can place an exercise that the answers exclude.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from omtanke.kernel.exercises.problem import (
    HIGHEST,
    Aid,
    Caution,
    Exercise,
    Falls,
    Kind,
    Person,
    Position,
    Sense,
    Stamina,
)


class Excluded(StrEnum):
    WHEELCHAIR = "wheelchair"
    HURT_LATELY = "hurt_lately"
    FALLS_AND_DIZZY = "falls_and_dizzy"
    FELL_LATELY = "fell_lately"
    FALLS = "falls"
    DIZZY = "dizzy"
    NEW_HIP = "new_hip"
    WALKING_AID = "walking_aid"
    TIRES_FAST = "tires_fast"
    SIGHT = "sight"
    HEARING = "hearing"


def excluded(exercise: Exercise, person: Person, *, on: date) -> Excluded | None:
    """The weightiest reason why the exercise is not for this person on that day; None: it may be done."""
    return next(_reasons(exercise, person, on), None)


def _reasons(exercise: Exercise, person: Person, on: date) -> Iterator[Excluded]:
    if exercise.position is not Position.SEATED:
        yield from _must_sit(person, on)
    if exercise.position is Position.STANDING:
        yield from _must_hold_on(person, on)
    yield from _cautions(exercise, person, on)
    tires = person.body if exercise.kind is Kind.PHYSICAL else person.mind
    if exercise.level == HIGHEST and tires is Stamina.TIRES_FAST:
        yield Excluded.TIRES_FAST
    for sense in sorted(exercise.asks & person.lacks):
        yield Excluded.SIGHT if sense is Sense.SIGHT else Excluded.HEARING


def _must_sit(person: Person, on: date) -> Iterator[Excluded]:
    if person.aid is Aid.WHEELCHAIR:
        yield Excluded.WHEELCHAIR
    if person.hurt and person.fell_lately(on):
        yield Excluded.HURT_LATELY
    if person.dizzy and (person.falls is Falls.SEVERAL or person.fell_lately(on)):
        yield Excluded.FALLS_AND_DIZZY


def _must_hold_on(person: Person, on: date) -> Iterator[Excluded]:
    if person.fell_lately(on):
        yield Excluded.FELL_LATELY
    if person.falls is Falls.SEVERAL or (person.hurt and person.falls is not Falls.NONE):
        yield Excluded.FALLS
    if person.dizzy:
        yield Excluded.DIZZY
    if person.aid is not Aid.NONE:
        yield Excluded.WALKING_AID
    if person.new_hip:
        yield Excluded.NEW_HIP


def _cautions(exercise: Exercise, person: Person, on: date) -> Iterator[Excluded]:
    if Caution.RECENT_FALL in exercise.not_with and person.fell_lately(on):
        yield Excluded.FELL_LATELY
    if Caution.DIZZINESS in exercise.not_with and person.dizzy:
        yield Excluded.DIZZY
    if Caution.NEW_HIP in exercise.not_with and person.new_hip:
        yield Excluded.NEW_HIP
