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

from .anneal import BREAK, DROP, KINDS, RELOCATE, REPLACE, SWAP, TAILS, TRADE, WINDOW, anneal
from .board import Board, Records, twin
from .compiled import Numbers, build, luck
from .construct import bring_back, renew
from .cost import Cost, Fault, evaluate
from .jit import one_at_a_time
from .plan import Plan
from .problem import UNREACHABLE, Problem
from .readout import drop_late_breaks, read_plan
from .snapshot import Darkroom, snapshot_of

STRETCH = 20_000  # moves between two looks at clock, progress and cancelling, in a city some times that
CITY = 1_000  # visits
TRIAL = 10_000  # moves that tell how fast this machine is
MOVES_A_ROUND = 200_000  # per task: then a small plan is better cooled again than cooled more slowly
LARGE = 130  # tasks from which one round takes longer
MOST_ROUNDS = 10
MOVES_FOR_FULL_HEAT = 400_000  # per task
LEAST_HEAT = 0.2
LEAST_DRIVING = 0.1  # cost of a minute, where driving costs less or nothing
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
    """How far the search has come: done from 0 to 1, the best cost of all seeds so far, and the moves they have made.

    `best_plan()` gives the plan of that cost. It is read only when asked for (a millisecond per hundred tasks or two)
    and may be asked for later and in any thread; the search goes on meanwhile. It is the plan as the search sees it:
    what breaks a hard rule is taken out at the very end only.
    """

    done: float
    best: float
    moves: int
    best_plan: Callable[[], Plan]


@dataclass(frozen=True)
class Found:
    plan: Plan
    cost: Cost
    moves: int


class Cancelled(Exception):
    """Raised by nobody but the caller's own progress function, to stop with the best plan so far."""


@dataclass(frozen=True)
class Course:
    """Temperature over the search: so many times from hot to cold."""

    hot: float
    cold: float
    rounds: int

    def at(self, done: float) -> float:
        """The temperature when this share of the search is done."""
        within = min(done, 1.0 - 1e-9) * self.rounds % 1.0
        return float(self.hot * (self.cold / self.hot) ** within)


def course_for(moves: int, tasks: int, leg: float, effort: Effort) -> Course:
    """One slow cooling for large plans, several for small ones, whose luck differs more from try to try.

    Measured in docs/planning.md: the fewer moves there are per task, the cooler it is best to begin.
    """
    enough = MOVES_A_ROUND * max(1.0, tasks / LARGE)
    rounds = int(min(MOST_ROUNDS, max(1.0, moves / tasks / enough)))
    heat = min(1.0, max(LEAST_HEAT, (moves / tasks / rounds / MOVES_FOR_FULL_HEAT) ** 0.5))
    hot = HOT_LEGS * leg * heat * effort.heat
    return Course(hot, min(hot, COLD_LEGS * leg * effort.cold), rounds)


