# ruff: noqa: FBT001, FBT003 - compiled functions take their arguments, flags too, by position
"""What a single placement would cost, exactly: the search's own evaluation without its luck."""

import numpy as np

from .anneal import judge, reject, save_totals
from .board import SINGLE, TOGETHER, Desk
from .desk import able, able_from, node_at, visit_at
from .edits import head, may_have, place_visit, push
from .jit import compiled
from .rings import attach, detach, place_key
from .timing import fit_key, settle

NO_LIMIT = 1e300
TRIES = 3  # a break or several windows leave a choice, which luck makes; so each place is tried so often


@compiled
def begin_trial(b: Desk) -> None:
    save_totals(b)
    b.entries = 0
    b.queued = 0
    b.touched_count = 0
    b.stamp += 1
    b.fresh = 0.0
    b.worst_moved = 0.0


@compiled
def end_trial(b: Desk, possible: bool, keep_it: bool) -> float:
    """Settle and judge what was changed; the cost, or infinity where times go in circles."""
    possible = possible and settle(b, NO_LIMIT)
    if not possible:
        reject(b, False)
        return np.inf
    judge(b, NO_LIMIT)
    cost = b.cost
    if not keep_it:
        reject(b, b.full != 0)
    return float(cost)


@compiled
def put(b: Desk, x: int, u: int, r: int) -> bool:
    """Put task x, which is out, after node u of tour r."""
    if node_at(b, node_at(b, u).next).frozen:
        return False
    attach(b, x, u, r)
    whole = node_at(b, x).kind != TOGETHER or node_at(b, x ^ 1).tour < 0
    if whole:
        place_key(b, x)
    push(b, x)
    if node_at(b, x).kind != TOGETHER or not whole:
        fit_key(b, head(b, x))
    return True


@compiled
def try_place(b: Desk, x: int, u: int, r: int, keep_it: bool) -> float:
    """Cost of the plan with task x (the mate staying where it is) right after node u of tour r."""
    begin_trial(b)
    possible = node_at(b, x).tour < 0 or detach(b, x)
    if visit_at(b, x >> 1).kind == SINGLE:
        place_visit(b, x >> 1, 1)
    return end_trial(b, possible and put(b, x, u, r), keep_it)


@compiled
def try_pair(b: Desk, x: int, u: int, r: int, w: int, s: int, keep_it: bool) -> float:
    """Cost of the plan with task x after u of tour r and its mate after w of tour s; both are out."""
    begin_trial(b)
    place_visit(b, x >> 1, 1)
    possible = put(b, x, u, r) and put(b, x ^ 1, w, s)
    return end_trial(b, possible, keep_it)


@compiled
def best_place(b: Desk, x: int, r: int) -> tuple[float, int, int]:
    """The cheapest place for task x in tour r: cost, node before it, and the luck that led there."""
    best, before, luck = np.inf, -1, b.dice
    gates = b.gates
    u = gates + r
    while True:
        if u != x:
            for _ in range(TRIES):
                dice = b.dice
                cost = try_place(b, x, u, r, False)
                if cost < best:
                    best, before, luck = cost, u, dice
        u = node_at(b, u).next
        if u >= gates:
            return best, before, luck


@compiled
def best_pair_place(b: Desk, x: int, r: int) -> tuple[float, int, int, int, int]:
    """The cheapest places for task x in tour r and for its mate in any tour, both being out."""
    best, before, other, other_tour, luck = np.inf, -1, -1, -1, b.dice
    gates = b.gates
    y = x ^ 1
    for k in range(able_from(b, y), able_from(b, y + 1)):
        s = able(b, k)
        if s == r or not may_have(b, y, s):
            continue
        u = gates + r
        while True:
            w = gates + s
            while True:
                dice = b.dice
                cost = try_pair(b, x, u, r, w, s, False)
                if cost < best:
                    best, before, other, other_tour, luck = cost, u, w, s, dice
                w = node_at(b, w).next
                if w >= gates:
                    break
            u = node_at(b, u).next
            if u >= gates:
                break
    return best, before, other, other_tour, luck
