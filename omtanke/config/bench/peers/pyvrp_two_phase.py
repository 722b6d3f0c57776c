"""Planning by driving alone with PyVRP (Wouda, Lan and Kool 2024), in two phases.

PyVRP knows windows, shifts and who may do what, but no visit that hangs on another. So the first phase plans as if
none did; then every visit for two gets times that fit together, near those it was given, and the second phase plans
again within them, from where the first one ended, in some rounds: where both carers cannot be in time, the visit comes
later, and who got both halves is kept from the second. Windows are hard to PyVRP; being late counts by its penalty for
going back in time, held at the price that the problem puts on a minute late.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from omtanke.config.bench.peers.finishing import finished
from omtanke.kernel.planning.board import FORBIDDEN
from omtanke.kernel.planning.cost import evaluate, windows_of
from omtanke.kernel.planning.dearness import Dearness
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Pair, PairKind, Problem, Shift, Window

if TYPE_CHECKING:
    import pyvrp

SCALE = 10  # PyVRP reckons in whole numbers: tenths of a minute
APART = 1e6  # minutes to a task that the carer may not have
LATEST = 1e6
ROUNDS = 6  # of the second phase
WIDEST = 120.0  # minutes of a most lag that are made use of
MOST_LATER = 240.0  # minutes that a visit for two comes later from one round to the next

type Tours = dict[str, list[tuple[str, float]]]
type Stop = Callable[[int], bool]
type Clock = Callable[[], float]


class PyVRPMissing(RuntimeError):
    """PyVRP is not installed: `pip install -r requirements/dev.txt` brings it."""


def plan_by_driving(problem: Problem, seconds: float, *, seed: int = 1, clock: Clock = time.perf_counter) -> Plan:
    """The plan with the least driving that PyVRP finds in so many seconds, for a day or several.

    `problem` is any problem of the kernel, such as a day of home-care visits: competences, incompatibilities, pins,
    windows, shifts and pairs are kept; contacts, faces and all other costs are not looked at, breaks are put in
    afterwards. What finds no place is in the plan's `unplaced`. One thread; the same seed does not always give the
    same plan, because time ends it. `clock` may be `time.thread_time` on a busy machine. Raises PyVRPMissing.
    """
    model = Model(_imported(), problem)
    linked = [pair for pair in problem.pairs if pair.kind is not PairKind.INDEPENDENT]
    if not linked:
        return finished(problem, model.solve(_until(seconds, clock), seed, {}))
    tours = model.solve(_until(seconds / 2, clock), seed, {})
    plans = []
    model.agree(linked, tours)
    for _ in range(ROUNDS):
        tours = model.solve(_until(seconds / 2 / ROUNDS, clock), seed, tours)
        plans.append(finished(problem, tours, model.unfit(linked)))
        model.part(linked, tours)
    return min(plans, key=lambda plan: evaluate(problem, plan).total)


def _imported() -> ModuleType:
    try:
        import pyvrp
    except ImportError as missing:
        raise PyVRPMissing(PyVRPMissing.__doc__) from missing
    return pyvrp


def _until(seconds: float, clock: Clock) -> Stop:
    """PyVRP's way to ask whether it is time to stop."""
    end = clock() + seconds
    return lambda _: clock() >= end


class _Best:
    """Hears of each solution and keeps the best one, late or not; PyVRP itself keeps only those that are in time."""

    def __init__(self, pyvrp: ModuleType, late: float) -> None:
        self.price = pyvrp.CostEvaluator([], late, late).penalised_cost
        self.least, self.solution = np.inf, None

    def on_iteration(self, _current: Any, candidate: Any, _best: Any, _evaluator: Any) -> None:
        cost = self.price(candidate)
        if cost < self.least and candidate.is_complete():
            self.least, self.solution = cost, candidate

    def on_start(self, _search: Any) -> None: ...

    def on_end(self, _result: Any) -> None: ...

    def on_restart(self, _best: Any) -> None: ...

    def on_best(self, _best: Any) -> None: ...


