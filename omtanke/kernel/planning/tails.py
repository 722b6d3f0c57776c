# ruff: noqa: FBT003 - compiled functions take their arguments, flags too, by position
"""2-opt*: two tours exchange all they do from some point on (Potvin and Rousseau 1995)."""

from .board import NOWHERE, SINGLE, Desk
from .desk import break_at, dear, near, node_at, tour_at, visit_at
from .edits import assign, draw, fit_window, link, mate_forbids, may_have, pick, push, put_rest, touch
from .jit import compiled
from .rings import half_of, push_task, spot_of_known, tour_of
from .room import allowance, drive, face_relief
from .timing import key_of


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
    if draw(b) < 0.1:
        t = gates + node_at(b, t).tour
    return bool(join(b, t, x, room))


@compiled
def trade_tours(b: Desk, x: int, room: float) -> bool:
    """The carer of task x and one whom its person meets anyway do each other's whole tours of that day.

    Where all set out from one place that costs no driving, and changes many faces at once.
    """
    s, u = node_at(b, x).tour, spot_of_known(b, x)
    if s < 0 or u < 0:
        return False
    return bool(join(b, b.gates + tour_of(b, u), node_at(b, b.gates + s).next, room))


@compiled
def join(b: Desk, t: int, x: int, room: float) -> bool:
    """Let x and all after it come after node t of another tour, and what came there take their place."""
    gates = b.gates
    r, s = tour_of(b, t), node_at(b, x).tour
    u, c = node_at(b, x).prev, node_at(b, t).next
    driving = drive(b, t, x) - drive(b, t, c) - drive(b, u, x)
    end_c = gates + s if c >= gates else c
    driving += drive(b, u, end_c)
    last_x, last_c = node_at(b, gates + s).prev, node_at(b, gates + r).prev
    driving += drive(b, last_x, gates + r) - drive(b, last_x, gates + s)
    if c < gates:
        driving += drive(b, last_c, gates + s) - drive(b, last_c, gates + r)
    dearer = _tails_dearer(b, x, c, r, s) if b.has_dear else 0.0
    allowed = allowed_of_all = allowance(b, room, r, s)
    if b.has_faces:
        allowed += tail_relief(b, x) + tail_relief(b, c)
    if b.per_driving * driving + dearer > allowed:
        return False
    if t < gates and key_of(b, t) >= key_of(b, x):
        return False
    if c < gates and u < gates and key_of(b, u) >= key_of(b, c):
        return False
    if not tail_may_move(b, x, r) or not tail_may_move(b, c, s) or not hand_over_breaks(b, r, s, t, x, u, c):
        return False
    before = b.fixed + b.faces
    give_tail(b, x, r)
    give_tail(b, c, s)
    if b.has_faces and b.per_driving * driving + b.fixed + b.faces - before > allowed_of_all:
        return False
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
def tail_relief(b: Desk, x: int) -> float:
    """What it saves at most when the carer of x no longer comes to those from x on."""
    saved = 0.0
    while x < b.gates:
        saved += face_relief(b, x)
        x = node_at(b, x).next
    return saved


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
