"""How many different faces does a person meet?

Sweden's national mean is about 15 in 14 days, Norway's about 17 in four weeks. Omtanke aims at 8 or fewer in 14 days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WINDOW = timedelta(days=14)
GOAL = 8


@dataclass(frozen=True)
class Meeting:
    """A carer was there on a day."""

    who: int
    on: date


@dataclass(frozen=True)
class Faces:
    """The different carers, those met most recently first."""

    who: tuple[int, ...]
    goal: int = GOAL

    @property
    def number(self) -> int:
        return len(self.who)

    @property
    def reaches_goal(self) -> bool:
        return self.number <= self.goal


def faces(meetings: Iterable[Meeting], *, on: date, window: timedelta = WINDOW) -> Faces:
    """The faces of the days up to and with `on`."""
    inside = [meeting for meeting in meetings if on - window < meeting.on <= on]
    inside.sort(key=lambda meeting: meeting.on, reverse=True)
    return Faces(tuple(dict.fromkeys(meeting.who for meeting in inside)))