class _Run:
    """One seed's search."""

    def __init__(self, board: Board, numbers: Numbers) -> None:
        self.board, self.numbers = board, numbers
        self.moves = 0
        self.shares = shares_of(self.board)
        self.leg = average_leg(self.board)
        self.stop = threading.Event()
        self.best = snapshot_of(board)

    def go(self, effort: Effort, tell: Callable[[float], None] | None) -> None:
        """Search; `tell` hears what share is done, after each stretch."""
        b = self.board
        if len(b.visits) == 0 or len(b.tours) == 0:
            return
        anneal(b.b, 1, self.leg, self.leg, self.shares)  # compiles, or loads what was compiled, before the clock runs
        began = effort.clock()
        course = self._course(effort)
        longest = STRETCH * max(1, len(b.visits) // CITY)
        done = 0.0
        while done < 1.0 and not self.stop.is_set():
            stretch = longest if effort.moves is None else min(longest, effort.moves - self.moves)
            anneal(b.b, stretch, course.at(done), course.at(done), self.shares)
            self.moves += stretch
            self._publish()
            if effort.moves is not None:
                done = self.moves / effort.moves
            else:
                done = (effort.clock() - began) / (effort.seconds or 1e-9)
            if tell is not None:
                tell(min(done, 1.0))
        bring_back(b.b)

    def _publish(self) -> None:
        """Let others see the best plan, in one assignment: they may be in other threads."""
        if self.board.desk[0]["best_cost"] < self.best.cost:
            self.best = snapshot_of(self.board)

    def _course(self, effort: Effort) -> Course:
        """The temperatures, from how many moves there will be. Where only time is given, a trial tells the speed."""
        moves = effort.moves
        if moves is None:
            before = effort.clock()
            anneal(self.board.b, TRIAL, COLD_LEGS * self.leg, COLD_LEGS * self.leg, self.shares)
            self.moves += TRIAL
            moves = int(TRIAL * (effort.seconds or 0.0) / max(effort.clock() - before, 1e-6))
        tasks = max(1, int((self.board.nodes["minutes"] > 0).sum()))
        return course_for(moves, tasks, self.leg, effort)


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
    if b.desk[0]["has_faces"]:
        shares[TRADE] = 0.03
    running: Records = np.cumsum(shares) / shares.sum()
    return running


def average_leg(b: Board) -> float:
    """Cost of an average drive between two stops, of the first plan or to a near neighbour: the unit of temperature."""
    desk, placed = b.desk[0], int((b.nodes["tour"] >= 0).sum())
    driven = float(desk["driving"]) / max(1, placed)
    places = b.nodes["leave"][: int(desk["gates"]) : 2]
    ways = b.travel[places[:, None], places[b.near[:, :5]]] if len(places) > 1 else np.zeros(1)
    usual = float(np.mean(ways[ways < UNREACHABLE])) if (ways < UNREACHABLE).any() else 1.0
    return max(driven if driven < UNREACHABLE else 0.0, usual, 1.0) * max(float(desk["per_driving"]), LEAST_DRIVING)


def search(
    problem: Problem,
    effort: Effort,
    *,
    start: Plan | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Found:
    """The best plan found. `tell` may raise Cancelled to stop with what there is."""
    board, numbers = build(problem, effort.seeds[0], start)
    runs = [_Run(board, numbers)] + [_Run(twin(board, luck(seed)), numbers) for seed in effort.seeds[1:]]
    _side_by_side(runs, effort, None if tell is None else _reporter(problem, runs, tell))
    best = min(runs, key=lambda run: float(run.board.desk[0]["best_cost"]))
    return _read(problem, best, sum(run.moves for run in runs))


def _reporter(problem: Problem, runs: Sequence[_Run], tell: Callable[[Progress], None]) -> Callable[[float], None]:
    """Tells what all seeds together have reached."""
    darkroom = Darkroom(problem, runs[0].numbers, runs[0].board)

    def report(done: float) -> None:
        best = min((run.best for run in runs), key=lambda snapshot: snapshot.cost)
        tell(Progress(done, best.cost, sum(run.moves for run in runs), lambda: darkroom.develop(best)))

    return report


def _side_by_side(runs: Sequence[_Run], effort: Effort, report: Callable[[float], None] | None) -> None:
    """The first run here, where it can be watched and stopped, the others in threads of their own."""
    with ThreadPoolExecutor(max(1, len(runs) - 1)) as pool:
        others = [pool.submit(run.go, effort, None) for run in runs[1:]]
        try:
            runs[0].go(effort, report)
        except Cancelled:
            bring_back(runs[0].board.b)
            _stop(runs)
        except BaseException:
            _stop(runs)
            raise
        for other in others:
            other.result()


def _stop(runs: Sequence[_Run]) -> None:
    for run in runs:
        run.stop.set()


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
    from .explain import Explainer

    problem = small_example()
    with one_at_a_time():
        plan = search(problem, Effort(moves=100)).plan
        Explainer(problem, plan).alternatives("walk")
        without = {"lift-one", "lift-two"}
        apart = Plan({shift: tuple(s for s in stops if s.task not in without) for shift, stops in plan.tours.items()})
        Explainer(problem, apart).alternatives("lift-one")
