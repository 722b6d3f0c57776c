"""The best plan so far, to be looked at while the search goes on."""

import threading
from dataclasses import dataclass

from .board import Board, Records, twin
from .compiled import Numbers
from .construct import bring_back
from .plan import Plan
from .problem import Problem
from .readout import read_plan


@dataclass(frozen=True)
class Snapshot:
    """The best plan of a seed as it was at the end of a stretch of moves; nothing writes to it any more."""

    cost: float
    rows: Records


def snapshot_of(board: Board) -> Snapshot:
    return Snapshot(float(board.desk[0]["best_cost"]), board.kept.copy())


class Darkroom:
    """Makes plans of snapshots on a board of its own, for any thread, one at a time."""

    def __init__(self, problem: Problem, numbers: Numbers, board: Board) -> None:
        self.problem, self.numbers = problem, numbers
        self.board = twin(board, 1)
        self.one_at_a_time = threading.Lock()

    def develop(self, snapshot: Snapshot) -> Plan:
        with self.one_at_a_time:
            self.board.kept[:] = snapshot.rows
            bring_back(self.board.b)
            return read_plan(self.problem, self.numbers, self.board)
