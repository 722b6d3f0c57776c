"""`omtanke bench city`: does planning a city take longer only in proportion, and is a town mended in a moment?

Towns are made up (towns.py). A town is *as good as* another when it is as near to the best plan found for it, so the
measure is the time until the cost comes within some per cent of that best. With `--cpu-clock` seconds are CPU seconds
of each thread, for machines that are busy with other things.
"""

import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log
from typing import Any

from omtanke.config.bench.towns import town
from omtanke.kernel.planning.problem import Problem
from omtanke.kernel.planning.replan import CarerIll, mend
from omtanke.kernel.planning.search import Effort, Found, Progress, search, warm

SIZES = (500, 1_000, 2_500, 5_000)
WITHIN = (0.10, 0.05, 0.02)
SECONDS_A_VISIT = 60 / 5_000  # so long each town is searched: as much for a visit everywhere
TOWN, TOWN_CARERS = 130, 16
TOWNS = 10  # so many towns are mended: one alone says more about luck than about the planner
FIRST_PLAN, MENDED = 0.4, 0.25  # seconds of search
FIRST_AT_MOST, MENDED_AT_MOST, MOVED_AT_MOST = 1.5, 1.0, 0.05
ILL_AT = 9.5 * 60

Clock = Callable[[], float]


@dataclass(frozen=True)
class CityRow:
    """One town: what was found, and after how many seconds it was within so much of the best."""

    visits: int
    carers: int
    seconds: float
    moves: int
    cost: float
    placed: int
    unplaced: int
    faults: int
    within: dict[str, float]


@dataclass(frozen=True)
class ReplanFigures:
    """A town of 130 visits: seconds to the first plan and to the mended one, and whom the mending moves."""

    first: float
    first_unplaced: int
    mended: float
    others: int
    changed_carer: int
    changed_time: int
    unplaced: int

    @property
    def moved(self) -> float:
        """The share of other visits that get another carer or another time."""
        return (self.changed_carer + self.changed_time) / max(1, self.others)

    @property
    def in_time(self) -> bool:
        return self.first < FIRST_AT_MOST and self.mended < MENDED_AT_MOST

    @property
    def whole(self) -> bool:
        """Nobody is left out whom the first plan had a place for."""
        return self.unplaced <= self.first_unplaced


def mean_moved(towns: Sequence[ReplanFigures]) -> float:
    return sum(town.moved for town in towns) / max(1, len(towns))


def holds(towns: Sequence[ReplanFigures]) -> bool:
    """Every town is mended in time and whole; few others are moved in the mean (the worst is told beside it)."""
    return all(town.in_time and town.whole for town in towns) and mean_moved(towns) <= MOVED_AT_MOST


def measure_city(visits: int, seconds: float, cores: int, clock: Clock) -> CityRow:
    problem = town(visits)
    began = clock()
    told: list[tuple[float, float]] = []

    def listen(progress: Progress) -> None:
        told.append((clock() - began, progress.best))

    found = search(problem, Effort(seconds=seconds, seeds=tuple(range(1, cores + 1)), clock=clock), tell=listen)
    return CityRow(
        visits=visits,
        carers=len(problem.carers),
        seconds=round(clock() - began, 2),
        moves=found.moves,
        cost=round(found.cost.total, 1),
        placed=len(problem.tasks) - len(found.plan.unplaced),
        unplaced=len(found.plan.unplaced),
        faults=len(found.cost.faults),
        within={f"{share:.0%}": _seconds_until(told, found.cost.total * (1 + share)) for share in WITHIN},
    )


def _seconds_until(told: Sequence[tuple[float, float]], cost: float) -> float:
    return round(next((seconds for seconds, best in told if best <= cost), float("inf")), 2)


def growth(rows: Sequence[CityRow], within: str) -> float:
    """By which power of the number of visits the time grows, from the smallest to the largest town: 1 is linear."""
    small, large = rows[0], rows[-1]
    return log(large.within[within] / max(small.within[within], 1e-6)) / log(large.visits / small.visits)


