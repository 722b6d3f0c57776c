"""`omtanke bench continuity`: how many different faces does a person meet in a fortnight, and at what price in driving?

The demo municipality plans the fortnight ahead, unit by unit as in life: by the planner as the product uses it, by the
same planner for the least driving only, by PyVRP day by day, and as the demo's staff share out their lists. All plans
are judged by the same plain evaluator on the same drives. Ten times as large means ten demo municipalities of other
people in the same villages: their units side by side, or (`--one-unit`) those of the same name as one, which gives ten
times the carers to choose from.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from omtanke.config.bench.continuity_bound import fewest_faces
from omtanke.config.bench.continuity_peer import by_day
from omtanke.config.bench.continuity_rows import UnitDays, renamed
from omtanke.config.bench.scratch import scratch_database
from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Problem
from omtanke.kernel.planning.search import Effort, search, warm
from omtanke.planning.make import without_far_too_late
from omtanke.planning.travel import matrix

ON = date(2026, 11, 22)  # the Sunday before the first day planned: the same people and days on every run
FACES_AT_MOST, DRIVING_AT_MOST = 0.5, 1.05
FOR_FACES = (
    "secondary", "known_face", "new_face", "new_face_vulnerable", "more_faces", "changed_carer", "changed_time",
    "not_preferred", "off_list", "rotation",
)  # fmt: skip
# As PyVRP's plans are: the clock and breaks hardly count, and nobody asks for lists. Who comes counts a little.
LOOSELY = {
    "late": 0.2, "medicine_late": 0.4, "worst_late": 0.0, "missed_break": 0.0, "waiting": 0.0, "unfair": 0.0,
    "secondary": 0.1, "known_face": 0.2, "new_face": 1.0, "new_face_vulnerable": 10.0, "more_faces": 2.0,
    "changed_carer": 0.0, "changed_time": 0.0, "not_preferred": 0.0, "off_list": 0.0, "rotation": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One way of planning the fortnight, over all people and units. Times in minutes, `seconds` of planning."""

    name: str
    faces: float
    faces_90: int
    faces_most: int
    new_faces_vulnerable: int
    by_contacts: float
    driving: float
    late: float
    unplaced: int
    seconds: float


@dataclass
class _Count:
    """What is counted while units are planned one after the other. A person can be visited by two units."""

    faces: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    new_vulnerable: set[tuple[str, str]] = field(default_factory=set)
    visits: int = 0
    by_contacts: int = 0
    driving: float = 0.0
    late: float = 0.0
    worst_late: float = 0.0
    unplaced: int = 0
    seconds: float = 0.0

    def add(self, problem: Problem, plan: Plan) -> None:
        amounts = evaluate(problem, plan).amounts
        self.driving += amounts.get("driving", 0.0)
        self.late += amounts.get("late", 0.0) + amounts.get("medicine_late", 0.0)
        self.worst_late = max(self.worst_late, amounts.get("worst_late", 0.0))
        doers, carer_of = plan.shift_of(), {shift.id: shift.carer for shift in problem.shifts}
        persons = {person.id: person for person in problem.persons}
        for task in problem.tasks:
            if task.id not in doers:
                self.unplaced += 1
                continue
            person, carer = persons[task.person or ""], carer_of[doers[task.id]]
            self.visits += 1
            self.faces[person.id].add(carer)
            self.by_contacts += carer in (person.primary, person.secondary)
            if person.vulnerable and not person.knows(carer):
                self.new_vulnerable.add((person.id, carer))

    @property
    def so_far(self) -> str:
        faces = mean(len(carers) for carers in self.faces.values()) if self.faces else 0.0
        return f"{faces:.2f} faces, {self.driving / 60:.0f} h driving, {self.unplaced} unplaced, {self.seconds:.0f} s"

    def as_way(self, name: str) -> Way:
        numbers = sorted(len(faces) for faces in self.faces.values()) or [0]
        return Way(
            name=name,
            faces=round(mean(numbers), 2),
            faces_90=numbers[min(len(numbers) - 1, round(0.9 * len(numbers)))],
            faces_most=numbers[-1],
            new_faces_vulnerable=len(self.new_vulnerable),
            by_contacts=round(self.by_contacts / max(1, self.visits), 3),
            driving=round(self.driving),
            late=round(self.late),
            unplaced=self.unplaced,
            seconds=round(self.seconds, 1),
        )


