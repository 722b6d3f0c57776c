"""Find a good plan: simulated annealing from several seeds side by side, the best of them kept.

With `moves` given, the same seed makes the same moves and finds the same plan on every machine; with `seconds` it
makes as many moves as time allows. Progress is told and cancelling noticed some fifty times a second.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from .anneal import BREAK, DROP, KINDS, RELOCATE, REPLACE, SWAP, TAILS, WINDOW, anneal
from .board import Board, Records
from .compiled import build
from .construct import bring_back, renew
from .cost import Cost, Fault, evaluate
from .plan import Plan
from .problem import Problem
from .readout import drop_late_breaks, read_plan

STRETCH = 20_000  # moves between two looks at clock, progress and cancelling
HOT_LEGS, COLD_LEGS = 6.0, 0.05  # first and last temperature, in costs of an average leg
SHARES = {RELOCATE: 0.45, SWAP: 0.30, TAILS: 0.10, REPLACE: 0.15}


@dataclass(frozen=True)
class Effort:
    """How long to search. Give `seconds` or `moves` (per seed); `heat` and `cold` scale the temperatures.

    `clock` counts the seconds: `time.thread_time` measures fairly on a machine that is busy with other things.
    """

    seconds: float | None = None
    moves: int | None = None
    seeds: tuple[int, ...] = (1,)
    heat: float = 1.0
    cold: float = 1.0
    clock: Callable[[], float] = time.perf_counter

    def __post_init__(self) -> None:
        if (self.seconds is None) == (self.moves is None):
            raise ValueError("an effort is either seconds or moves")
        if not self.seeds:
            raise ValueError("an effort needs a seed")


@dataclass(frozen=True)
class Progress:
    """How far the search has come: done from 0 to 1, and the best cost so far."""

    done: float
    best: float
    moves: int


@dataclass(frozen=True)
class Found:
    plan: Plan
    cost: Cost
    moves: int


class Cancelled(Exception):  # noqa: N818 - it is no error
    """Raised by nobody but the caller's own progress function, to stop with the best plan so far."""


class _Run:
    """One seed's search."""

    def __init__(self, problem: Problem, seed: int, start: Plan | None) -> None:
        self.board, self.numbers = build(problem, seed, start)
        self.moves = 0
        self.shares = shares_of(self.board)
        self.leg = average_leg(self.board)
        self.stop = threading.Event()

    def go(self, effort: Effort, tell: Callable[[Progress], None] | None) -> None:
        if len(self.board.visits) == 0 or len(self.board.tours) == 0:
            return
        began = effort.clock()
        hot, cold = HOT_LEGS * self.leg * effort.heat, COLD_LEGS * self.leg * effort.cold
        done = 0.0
        while done < 1.0 and not self.stop.is_set():
            temperature = hot * (cold / hot) ** done
            stretch = STRETCH if effort.moves is None else min(STRETCH, effort.moves - self.moves)
            after = 1.0 if effort.moves is None else (self.moves + stretch) / effort.moves
            next_temperature = temperature if effort.moves is None else hot * (cold / hot) ** after
            anneal(self.board.b, stretch, temperature, next_temperature, self.shares)
            self.moves += stretch
            done = after if effort.moves is not None else (effort.clock() - began) / (effort.seconds or 1e-9)
            if tell is not None:
                tell(Progress(min(done, 1.0), float(self.board.desk[0]["best_cost"]), self.moves))
        bring_back(self.board.b)


def shares_of(b: Board) -> Records:
    """How often each kind of move is tried, as a running sum; kinds that can do nothing here get no share."""
    shares = np.zeros(KINDS)
    for kind, share in SHARES.items():
        shares[kind] = share
    if b.visits["droppable"].any():
        shares[DROP] = 0.04
    if b.desk[0]["has_breaks"]:
        shares[BREAK] = 0.05
    if b.desk[0]["has_windows"]:
        shares[WINDOW] = 0.03
    running: Records = np.cumsum(shares) / shares.sum()
    return running


def average_leg(b: Board) -> float:
    """Cost of an average drive between two stops of the first plan: the natural unit of temperature."""
    legs = max(1, int((b.nodes["tour"] >= 0).sum()))
    cost = float(b.desk[0]["per_driving"] * b.desk[0]["driving"])
    return max(cost / legs, 1e-6) if cost < 1e6 * legs else 1e3


def search(
    problem: Problem,
    effort: Effort,
    *,
    start: Plan | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Found:
    """The best plan found. `tell` may raise Cancelled to stop with what there is."""
    runs = [_Run(problem, seed, start) for seed in effort.seeds]
    if len(runs) == 1:
        _watched(runs[0], effort, tell)
    else:
        with ThreadPoolExecutor(len(runs)) as pool:
            for future in [pool.submit(run.go, effort, None) for run in runs[1:]]:
                future.add_done_callback(lambda _: None)
            try:
                _watched(runs[0], effort, tell)
            except BaseException:
                for run in runs:
                    run.stop.set()
                raise
    best = min(runs, key=lambda run: float(run.board.desk[0]["best_cost"]))
    return _read(problem, best, sum(run.moves for run in runs))


def _watched(run: _Run, effort: Effort, tell: Callable[[Progress], None] | None) -> None:
    try:
        run.go(effort, tell)
    except Cancelled:
        bring_back(run.board.b)


def _read(problem: Problem, run: _Run, moves: int) -> Found:
    plan = read_plan(problem, run.numbers, run.board)
    cost = evaluate(problem, plan)
    if drop_late_breaks(run.board):
        renew(run.board.b)
        other = read_plan(problem, run.numbers, run.board)
        other_cost = evaluate(problem, other)
        if other_cost.total <= cost.total + 1e-6:
            plan, cost = other, other_cost
    return Found(*leave_out_what_breaks_rules(problem, plan, cost), moves)


def leave_out_what_breaks_rules(problem: Problem, plan: Plan, cost: Cost) -> tuple[Plan, Cost]:
    """Rather a visit less than a hard rule broken: takes out what the search could not keep within the rules."""
    mates = {pair.first: pair.second for pair in problem.pairs} | {pair.second: pair.first for pair in problem.pairs}
    begun = {task.id for task in problem.tasks if task.begun}
    while cost.faults:
        name = _to_leave_out(plan, cost.faults, begun)
        if name is None:
            return plan, cost
        out = {name, mates.get(name, name)}
        tours = {shift: tuple(s for s in stops if s.task not in out) for shift, stops in plan.tours.items()}
        board, numbers = build(problem, 1, Plan(tours), complete=False)
        plan = read_plan(problem, numbers, board)
        cost = evaluate(problem, plan)
    return plan, cost


def _to_leave_out(plan: Plan, faults: Sequence[Fault], begun: set[str]) -> str | None:
    """The task behind the first fault; where a shift ends too late, its last."""
    for fault in faults:
        if fault.task is not None and fault.task not in begun:
            return fault.task
        last = [s.task for s in plan.tours.get(fault.shift or "", ()) if s.task is not None and s.task not in begun]
        if fault.task is None and last:
            return last[-1]
    return None


def warm() -> None:
    """Compile everything, or load it, so that no first request waits for it."""
    from .example import small_example

    search(small_example(), Effort(moves=100))
