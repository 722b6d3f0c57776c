# ruff: noqa: FBT003 - compiled functions take their arguments, flags too, by position
"""Where tasks could go, and how they get in and out of the rings that tours are."""

from .board import NOWHERE, SINGLE, TOGETHER, Desk
from .desk import (
    able,
    able_from,
    near,
    node_at,
    rota_at,
    rota_from,
    tour_at,
    visit_at,
    visited,
    visited_from,
    window_at,
)
from .edits import KEY_GAP, OPEN_END, assign, draw, fit_window, head, link, pick, push, put_rest, set_key, touch
from .jit import compiled
from .room import drive
from .timing import key_bounds, key_of

ANY_TOUR = 0.06  # how often a target is any tour that may, instead of a neighbour's place
KNOWN_CARER = 0.12  # how often it is the tour of a carer who comes to this person anyway


@compiled
def half_of(b: Desk, v: int) -> int:
    """One of the tasks of visit v."""
    if visit_at(b, v).kind != SINGLE and draw(b) < 0.5:
        return 2 * v + 1
    return 2 * v


@compiled
def spot(b: Desk, x: int) -> int:
    """A node after which task x might do well: beside a neighbour, or at the start of some tour; NOWHERE if none."""
    gates = b.gates
    v = x >> 1
    luck = draw(b)
    if b.has_faces and luck > 1.0 - KNOWN_CARER:
        return spot_of_known(b, x)
    if luck < ANY_TOUR or b.near_size == 0:
        size = able_from(b, x + 1) - able_from(b, x)
        if size == 0:
            return NOWHERE
        return int(gates + able(b, able_from(b, x) + pick(b, size)))
    w = near(b, v, pick(b, b.near_size))
    u = half_of(b, w)
    if node_at(b, u).tour < 0:
        return NOWHERE
    return int(u if draw(b) < 0.5 else node_at(b, u).prev)


@compiled
def spot_of_known(b: Desk, x: int) -> int:
    """The node after which task x comes in time in the tour of a carer whom its person meets anyway; NOWHERE if none.

    Among many carers luck alone would hardly ever find one of the few who are known.
    """
    n = node_at(b, x)
    if n.person < 0:
        return NOWHERE
    begin = visited_from(b, n.person)
    other = visited(b, begin + pick(b, visited_from(b, n.person + 1) - begin))
    if node_at(b, other).tour < 0:
        return NOWHERE
    r = tour_on(b, tour_at(b, node_at(b, other).tour).carer, window_at(b, n.window).day, n.opens)
    if r < 0 or r == n.tour:
        return NOWHERE
    time = n.start if n.tour >= 0 else n.opens
    u = b.gates + r
    while node_at(b, u).next < b.gates and node_at(b, node_at(b, u).next).start < time:
        u = node_at(b, u).next
    return int(u)


@compiled
def tour_on(b: Desk, carer: int, day: int, time: float) -> int:
    """The carer's tour on that day, if there are several the one at that time; NOWHERE if they are off."""
    found = NOWHERE
    for k in range(rota_from(b, carer), rota_from(b, carer + 1)):
        rota = rota_at(b, k)
        if rota.day == day and (found < 0 or (rota.starts <= time and time < rota.ends)):
            found = rota.tour
    return int(found)


@compiled
def tour_of(b: Desk, u: int) -> int:
    gates = b.gates
    return int(u - gates if u >= gates else node_at(b, u).tour)


@compiled
def push_task(b: Desk, x: int) -> None:
    if x < b.gates:
        push(b, x)


@compiled
def take_out(b: Desk, x: int) -> bool:
    """Close the ring behind task x; its break goes to the task before. False if there is one already."""
    a = node_at(b, x).prev
    if node_at(b, x).rest >= 0:
        if node_at(b, a).rest >= 0:
            return False
        put_rest(b, node_at(b, x).rest, a)
    after = node_at(b, x).next
    link(b, a, after)
    touch(b, node_at(b, x).tour)
    push_task(b, after)
    return True


@compiled
def put_in(b: Desk, x: int, u: int, r: int) -> None:
    """Put task x after node u of tour r. A break there comes before or after it, as luck will have it."""
    after = node_at(b, u).next
    if node_at(b, u).rest >= 0 and draw(b) < 0.5:
        put_rest(b, node_at(b, u).rest, x)
    link(b, u, x)
    link(b, x, after)
    if node_at(b, x).tour != r:
        assign(b, x, r)
    touch(b, r)
    push_task(b, after)


@compiled
def detach(b: Desk, x: int) -> bool:
    a, c = node_at(b, x).prev, node_at(b, x).next
    driving = drive(b, a, c) - drive(b, a, x) - drive(b, x, c)
    if not take_out(b, x):
        return False
    b.driving += driving
    assign(b, x, NOWHERE)
    return True


@compiled
def attach(b: Desk, x: int, u: int, r: int) -> None:
    c = node_at(b, u).next
    b.driving += drive(b, u, x) + drive(b, x, c) - drive(b, u, c)
    put_in(b, x, u, r)
    fit_window(b, x, r, True)


@compiled
def place_key(b: Desk, x: int) -> None:
    """A key for a task just put in: anywhere between its neighbours of the tour and its mate."""
    h = head(b, x)
    low, high = key_bounds(b, h) if node_at(b, x).kind != TOGETHER or node_at(b, x ^ 1).tour >= 0 else _own_bounds(b, x)
    if low < -OPEN_END and high > OPEN_END:
        return
    if low < -OPEN_END:
        set_key(b, h, high - draw(b))
    elif high > OPEN_END:
        set_key(b, h, low + 3.0 * draw(b) + KEY_GAP)
    else:
        set_key(b, h, low + (high - low) * (0.01 + 0.98 * draw(b)))


@compiled
def _own_bounds(b: Desk, x: int) -> tuple[float, float]:
    gates = b.gates
    low, high = -10 * OPEN_END, 10 * OPEN_END
    if node_at(b, x).prev < gates:
        low = key_of(b, node_at(b, x).prev)
    if node_at(b, x).next < gates:
        high = key_of(b, node_at(b, x).next)
    return low, high
