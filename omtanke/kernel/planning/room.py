"""What a move may cost before it is made: the luck drawn, and what the tours concerned could save.

Most moves are hopeless. Their driving, fixed costs and the lateness that is certain show that without changing
anything.
"""

from .board import Desk
from .desk import carer_at, familiar, node_at, seen, tour_at, travel
from .edits import draw
from .jit import compiled
from .lateness import late_cost

EVERYTHING = 0.05  # how often the lateness of all tours counts as savable


@compiled
def drive(b: Desk, a: int, x: int) -> float:
    """Minutes from node a to node x. From a gate to itself there is nothing to drive: nobody goes out."""
    if a == x:
        return 0.0
    return float(travel(b, node_at(b, a).leave, node_at(b, x).reach))


@compiled
def allowance(b: Desk, room: float, r: int, s: int) -> float:
    """What driving, fixed costs and certain lateness may rise by: the luck drawn, and what tours r and s could save.

    Tours that wait for one of these could save something too; now and then everything that is late counts as savable,
    so that no such move is ruled out for good.
    """
    if not b.full and draw(b) < EVERYTHING:
        return float(room + b.late + b.per_worst_late * b.worst)
    allowed = room + relief(b, r) + peak_relief(b, r)
    if s != r:
        allowed += relief(b, s) + peak_relief(b, s)
    if b.has_loads:
        allowed += load_relief(b, r)
        if s != r:
            allowed += load_relief(b, s)
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
def face_relief(b: Desk, x: int) -> float:
    """What it saves when the carer who has task x, and nothing else with this person, no longer comes."""
    n = node_at(b, x)
    if not b.has_faces or n.tour < 0 or n.person < 0:
        return 0.0
    carer = tour_at(b, n.tour).carer
    return float(b.per_more_faces) if seen(b, n.person, carer) == 1 and not familiar(b, n.person, carer) else 0.0


@compiled
def load_relief(b: Desk, r: int) -> float:
    """What a fairer load and shorter hours of tour r's carer could save."""
    if r < 0:
        return 0.0
    carer = carer_at(b, tour_at(b, r).carer)
    saved = b.per_unfair * abs(carer.load - carer.share * b.load)
    if b.has_hours:
        saved += b.per_over_hours * max(0.0, carer.load - carer.most)
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
def saved_without(b: Desk, x: int) -> float:
    """Driving saved when task x is taken out."""
    a, c = node_at(b, x).prev, node_at(b, x).next
    return drive(b, a, x) + drive(b, x, c) - drive(b, a, c)
