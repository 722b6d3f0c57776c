"""What tours and the whole plan cost, from the earliest starts: the compiled twin of `cost.py`.

A carer leaves as late as pays: waiting between visits is turned into a later start of the tour as long as that saves
more than the lateness it brings. The tasks before the last wait move with the start of the tour, each by what the
waits before it do not swallow; the change of cost is convex, so the best delay is where enough tasks have become
late.
"""

import numpy as np

from .board import INDEPENDENT, SINGLE, TOLERANCE, Desk
from .desk import (
    break_at,
    carer_at,
    detail_at,
    gap_at,
    node_at,
    point_at,
    set_gap,
    touched_at,
    tour_at,
    travel,
    window_at,
)
from .jit import compiled
from .lateness import late_cost, late_minutes

NOTHING = 1e-9


@compiled
def closing_of(b: Desk, x: int) -> tuple[float, float, bool]:
    """When the window in force closes, what a minute after that costs, and whether it is hard."""
    n = node_at(b, x)
    w = n.window
    while w + 1 < n.last_window and window_at(b, w + 1).opens - TOLERANCE <= n.start:
        w += 1
    return window_at(b, w).closes, detail_at(b, x).critical, window_at(b, w).hard != 0


@compiled
def limits_of_delay(b: Desk, x: int, lag: float, cap: float, size: int) -> tuple[float, int]:
    """How task x bounds the delay: a cap, or a point from which each minute costs lateness."""
    n = node_at(b, x)
    if not (n.kind == SINGLE or n.kind == INDEPENDENT) or n.last_order > n.first_order or n.frozen:
        return min(cap, lag), size
    closes, late, hard = closing_of(b, x)
    if hard:
        return min(cap, max(lag, lag + closes - n.start)), size
    point = point_at(b, size)
    point.delay = lag + max(0.0, closes - n.start)
    point.costs = late
    return cap, size + 1


@compiled
def best_delay(b: Desk, waiting: float, cap: float, size: int) -> float:
    """The delay up to which a minute less of waiting is worth more than the lateness it brings."""
    worth = b.per_waiting
    delay = min(cap, waiting)
    if delay <= NOTHING or (worth == 0.0 and b.per_worst_waiting == 0.0):
        return 0.0
    while True:
        soonest = -1
        for i in range(size):
            if point_at(b, i).delay < delay and (soonest < 0 or point_at(b, i).delay < point_at(b, soonest).delay):
                soonest = i
        if soonest < 0:
            return delay
        worth -= point_at(b, soonest).costs
        if worth <= 0.0:
            return float(point_at(b, soonest).delay)
        point_at(b, soonest).delay = np.inf


# As long as it is because it follows a tour stop by stop: pulling it apart would mean following it twice.
@compiled
def score_tour(b: Desk, r: int) -> None:  # noqa: C901, PLR0915
    """Set extra, late, wait, idle, load and delay of tour r from the earliest starts."""
    tour = tour_at(b, r)
    gates = b.gates
    x = node_at(b, gates + r).next
    if x >= gates:
        tour.extra = tour.late = tour.wait = tour.load = tour.delay = 0.0
        tour.idle = tour.ends - tour.starts - tour.pause
        return
    waiting = driving = done = paused = 0.0
    taken = 0
    steps = size = 0
    cap = np.inf
    before = gates + r
    free = tour.starts
    while True:
        a = node_at(b, before)
        at_end = x >= gates
        leg = travel(b, a.leave, node_at(b, x).reach)
        driving += leg
        first = before >= gates
        time = free + leg
        if a.rest >= 0:
            pause = break_at(b, a.rest)
            if first or free >= pause.opens:
                begin = max(free, pause.opens)
                time = begin + pause.minutes + leg
            else:
                begin = max(time, pause.opens)
                waiting += begin - time
                set_gap(b, steps, waiting)
                steps += 1
                time = begin + pause.minutes
            if begin <= pause.closes + TOLERANCE:
                paused += pause.minutes
                taken += 1
                if not first:
                    cap = min(cap, waiting + max(0.0, pause.closes - begin))
        if at_end:
            break
        if not first:
            waiting += max(0.0, node_at(b, x).start - time)
        set_gap(b, steps, waiting)
        steps += 1
        detail_at(b, x).lag = waiting
        cap, size = limits_of_delay(b, x, waiting, cap, size)
        done += node_at(b, x).minutes
        free = node_at(b, x).start + node_at(b, x).minutes
        before = x
        x = node_at(b, x).next
    back = time
    delay = best_delay(b, waiting, cap, size)
    tour.delay = delay
    extra = 0.0
    worst = 0.0
    x = node_at(b, gates + r).next
    while x < gates:
        start = node_at(b, x).start + max(0.0, delay - detail_at(b, x).lag)
        extra += late_cost(b, x, start)
        worst = max(worst, late_minutes(b, x, start))
        known = detail_at(b, x).known
        if known == known:  # not NaN
            extra += b.per_changed_time * abs(start - known)
        x = node_at(b, x).next
    if b.per_worst_waiting > 0.0:
        longest = 0.0
        for i in range(steps):
            swallowed = delay if i == 0 else max(delay, gap_at(b, i - 1))
            longest = max(longest, gap_at(b, i) - swallowed)
        tour.wait = longest
    tour.late = worst
    tour.load = driving + done
    tour.idle = max(tour.ends, back) - tour.starts - driving - done - paused
    extra += b.per_waiting * (waiting - delay) + b.per_working * tour.load
    extra += b.per_overtime * max(0.0, back - tour.ends)
    extra += b.per_missed_break * (tour.last_break - tour.first_break - taken)
    if back > tour.latest + TOLERANCE:
        extra += b.per_broken + b.per_broken_minutes * (back - tour.latest)
    tour.extra = extra


