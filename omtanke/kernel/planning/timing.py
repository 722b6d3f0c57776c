"""When everything begins: the earliest starts, kept exact while moves change the plan.

Every start is the largest of the times that its predecessors allow, so the earliest starts are the longest paths in
the graph of tasks. A change is passed on in topological order and stops where nothing changes any more. When the
second half of a sequential pair comes too late for the most lag, the first half waits for it.
"""

from .board import INDEPENDENT, SEQUENTIAL, SINGLE, START, TOGETHER, Desk
from .desk import break_at, node_at, order_at, queue_at, set_queue, tour_at, travel, visit_at
from .edits import OPEN_END, head, note, push, set_key, touch
from .jit import compiled
from .lateness import late_cost, late_minutes

MOST_POPS = 150  # more reckonings than this and a tenth of the tasks mean that starts push each other later without end


@compiled
def arrival(b: Desk, x: int) -> float:
    """The earliest start of task x as its own tour, window and orders allow it."""
    n = node_at(b, x)
    before = n.prev
    a = node_at(b, before)
    gates = b.gates
    free = tour_at(b, before - gates).starts if before >= gates else a.start + a.minutes
    leg = travel(b, a.leave, n.reach)
    if a.rest < 0:
        time = free + leg
    else:
        pause = break_at(b, a.rest)
        if before >= gates or free >= pause.opens:
            time = max(free, pause.opens) + pause.minutes + leg
        else:
            time = max(free + leg, pause.opens) + pause.minutes
    for k in range(n.first_order, n.last_order):
        other = node_at(b, order_at(b, k).other)
        if order_at(b, k).forward == 0 and other.tour >= 0:
            time = max(time, other.start + other.minutes + order_at(b, k).gap)
    return float(max(time, n.opens))


@compiled
def key_of(b: Desk, x: int) -> float:
    return float(node_at(b, head(b, x)).key)


@compiled
def key_bounds_of_task(b: Desk, x: int, low: float, high: float) -> tuple[float, float]:
    gates = b.gates
    before = node_at(b, x).prev
    after = node_at(b, x).next
    if before < gates:
        low = max(low, key_of(b, before))
    if after < gates:
        high = min(high, key_of(b, after))
    for k in range(node_at(b, x).first_order, node_at(b, x).last_order):
        other = order_at(b, k).other
        if node_at(b, other).tour >= 0:
            if order_at(b, k).forward:
                high = min(high, key_of(b, other))
            else:
                low = max(low, key_of(b, other))
    return low, high


@compiled
def key_bounds(b: Desk, x: int) -> tuple[float, float]:
    """Between which keys node x (a head) has to lie."""
    low, high = key_bounds_of_task(b, x, -10 * OPEN_END, 10 * OPEN_END)
    kind = node_at(b, x).kind
    if kind == TOGETHER:
        if node_at(b, x + 1).tour >= 0:
            low, high = key_bounds_of_task(b, x + 1, low, high)
    elif kind == SEQUENTIAL and node_at(b, x ^ 1).tour >= 0:
        if x & 1:
            low = max(low, node_at(b, x - 1).key)
        else:
            high = min(high, node_at(b, x + 1).key)
    return low, high


@compiled
def fit_key(b: Desk, x: int) -> None:
    """Move the key of head x between its neighbours, or halfway where they leave no room.

    Keys are the order in which starts are reckoned. A wrong one costs time, not truth, and is put right when keys are
    next spaced out; a true circle shows by starts that push each other later without end (`settle`).
    """
    low, high = key_bounds(b, x)
    key = node_at(b, x).key
    if low < key < high:
        return
    if low < -OPEN_END:
        set_key(b, x, high - 1.0)
    elif high > OPEN_END:
        set_key(b, x, low + 1.0)
    else:
        set_key(b, x, 0.5 * (low + high))


@compiled
def next_in_queue(b: Desk) -> int:
    """Take the queued node with the least key. The queue is short, so looking through it is fastest."""
    size = b.queued
    best = 0
    least = node_at(b, queue_at(b, 0)).key
    for i in range(1, size):
        key = node_at(b, queue_at(b, i)).key
        if key < least:
            least = key
            best = i
    x = queue_at(b, best)
    set_queue(b, best, queue_at(b, size - 1))
    b.queued = size - 1
    node_at(b, x).queued = 0
    return int(x)


@compiled
def restart(b: Desk, x: int, start: float) -> None:
    """Give task x this start and tell those after it; keeps the sums of lateness."""
    n = node_at(b, x)
    old = n.start
    if start == old:
        return
    late_before = late_cost(b, x, old)
    if n.stamp != b.stamp:
        n.stamp = b.stamp
        note(b, START, x, old)
        if late_before > 0.0 and late_minutes(b, x, old) >= b.worst - 1e-9:
            b.worst_moved = 1.0
    else:
        b.fresh -= late_before
    late_now = late_cost(b, x, start)
    b.fresh += late_now
    b.late += late_now - late_before
    if not b.full:
        tour_at(b, n.tour).extra += late_now - late_before
    n.start = start
    touch(b, n.tour)
    gates = b.gates
    if n.next < gates:
        push(b, n.next)
    for k in range(n.first_order, n.last_order):
        if order_at(b, k).forward and node_at(b, order_at(b, k).other).tour >= 0:
            push(b, order_at(b, k).other)


@compiled
def reckon(b: Desk, x: int) -> None:
    """Reckon the start of head x, and of its mate where they hang together."""
    if node_at(b, x).frozen or node_at(b, x).tour < 0:  # the move may have taken it out after queueing it
        return
    kind = node_at(b, x).kind
    if kind in (SINGLE, INDEPENDENT):
        restart(b, x, arrival(b, x))
        return
    first = x & ~1
    one = arrival(b, first)
    two = arrival(b, first + 1)
    if kind == TOGETHER:
        one = max(one, two)
        two = one
    else:
        visit = visit_at(b, first >> 1)
        two = max(two, one + visit.least)
        one = max(one, two - visit.most)
    restart(b, first, one)
    restart(b, first + 1, two)


@compiled
def settle(b: Desk, room: float) -> bool:
    """Pass on what the move changed. False if it goes in circles or lateness alone exceeds the room left."""
    pops = 0
    most_pops = MOST_POPS + b.node_count // 10
    while b.queued > 0:
        reckon(b, next_in_queue(b))
        pops += 1
        if pops > most_pops or b.fresh > room:
            return False
    return True


@compiled
def clear_queue(b: Desk) -> None:
    for i in range(b.queued):
        node_at(b, queue_at(b, i)).queued = 0
    b.queued = 0
