# ruff: noqa: FBT003 - compiled functions take their arguments, flags too, by position
"""The moves of one or two tasks, a break or a window.

A move returns False while nothing has been changed or when `undo` is to take it back. What a move may cost is `room`:
the search has drawn its luck beforehand (simulated annealing, Kirkpatrick et al. 1983), so most bad moves are seen at
once.
"""

from .board import NOWHERE, Desk
from .desk import break_at, dear, near, node_at, tour_at
from .edits import assign, draw, fit_window, head, link, mate_forbids, may_have, pick, push, put_rest, set_key, touch
from .jit import compiled
from .rings import KNOWN_CARER, half_of, push_task, put_in, spot, spot_of_known, take_out, tour_of
from .room import allowance, drive, face_relief, late_between
from .timing import fit_key


@compiled
def relocate(b: Desk, x: int, room: float) -> bool:
    """Move task x to another place."""
    u = spot(b, x)
    if u < 0 or u == x or node_at(b, u).next == x or node_at(b, x).frozen:
        return False
    r = tour_of(b, u)
    old = node_at(b, x).tour
    if r != old and (not may_have(b, x, r) or mate_forbids(b, x, r)):
        return False
    a, c, v = node_at(b, x).prev, node_at(b, x).next, node_at(b, u).next
    if node_at(b, v).frozen:
        return False
    driving = drive(b, a, c) - drive(b, a, x) - drive(b, x, c) + drive(b, u, x) + drive(b, x, v) - drive(b, u, v)
    dearer = b.per_driving * driving + dear(b, x, r) - dear(b, x, old)
    allowed = allowance(b, room, old, r if b.full else old) + face_relief(b, x)
    if dearer > allowed:
        return False
    if r != old and dearer + late_between(b, u, x, v) > allowed:
        return False
    if not take_out(b, x):
        return False
    put_in(b, x, u, r)
    fit_window(b, x, r, True)
    b.driving += driving
    h = head(b, x)
    push(b, h)
    fit_key(b, h)
    return True


@compiled
def swap(b: Desk, x: int, room: float) -> bool:  # noqa: C901 - every way out saves a settled move
    """Let task x and a task near a neighbour change places."""
    gates = b.gates
    if b.near_size == 0:
        return False
    if b.has_faces and draw(b) < KNOWN_CARER:
        y = spot_of_known(b, x)
    else:
        y = half_of(b, near(b, x >> 1, pick(b, b.near_size)))
    if y < 0 or y >= gates or node_at(b, y).tour < 0:
        return False
    luck = draw(b)
    if luck < 0.33:
        y = node_at(b, y).prev
    elif luck < 0.66:
        y = node_at(b, y).next
    if y >= gates or y >> 1 == x >> 1 or node_at(b, x).frozen or node_at(b, y).frozen:
        return False
    r, s = node_at(b, x).tour, node_at(b, y).tour
    if r != s and not (may_have(b, x, s) and may_have(b, y, r)):
        return False
    if r != s and (mate_forbids(b, x, s) or mate_forbids(b, y, r)):
        return False
    if node_at(b, y).next == x:
        x, y, r, s = y, x, s, r
    a, c, u, v = node_at(b, x).prev, node_at(b, x).next, node_at(b, y).prev, node_at(b, y).next
    if c == y:
        driving = drive(b, a, y) + drive(b, y, x) + drive(b, x, v) - drive(b, a, x) - drive(b, x, y) - drive(b, y, v)
    else:
        driving = drive(b, a, y) + drive(b, y, c) - drive(b, a, x) - drive(b, x, c)
        driving += drive(b, u, x) + drive(b, x, v) - drive(b, u, y) - drive(b, y, v)
    dearer = b.per_driving * driving + dear(b, x, s) + dear(b, y, r) - dear(b, x, r) - dear(b, y, s)
    allowed = allowance(b, room, r, s) + face_relief(b, x) + face_relief(b, y)
    if dearer > allowed:
        return False
    if r != s and dearer + late_between(b, a, y, y) + late_between(b, u, x, x) > allowed:
        return False
    b.driving += driving
    _change_places(b, x, y)
    push(b, x)
    push(b, y)
    push_task(b, c)
    push_task(b, v)
    _swap_keys(b, head(b, x), head(b, y))
    return True


@compiled
def _change_places(b: Desk, x: int, y: int) -> None:
    """Relink x and y into each other's places (y not right before x); breaks stay at their places."""
    a, c, u, v = node_at(b, x).prev, node_at(b, x).next, node_at(b, y).prev, node_at(b, y).next
    r, s = node_at(b, x).tour, node_at(b, y).tour
    rest_x, rest_y = node_at(b, x).rest, node_at(b, y).rest
    link(b, a, y)
    if c == y:
        link(b, y, x)
    else:
        link(b, y, c)
        link(b, u, x)
    link(b, x, v)
    if rest_x >= 0:
        put_rest(b, rest_x, NOWHERE)
    if rest_y >= 0:
        put_rest(b, rest_y, x)
    if rest_x >= 0:
        put_rest(b, rest_x, y)
    if r != s:
        assign(b, x, s)
        assign(b, y, r)
    fit_window(b, x, s, True)
    fit_window(b, y, r, True)
    touch(b, r)
    touch(b, s)


@compiled
def _swap_keys(b: Desk, h: int, k: int) -> None:
    key = node_at(b, h).key
    set_key(b, h, node_at(b, k).key)
    set_key(b, k, key)
    fit_key(b, h)
    fit_key(b, k)


@compiled
def move_a_break(b: Desk, r: int) -> bool:
    """Take one of the breaks of tour r somewhere else, if it has any."""
    tour = tour_at(b, r)
    size = tour.last_break - tour.first_break
    return size > 0 and bool(move_break(b, tour.first_break + pick(b, size)))


@compiled
def move_break(b: Desk, p: int) -> bool:
    """Take break p somewhere else in its tour, or, seldom, not at all."""
    gates = b.gates
    r = break_at(b, p).tour
    gate = gates + r
    at = break_at(b, p).after
    luck = draw(b)
    if luck < 0.05:
        target = NOWHERE
    elif at >= 0 and luck < 0.35:
        target = node_at(b, at).next
    elif at >= 0 and luck < 0.65:
        target = node_at(b, at).prev
    else:
        target = gate
        while node_at(b, target).next < gates and node_at(b, node_at(b, target).next).start < break_at(b, p).closes:
            target = node_at(b, target).next
            if draw(b) < 0.25 and node_at(b, target).start > break_at(b, p).opens - 90.0:
                break
    if target == at or (target >= 0 and (node_at(b, target).rest >= 0 or node_at(b, node_at(b, target).next).frozen)):
        return False
    if at == gate and luck >= 0.35 and luck < 0.65:
        return False
    put_rest(b, p, target)
    touch(b, r)
    if at >= 0:
        push_task(b, node_at(b, at).next)
    if target >= 0:
        push_task(b, node_at(b, target).next)
    return True


@compiled
def switch_window(b: Desk, x: int) -> bool:
    """Let task x wait for another of its windows."""
    before = node_at(b, x).window
    fit_window(b, x, node_at(b, x).tour, True)
    if node_at(b, x).window == before:
        return False
    touch(b, node_at(b, x).tour)
    push(b, x)
    return True
