"""Looking things up on the desk, by name instead of by address."""

import numpy as np

from . import board as layout
from .board import Desk
from .jit import compiled
from .memory import Row, read_float, read_int, read_single, row_reader, write_float, write_int

_node = row_reader(layout.NODE)
_detail = row_reader(layout.DETAIL)
_visit = row_reader(layout.VISIT)
_tour = row_reader(layout.TOUR)
_carer = row_reader(layout.CARER)
_window = row_reader(layout.WINDOW)
_break = row_reader(layout.BREAK)
_order = row_reader(layout.ORDER)
_rota = row_reader(layout.ROTA)
_entry = row_reader(layout.ENTRY)
_kept = row_reader(layout.KEPT)
_point = row_reader(layout.POINT)


@compiled
def node_at(b: Desk, x: int) -> Row:
    return _node(b.nodes, x)


@compiled
def detail_at(b: Desk, x: int) -> Row:
    return _detail(b.details, x)


@compiled
def visit_at(b: Desk, v: int) -> Row:
    return _visit(b.visits, v)


@compiled
def tour_at(b: Desk, r: int) -> Row:
    return _tour(b.tours, r)


@compiled
def carer_at(b: Desk, c: int) -> Row:
    return _carer(b.carers, c)


@compiled
def window_at(b: Desk, w: int) -> Row:
    return _window(b.windows, w)


@compiled
def break_at(b: Desk, p: int) -> Row:
    return _break(b.breaks, p)


@compiled
def order_at(b: Desk, k: int) -> Row:
    return _order(b.orders, k)


@compiled
def entry_at(b: Desk, k: int) -> Row:
    return _entry(b.journal, k)


@compiled
def kept_at(b: Desk, x: int) -> Row:
    return _kept(b.kept, x)


@compiled
def point_at(b: Desk, i: int) -> Row:
    """Scratch: from which delay on a task costs lateness."""
    return _point(b.points, i)


@compiled
def travel(b: Desk, origin: int, destination: int) -> float:
    return float(read_single(b.travel, origin * b.place_count + destination))


@compiled
def dear(b: Desk, x: int, r: int) -> float:
    """Fixed cost of task x on tour r, or FORBIDDEN."""
    return float(read_single(b.dear, x * b.tour_count + r))


@compiled
def near(b: Desk, v: int, rank: int) -> int:
    """A visit that stands well next to v."""
    return read_int(b.near, v * b.near_size + rank)


@compiled
def able(b: Desk, k: int) -> int:
    """Tours that may have a node x: able(able_from(x)) .. able(able_from(x + 1) - 1)."""
    return read_int(b.able, k)


@compiled
def able_from(b: Desk, x: int) -> int:
    return read_int(b.able_from, x)


@compiled
def seen(b: Desk, person: int, carer: int) -> int:
    """How many tasks this carer has with this person."""
    return read_int(b.seen, person * b.carer_count + carer)


@compiled
def set_seen(b: Desk, person: int, carer: int, times: int) -> None:
    write_int(b.seen, person * b.carer_count + carer, np.int32(times))


@compiled
def familiar(b: Desk, person: int, carer: int) -> bool:
    """Has this carer been with the person lately?"""
    return read_int(b.familiar, person * b.carer_count + carer) != 0


@compiled
def visited(b: Desk, k: int) -> int:
    """The nodes of a person: visited(visited_from(p)) .. visited(visited_from(p + 1) - 1)."""
    return read_int(b.visited, k)


@compiled
def visited_from(b: Desk, person: int) -> int:
    return read_int(b.visited_from, person)


@compiled
def rota_at(b: Desk, k: int) -> Row:
    """The tours of a carer: rota_at(rota_from(c)) .. rota_at(rota_from(c + 1) - 1)."""
    return _rota(b.rota, k)


@compiled
def rota_from(b: Desk, carer: int) -> int:
    return read_int(b.rota_from, carer)


@compiled
def queue_at(b: Desk, i: int) -> int:
    return read_int(b.queue, i)


@compiled
def set_queue(b: Desk, i: int, x: int) -> None:
    write_int(b.queue, i, np.int32(x))


@compiled
def touched_at(b: Desk, i: int) -> int:
    return read_int(b.touched, i)


@compiled
def set_touched(b: Desk, i: int, r: int) -> None:
    write_int(b.touched, i, np.int32(r))


@compiled
def gap_at(b: Desk, i: int) -> float:
    """Scratch: waiting in the tour up to its i-th wait."""
    return read_float(b.gaps, i)


@compiled
def set_gap(b: Desk, i: int, minutes: float) -> None:
    write_float(b.gaps, i, minutes)


@compiled
def count_move(b: Desk, kind: int, outcome: int) -> None:
    """Count a move of this kind as tried (0) or accepted (1)."""
    i = 2 * kind + outcome
    write_int(b.tally, i, np.int32(read_int(b.tally, i) + 1))
