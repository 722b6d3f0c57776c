"""How late is late: the window in force, and what a start costs in it."""

from .board import TOLERANCE, Desk
from .desk import detail_at, node_at, tour_at, window_at
from .jit import compiled


@compiled
def late_cost(b: Desk, x: int, start: float) -> float:
    """Weighted lateness of task x if it began then."""
    n = node_at(b, x)
    over = start - n.closes
    late = n.late
    event = n.event
    if start >= n.reopens:
        w = n.window
        while w + 1 < n.last_window and window_at(b, w + 1).opens - TOLERANCE <= start:
            w += 1
        over = start - window_at(b, w).closes
        late = b.per_broken_minutes if window_at(b, w).hard else detail_at(b, x).critical
        event = b.per_broken if window_at(b, w).hard else 0.0
    if over <= 0.0 or (event > 0.0 and over <= TOLERANCE):
        return 0.0
    return float(over * late + event)


@compiled
def late_minutes(b: Desk, x: int, start: float) -> float:
    """Minutes late against a soft window; hard ones are another matter."""
    n = node_at(b, x)
    if start < n.reopens:
        return max(0.0, start - n.closes) if n.event == 0.0 else 0.0
    w = n.window
    while w + 1 < n.last_window and window_at(b, w + 1).opens - TOLERANCE <= start:
        w += 1
    return 0.0 if window_at(b, w).hard else max(0.0, start - window_at(b, w).closes)


@compiled
def count_late(b: Desk, x: int, r: int, sign: float) -> None:
    """Add or take away the lateness of task x in the sum of tour r (light mode; otherwise scoring does it)."""
    if r >= 0 and not b.full:
        tour_at(b, r).extra += sign * late_cost(b, x, node_at(b, x).start)
