"""A day's tours as lines on a map: in which order each carer comes to which place.

Pure: from the planner's problem and plan, and where the places are, to numbered stops and lines. A place that nobody
has put on the map is a stop like any other, and the line passes it by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Problem, Shift
from omtanke.kernel.travel import Place
from omtanke.planning.timeline import Kind, Row, picture_of

COLOURS = 6  # the seventh tour has the first colour again, with a dashed line; numbers tell them apart anyway


@dataclass(frozen=True)
class TourStop:
    """`number` is the order on the tour; `drive` the minutes on the way to it; `at` None where it is not on the map."""

    number: int
    task: str
    place: str
    person: str | None
    start: float
    drive: float
    at: Place | None


@dataclass(frozen=True)
class Tour:
    """One shift's way through the day."""

    number: int
    shift: Shift
    stops: tuple[TourStop, ...]
    begins_at: Place | None
    ends_at: Place | None
    driving: float

    @property
    def colour(self) -> int:
        return (self.number - 1) % COLOURS + 1

    @property
    def dashed(self) -> bool:
        return self.number > COLOURS

    @property
    def line(self) -> list[Place]:
        """From where it begins over all stops to where it ends; the same place twice in a row is one point."""
        points = [self.begins_at, *(stop.at for stop in self.stops), self.ends_at]
        known = [point for point in points if point is not None]
        return [point for i, point in enumerate(known) if not i or point != known[i - 1]]

    @property
    def not_on_the_map(self) -> list[TourStop]:
        return [stop for stop in self.stops if stop.at is None]


def tours_of(problem: Problem, plan: Plan, day: int, places: Mapping[str, Place | None]) -> list[Tour]:
    """The tours with visits, numbered as the rows of the day are ordered."""
    rows = [row for row in picture_of(problem, plan, day).rows if row.visits]
    return [_tour(number, row, places) for number, row in enumerate(rows, start=1)]


def _tour(number: int, row: Row, places: Mapping[str, Place | None]) -> Tour:
    stops: list[TourStop] = []
    drive = 0.0
    for piece in row.pieces:
        if piece.kind is Kind.DRIVE:
            drive += piece.minutes
        elif piece.task is not None:
            task = piece.task
            at = places.get(task.place)
            stops.append(TourStop(len(stops) + 1, task.id, task.place, task.person, piece.start, drive, at))
            drive = 0.0
    begins, ends = places.get(row.shift.start_place), places.get(row.shift.end_place)
    return Tour(number, row.shift, tuple(stops), begins, ends, row.driving)