class Model:
    """The problem as PyVRP sees it: a client per task and window, a vehicle type per shift, a matrix per competence."""

    def __init__(self, pyvrp: ModuleType, problem: Problem) -> None:
        self.pyvrp, self.problem = pyvrp, problem
        self.shifts = [shift for shift in problem.shifts if shift.minutes > 0]
        self.may = self._who_may()
        self.tasks = [task for task in problem.tasks if any(self.may[task.id])]
        self.windows = {task.id: windows_of(task) for task in self.tasks}
        self.depots = sorted({place for shift in self.shifts for place in (shift.start_place, shift.end_place)})
        self.late = max(problem.weights.late / max(problem.weights.driving, 1e-9), 1.0)
        self.late_by: dict[str, float] = {}
        self._number_clients()

    def _who_may(self) -> dict[str, list[bool]]:
        """By task: which of the shifts may have it."""
        rows = Dearness(self.problem)
        usable = [shift.minutes > 0 for shift in self.problem.shifts]
        return {task.id: (rows.row(task)[usable] < FORBIDDEN).tolist() for task in self.problem.tasks}

    def _number_clients(self) -> None:
        index = self.problem.place_index()
        self.clients = [(task, window) for task in self.tasks for window in self.windows[task.id]]
        self.clients_of: dict[str, list[int]] = {}
        for number, (task, _) in enumerate(self.clients):
            self.clients_of.setdefault(task.id, []).append(number)
        places = self.depots + [task.place for task, _ in self.clients]
        self.rows = np.array([index[place] for place in places], np.int64)

    def agree(self, pairs: Iterable[Pair], tours: Tours) -> None:
        """Times for the visits for two, near those in the tours."""
        starts = {name: start for stops in tours.values() for name, start in stops}
        for pair in pairs:
            if pair.first in self.windows and pair.second in self.windows:
                opens = [self.windows[name][0].opens for name in (pair.first, pair.second)]
                one, two = starts.get(pair.first, opens[0]), starts.get(pair.second, opens[1])
                first, second = _fitting(pair, max(one, opens[0]), max(two, opens[1]), max(opens))
                self.windows |= {pair.first: (first,), pair.second: (second,)}
        self._number_clients()

    def unfit(self, pairs: Iterable[Pair]) -> frozenset[str]:
        """Both tasks of each visit that a carer could not reach in time."""
        both = [(pair.first, pair.second) for pair in pairs]
        return frozenset(name for names in both if any(self.late_by.get(n, 0.0) > 0.0 for n in names) for name in names)

    def part(self, pairs: Sequence[Pair], tours: Tours) -> None:
        """Let visits for two that both cannot reach in time come later; keep the second task from who has the first."""
        carers = {shift.id: shift.carer for shift in self.shifts}
        doers = {name: carers[shift] for shift, stops in tours.items() for name, _ in stops}
        for pair in pairs:
            names = (pair.first, pair.second)
            later = min(MOST_LATER, max(self.late_by.get(name, 0.0) for name in names))
            for name in names if later else ():
                self.windows[name] = tuple(_later(window, later) for window in self.windows[name])
            same = doers.get(pair.first) == doers.get(pair.second)
            if same and (pair.kind is PairKind.TOGETHER or not pair.same_carer):
                for number, shift in enumerate(self.shifts):
                    self.may[pair.second][number] &= shift.carer != doers.get(pair.second)
        self._number_clients()

    def solve(self, stop: Stop, seed: int, known: Tours) -> Tours:
        """The least driving and lateness found, from known tours on."""
        if not self.tasks:
            return {}
        data, best = self._data(), _Best(self.pyvrp, self.late)
        params = self.pyvrp.SolveParams(
            ils=self.pyvrp.IteratedLocalSearchParams(callbacks=best),
            penalty=self.pyvrp.PenaltyParams(min_penalty=self.late, max_penalty=self.late),
        )
        start = self._solution(data, known) if known else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that the penalty cannot rise
            found = self.pyvrp.solve(data, stop, seed, collect_stats=False, params=params, initial_solution=start)
        return self._tours(best.solution or found.best)

    def _solution(self, data: pyvrp.ProblemData, tours: Tours) -> Any:
        """Known tours as PyVRP takes them, without what somebody may not do (any more)."""
        numbers = {shift.id: number for number, shift in enumerate(self.shifts)}
        routes = []
        for shift, stops in tours.items():
            number = numbers[shift]
            clients = [self._client_at(name, start) for name, start in stops if self.may[name][number]]
            visits = [self.pyvrp.Activity(self.pyvrp.ActivityType.CLIENT, client) for client in clients]
            if visits:
                routes.append(self.pyvrp.Route(data, visits, number))
        return self.pyvrp.Solution(data, routes)

    def _client_at(self, name: str, start: float) -> int:
        """Of a task with several windows the latest one open by then."""
        numbers = self.clients_of[name]
        return next((n for n in reversed(numbers) if self.clients[n][1].opens <= start + 1 / SCALE), numbers[0])

    def _data(self) -> Any:
        profiles: dict[tuple[bool, ...], int] = {}
        vehicles = [self._vehicle(number, shift, profiles) for number, shift in enumerate(self.shifts)]
        matrices = [self._matrix(may) for may in profiles]
        several = [numbers for numbers in self.clients_of.values() if len(numbers) > 1]
        group_of = {number: group for group, numbers in enumerate(several) for number in numbers}
        clients = [self._client(number, group_of.get(number)) for number in range(len(self.clients))]
        depots = [self.pyvrp.Depot(number) for number in range(len(self.depots))]
        groups = [self.pyvrp.ClientGroup(numbers) for numbers in several]
        locations = [self.pyvrp.Location(0, 0)] * len(self.rows)
        return self.pyvrp.ProblemData(locations, clients, depots, vehicles, matrices, matrices, groups)

    def _vehicle(self, number: int, shift: Shift, profiles: dict[tuple[bool, ...], int]) -> Any:
        may = tuple(self.may[task.id][number] for task, _ in self.clients)
        return self.pyvrp.VehicleType(
            start_depot=self.depots.index(shift.start_place),
            end_depot=self.depots.index(shift.end_place),
            tw_early=_whole(shift.starts),
            tw_late=_whole(shift.ends),
            profile=profiles.setdefault(may, len(profiles)),
        )

    def _matrix(self, may: tuple[bool, ...]) -> Any:
        minutes = np.minimum(self.problem.travel[np.ix_(self.rows, self.rows)], APART)
        minutes[:, len(self.depots) :][:, ~np.array(may, np.bool_)] = APART
        whole = np.ceil(minutes * SCALE - 1e-6).astype(np.int64)
        np.fill_diagonal(whole, 0)
        return whole

    def _client(self, number: int, group: int | None) -> Any:
        task, window = self.clients[number]
        return self.pyvrp.Client(
            len(self.depots) + number,
            service_duration=_whole(task.minutes),
            tw_early=_whole(window.opens),
            tw_late=max(_whole(window.opens), _whole(window.closes)),
            required=group is None,
            group=group,
        )

    def _tours(self, solution: Any) -> Tours:
        """The sequences with their starts; notes who is late, and by how much."""
        tours: Tours = {}
        for route in solution.routes():
            stops = [(self.clients[stop.idx][0].id, stop) for stop in route.schedule() if stop.is_client()]
            self.late_by |= {name: stop.time_warp / SCALE for name, stop in stops}
            tours[self.shifts[route.vehicle_type()].id] = [(name, stop.start_time / SCALE) for name, stop in stops]
        return tours


def _fitting(pair: Pair, one: float, two: float, opens: float) -> tuple[Window, Window]:
    """Windows within which any two starts fit together, near the two given; together not before both are open."""
    if pair.kind is PairKind.TOGETHER:
        both = max((one + two) / 2, opens)
        return Window(both, both), Window(both, both)
    room = min(pair.most - pair.least, WIDEST) / 2
    one = max(one, two - pair.least - 2 * room)
    two = max(two, one + room + pair.least)
    return Window(one, one + room), Window(two, max(two, one + pair.least + 2 * room))


def _later(window: Window, minutes: float) -> Window:
    return replace(window, opens=window.opens + minutes, closes=window.closes + minutes)


def _whole(minutes: float) -> int:
    return round(min(minutes, LATEST) * SCALE)
