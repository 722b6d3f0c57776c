"""How far up the ladder of a family somebody has come: up slowly, down at once.

- Two visits in a row where it was easy: one level up. Never more than one at a time.
- Hard: one level down, the next time. Right: the same again.
- Nothing for eight weeks: one level down. "Not done" changes nothing: a no is an answer.
- The first time: the lowest level, or the next one for whoever has not fallen, is not dizzy, walks without an aid and
  has good stamina.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from omtanke.kernel.exercises.problem import HIGHEST, LOWEST, Aid, Done, Falls, How, Kind, Person, Stamina

EASY_BEFORE_UP = 2
LONG_BREAK = timedelta(weeks=8)
NO_THANKS = 3  # times in a row not done: then others come first


class Step(StrEnum):
    FIRST_TIME = "first_time"
    SAME = "same"
    UP = "up"
    DOWN = "down"
    AFTER_BREAK = "after_break"


@dataclass(frozen=True)
class Reached:
    """The level to offer next, and what changed since the last time."""

    level: int
    step: Step
    last_on: date | None = None


def first_level(person: Person, kind: Kind) -> int:
    if kind is Kind.COGNITIVE:
        return LOWEST + (person.mind is Stamina.GOOD)
    steady = person.falls is Falls.NONE and not person.dizzy and not person.new_hip and person.aid is Aid.NONE
    return LOWEST + (steady and person.body is Stamina.GOOD)


def reached(history: Iterable[Done], family: str, *, start: int, before: date) -> Reached:
    """What the visits before that day lead to, for one family."""
    of_family = (one for one in history if one.family == family and one.on < before and one.how is not How.NOT_DONE)
    done = sorted(of_family, key=lambda one: (one.on, one.exercise))
    if not done:
        return Reached(start, Step.FIRST_TIME)
    level, easy, step = start, 0, Step.SAME
    for n, one in enumerate(done):
        if one.level != level or (n and one.on - done[n - 1].on >= LONG_BREAK):
            easy = 0
        again_today = n > 0 and one.on == done[n - 1].on
        level, easy, step = _after(one, easy, again_today=again_today)
    if before - done[-1].on >= LONG_BREAK:
        level, step = max(LOWEST, min(level, done[-1].level) - 1), Step.AFTER_BREAK
    return Reached(level, step, done[-1].on)


def _after(one: Done, easy: int, *, again_today: bool) -> tuple[int, int, Step]:
    """The level to offer next, how many easy visits in a row lie behind it, and what changed."""
    if one.how is How.HARD:
        lower = max(LOWEST, one.level - 1)
        return lower, 0, Step.DOWN if lower < one.level else Step.SAME
    if one.how is How.RIGHT:
        return one.level, 0, Step.SAME
    easy += not again_today
    if easy >= EASY_BEFORE_UP and one.level < HIGHEST:
        return one.level + 1, 0, Step.UP
    return one.level, easy, Step.SAME


def no_thanks(history: Iterable[Done], family: str, *, before: date) -> bool:
    """The last times it was offered, it was not done: others come first, and this one is not forgotten."""
    last = sorted((one for one in history if one.family == family and one.on < before), key=lambda one: one.on)
    return len(last) >= NO_THANKS and all(one.how is How.NOT_DONE for one in last[-NO_THANKS:])
