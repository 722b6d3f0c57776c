"""The moves of the search. Each proposes one change and makes it, unless it is forbidden or plainly too dear.

A move returns False while nothing has been changed or `undo` is to take it back. What a move may cost is `room`: the search
has drawn its luck beforehand (simulated annealing, Kirkpatrick et al. 1983), so most bad moves are seen by their driving alone.
"""

from .board import NOWHERE, SEQUENTIAL, SINGLE, TOGETHER, Desk
from .desk import able, able_from, break_at, dear, near, node_at, tour_at, travel, visit_at, window_at
from .edits import (
    KEY_GAP,
    OPEN_END,
    assign,
    draw,
    fit_window,
    head,
    link,
    mate_forbids,
    may_have,
    pick,
    place_visit,
    push,
    put_rest,
    set_key,
    touch,
)
from .jit import compiled
from .lateness import late_cost
from .timing import arrival, fit_key, key_bounds, key_of

ANY_TOUR = 0.06  # how often a target is any tour that may, instead of a neighbour's place
EVERYTHING = 0.05  # how often the lateness of all tours counts as savable
LOAD_RELIEF = 240.0  # minutes of unfairness that a move might save
LIKE_NEIGHBOUR = 0.5  # how often the second carer of a pair is sought among the neighbours' carers


@compiled
def drive(b: Desk, a: int, x: int) -> float:
    """Minutes from node a to node x. From a gate to itself there is nothing to drive: nobody goes out."""
    if a == x:
        return 0.0
    return float(travel(b, node_at(b, a).leave, node_at(b, x).reach))


@compiled
def allowance(b: Desk, room: float, r: int, s: int) -> float:
    """What driving, fixed costs and certain lateness may rise by: the luck drawn, and what tours r and s could save.

    Tours that wait for one of these could save something too; now and then everything that is late counts as savable, so
    that no such move is ruled out for good.
    """
    if not b.full and draw(b) < EVERYTHING:
        return float(room + b.late + b.per_worst_late * b.worst)
    allowed = room + relief(b, r) + peak_relief(b, r)
    if s != r:
        allowed += relief(b, s) + peak_relief(b, s)
    if b.has_loads:
        allowed += LOAD_RELIEF * (b.per_unfair + b.per_over_hours)
    return float(allowed)


@compiled
def relief(b: Desk, r: int) -> float:
    """All that tour r could save but driving and fixed costs."""
    return float(tour_at(b, r).extra) if r >= 0 else 0.0


@compiled
def peak_relief(b: Desk, r: int) -> float:
    """What could be saved of the worst lateness, wait and idleness of all, if it is tour r that has it."""
    if r < 0:
        return 0.0
    t = tour_at(b, r)
    if not b.full:
        return float(b.per_worst_late * b.worst) if t.extra > 0.0 and t.extra >= b.least_late * b.worst else 0.0
    saved = 0.0
    if t.late > 0.0 and t.late > b.top_late - 1e-9:
        saved += b.per_worst_late * b.top_late
    if t.wait > 0.0 and t.wait > b.top_wait - 1e-9:
        saved += b.per_worst_waiting * b.top_wait
    if t.idle > b.top_idle - 1e-9:
        saved += b.per_worst_idle * b.top_idle
    return float(saved)


@compiled
def end_of(b: Desk, u: int) -> float:
    """When the carer may leave node u."""
    return float(tour_at(b, u - b.gates).starts if u >= b.gates else node_at(b, u).start + node_at(b, u).minutes)


@compiled
def late_between(b: Desk, u: int, x: int, v: int) -> float:
    """Lateness that is certain when x comes between u and v of another tour: its own, and what v's rises by."""
    start = max(end_of(b, u) + drive(b, u, x), node_at(b, x).opens)
    late = late_cost(b, x, start) if node_at(b, x).last_window - node_at(b, x).first_window < 2 else 0.0
    if v < b.gates and v != x:
        then = start + node_at(b, x).minutes + drive(b, x, v)
        if then > node_at(b, v).start:
            late += late_cost(b, v, then)
            if not b.full:
                late -= late_cost(b, v, node_at(b, v).start)
    return late


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
    if draw(b) < ANY_TOUR or b.near_size == 0:
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
    allowed = allowance(b, room, old, r if b.full else old)
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
def swap(b: Desk, x: int, room: float) -> bool:
    """Let task x and a task near a neighbour change places."""
    gates = b.gates
    if b.near_size == 0:
        return False
    y = half_of(b, near(b, x >> 1, pick(b, b.near_size)))
    if node_at(b, y).tour < 0:
        return False
    luck = draw(b)
    if luck < 0.33:
        y = node_at(b, y).prev
    elif luck < 0.66:
        y = node_at(b, y).next
    if y >= gates or y >> 1 == x >> 1 or node_at(b, x).frozen or node_at(b, y).frozen:
        return False
    r, s = node_at(b, x).tour, node_at(b, y).tour
    if r != s:
        if not may_have(b, x, s) or not may_have(b, y, r) or mate_forbids(b, x, s) or mate_forbids(b, y, r):
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
    allowed = allowance(b, room, r, s)
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
def tail_may_move(b: Desk, x: int, r: int) -> bool:
    gates = b.gates
    if node_at(b, x).frozen:
        return False
    while x < gates:
        if not may_have(b, x, r):
            return False
        x = node_at(b, x).next
    return True