def measure_replan(clock: Clock, *, seed: int = 1) -> ReplanFigures:
    """The first plan of a town, and the plan mended when a carer falls ill in the morning."""
    problem = town(TOWN, TOWN_CARERS, seed=seed)
    began = clock()
    found = search(problem, Effort(seconds=FIRST_PLAN, clock=clock))
    first = clock() - began
    ill = _busiest(problem, found)
    began = clock()
    mended = mend(problem, found.plan, [CarerIll(ill)], ILL_AT, Effort(seconds=MENDED, clock=clock))
    seconds = clock() - began
    moved = set(mended.changed_time) - set(mended.changed_carer)
    others = [task for task in mended.problem.tasks if not task.begun and task.known_carer is not None]
    return ReplanFigures(
        first=round(first, 2),
        first_unplaced=len(found.plan.unplaced),
        mended=round(seconds, 2),
        others=len(others),
        changed_carer=len(mended.changed_carer),
        changed_time=len(moved),
        unplaced=len(mended.found.plan.unplaced),
    )


def _busiest(problem: Problem, found: Found) -> str:
    """The carer with most left to do when somebody falls ill."""
    carers = {shift.id: shift.carer for shift in problem.shifts}
    left = {
        carers[shift]: sum(stop.task is not None and stop.start > ILL_AT for stop in stops)
        for shift, stops in found.plan.tours.items()
    }
    return max(sorted(left), key=lambda carer: left[carer])


def as_json(rows: Sequence[CityRow], mended: Sequence[ReplanFigures]) -> dict[str, Any]:
    told: dict[str, Any] = {"towns": [asdict(row) for row in rows]}
    if len(rows) > 1:
        told["grows_with_power"] = {within: round(growth(rows, within), 2) for within in rows[0].within}
    return told | {"replan": _replan_as_json(mended)}


def _replan_as_json(mended: Sequence[ReplanFigures]) -> dict[str, Any]:
    return {
        "towns": [asdict(figures) | {"moved": round(figures.moved, 4)} for figures in mended],
        "first": max(figures.first for figures in mended),
        "mended": max(figures.mended for figures in mended),
        "moved": round(mean_moved(mended), 4),
        "worst_moved": round(max(figures.moved for figures in mended), 4),
        "holds": holds(mended),
    }


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--visits", type=int, nargs="*", default=list(SIZES), help="Towns of these sizes.")
    parser.add_argument("--seconds-a-visit", type=float, default=SECONDS_A_VISIT)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--mend", type=int, default=TOWNS, help="So many towns of 130 visits are mended.")
    parser.add_argument("--json", action="store_true", help="Print JSON alone.")
    parser.add_argument("--cpu-clock", action="store_true", help="CPU seconds of each thread, on a busy machine.")


def measure(options: Namespace, say: Callable[[str], object]) -> int:
    """Plan all towns and mend small ones; 1 when a plan breaks a rule or a small town waits too long or moves many."""
    warm()
    clock = time.thread_time if options.cpu_clock else time.perf_counter
    mended = [measure_replan(clock, seed=seed) for seed in range(1, max(1, options.mend) + 1)]
    rows = []
    for visits in options.visits:
        rows.append(measure_city(visits, visits * options.seconds_a_visit, options.cores, clock))
        if not options.json:
            say(_line(rows[-1]))
    told = as_json(rows, mended)
    say(json.dumps(told, indent=2) if options.json else _summary(told))
    return 0 if holds(mended) and not any(row.faults for row in rows) else 1


def _line(row: CityRow) -> str:
    near = ", ".join(f"within {share} after {seconds:.1f} s" for share, seconds in row.within.items())
    return (
        f"{row.visits:>6} visits {row.carers:>4} carers {row.seconds:>6.1f} s {row.moves:>13,} moves  "
        f"{row.unplaced} unplaced, {row.faults} faults  cost {row.cost:>10.1f}  {near}"
    )


def _summary(told: Mapping[str, Any]) -> str:
    replan = told["replan"]
    grows = ", ".join(f"within {share}: {power}" for share, power in told.get("grows_with_power", {}).items())
    return (
        f"Time grows with this power of the visits: {grows or 'one town only'}.\n"
        f"{len(replan['towns'])} towns of {TOWN}: first plan within {replan['first']} s, "
        f"mended within {replan['mended']} s, "
        f"{replan['moved']:.1%} of the others moved in the mean, {replan['worst_moved']:.1%} in the worst town. "
        f"{'Holds.' if replan['holds'] else 'Does not hold.'}"
    )
