"""Planning with the routing library of OR-Tools: it knows visits for two, but every search step asks the constraints.

Its model has driving, the sum of lateness, windows, competence and visits for two. Breaks are put in afterwards.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from omtanke.config.bench.peers.finishing import finished
from omtanke.kernel.planning.board import FORBIDDEN
from omtanke.kernel.planning.cost import windows_of
from omtanke.kernel.planning.dearness import Dearness
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Pair, PairKind, Problem

SCALE = 10  # it reckons in whole numbers: tenths of a minute
LATEST = 100_000  # minutes
FAR = 20_000  # minutes for a way that does not exist

Clock = Callable[[], float]


def plan_by_routing(problem: Problem, seconds: float, *, clock: Clock = time.perf_counter) -> Plan | None:
    """The best plan that OR-Tools finds in so many seconds, None if it finds none at all. One thread."""
    if not problem.tasks or not problem.shifts:
        return finished(problem, {})
    return _Model(problem).solve(seconds, clock)


class _Model:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        index = problem.place_index()
        shifts, tasks = problem.shifts, problem.tasks
        places = [index[t.place] for t in tasks]
        places += [index[s.start_place] for s in shifts] + [index[s.end_place] for s in shifts]
        minutes = np.minimum(problem.travel[np.ix_(places, places)], FAR)
        self.drive = np.ceil(minutes * SCALE - 1e-6).astype(np.int64)
        self.last = np.array([round(t.minutes * SCALE) for t in tasks] + [0] * (2 * len(shifts)), np.int64)
        starts = [len(tasks) + r for r in range(len(shifts))]
        ends = [len(tasks) + len(shifts) + r for r in range(len(shifts))]
        self.manager = pywrapcp.RoutingIndexManager(len(places), len(shifts), starts, ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.number = {task.id: self.manager.NodeToIndex(n) for n, task in enumerate(tasks)}
        self.time = self._time()
        self._may()
        self._windows()
        for pair in problem.pairs:
            self._pair(pair)

    def _time(self) -> Any:
        to_node = self.manager.IndexToNode
        cost = self.routing.RegisterTransitMatrix(self.drive.tolist())
        self.routing.SetArcCostEvaluatorOfAllVehicles(cost)
        spent = self.routing.RegisterTransitCallback(
            lambda a, b: int(self.drive[to_node(a), to_node(b)] + self.last[to_node(a)])
        )
        self.routing.AddDimension(spent, LATEST * SCALE, 2 * LATEST * SCALE, False, "time")  # noqa: FBT003 - theirs
        return self.routing.GetDimensionOrDie("time")

    def _may(self) -> None:
        rows = Dearness(self.problem)
        for task in self.problem.tasks:
            able = np.flatnonzero(rows.row(task) < FORBIDDEN).tolist()
            if able:
                self.routing.VehicleVar(self.number[task.id]).SetValues(able)
            else:
                self.routing.AddDisjunction([self.number[task.id]], 0)

    def _windows(self) -> None:
        late = max(1, round(self.problem.weights.late / max(self.problem.weights.driving, 1e-9)))
        for task in self.problem.tasks:
            windows = windows_of(task)
            start = self.time.CumulVar(self.number[task.id])
            start.SetMin(round(windows[0].opens * SCALE))
            closes = round(min(windows[-1].closes, LATEST) * SCALE)
            if windows[-1].hard:
                start.SetMax(max(closes, round(windows[0].opens * SCALE)))
            else:
                self.time.SetCumulVarSoftUpperBound(self.number[task.id], closes, late)
        for r, shift in enumerate(self.problem.shifts):
            self.time.CumulVar(self.routing.Start(r)).SetMin(round(max(0.0, shift.starts) * SCALE))
            ends = min(shift.ends if shift.latest_end is None else shift.latest_end, LATEST)
            self.time.CumulVar(self.routing.End(r)).SetMax(round(max(ends, shift.starts, 0.0) * SCALE))

    def _pair(self, pair: Pair) -> None:
        if pair.kind is PairKind.INDEPENDENT:
            return
        solver = self.routing.solver()
        first, second = self.number[pair.first], self.number[pair.second]
        one, two = self.time.CumulVar(first), self.time.CumulVar(second)
        if pair.kind is PairKind.TOGETHER:
            solver.Add(one == two)
        else:
            solver.Add(two - one >= round(pair.least * SCALE))
            solver.Add(two - one <= round(min(pair.most, LATEST) * SCALE))
        if pair.kind is PairKind.TOGETHER or not pair.same_carer:
            solver.Add(self.routing.VehicleVar(first) != self.routing.VehicleVar(second))

    def solve(self, seconds: float, clock: Clock) -> Plan | None:
        end = clock() + seconds
        self.routing.AddSearchMonitor(self.routing.solver().CustomLimit(lambda: clock() >= end))
        wanted = pywrapcp.DefaultRoutingSearchParameters()
        wanted.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        wanted.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        wanted.time_limit.FromMilliseconds(round(seconds * 10_000))  # on a busy machine the clock above ends it
        found = self.routing.SolveWithParameters(wanted)
        return None if found is None else finished(self.problem, self._tours(found))

    def _tours(self, found: Any) -> dict[str, list[tuple[str, float]]]:
        tours = {}
        for r, shift in enumerate(self.problem.shifts):
            stops = []
            index = found.Value(self.routing.NextVar(self.routing.Start(r)))
            while not self.routing.IsEnd(index):
                task = self.problem.tasks[self.manager.IndexToNode(index)]
                stops.append((task.id, found.Min(self.time.CumulVar(index)) / SCALE))
                index = found.Value(self.routing.NextVar(index))
            tours[shift.id] = stops
        return tours