@compiled
def give_tail(b: Desk, x: int, r: int) -> None:
    gates = b.gates
    while x < gates:
        assign(b, x, r)
        fit_window(b, x, r, False)
        x = node_at(b, x).next


@compiled
def tail_mates_clash(b: Desk, x: int) -> bool:
    """After the tails are given: is there a visit for two whose halves now have one carer?"""
    gates = b.gates
    while x < gates:
        if visit_at(b, x >> 1).kind != SINGLE and mate_forbids(b, x, node_at(b, x).tour):
            return True
        x = node_at(b, x).next
    return False


@compiled
def holds(b: Desk, x: int, p: int) -> bool:
    """Is break p taken after x or after one of the tasks behind it?"""
    gates = b.gates
    while x < gates:
        if node_at(b, x).rest == p:
            return True
        x = node_at(b, x).next
    return False


@compiled
def hand_over_breaks(b: Desk, r: int, s: int, t: int, x: int, u: int, c: int) -> bool:
    """Before the tails x (of s, to come after t of r) and c (of r, to come after u of s) change tours.

    Breaks stay with their carers: in the head where they were, at the same place of the other tail, or at the joint.
    """
    first, second = tour_at(b, r), tour_at(b, s)
    pairs = max(first.last_break - first.first_break, second.last_break - second.first_break)
    for k in range(pairs):
        p = first.first_break + k if first.first_break + k < first.last_break else NOWHERE
        q = second.first_break + k if second.first_break + k < second.last_break else NOWHERE
        at_p = break_at(b, p).after if p >= 0 else NOWHERE
        at_q = break_at(b, q).after if q >= 0 else NOWHERE
        p_leaves = p >= 0 and at_p >= 0 and holds(b, c, p)
        q_leaves = q >= 0 and at_q >= 0 and holds(b, x, q)
        if p_leaves:
            put_rest(b, p, NOWHERE)
        if q_leaves:
            put_rest(b, q, NOWHERE)
        if p_leaves:
            target = at_q if q_leaves else t
            if node_at(b, target).rest >= 0:
                return False
            put_rest(b, p, target)
        if q_leaves:
            target = at_p if p_leaves else u
            if node_at(b, target).rest >= 0:
                return False
            put_rest(b, q, target)
    return True


@compiled
def exchange_tails(b: Desk, x: int, room: float) -> bool:
    """2-opt*: tour r goes on with x and all after it, whose tour s goes on with what r had (Potvin, Rousseau 1995)."""
    gates = b.gates
    if b.near_size == 0:
        return False
    t = half_of(b, near(b, x >> 1, pick(b, b.near_size)))
    if node_at(b, t).tour < 0 or node_at(b, t).tour == node_at(b, x).tour:
        return False
    r, s = node_at(b, t).tour, node_at(b, x).tour
    if draw(b) < 0.1:
        t = gates + r
    u, c = node_at(b, x).prev, node_at(b, t).next
    driving = drive(b, t, x) - drive(b, t, c) - drive(b, u, x)
    end_c = gates + s if c >= gates else c
    driving += drive(b, u, end_c)
    last_x, last_c = node_at(b, gates + s).prev, node_at(b, gates + r).prev
    driving += drive(b, last_x, gates + r) - drive(b, last_x, gates + s)
    if c < gates:
        driving += drive(b, last_c, gates + s) - drive(b, last_c, gates + r)
    dearer = _tails_dearer(b, x, c, r, s) if b.has_dear else 0.0
    if b.per_driving * driving + dearer > allowance(b, room, r, s):
        return False
    if t < gates and key_of(b, t) >= key_of(b, x):
        return False
    if c < gates and u < gates and key_of(b, u) >= key_of(b, c):
        return False
    if not tail_may_move(b, x, r) or not tail_may_move(b, c, s) or not hand_over_breaks(b, r, s, t, x, u, c):
        return False
    give_tail(b, x, r)
    give_tail(b, c, s)
    link(b, t, x)
    link(b, last_x, gates + r)
    link(b, u, end_c)
    if c < gates:
        link(b, last_c, gates + s)
    b.driving += driving
    touch(b, r)
    touch(b, s)
    push(b, x)
    push_task(b, c)
    return not (tail_mates_clash(b, x) or tail_mates_clash(b, c))


@compiled
def _tails_dearer(b: Desk, x: int, c: int, r: int, s: int) -> float:
    """Change of the fixed costs, or a lot when a tail is forbidden."""
    gates = b.gates
    dearer = 0.0
    while x < gates:
        dearer += dear(b, x, r) - dear(b, x, s)
        x = node_at(b, x).next
    while c < gates:
        dearer += dear(b, c, s) - dear(b, c, r)
        c = node_at(b, c).next
    return dearer


@compiled
def replace_visit(b: Desk, v: int, room: float) -> bool:
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
    allowed = allowance(b, room, old, r)
    if two:
        allowed += allowance(b, 0.0, other, s)
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
    return dearer + late_between(b, u, x, after) if r != old else dearer


@compiled
def saved_without(b: Desk, x: int) -> float:
    """Driving saved when task x is taken out."""
    a, c = node_at(b, x).prev, node_at(b, x).next
    return drive(b, a, x) + drive(b, x, c) - drive(b, a, c)


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
