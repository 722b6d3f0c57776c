"""How the compiled search sees a plan: rows of records, one per task, tour, visit, window and break.

A *visit* is one or two *tasks*; the tasks of visit v are the nodes 2v and 2v + 1, the second left empty when there is
only one. Behind them stands one node per tour (its *gate*), so that every tour is a ring: gate, tasks, gate. A *key*
per node keeps all rings, pairs and orders in one topological order, in which changed starts are passed on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

SINGLE, TOGETHER, SEQUENTIAL, INDEPENDENT = 0, 1, 2, 3
NOWHERE = -1
FORBIDDEN = 2.0**50  # in `dear`, where it fits exactly: this tour may never have this task
TOLERANCE = 1e-3

# Two cache lines of 64 bytes: what nearly every move looks at lies in the first.
NODE = np.dtype(
    [
        ("next", "i4"),
        ("prev", "i4"),
        ("tour", "i4"),  # NOWHERE while not placed
        ("rest", "i4"),  # the break taken right after this node, or NOWHERE
        ("leave", "i4"),  # place the carer leaves from after this node
        ("reach", "i4"),  # place to be reached for this node
        ("kind", "i4"),
        ("frozen", "i4"),  # begun: stays where and when it is
        ("key", "f8"),
        ("start", "f8"),  # the earliest start; scoring may shift it later to save waiting
        ("opens", "f8"),
        ("minutes", "f8"),
        ("stamp", "i4"),  # the move that last changed the start
        ("queued", "i4"),
        ("first_order", "i4"),  # orders in which this node takes part: a range in `orders`
        ("last_order", "i4"),
        ("window", "i4"),  # chosen window: no start before it opens
        ("first_window", "i4"),
        ("last_window", "i4"),
        ("person", "i4"),
        ("closes", "f8"),
        ("reopens", "f8"),  # when the next window opens
        ("late", "f8"),  # cost per minute after `closes`
        ("event", "f8"),  # cost of being late at all: above 0 for hard windows
    ],
    align=True,
)
DETAIL = np.dtype(
    [
        ("known", "f8"),  # start that people know, NaN when none
        ("critical", "f8"),  # soft cost per minute late, whatever the chosen window
        ("lag", "f8"),  # waiting in the tour up to this task
    ],
    align=True,
)
VISIT = np.dtype(
    [
        ("kind", "i4"),
        ("same", "i4"),  # may one carer do both?
        ("placed", "i4"),
        ("fixed", "i4"),  # never moved
        ("droppable", "i4"),
        ("least", "f8"),
        ("most", "f8"),
        ("skip", "f8"),  # cost while not placed
    ],
    align=True,
)
TOUR = np.dtype(
    [
        ("carer", "i4"),
        ("day", "i4"),
        ("first_break", "i4"),
        ("last_break", "i4"),
        ("stamp", "i4"),
        ("length", "i4"),
        ("starts", "f8"),
        ("ends", "f8"),
        ("latest", "f8"),
        ("pause", "f8"),  # minutes of all breaks
        ("extra", "f8"),  # weighted costs of the tour but driving and fixed ones
        ("late", "f8"),
        ("wait", "f8"),
        ("idle", "f8"),
        ("load", "f8"),
        ("delay", "f8"),  # how much later than possible the carer leaves, to save waiting
        ("old_extra", "f8"),  # what they were before the move
        ("old_late", "f8"),
        ("old_wait", "f8"),
        ("old_idle", "f8"),
        ("old_load", "f8"),
    ],
    align=True,
)
CARER = np.dtype([("load", "f8"), ("most", "f8"), ("share", "f8")], align=True)
KEPT = np.dtype([("next", "i4"), ("tour", "i4"), ("rest", "i4"), ("window", "i4"), ("key", "f8")], align=True)
POINT = np.dtype([("delay", "f8"), ("costs", "f8")], align=True)
WINDOW = np.dtype([("opens", "f8"), ("closes", "f8"), ("day", "i4"), ("hard", "i4")], align=True)
BREAK = np.dtype([("tour", "i4"), ("after", "i4"), ("opens", "f8"), ("closes", "f8"), ("minutes", "f8")], align=True)
ORDER = np.dtype([("other", "i4"), ("forward", "i4"), ("gap", "f8")], align=True)
ROTA = np.dtype([("tour", "i4"), ("day", "i4"), ("starts", "f8"), ("ends", "f8")], align=True)
ENTRY = np.dtype([("what", "i4"), ("where", "i4"), ("old", "f8")], align=True)

WEIGHTS = [
    "driving",
    "working",
    "worst_late",
    "waiting",
    "worst_waiting",
    "overtime",
    "missed_break",
    "worst_idle",
    "unfair",
    "over_hours",
    "more_faces",
    "changed_time",
    "broken",
    "broken_minutes",
]
TOTALS = [
    "driving",
    "fixed",
    "faces",
    "late",
    "worst",
    "extra",
    "peaks",
    "cost",
    "top_late",  # the worst of all tours
    "top_wait",
    "top_idle",
    "load",  # minutes of driving and tasks of all carers
]
ARRAYS = [
    "nodes",
    "details",
    "visits",
    "tours",
    "carers",
    "windows",
    "breaks",
    "orders",
    "travel",
    "dear",
    "near",
    "able",
    "able_from",
    "seen",
    "familiar",
    "visited",
    "visited_from",
    "rota",
    "rota_from",
    "journal",
    "queue",
    "touched",
    "gaps",
    "points",
    "kept",
    "tally",
]

DESK = np.dtype(
    [(name, "i8") for name in ARRAYS]  # addresses
    + [(f"per_{name}", "f8") for name in WEIGHTS]
    + [
        ("full", "i4"),  # tours are scored; otherwise driving, lateness and fixed costs are all there is (light mode)
        ("has_peaks", "i4"),
        ("has_faces", "i4"),
        ("has_loads", "i4"),
        ("has_hours", "i4"),
        ("has_dear", "i4"),
        ("has_windows", "i4"),
        ("has_breaks", "i4"),
        ("gates", "i4"),  # node of the first gate
        ("node_count", "i4"),
        ("visit_count", "i4"),
        ("tour_count", "i4"),
        ("carer_count", "i4"),
        ("person_count", "i4"),
        ("break_count", "i4"),
        ("place_count", "i4"),
        ("near_size", "i4"),
        ("entries", "i4"),  # in the journal
        ("queued", "i4"),
        ("touched_count", "i4"),
        ("stamp", "i4"),  # number of the move
        ("block", "i4"),  # first of the visits that moves are tried on for a while
        ("block_left", "i4"),
        ("dice", "u8"),  # state of the random numbers
    ]
    + [
        (name, "f8") for name in TOTALS
    ]  # driving in minutes, fixed: who does what and what is not placed; worst: minutes
    + [(f"old_{name}", "f8") for name in TOTALS]
    + [
        ("fresh", "f8"),  # weighted lateness of the tasks that the move has shifted: no more can be saved there
        ("worst_moved", "f8"),  # 1 when a task that was latest of all has been shifted
        ("best_cost", "f8"),
        ("least_late", "f8"),  # least weight of a minute late
    ],
    align=True,
)

# Never written after they are made, so that several searches share them.
FIXED = (
    "travel", "dear", "near", "able", "able_from", "familiar", "visited", "visited_from", "rota", "rota_from",
    "windows", "orders",
)  # fmt: skip

# What a journal entry restores.
NEXT, PREV, TOUR_OF, KEY, START, WINDOW_OF, REST, AFTER, PLACED = range(9)

Records = npt.NDArray[Any]
Desk = Any  # the one DESK record, as the compiled functions see it


@dataclass(frozen=True)
class Board:
    """The arrays of one search, and the desk with their addresses."""

    arrays: Mapping[str, Records]
    desk: Records

    def __getattr__(self, name: str) -> Records:
        try:
            return self.arrays[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def b(self) -> Desk:
        """The desk as compiled functions take it."""
        return self.desk[0]


def twin(board: Board, dice: int) -> Board:
    """A copy with other luck."""
    desk = {name: board.desk[0][name] for name in DESK.names or () if name not in ARRAYS}
    arrays = {name: array if name in FIXED else array.copy() for name, array in board.arrays.items()}
    return lay_out(arrays, desk | {"dice": dice})


def lay_out(arrays: Mapping[str, Records], facts: Mapping[str, float]) -> Board:
    """A board of these arrays; `facts` are the other fields of the desk."""
    desk = np.zeros(1, DESK)
    for name in ARRAYS:
        if not arrays[name].flags.c_contiguous:
            raise ValueError(f"{name} must lie in one piece")
        desk[name] = arrays[name].ctypes.data
    for name, value in facts.items():
        desk[name] = value
    return Board(arrays, desk)
