# ruff: noqa: FBT001 - compiled functions take their arguments, flags too, by position
"""The small changes that moves are made of. Each is written in the journal, so that a move can be taken back."""

import numpy as np

from .board import (
    AFTER,
    FORBIDDEN,
    KEY,
    NEXT,
    NOWHERE,
    PLACED,
    PREV,
    REST,
    START,
    TOGETHER,
    TOLERANCE,
    TOUR_OF,
    WINDOW_OF,
    Desk,
)
from .desk import (
    break_at,
    dear,
    detail_at,
    entry_at,
    familiar,
    node_at,
    seen,
    set_queue,
    set_seen,
    set_touched,
    tour_at,
    visit_at,
    window_at,
)
from .jit import compiled
from .lateness import count_late

KEY_GAP = 1e-7  # below this two keys are too close to put a third between them
OPEN_END = 1e16  # beyond: no neighbour bounds the key on that side


@compiled
def draw(b: Desk) -> float:
    """A random number in [0, 1): xorshift64* (Vigna 2016), fast, and the same on every machine."""
    x = b.dice
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    b.dice = x
    return float(((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0))


@compiled
def pick(b: Desk, size: int) -> int:
    return int(draw(b) * size)


@compiled
def note(b: Desk, what: int, where: int, old: float) -> None:
    entry = entry_at(b, b.entries)
    entry.what = what
    entry.where = where
    entry.old = old
    b.entries += 1


@compiled
def link(b: Desk, x: int, y: int) -> None:
    """Let y come right after x."""
    one, two = node_at(b, x), node_at(b, y)
    note(b, NEXT, x, one.next)
    note(b, PREV, y, two.prev)
    one.next = y
    two.prev = x


@compiled
def head(b: Desk, x: int) -> int:
    """The node whose key and queue place stand for x: two carers together are one."""
    if node_at(b, x).kind == TOGETHER:
        return x & ~1
    return x


@compiled
def push(b: Desk, x: int) -> None:
    """Have the start of x reckoned anew."""
    h = head(b, x)
    n = node_at(b, h)
    if n.queued == 0:
        n.queued = 1
        set_queue(b, b.queued, h)
        b.queued += 1


@compiled
def touch(b: Desk, r: int) -> None:
    """Have the tour scored anew."""
    t = tour_at(b, r)
    if t.stamp != b.stamp:
        t.stamp = b.stamp
        set_touched(b, b.touched_count, r)
        b.touched_count += 1


@compiled
def set_key(b: Desk, x: int, key: float) -> None:
    note(b, KEY, x, node_at(b, x).key)
    node_at(b, x).key = key


@compiled
def see(b: Desk, person: int, r: int, change: int) -> None:
    """Count a task of this person with the carer of tour r; a face not seen lately costs once."""
    carer = tour_at(b, r).carer
    before = seen(b, person, carer)
    set_seen(b, person, carer, before + change)
    if not familiar(b, person, carer):
        if before == 0:
            b.faces += b.per_more_faces
        elif before + change == 0:
            b.faces -= b.per_more_faces


@compiled
def assign(b: Desk, x: int, r: int) -> None:
    """Give task x to tour r (or NOWHERE)."""
    old = node_at(b, x).tour
    note(b, TOUR_OF, x, old)
    count_late(b, x, old, -1.0)
    count_late(b, x, r, 1.0)
    node_at(b, x).tour = r
    if old >= 0:
        b.fixed -= dear(b, x, old)
        if b.has_faces and node_at(b, x).person >= 0:
            see(b, node_at(b, x).person, old, -1)
    if r >= 0:
        b.fixed += dear(b, x, r)
        if b.has_faces and node_at(b, x).person >= 0:
            see(b, node_at(b, x).person, r, 1)


@compiled
def open_window(b: Desk, x: int, w: int) -> None:
    """Let task x wait for its window w."""
    n = node_at(b, x)
    n.window = w
    n.opens = window_at(b, w).opens
    n.closes = window_at(b, w).closes
    n.reopens = window_at(b, w + 1).opens - TOLERANCE if w + 1 < n.last_window else np.inf
    n.late = b.per_broken_minutes if window_at(b, w).hard else detail_at(b, x).critical
    n.event = b.per_broken if window_at(b, w).hard else 0.0


@compiled
def choose_window(b: Desk, x: int, w: int) -> None:
    note(b, WINDOW_OF, x, node_at(b, x).window)
    open_window(b, x, w)


@compiled
def fit_window(b: Desk, x: int, r: int, fresh: bool) -> None:
    """See that the chosen window lies on the day of tour r; `fresh` also tries another one now and then."""
    n = node_at(b, x)
    size = n.last_window - n.first_window
    if size < 2:
        return
    w = n.window
    if fresh and draw(b) < 0.3:
        w = n.first_window + pick(b, size)
    day = tour_at(b, r).day
    for _ in range(size):
        if window_at(b, w).day == day:
            break
        w += 1
        if w >= n.last_window:
            w = n.first_window
    if w != n.window:
        choose_window(b, x, w)


@compiled
def put_rest(b: Desk, p: int, after: int) -> None:
    """Take break p right after the given node, or (NOWHERE) miss it."""
    old = break_at(b, p).after
    note(b, AFTER, p, old)
    break_at(b, p).after = after
    if old >= 0 and node_at(b, old).rest == p:
        note(b, REST, old, p)
        node_at(b, old).rest = NOWHERE
    if after >= 0:
        note(b, REST, after, node_at(b, after).rest)
        node_at(b, after).rest = p


@compiled
def place_visit(b: Desk, v: int, placed: int) -> None:
    note(b, PLACED, v, visit_at(b, v).placed)
    if placed != visit_at(b, v).placed:
        b.fixed += -visit_at(b, v).skip if placed else visit_at(b, v).skip
        visit_at(b, v).placed = placed


@compiled
def see_again(b: Desk, person: int, r: int, change: int) -> None:
    """As `see`, without costs."""
    carer = tour_at(b, r).carer
    set_seen(b, person, carer, seen(b, person, carer) + change)


@compiled
def undo(b: Desk) -> None:  # noqa: C901 - one branch per kind of entry
    """Take back everything in the journal, latest first. Totals and tours are restored by the caller."""
    for k in range(b.entries - 1, -1, -1):
        what = entry_at(b, k).what
        x = entry_at(b, k).where
        old = entry_at(b, k).old
        if what == START:
            count_late(b, x, node_at(b, x).tour, -1.0)
            node_at(b, x).start = old
            count_late(b, x, node_at(b, x).tour, 1.0)
        elif what == NEXT:
            node_at(b, x).next = int(old)
        elif what == PREV:
            node_at(b, x).prev = int(old)
        elif what == KEY:
            node_at(b, x).key = old
        elif what == TOUR_OF:
            count_late(b, x, node_at(b, x).tour, -1.0)
            count_late(b, x, int(old), 1.0)
            if b.has_faces and node_at(b, x).person >= 0:
                if node_at(b, x).tour >= 0:
                    see_again(b, node_at(b, x).person, node_at(b, x).tour, -1)
                if old >= 0:
                    see_again(b, node_at(b, x).person, int(old), 1)
            node_at(b, x).tour = int(old)
        elif what == WINDOW_OF:
            open_window(b, x, int(old))
        elif what == REST:
            node_at(b, x).rest = int(old)
        elif what == AFTER:
            break_at(b, x).after = int(old)
        else:
            visit_at(b, x).placed = int(old)
    b.entries = 0


@compiled
def may_have(b: Desk, x: int, r: int) -> bool:
    return bool(dear(b, x, r) < FORBIDDEN)


@compiled
def mate_forbids(b: Desk, x: int, r: int) -> bool:
    """Would one carer do both halves of a visit that needs two?"""
    if visit_at(b, x >> 1).same:
        return False
    other = node_at(b, x ^ 1).tour
    return other >= 0 and bool(tour_at(b, other).carer == tour_at(b, r).carer)
