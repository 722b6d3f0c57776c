# ruff: noqa: FBT003 - compiled functions take their arguments, flags too, by position
"""Reckon a whole plan from nothing but its sequences; make a first one; keep and bring back the best."""

import numpy as np

from .board import NOWHERE, SEQUENTIAL, SINGLE, TOGETHER, Desk
from .desk import (
    able,
    able_from,
    break_at,
    dear,
    familiar,
    kept_at,
    node_at,
    seen,
    set_seen,
    tour_at,
    travel,
    visit_at,
)
from .edits import fit_window, open_window
from .jit import compiled
from .lateness import count_late, late_cost, late_minutes
from .problem import UNREACHABLE
from .scoring import add_up, score_peaks, score_tour
from .timing import arrival

MOST_PASSES = 200
LATE_DEARNESS, WAIT_DEARNESS = 3.0, 0.3  # of the first plan, per minute


@compiled
def placed_heads(b: Desk) -> np.ndarray:
    """The nodes that carry a key, in the order of their keys."""
    gates = b.gates
    heads = np.empty(gates, np.int64)
    size = 0
    for x in range(gates):
        if node_at(b, x).tour >= 0 and not (node_at(b, x).kind == TOGETHER and x & 1):
            heads[size] = x
            size += 1
    heads = heads[:size]
    keys = np.empty(size)
    for i in range(size):
        keys[i] = node_at(b, heads[i]).key
    return heads[np.argsort(keys, kind="mergesort")]


@compiled
def start_at(b: Desk, x: int, start: float) -> bool:
    changed = node_at(b, x).start != start
    node_at(b, x).start = start
    return bool(changed)


@compiled
def time_head(b: Desk, x: int) -> bool:
    """Set the start of head x from those before it; True if it changed."""
    if node_at(b, x).frozen:
        return False
    kind = node_at(b, x).kind
    if kind == TOGETHER:
        start = max(arrival(b, x), arrival(b, x + 1))
        return start_at(b, x, start) | start_at(b, x + 1, start)
    if kind != SEQUENTIAL:
        return start_at(b, x, arrival(b, x))
    first = x & ~1
    visit = visit_at(b, x >> 1)
    one = arrival(b, first)
    if x & 1:
        two = max(arrival(b, x), one + visit.least)
        return start_at(b, first, max(one, two - visit.most)) | start_at(b, x, two)
    return start_at(b, x, max(one, node_at(b, x + 1).start - visit.most))


@compiled
def time_all(b: Desk, heads: np.ndarray) -> bool:
    """Earliest starts of all; False if some push each other later without end."""
    gates = b.gates
    for x in range(gates):
        if not node_at(b, x).frozen:
            node_at(b, x).start = -1e9
    for _ in range(MOST_PASSES):
        changed = False
        for x in heads:
            changed = time_head(b, x) or changed
        if not changed:
            return True
    return False


@compiled
def add_tours(b: Desk) -> None:  # noqa: C901 - one walk over all tours
    """Sums of driving, fixed costs and faces by walking all tours."""
    gates = b.gates
    b.driving = b.fixed = b.faces = 0.0
    for i in range(b.person_count):
        for c in range(b.carer_count):
            set_seen(b, i, c, 0)
    for r in range(b.tour_count):
        x = gates + r
        if node_at(b, x).next == x:
            continue
        while True:
            y = node_at(b, x).next
            b.driving += travel(b, node_at(b, x).leave, node_at(b, y).reach)
            x = y
            if x >= gates:
                break
            b.fixed += dear(b, x, r)
            person = node_at(b, x).person
            if person >= 0:
                carer = tour_at(b, r).carer
                if seen(b, person, carer) == 0 and not familiar(b, person, carer):
                    b.faces += b.per_more_faces
                set_seen(b, person, carer, seen(b, person, carer) + 1)
    for v in range(b.visit_count):
        if not visit_at(b, v).placed:
            b.fixed += visit_at(b, v).skip


@compiled
def add_lateness(b: Desk) -> None:
    b.late = b.worst = 0.0
    for r in range(b.tour_count):
        tour_at(b, r).extra = 0.0
    for x in range(b.gates):
        if node_at(b, x).tour >= 0:
            b.late += late_cost(b, x, node_at(b, x).start)
            count_late(b, x, node_at(b, x).tour, 1.0)
            b.worst = max(b.worst, late_minutes(b, x, node_at(b, x).start))


@compiled
def renew(b: Desk) -> float:
    """Reckon starts, sums and scores of the whole plan anew, and space the keys out evenly.

    Returns the cost, infinity when the lags of pairs contradict each other (which only a first plan can bring about).
    """
    heads = placed_heads(b)
    possible = time_all(b, heads)
    starts = np.empty(len(heads))
    for i in range(len(heads)):
        starts[i] = node_at(b, heads[i]).start
    order = np.argsort(starts, kind="mergesort")
    for i in range(len(order)):
        node_at(b, heads[order[i]]).key = float(i)
    add_tours(b)
    add_lateness(b)
    b.extra = 0.0
    if b.full:
        for r in range(b.tour_count):
            score_tour(b, r)
            b.extra += tour_at(b, r).extra
    score_peaks(b)
    add_up(b)
    return float(b.cost) if possible else np.inf