@compiled
def score_peaks(b: Desk) -> None:
    """The costs that look at all tours at once: the worst of everything, fairness, hours."""
    b.peaks = 0.0
    if not b.has_peaks:
        return
    find_tops(b)
    if b.has_loads:
        for c in range(b.carer_count):
            carer_at(b, c).load = 0.0
        b.load = 0.0
        for r in range(b.tour_count):
            carer_at(b, tour_at(b, r).carer).load += tour_at(b, r).load
            b.load += tour_at(b, r).load
    price_peaks(b)


@compiled
def find_tops(b: Desk) -> None:
    """The worst lateness, wait and idleness of all tours."""
    late = wait = idle = 0.0
    for r in range(b.tour_count):
        t = tour_at(b, r)
        late, wait, idle = max(late, t.late), max(wait, t.wait), max(idle, t.idle)
    b.top_late, b.top_wait, b.top_idle = late, wait, idle


@compiled
def shift_peaks(b: Desk) -> None:
    """As `score_peaks` after a move, by what changed in the tours touched.

    All tours are looked at only when one that was worst of all has got better, which is seldom where there are many.
    """
    if not b.has_peaks:
        return
    late, wait, idle = b.top_late, b.top_wait, b.top_idle
    better = False
    for k in range(b.touched_count):
        t = tour_at(b, touched_at(b, k))
        better = (
            better
            or (t.old_late >= b.top_late and t.late < t.old_late)
            or (t.old_wait >= b.top_wait and t.wait < t.old_wait)
            or (t.old_idle >= b.top_idle and t.idle < t.old_idle)
        )
        late, wait, idle = max(late, t.late), max(wait, t.wait), max(idle, t.idle)
        carer_at(b, t.carer).load += t.load - t.old_load
        b.load += t.load - t.old_load
    if better:
        find_tops(b)
    else:
        b.top_late, b.top_wait, b.top_idle = late, wait, idle
    price_peaks(b)


@compiled
def price_peaks(b: Desk) -> None:
    b.peaks = b.per_worst_late * b.top_late + b.per_worst_waiting * b.top_wait + b.per_worst_idle * b.top_idle
    if b.has_loads:
        b.peaks += b.per_unfair * unfairness(b)
    if b.has_hours:
        over = 0.0
        for c in range(b.carer_count):
            over += max(0.0, carer_at(b, c).load - carer_at(b, c).most)
        b.peaks += b.per_over_hours * over


@compiled
def unfairness(b: Desk) -> float:
    """How far all carers are from their fair loads. Four sums side by side do not wait for each other."""
    count, load = b.carer_count, b.load
    one = two = three = four = 0.0
    c = 0
    while c + 3 < count:
        one += abs(carer_at(b, c).load - carer_at(b, c).share * load)
        two += abs(carer_at(b, c + 1).load - carer_at(b, c + 1).share * load)
        three += abs(carer_at(b, c + 2).load - carer_at(b, c + 2).share * load)
        four += abs(carer_at(b, c + 3).load - carer_at(b, c + 3).share * load)
        c += 4
    while c < count:
        one += abs(carer_at(b, c).load - carer_at(b, c).share * load)
        c += 1
    return float(one + two + three + four)


@compiled
def add_up(b: Desk) -> float:
    """The cost of the whole plan from its parts."""
    cost = b.per_driving * b.driving + b.fixed + b.faces
    if b.full:
        cost += b.extra + b.peaks
    else:
        cost += b.late + b.per_worst_late * b.worst
    b.cost = cost
    return float(cost)
