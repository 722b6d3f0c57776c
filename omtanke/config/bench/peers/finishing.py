# ruff: noqa: FBT003 - compiled functions take their arguments, flags too, by position
"""From another planner's sequences to a whole plan, in the peer's favour."""

from collections.abc import Collection, Mapping, Sequence

from omtanke.kernel.planning.board import SINGLE, Board
from omtanke.kernel.planning.compiled import build
from omtanke.kernel.planning.construct import renew, take_breaks
from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.planning.problem import Problem, Task
from omtanke.kernel.planning.readout import read_plan
from omtanke.kernel.planning.search import leave_out_what_breaks_rules
from omtanke.kernel.planning.trials import best_pair_place, best_place, try_pair, try_place

Tours = Mapping[str, Sequence[tuple[str, float]]]  # by shift: task and start, in order


def finished(problem: Problem, tours: Tours, loose: Collection[str] = ()) -> Plan:
    """The plan with these tasks in these sequences, begun as early as they allow.

    Breaks are taken when their time has come. Tasks that are left over, or `loose` because the peer could not make
    their times fit, come where they cost least by all costs, and what then still breaks a hard rule is left out: the
    peer is not to look worse than its sequences are.
    """
    tasks = {task.id: task for task in problem.tasks}
    given = {
        shift: tuple(_stop(tasks[name], start) for name, start in stops if name not in loose)
        for shift, stops in tours.items()
    }
    board, numbers = build(problem, 1, Plan(given), complete=False)
    take_breaks(board.b)
    renew(board.b)
    for v in range(len(board.visits)):
        if not board.visits[v]["placed"]:
            _insert(board, v)
    plan = read_plan(problem, numbers, board)
    return leave_out_what_breaks_rules(problem, plan, evaluate(problem, plan))[0]


def _stop(task: Task, start: float) -> Stop:
    return Stop(task.place, start, start + task.minutes, task.id)


def _insert(board: Board, v: int) -> None:
    """Put visit v where it costs least, if leaving it out does not cost less."""
    if board.visits[v]["kind"] == SINGLE:
        _insert_one(board, 2 * v)
    else:
        _insert_pair(board, 2 * v)


def _insert_one(board: Board, x: int) -> None:
    places = [(*best_place(board.b, x, r), r) for r in _able(board, x)]
    cost, before, luck, r = min(places, default=(float("inf"), 0, 0, 0))
    if cost < board.desk[0]["cost"]:
        board.desk["dice"] = luck
        try_place(board.b, x, before, r, True)


def _insert_pair(board: Board, x: int) -> None:
    places = [(*best_pair_place(board.b, x, r), r) for r in _able(board, x)]
    cost, before, other, s, luck, r = min(places, default=(float("inf"), 0, 0, 0, 0, 0))
    if cost < board.desk[0]["cost"]:
        board.desk["dice"] = luck
        try_pair(board.b, x, before, r, other, s, True)


def _able(board: Board, x: int) -> list[int]:
    """Tours that may have task x."""
    tours: list[int] = board.able[board.able_from[x] : board.able_from[x + 1]].tolist()
    return tours
