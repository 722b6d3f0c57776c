"""What is to be planned: carers on shifts, tasks at places, and how dear each trouble is.

The problem is a superset of two published ones: HHCRSP (Mankowska, Meisel and Bierwirth 2014, "The home health care
routing and scheduling problem with interdependent services") and UHHC (Ceschia et al. 2026). Times and durations are
minutes from the start of the first day, so a week is one problem whose shifts lie on different days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, isfinite

import numpy as np
import numpy.typing as npt

MINUTES_A_DAY = 24 * 60
UNREACHABLE = 1e5  # minutes reckoned for a way that does not exist, so that sums stay numbers


class OddProblem(ValueError):
    """The problem contradicts itself, so that no plan could be read against it."""


@dataclass(frozen=True)
class Window:
    """When a task may begin. A soft window may be missed at a cost per minute, a hard one may not.

    No task begins before its first window opens; with several windows lateness is counted from the latest one opened.
    """

    opens: float
    closes: float
    hard: bool = False

    @property
    def day(self) -> int:
        return int(self.opens // MINUTES_A_DAY)


@dataclass(frozen=True)
class Break:
    """A pause of so many minutes that begins between `opens` and `closes`, at a place where the carer is anyway."""

    opens: float
    closes: float
    minutes: float


@dataclass(frozen=True)
class Carer:
    """Someone who visits. `most_minutes` is what they may work (driving and tasks) in the period planned."""

    id: str
    competences: frozenset[str] = frozenset()
    most_minutes: float | None = None


@dataclass(frozen=True)
class Shift:
    """One carer's working time on one day, which becomes one tour.

    `ends` may be passed at the cost of overtime, `latest_end` never. `list_name` is the work list the carer has that
    day and `recent_lists` those they have had lately, for the rotation.
    """

    id: str
    carer: str
    starts: float
    ends: float
    start_place: str
    end_place: str
    breaks: tuple[Break, ...] = ()
    latest_end: float | None = None
    list_name: str | None = None
    recent_lists: frozenset[str] = frozenset()

    @property
    def day(self) -> int:
        return int(self.starts // MINUTES_A_DAY)

    @property
    def minutes(self) -> float:
        return self.ends - self.starts


@dataclass(frozen=True)
class Person:
    """Whom the tasks are for, and who is known to them. Carers are named by id.

    `faces` are those who came in the last fortnight. `preferred` is None when the person has no wish.
    """

    id: str
    primary: str | None = None
    secondary: str | None = None
    known: frozenset[str] = frozenset()
    faces: frozenset[str] = frozenset()
    vulnerable: bool = False
    preferred: frozenset[str] | None = None
    incompatible: frozenset[str] = frozenset()

    def knows(self, carer: str) -> bool:
        return carer in (self.primary, self.secondary) or carer in self.known or carer in self.faces


@dataclass(frozen=True)
class Task:
    """One piece of work by one carer. Two carers at a visit are two tasks and a Pair.

    `skip_cost` is None when the task has to be done. `known_carer` and `known_start` are what people have been told.
    `begun` tasks stay exactly where and when they are.
    """

    id: str
    place: str
    minutes: float
    windows: tuple[Window, ...] = (Window(0.0, inf),)
    competences: frozenset[str] = frozenset()
    person: str | None = None
    skip_cost: float | None = None
    medicine_critical: bool = False
    pinned_shift: str | None = None
    pinned_start: float | None = None
    forbidden_carers: frozenset[str] = frozenset()
    known_carer: str | None = None
    known_start: float | None = None
    list_name: str | None = None
    begun: bool = False


class PairKind(StrEnum):
    """How two tasks of one visit hang together. Both are done or none."""

    TOGETHER = "together"  # two carers, same start
    SEQUENTIAL = "sequential"  # the second starts least..most minutes after the start of the first
    INDEPENDENT = "independent"  # any time, any carers


@dataclass(frozen=True)
class Pair:
    first: str
    second: str
    kind: PairKind
    least: float = 0.0
    most: float = inf
    same_carer: bool = False  # may one carer do both? Never for TOGETHER, always for INDEPENDENT


@dataclass(frozen=True)
class Order:
    """`then` starts at least `gap` minutes after `first` has ended, if both are done."""

    first: str
    then: str
    gap: float = 0.0


@dataclass(frozen=True)
class Weights:
    """What each trouble costs, in minutes of driving unless another unit is chosen throughout.

    Per minute: driving, working, late, medicine_late, worst_late, waiting, worst_waiting, overtime, worst_idle, unfair,
    over_hours, changed_time, broken_minutes. Each time: the rest. `skipped` multiplies the tasks' own skip costs.
    `unplaced` is dear and `broken` dearer, so that a plan rather leaves out a task than breaks a hard rule.
    """

    driving: float = 1.0
    working: float = 0.0
    late: float = 2.0
    medicine_late: float = 10.0
    worst_late: float = 1.0
    waiting: float = 0.3
    worst_waiting: float = 0.0
    overtime: float = 4.0
    missed_break: float = 60.0
    worst_idle: float = 0.0
    unfair: float = 0.05
    over_hours: float = 2.0
    secondary: float = 2.0
    known_face: float = 6.0
    new_face: float = 25.0
    new_face_vulnerable: float = 120.0
    more_faces: float = 15.0
    changed_carer: float = 8.0
    changed_time: float = 0.1
    not_preferred: float = 10.0
    off_list: float = 3.0
    rotation: float = 3.0
    skipped: float = 1.0
    unplaced: float = 2_000.0
    broken: float = 30_000.0
    broken_minutes: float = 1_000.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not (isfinite(value) and value >= 0):
                raise OddProblem(f"weight {name} must be finite and not negative, not {value}")


@dataclass(frozen=True, eq=False)
class Problem:
    """All that is asked. `travel[i, j]` is minutes from `places[i]` to `places[j]`; inf where nobody gets."""

    places: tuple[str, ...]
    travel: npt.NDArray[np.float64]
    carers: tuple[Carer, ...]
    shifts: tuple[Shift, ...]
    tasks: tuple[Task, ...]
    pairs: tuple[Pair, ...] = ()
    orders: tuple[Order, ...] = ()
    persons: tuple[Person, ...] = ()
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        _check_travel(self)
        _check_names(self)
        _check_times(self)
        _check_pairs(self)

    def place_index(self) -> Mapping[str, int]:
        return {place: index for index, place in enumerate(self.places)}

    def person_of(self, task: Task) -> Person | None:
        return next((person for person in self.persons if person.id == task.person), None)


def _check_travel(problem: Problem) -> None:
    size = len(problem.places)
    if problem.travel.shape != (size, size):
        raise OddProblem(f"{size} places need a travel matrix of {size} by {size}, not {problem.travel.shape}")
    if np.isnan(problem.travel).any() or (problem.travel < 0).any():
        raise OddProblem("travel times must be numbers and not negative")


def _check_names(problem: Problem) -> None:
    places = _unique("place", problem.places)
    carers = _unique("carer", (carer.id for carer in problem.carers))
    shifts = _unique("shift", (shift.id for shift in problem.shifts))
    tasks = _unique("task", (task.id for task in problem.tasks))
    persons = _unique("person", (person.id for person in problem.persons))
    for shift in problem.shifts:
        _known("carer", shift.carer, carers)
        _known("place", shift.start_place, places)
        _known("place", shift.end_place, places)
    for task in problem.tasks:
        _known("place", task.place, places)
        _known("person", task.person, persons)
        _known("shift", task.pinned_shift, shifts)
    for pair in problem.pairs:
        _known("task", pair.first, tasks)
        _known("task", pair.second, tasks)
    for order in problem.orders:
        _known("task", order.first, tasks)
        _known("task", order.then, tasks)


def _unique(what: str, names: Iterable[str]) -> frozenset[str]:
    listed = list(names)
    if len(set(listed)) < len(listed):
        raise OddProblem(f"a {what} is named twice: {sorted(n for n in set(listed) if listed.count(n) > 1)[:5]}")
    return frozenset(listed)


def _known(what: str, name: str | None, names: frozenset[str]) -> None:
    if name is not None and name not in names:
        raise OddProblem(f"there is no {what} {name}")


def _check_times(problem: Problem) -> None:
    for shift in problem.shifts:
        if not (isfinite(shift.starts) and isfinite(shift.ends)):
            raise OddProblem(f"shift {shift.id} must start and end")
        for pause in shift.breaks:
            if not (isfinite(pause.opens) and pause.minutes >= 0):
                raise OddProblem(f"a break in shift {shift.id} has odd times")
    for task in problem.tasks:
        if not (isfinite(task.minutes) and task.minutes >= 0):
            raise OddProblem(f"task {task.id} must last a number of minutes")
        if not task.windows or any(not isfinite(w.opens) or w.closes == -inf for w in task.windows):
            raise OddProblem(f"task {task.id} needs windows that open")
        if any(a.opens >= b.opens for a, b in zip(task.windows, task.windows[1:], strict=False)):
            raise OddProblem(f"the windows of task {task.id} must come in order")
        if task.begun and (task.pinned_shift is None or task.pinned_start is None):
            raise OddProblem(f"task {task.id} has begun, so its shift and start must be given")


def _check_pairs(problem: Problem) -> None:
    begun = {task.id for task in problem.tasks if task.begun}
    paired = [name for pair in problem.pairs for name in (pair.first, pair.second)]
    _unique("task in pairs", paired)
    for pair in problem.pairs:
        if pair.kind is PairKind.SEQUENTIAL and not 0 <= pair.least <= pair.most:
            raise OddProblem(f"pair {pair.first}, {pair.second}: the lag must be 0 <= least <= most")
        if begun & {pair.first, pair.second}:
            raise OddProblem(f"task {pair.first} or {pair.second} has begun; let replan cut the pair first")
