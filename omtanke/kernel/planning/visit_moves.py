"""The moves of whole visits: put all tasks anew, put one in that was left out, leave one out."""

from .board import NOWHERE, SEQUENTIAL, SINGLE, TOGETHER, Desk
from .desk import able, able_from, dear, near, node_at, tour_at, visit_at, window_at
from .edits import draw, head, may_have, pick, place_visit, push
from .jit import compiled
from .rings import attach, detach, half_of, place_key, spot, tour_of
from .room import allowance, drive, face_relief, late_between, saved_without
from .timing import arrival, fit_key, key_of

LIKE_NEIGHBOUR = 0.5  # how often the second carer of a pair is sought among the neighbours' carers


@compiled
def replace_visit(b: Desk, v: int, room: float) -> bool:  # noqa: C901 - every way out saves a settled move
    """Take visit v out (if it is in) and put all its tasks anew."""
    x = half_of(b, v)
    two = visit_at(b, v).kind != SINGLE
    u = spot(b, x)
    if u < 0 or u >> 1 == v or node_at(b, node_at(b, u).next).frozen:
        return False
    r = tour_of(b, u)
    if not may_have(b, x, r):
        return False
    s = _second_tour(b, v, x, r) if two else NOWHERE
    if two and s < 0:
        return False
    old = node_at(b, x).tour
    other = node_at(b, x ^ 1).tour if two else NOWHERE
    allowed = allowance(b, room, old, r) + face_relief(b, x)
    if two:
        allowed += allowance(b, 0.0, other, s) + face_relief(b, x ^ 1)
    if least_rise(b, x, u, r, s) > allowed:
        return False
    before = b.per_driving * b.driving + b.fixed
    if visit_at(b, v).placed:
        if node_at(b, u).next >> 1 == v and not two:
            return False
        if not detach(b, x) or (two and not detach(b, x ^ 1)):
            return False
    place_visit(b, v, 1)
    attach(b, x, u, r)
    place_key(b, x)
    if two:
        attach(b, x ^ 1, _second_spot(b, x, s), s)
    if b.per_driving * b.driving + b.fixed - before > allowed:
        return False
    if two and node_at(b, x).kind != TOGETHER:
        place_key(b, x ^ 1)
    push(b, x)
    if two:
        push(b, x ^ 1)
    fit_key(b, head(b, x))
    return True


@compiled
def least_rise(b: Desk, x: int, u: int, r: int, s: int) -> float:
    """What driving, fixed costs and certain lateness rise by at least when x comes after u of tour r, its mate into s.

    The mate's way into s counts as nothing, which is right as long as no detour is shorter than the straight way.
    """
    after = node_at(b, u).next
    rise = drive(b, u, x) + drive(b, x, after) - drive(b, u, after)
    dearer = dear(b, x, r) + (dear(b, x ^ 1, s) if s >= 0 else 0.0)
    old = node_at(b, x).tour
    if old < 0:
        dearer -= visit_at(b, x >> 1).skip
    else:
        rise -= saved_without(b, x)
        dearer -= dear(b, x, old)
        if s >= 0:
            rise -= saved_without(b, x ^ 1)
            dearer -= dear(b, x ^ 1, node_at(b, x ^ 1).tour)
    dearer += b.per_driving * rise
    return float(dearer + late_between(b, u, x, after)) if r != old else float(dearer)


@compiled
def _second_tour(b: Desk, v: int, x: int, r: int) -> int:
    """A tour for the other task of visit v when x goes to r."""
    y = x ^ 1
    s = NOWHERE
    if draw(b) < LIKE_NEIGHBOUR and b.near_size > 0:
        s = node_at(b, half_of(b, near(b, v, pick(b, b.near_size)))).tour
    else:
        size = able_from(b, y + 1) - able_from(b, y)
        if size > 0:
            s = able(b, able_from(b, y) + pick(b, size))
    if s < 0 or not may_have(b, y, s):
        return NOWHERE
    if not visit_at(b, v).same and tour_at(b, r).carer == tour_at(b, s).carer:
        return NOWHERE
    return int(s)


@compiled
def _second_spot(b: Desk, x: int, s: int) -> int:
    """After which node of tour s the mate of x fits in time."""
    gates = b.gates
    u = gates + s
    visit = visit_at(b, x >> 1)
    if visit.kind == TOGETHER:
        key = key_of(b, x)
        while node_at(b, u).next < gates and (
            key_of(b, node_at(b, u).next) < key or node_at(b, node_at(b, u).next).frozen
        ):
            u = node_at(b, u).next
        return int(u)
    time = arrival(b, x)
    if visit.kind == SEQUENTIAL:
        lag = visit.least + (min(visit.most, visit.least + 120.0) - visit.least) * draw(b)
        time += -lag if x & 1 else lag
    else:
        w = node_at(b, x ^ 1).first_window + pick(b, node_at(b, x ^ 1).last_window - node_at(b, x ^ 1).first_window)
        time = window_at(b, w).opens + (
            min(window_at(b, w).closes, window_at(b, w).opens + 480.0) - window_at(b, w).opens
        ) * draw(b)
    time -= 20.0 * draw(b)
    while node_at(b, u).next < gates and (
        node_at(b, node_at(b, u).next).start < time or node_at(b, node_at(b, u).next).frozen
    ):
        u = node_at(b, u).next
    return int(u)


@compiled
def drop_visit(b: Desk, v: int, room: float) -> bool:
    """Leave visit v out."""
    x = 2 * v
    two = visit_at(b, v).kind != SINGLE
    allowed = allowance(b, room, node_at(b, x).tour, node_at(b, x + 1).tour if two else NOWHERE)
    before = b.per_driving * b.driving + b.fixed
    place_visit(b, v, 0)
    if not detach(b, x) or (two and not detach(b, x + 1)):
        return False
    return bool(b.per_driving * b.driving + b.fixed - before <= allowed)