@dataclass(frozen=True)
class Figures:
    """`bound` is the mean of the fewest faces that the rota allows each person; it holds for the first way."""

    people: int
    visits: int
    units: int
    ways: Sequence[Way]
    bound: float
    bound_within: float

    def way(self, name: str) -> Way:
        return next(way for way in self.ways if way.name == name)

    @property
    def faces_ratio(self) -> float:
        return self.way("planner").faces / self.way("PyVRP").faces

    @property
    def driving_ratio(self) -> float:
        return self.way("planner").driving / self.way("PyVRP").driving

    @property
    def half_is_possible(self) -> bool:
        """Does the rota allow half of PyVRP's faces at all?"""
        return self.bound <= FACES_AT_MOST * self.way("PyVRP").faces

    @property
    def of_what_is_possible(self) -> float:
        """How much of the way from PyVRP's faces down to the bound the planner has come."""
        possible = self.way("PyVRP").faces - self.bound
        return (self.way("PyVRP").faces - self.way("planner").faces) / possible if possible > 0 else 1.0

    @property
    def holds(self) -> bool:
        return self.faces_ratio <= FACES_AT_MOST and self.driving_ratio <= DRIVING_AT_MOST

    @property
    def holds_loosely(self) -> bool:
        """Does it hold when the planner may be as late as PyVRP, and leaves no more out?"""
        ours, theirs = self.way("planner, loose clock"), self.way("PyVRP")
        within = ours.faces <= FACES_AT_MOST * theirs.faces and ours.driving <= DRIVING_AT_MOST * theirs.driving
        return within and ours.late <= theirs.late and ours.unplaced <= theirs.unplaced

    def as_json(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "visits": self.visits,
            "units": self.units,
            "ways": [asdict(way) for way in self.ways],
            "fewest_faces_the_rota_allows": self.bound,
            "bound_holds_for_visits_late_by_minutes": self.bound_within,
            "faces_ratio": round(self.faces_ratio, 3),
            "driving_ratio": round(self.driving_ratio, 3),
            "half_is_possible": self.half_is_possible,
            "share_of_what_is_possible": round(self.of_what_is_possible, 3),
            "holds": self.holds,
            "holds_with_a_loose_clock": self.holds_loosely,
        }


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="Print JSON alone.")
    on_average = "Of search for each unit and way on average; each unit's share goes by its visits. (20)"
    parser.add_argument("--seconds", type=float, default=20.0, help=on_average)
    parser.add_argument("--scale", type=int, default=1, help="So many times as large. (1)")
    parser.add_argument("--one-unit", action="store_true", help="Their units of the same name are one.")
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--cpu-clock", action="store_true", help="Count seconds of the processor, on a busy machine.")


def run(options: Namespace, out: Callable[[str], Any], say: Callable[[str], Any]) -> bool:
    """Make the municipality, plan it in every way, tell. Returns whether the bar holds."""
    warm()
    asked = towns(options.scale, options.days, say)
    clock = time.thread_time if options.cpu_clock else time.perf_counter
    figures = measure(together(asked, one_unit=options.one_unit), options.seconds, say, clock=clock)
    out(json.dumps(figures.as_json(), indent=2) if options.json else table(figures))
    return figures.holds


def towns(scale: int, days: int, say: Callable[[str], None]) -> list[list[UnitDays]]:
    """As many demo municipalities, each with other people; every one made in a database of its own and dropped."""
    found = []
    with TemporaryDirectory() as folder:
        for seed in range(1, scale + 1):
            say(f"A fortnight of municipality {seed} of {scale} …")
            file = Path(folder) / f"{seed}.rows"
            with scratch_database("omtanke_bench_continuity") as address:
                asked = [str(seed), str(ON), str(days), str(file)]
                subprocess.run(  # noqa: S603 - ourselves
                    [sys.executable, "-m", "omtanke.config.bench.continuity_rows", *asked],
                    env=os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "omtanke.config.settings"},
                    check=True,
                )
            with file.open("rb") as rows:
                found.append(pickle.load(rows))  # noqa: S301 - written by ourselves a moment ago
    return found


def together(asked: Sequence[Sequence[UnitDays]], *, one_unit: bool) -> list[UnitDays]:
    """The units of all towns, with `one_unit` those of the same name as one. Names begin with their town's number."""
    units = [renamed(unit, f"{number}:") for number, town in enumerate(asked) for unit in town]
    if not one_unit:
        return units
    by_name: dict[str, list[UnitDays]] = defaultdict(list)
    for unit in units:
        by_name[unit.unit].append(unit)
    return [_as_one(name, those) for name, those in by_name.items()]


def _as_one(name: str, units: Sequence[UnitDays]) -> UnitDays:
    problems = [unit.problem for unit in units]
    spots = {place: spot for unit in units for place, spot in unit.spots.items()}
    problem = replace(
        problems[0],
        places=tuple(spots),
        travel=matrix(spots),
        carers=tuple(one for problem in problems for one in problem.carers),
        shifts=tuple(one for problem in problems for one in problem.shifts),
        tasks=tuple(one for problem in problems for one in problem.tasks),
        pairs=tuple(one for problem in problems for one in problem.pairs),
        orders=tuple(one for problem in problems for one in problem.orders),
        persons=tuple(one for problem in problems for one in problem.persons),
    )
    tours = {shift: stops for unit in units for shift, stops in unit.lists.tours.items()}
    return UnitDays(name, problem, spots, Plan(tours))


