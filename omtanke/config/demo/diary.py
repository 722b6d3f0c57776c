"""Find times for visits that recur: on each list one after the other, with the drive between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time

from omtanke.kernel.travel import Place, driving_minutes

STEP = 5  # minutes


@dataclass(frozen=True)
class Busy:
    """Somebody is at `place` from `starts` up to `ends`, minutes after midnight."""

    starts: int
    ends: int
    place: Place


@dataclass
class Diary:
    """What a list is busy with on each of the 14 days of two weeks."""

    days: list[list[Busy]] = field(default_factory=lambda: [[] for _ in range(14)])

    def fits(self, day: int, new: Busy) -> bool:
        return all(
            new.starts >= known.ends + _drive(known, new) or new.ends + _drive(new, known) <= known.starts
            for known in self.days[day]
        )

    def load(self) -> int:
        return sum(busy.ends - busy.starts for day in self.days for busy in day)


def _drive(one: Busy, other: Busy) -> int:
    return driving_minutes(one.place, other.place) or 0


def first_time(
    diaries: Sequence[Diary], on_days: Iterable[int], minutes: int, place: Place, earliest: time, latest: time
) -> time | None:
    """The first clock time at which all these lists can be there on all these days, noted in their diaries."""
    days = list(on_days)
    for starts in range(_minutes(earliest), _minutes(latest) - minutes + 1, STEP):
        new = Busy(starts, starts + minutes, place)
        if all(diary.fits(day, new) for diary in diaries for day in days):
            for diary in diaries:
                for day in days:
                    diary.days[day].append(new)
            return time(starts // 60, starts % 60)
    return None


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
