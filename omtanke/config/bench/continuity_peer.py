"""The same days planned by PyVRP one after the other: the least driving, by a library that knows no faces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from omtanke.config.bench.peers.pyvrp_two_phase import plan_by_driving
from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.planning.problem import Problem


def by_day(problem: Problem, seconds: float, clock: Callable[[], float] = time.perf_counter) -> Plan:
    """All days of the problem, each in its share of the seconds. Raises PyVRPMissing."""
    days = sorted({task.windows[0].day for task in problem.tasks})
    tours: dict[str, tuple[Stop, ...]] = {}
    unplaced: list[str] = []
    for day in days:
        plan = plan_by_driving(one_day(problem, day), seconds / len(days), clock=clock)
        tours |= plan.tours
        unplaced += plan.unplaced
    return Plan(tours, tuple(unplaced))


def one_day(problem: Problem, day: int) -> Problem:
    """What is asked of that day alone."""
    tasks = tuple(task for task in problem.tasks if task.windows[0].day == day)
    names = {task.id for task in tasks}
    return replace(
        problem,
        shifts=tuple(shift for shift in problem.shifts if shift.day == day),
        tasks=tasks,
        pairs=tuple(pair for pair in problem.pairs if {pair.first, pair.second} <= names),
        orders=tuple(order for order in problem.orders if {order.first, order.then} <= names),
    )