def measure(
    units: Sequence[UnitDays],
    seconds: float,
    say: Callable[[str], None],
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Figures:
    """Plan all units in each way, `seconds` for each unit on average, in proportion to its visits.

    With `clock` seconds are those of the processor.
    """
    visits = sum(len(unit.problem.tasks) for unit in units)
    planners: Mapping[str, Callable[[UnitDays, float], Plan]] = {
        "planner": lambda unit, own: _planned(unit.problem, Effort(seconds=own, clock=clock)),
        "planner, loose clock": lambda unit, own: search(loosely(unit.problem), Effort(seconds=own, clock=clock)).plan,
        "least driving": lambda unit, own: _planned(for_driving(unit.problem), Effort(seconds=own, clock=clock)),
        "PyVRP": lambda unit, own: by_day(for_driving(unit.problem), own, clock),
        "lists of the staff": lambda unit, _own: unit.lists,
    }
    counts = {name: _Count() for name in planners}
    for unit in units:
        own = seconds * len(units) * len(unit.problem.tasks) / visits
        say(f"{unit.unit}: {len(unit.problem.tasks)} visits, {own:.1f} s of search in each way")
        for name, plan in planners.items():
            began = time.perf_counter()
            planned = plan(unit, own)
            counts[name].seconds += time.perf_counter() - began
            counts[name].add(unit.problem, planned)
            say(f"  {name}: {counts[name].so_far}")
    late = counts["planner"].worst_late
    fewest: dict[str, int] = defaultdict(int)
    for unit in units:
        for person, number in fewest_faces(unit.problem, late).items():
            fewest[person] += number
    return Figures(
        people=len(fewest),
        visits=visits,
        units=len(units),
        ways=[count.as_way(name) for name, count in counts.items()],
        bound=round(mean(fewest.values()), 2),
        bound_within=round(late, 1),
    )


def _planned(problem: Problem, effort: Effort) -> Plan:
    """As a draft is made: what could only be done hours too late is left without a place."""
    return without_far_too_late(problem, search(problem, effort).plan)


def for_driving(problem: Problem) -> Problem:
    """The same days when nobody asks who comes."""
    return replace(problem, weights=replace(problem.weights, **dict.fromkeys(FOR_FACES, 0.0)))


def loosely(problem: Problem) -> Problem:
    """The same days when coming late costs little, as it does PyVRP, which does not carry it on to the next visit."""
    return replace(problem, weights=replace(problem.weights, **LOOSELY))


def table(figures: Figures) -> str:
    lines = [
        f"{figures.people} people, {figures.visits} visits in {figures.units} units",
        f"{'':<20}{'faces':>7}{'90 %':>6}{'most':>6}{'new, vulnerable':>17}{'by contacts':>13}"
        f"{'driving, h':>12}{'late, h':>9}{'unplaced':>10}{'seconds':>9}",
    ]
    lines += [
        f"{way.name:<20}{way.faces:>7.2f}{way.faces_90:>6}{way.faces_most:>6}{way.new_faces_vulnerable:>17}"
        f"{way.by_contacts:>13.0%}{way.driving / 60:>12.1f}{way.late / 60:>9.1f}{way.unplaced:>10}"
        f"{way.seconds:>9.1f}"
        for way in figures.ways
    ]
    lines.append(
        f"{'the rota allows':<20}{figures.bound:>7.2f}   at least, on average (for visits at most "
        f"{figures.bound_within:.0f} minutes late)"
    )
    lines.append(
        f"\nAgainst PyVRP: {figures.faces_ratio:.2f} of its faces (at most {FACES_AT_MOST}) for "
        f"{figures.driving_ratio - 1:+.1%} driving (at most {DRIVING_AT_MOST - 1:+.0%}). "
        f"{'It holds.' if figures.holds else 'It does not hold.'}"
    )
    loose, theirs = figures.way("planner, loose clock"), figures.way("PyVRP")
    lines.append(
        f"With a clock as loose: {loose.faces / theirs.faces:.2f} of its faces for "
        f"{loose.driving / theirs.driving - 1:+.1%} driving, "
        f"{loose.late / 60:.0f} h late instead of {theirs.late / 60:.0f} h. "
        f"{'It holds.' if figures.holds_loosely else 'It does not hold.'}"
    )
    possible = "allows" if figures.half_is_possible else "does not allow"
    lines.append(
        f"The rota {possible} half of PyVRP's faces. Of what is possible the planner has come "
        f"{figures.of_what_is_possible:.0%}."
    )
    return "\n".join(lines)
