"""A day of a plan as rows of bars: who is where when, with the ways, the waits and the breaks between.

Pure: from the planner's problem and plan to what is drawn. Lengths are minutes; how they become a picture is
`lanes.py`'s business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from omtanke.kernel.planning.cost import TOLERANCE, contact_name, window_at
from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.planning.problem import MINUTES_A_DAY, UNREACHABLE, Pair, PairKind, Person, Problem, Shift, Task

HALF_AN_HOUR = 30
NOON, EVENING_IS_OVER = 12 * 60, 20 * 60  # a shift that begins before noon is a day shift


class Bond(StrEnum):
    """What a carer is to the person they come to."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    KNOWN = "known"
    NEW = "new"
    NEW_VULNERABLE = "new_vulnerable"  # new for somebody who should be spared new faces
    NOBODY = "nobody"  # work without a person


class Kind(StrEnum):
    VISIT = "visit"
    DRIVE = "drive"
    WAIT = "wait"
    BREAK = "break"


@dataclass(frozen=True)
class Piece:
    """A stretch of a row. Only visits have the rest filled in; `late` is minutes after the agreed time."""

    kind: Kind
    start: float
    end: float
    task: Task | None = None
    bond: Bond = Bond.NOBODY
    late: float = 0.0
    mate: str | None = None  # the other carer of the visit, by id

    @property
    def minutes(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Row:
    """One carer's shift. `back` is when they are back after the last visit, None without visits."""

    shift: Shift
    pieces: tuple[Piece, ...]
    back: float | None

    @property
    def visits(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind is Kind.VISIT]

    @property
    def with_people(self) -> float:
        return sum(piece.minutes for piece in self.visits)

    @property
    def driving(self) -> float:
        return sum(piece.minutes for piece in self.pieces if piece.kind is Kind.DRIVE)

    @property
    def waiting(self) -> float:
        """Between visits; not what is free before the first and after the last."""
        first = self.visits[0].start if self.visits else 0.0
        return sum(p.minutes for p in self.pieces if p.kind is Kind.WAIT and p.start > first)

    @property
    def overtime(self) -> float:
        return max(0.0, (self.back or 0.0) - self.shift.ends)


@dataclass(frozen=True)
class Part:
    """The shifts of one part of the day, which share a scale."""

    name: str  # day, evening or night
    rows: tuple[Row, ...]

    @cached_property
    def opens(self) -> float:
        begins = [row.shift.starts for row in self.rows] + [p.start for row in self.rows for p in row.pieces[:1]]
        return min(begins) // HALF_AN_HOUR * HALF_AN_HOUR

    @cached_property
    def closes(self) -> float:
        ends = [row.shift.ends for row in self.rows] + [row.back for row in self.rows if row.back is not None]
        return -(-max(ends) // HALF_AN_HOUR) * HALF_AN_HOUR

    @property
    def hours(self) -> list[float]:
        """The whole hours in it."""
        first = -(-self.opens // 60) * 60
        return [float(hour) for hour in range(int(first), int(self.closes) + 1, 60)]


@dataclass(frozen=True)
class DayPicture:
    """All of one day. `unplaced` are the tasks of the day that nobody has, in order of time."""

    parts: tuple[Part, ...]
    unplaced: tuple[Task, ...]

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]


def picture_of(problem: Problem, plan: Plan, day: int) -> DayPicture:
    """The rows of the day (0 is the first), by part of the day and then by when the shifts begin."""
    drawing = _Drawing(problem, plan)
    shifts = sorted((shift for shift in problem.shifts if shift.day == day), key=lambda shift: (shift.starts, shift.id))
    parts = []
    for name in ("day", "evening", "night"):
        rows = tuple(drawing.row(shift) for shift in shifts if part_of(shift) == name)
        parts += [Part(name, rows)] if rows else []
    placed = plan.shift_of()
    left = [task for task in problem.tasks if task.id not in placed and task.windows[0].day == day]
    return DayPicture(tuple(parts), tuple(sorted(left, key=lambda task: (task.windows[0].opens, task.id))))


def part_of(shift: Shift) -> str:
    begins = shift.starts % MINUTES_A_DAY
    return "day" if begins < NOON else "evening" if begins < EVENING_IS_OVER else "night"


def bond_of(person: Person | None, carer: str) -> Bond:
    if person is None:
        return Bond.NOBODY
    name = contact_name(person, carer)
    return {
        None: Bond.PRIMARY,
        "secondary": Bond.SECONDARY,
        "known_face": Bond.KNOWN,
        "new_face": Bond.NEW,
        "new_face_vulnerable": Bond.NEW_VULNERABLE,
    }[name]


class _Drawing:
    """Makes a row of each tour."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.index = problem.place_index()
        self.tasks = {task.id: task for task in problem.tasks}
        self.persons = {person.id: person for person in problem.persons}
        self.carer_of = {shift.id: shift.carer for shift in problem.shifts}
        self.doer = plan.shift_of()
        self.mates = dict(_both_ways(pair for pair in problem.pairs if pair.kind is PairKind.TOGETHER))

    def row(self, shift: Shift) -> Row:
        stops = self.plan.tours.get(shift.id, ())
        if not any(stop.task for stop in stops):
            return Row(shift, (), None)
        pieces: list[Piece] = []
        here, free = shift.start_place, shift.starts
        for position, stop in enumerate(stops):
            pieces += self._way(here, stop.place, free, stop.start, leave_late=not position)
            pieces.append(self._stay(shift, stop))
            here, free = stop.place, stop.end
        back = free + self._leg(here, shift.end_place)
        pieces += self._way(here, shift.end_place, free, back, leave_late=False)
        return Row(shift, tuple(pieces), back)

    def _leg(self, origin: str, destination: str) -> float:
        minutes = float(self.problem.travel[self.index[origin], self.index[destination]])
        return minutes if minutes < UNREACHABLE else 0.0

    def _way(self, origin: str, destination: str, free: float, start: float, *, leave_late: bool) -> Iterable[Piece]:
        """The drive and the wait; on the first way one waits before leaving, later at the door."""
        leg = min(self._leg(origin, destination), max(0.0, start - free))
        wait = start - free - leg
        driven_from = free + wait if leave_late else free
        drive = [Piece(Kind.DRIVE, driven_from, driven_from + leg)] if leg > TOLERANCE else []
        if wait <= TOLERANCE:
            return drive
        if leave_late:
            return [Piece(Kind.WAIT, free, free + wait), *drive]
        return [*drive, Piece(Kind.WAIT, start - wait, start)]

    def _stay(self, shift: Shift, stop: Stop) -> Piece:
        if stop.task is None:
            return Piece(Kind.BREAK, stop.start, stop.end)
        task = self.tasks[stop.task]
        mate = self.doer.get(self.mates.get(task.id, ""))
        return Piece(
            Kind.VISIT,
            stop.start,
            stop.end,
            task,
            bond_of(self.persons.get(task.person or ""), shift.carer),
            max(0.0, stop.start - window_at(task, stop.start).closes),
            self.carer_of.get(mate or ""),
        )


def _both_ways(pairs: Iterable[Pair]) -> Iterable[tuple[str, str]]:
    for pair in pairs:
        yield pair.first, pair.second
        yield pair.second, pair.first
