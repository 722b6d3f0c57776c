# ruff: noqa: FBT001, FBT003 - compiled functions take their arguments, flags too, by position
"""Simulated annealing, a stretch of moves at a time, so that the caller can show progress and stop it."""

import math

import numpy as np

from .board import START, Desk
from .construct import keep, renew
from .desk import carer_at, count_move, entry_at, node_at, touched_at, tour_at, visit_at
from .edits import draw, pick, undo
from .jit import compiled
from .lateness import late_minutes
from .moves import move_a_break, relocate, swap, switch_window
from .rings import half_of
from .scoring import add_up, score_tour, shift_peaks
from .tails import exchange_tails, trade_tours
from .timing import clear_queue, settle
from .visit_moves import drop_visit, replace_visit

RELOCATE, SWAP, TAILS, REPLACE, DROP, BREAK, WINDOW, TRADE = range(8)
KINDS = 8
BLOCK, BLOCK_MOVES = (
    256,
    5000,
)  # in a city so many visits side by side get so many moves before others: they stay cached
SMALL = 6000  # nodes; larger plans are kept once per stretch, because copying them takes longer than a move


@compiled
def choose_visit(b: Desk) -> int:
    count = b.visit_count
    if count <= 2 * BLOCK:
        return pick(b, count)
    if b.block_left <= 0:
        b.block = pick(b, count)
        b.block_left = BLOCK_MOVES
    b.block_left -= 1
    v = b.block + pick(b, BLOCK)
    return int(v - count if v >= count else v)


@compiled
def choose_kind(b: Desk, v: int, shares: np.ndarray) -> int:
    """Which kind of move to try on visit v."""
    if not visit_at(b, v).placed:
        return REPLACE
    luck = draw(b)
    kind = 0
    while kind < KINDS - 1 and luck >= shares[kind]:
        kind += 1
    return kind


@compiled
def propose(b: Desk, v: int, kind: int, room: float) -> bool:
    if visit_at(b, v).fixed:
        return False
    if kind == RELOCATE:
        return bool(relocate(b, half_of(b, v), room))
    if kind == SWAP:
        return bool(swap(b, half_of(b, v), room))
    if kind == TAILS:
        return bool(exchange_tails(b, half_of(b, v), room))
    if kind == TRADE:
        return bool(trade_tours(b, half_of(b, v), room))
    if kind == REPLACE:
        return bool(replace_visit(b, v, room))
    if kind == DROP:
        return bool(visit_at(b, v).droppable) and bool(drop_visit(b, v, room))
    if kind == BREAK:
        return bool(move_a_break(b, node_at(b, half_of(b, v)).tour))
    return bool(switch_window(b, half_of(b, v)))


@compiled
def new_worst(b: Desk) -> float:
    """The greatest lateness after the move (light mode)."""
    worst = 0.0
    if b.worst_moved > 0.0:
        gates = b.gates
        for x in range(gates):
            if node_at(b, x).tour >= 0:
                worst = max(worst, late_minutes(b, x, node_at(b, x).start))
        return worst
    for k in range(b.entries):
        if entry_at(b, k).what == START:
            x = entry_at(b, k).where
            worst = max(worst, late_minutes(b, x, node_at(b, x).start))
    return float(max(worst, b.worst))


@compiled
def rescore(b: Desk) -> None:
    """Score the touched tours anew, keeping what they were."""
    for k in range(b.touched_count):
        r = touched_at(b, k)
        save_tour(b, r)
        b.extra -= tour_at(b, r).extra
        score_tour(b, r)
        b.extra += tour_at(b, r).extra
    shift_peaks(b)


@compiled
def judge(b: Desk, limit: float) -> bool:
    """Is the plan after the move, its starts settled, within the limit?"""
    if not b.full:
        if b.per_driving * b.driving + b.fixed + b.faces + b.late > limit:
            return False
        b.worst = new_worst(b)
        return bool(add_up(b) <= limit)
    rescore(b)
    return bool(add_up(b) <= limit)


@compiled
def save_tour(b: Desk, r: int) -> None:
    t = tour_at(b, r)
    t.old_extra, t.old_late, t.old_wait, t.old_idle, t.old_load = t.extra, t.late, t.wait, t.idle, t.load


@compiled
def restore_tour(b: Desk, r: int) -> None:
    t = tour_at(b, r)
    if b.has_loads:
        carer_at(b, t.carer).load += t.old_load - t.load
    t.extra, t.late, t.wait, t.idle, t.load = t.old_extra, t.old_late, t.old_wait, t.old_idle, t.old_load


@compiled
def save_totals(b: Desk) -> None:
    b.old_driving, b.old_fixed, b.old_faces = b.driving, b.fixed, b.faces
    b.old_late, b.old_worst, b.old_extra, b.old_peaks = b.late, b.worst, b.extra, b.peaks
    b.old_cost, b.old_top_late, b.old_top_wait, b.old_top_idle = b.cost, b.top_late, b.top_wait, b.top_idle
    b.old_load = b.load


@compiled
def restore_totals(b: Desk) -> None:
    b.driving, b.fixed, b.faces = b.old_driving, b.old_fixed, b.old_faces
    b.late, b.worst, b.extra, b.peaks = b.old_late, b.old_worst, b.old_extra, b.old_peaks
    b.cost, b.top_late, b.top_wait, b.top_idle = b.old_cost, b.old_top_late, b.old_top_wait, b.old_top_idle
    b.load = b.old_load


@compiled
def reject(b: Desk, rescored: bool) -> None:
    if rescored:
        for k in range(b.touched_count):
            restore_tour(b, touched_at(b, k))
    clear_queue(b)
    undo(b)
    restore_totals(b)


@compiled
def step(b: Desk, room: float, shares: np.ndarray) -> None:
    """One move: proposed, settled, judged, kept or taken back."""
    v = choose_visit(b)
    kind = choose_kind(b, v, shares)
    save_totals(b)
    b.entries = 0
    b.queued = 0
    b.touched_count = 0
    b.stamp += 1
    b.fresh = 0.0
    b.worst_moved = 0.0
    limit = b.cost + room
    count_move(b, kind, 0)
    if not propose(b, v, kind, room):
        if b.entries > 0:
            reject(b, False)
        return
    base = b.per_driving * b.driving + b.fixed + b.faces
    if not settle(b, limit - base):
        reject(b, False)
        return
    if not judge(b, limit):
        reject(b, b.full != 0)
        return
    count_move(b, kind, 1)
    if b.cost < b.best_cost - 1e-7 and b.node_count < SMALL:
        keep(b)


@compiled
def anneal(b: Desk, moves: int, hot: float, cold: float, shares: np.ndarray) -> None:
    """So many moves while the temperature falls from hot to cold; sums are reckoned anew at the end."""
    rate = (cold / hot) ** (1.0 / max(moves, 1))
    temperature = hot
    for _ in range(moves):
        temperature *= rate
        step(b, -temperature * math.log(draw(b) + 1e-300), shares)
    renew(b)
    if b.cost < b.best_cost - 1e-7:
        keep(b)