@compiled
def keep(b: Desk) -> None:
    """Remember the plan as it is."""
    b.best_cost = b.cost
    for x in range(b.node_count):
        n = node_at(b, x)
        kept = kept_at(b, x)
        kept.next, kept.tour, kept.rest, kept.window, kept.key = n.next, n.tour, n.rest, n.window, n.key


@compiled
def bring_back(b: Desk) -> None:
    """Return to the plan remembered."""
    gates = b.gates
    for p in range(b.break_count):
        break_at(b, p).after = NOWHERE
    for x in range(b.node_count):
        node_at(b, x).next = kept_at(b, x).next
        node_at(b, x).tour = kept_at(b, x).tour
        node_at(b, x).rest = kept_at(b, x).rest
        node_at(b, x).key = kept_at(b, x).key
        if node_at(b, x).rest >= 0:
            break_at(b, node_at(b, x).rest).after = x
        if x < gates and node_at(b, x).window != kept_at(b, x).window:
            open_window(b, x, kept_at(b, x).window)
    for x in range(b.node_count):
        if x >= gates or node_at(b, x).tour >= 0:
            node_at(b, node_at(b, x).next).prev = x
    for v in range(b.visit_count):
        visit_at(b, v).placed = 1 if node_at(b, 2 * v).tour >= 0 else 0
    renew(b)


@compiled
def cheapest_end(b: Desk, x: int) -> int:
    """The tour at whose end task x costs least, or NOWHERE. Appending keeps the keys in order by itself."""
    gates = b.gates
    best, found = 1e300, NOWHERE
    for k in range(able_from(b, x), able_from(b, x + 1)):
        r = able(b, k)
        apart = visit_at(b, x >> 1).kind == SEQUENTIAL or not visit_at(b, x >> 1).same
        mate = node_at(b, x ^ 1).tour
        if apart and mate >= 0 and tour_at(b, mate).carer == tour_at(b, r).carer:
            continue
        last = node_at(b, node_at(b, gates + r).prev)
        free = tour_at(b, r).starts if node_at(b, gates + r).prev >= gates else last.start + last.minutes
        leg = travel(b, last.leave, node_at(b, x).reach)
        if leg >= UNREACHABLE:
            continue
        start = max(free + leg, node_at(b, x).opens)
        price = b.per_driving * (leg + WAIT_DEARNESS * (start - free))
        price += LATE_DEARNESS * b.per_driving * max(0.0, start - node_at(b, x).closes) + dear(b, x, r)
        price += 2.0 * max(0.0, start + node_at(b, x).minutes - tour_at(b, r).ends)
        if price < best:
            best, found = price, r
    return int(found)


@compiled
def append(b: Desk, x: int, r: int, key: float) -> None:
    gate = b.gates + r
    last = node_at(b, gate).prev
    node_at(b, last).next = x
    node_at(b, x).prev = last
    node_at(b, x).next = gate
    node_at(b, gate).prev = x
    node_at(b, x).tour = r
    node_at(b, x).key = key
    node_at(b, x).start = arrival(b, x)


@compiled
def unlink(b: Desk, x: int) -> None:
    node_at(b, node_at(b, x).prev).next = node_at(b, x).next
    node_at(b, node_at(b, x).next).prev = node_at(b, x).prev
    node_at(b, x).tour = NOWHERE


@compiled
def fill(b: Desk, order: np.ndarray) -> None:
    """Append the visits, in the given order, to the tours where they cost least. Keys go on from 1e6."""
    for i in range(len(order)):
        v = order[i]
        visit = visit_at(b, v)
        if visit.placed:
            continue
        x = 2 * v
        r = cheapest_end(b, x)
        if r < 0:
            continue
        fit_window(b, x, r, False)
        append(b, x, r, 1e6 + i)
        if visit.kind != SINGLE:
            s = cheapest_end(b, x + 1)
            if s < 0:
                unlink(b, x)
                continue
            fit_window(b, x + 1, s, False)
            append(b, x + 1, s, 1e6 + i + 0.5)
        visit.placed = 1


@compiled
def take_breaks(b: Desk) -> None:
    """Put every break not taken yet where the carer is when it may begin."""
    gates = b.gates
    for p in range(b.break_count):
        if break_at(b, p).after >= 0:
            continue
        at = gates + break_at(b, p).tour
        while node_at(b, at).next < gates and node_at(b, node_at(b, at).next).start < break_at(b, p).opens:
            at = node_at(b, at).next
        while node_at(b, node_at(b, at).next).frozen:
            at = node_at(b, at).next
        if node_at(b, at).rest < 0:
            node_at(b, at).rest = p
            break_at(b, p).after = at
