"""Which visits could well stand next to each other in a tour, and how to number places so that neighbours lie close."""

import numpy as np

from .board import FORBIDDEN, Records
from .jit import compiled
from .problem import UNREACHABLE

WAITING, LATENESS = 0.2, 1.0  # how much a minute between two visits weighs against a minute of driving
STRANGERS = 1e6  # added when no tour may have both
HORIZON = 1e5
FEW = 256  # places that lie close in memory anyway
GRID_BITS = 8


def nearest(nodes: Records, windows: Records, travel: Records, dear: Records, gates: int, size: int) -> Records:
    """For each visit the `size` others that follow or precede it most cheaply, best first."""
    count = gates // 2
    size = max(0, min(size, count - 1))
    near = np.zeros((count, size), np.int32)
    if size == 0:
        return near
    first = nodes[0:gates:2]
    last = np.maximum(first["last_window"] - 1, first["first_window"])
    closes = np.minimum(windows["closes"][last], HORIZON)
    may = (dear[0::2] < FORBIDDEN) | (dear[1::2] < FORBIDDEN)
    kinds, kind = np.unique(np.packbits(may, axis=1), axis=0, return_inverse=True)
    kinds_may = np.unpackbits(kinds, axis=1).astype(np.float32)
    strange = (kinds_may @ kinds_may.T <= 0).astype(np.bool_)
    place, opens, minutes = (np.ascontiguousarray(first[name]) for name in ("leave", "opens", "minutes"))
    _find_nearest(place, opens, minutes, closes, travel, kind.ravel().astype(np.int64), strange, near)
    return near


@compiled
def _find_nearest(
    place: Records,
    opens: Records,
    minutes: Records,
    closes: Records,
    travel: Records,
    kind: Records,
    strange: Records,
    near: Records,
) -> None:
    """Fill the rows of `near`: each keeps its best so far in order, and most others are too dear to enter."""
    count, size = near.shape
    scores = np.empty(size)
    for i in range(count):
        scores[:] = np.inf
        for j in range(count):
            if j == i:
                continue
            there, back = travel[place[i], place[j]], travel[place[j], place[i]]
            if min(there, back) >= scores[size - 1]:
                continue
            ahead = there + _strain(opens[i], closes[i], minutes[i], there, opens[j], closes[j])
            behind = back + _strain(opens[j], closes[j], minutes[j], back, opens[i], closes[i])
            score = min(ahead, behind)
            if strange[kind[i], kind[j]]:
                score += STRANGERS
            if score >= scores[size - 1]:
                continue
            k = size - 1
            while k > 0 and scores[k - 1] > score:
                scores[k], near[i, k] = scores[k - 1], near[i, k - 1]
                k -= 1
            scores[k], near[i, k] = score, j


@compiled
def _strain(opens: float, closes: float, minutes: float, travel: float, then: float, by: float) -> float:
    """Unavoidable waiting and lateness when one visit comes right after the other."""
    waiting = max(0.0, then - (closes + minutes + travel))
    lateness = max(0.0, opens + minutes + travel - by)
    return float(WAITING * waiting + LATENESS * lateness)


def in_order(travel: Records) -> Records:
    """The places so that those near each other have near numbers: what a move looks at then lies close in memory.

    The distances to two places far apart serve as a map, whose squares are walked in Z-order (Morton 1966).
    """
    if len(travel) <= FEW:
        return np.arange(len(travel))
    known = np.where(travel < UNREACHABLE, travel, 0.0)
    west = int(np.argmax(known[0]))
    north = int(np.argmax(np.minimum(known[west], known[int(np.argmax(known[west]))])))
    code = np.zeros(len(travel), np.int64)
    for axis, landmark in enumerate((west, north)):
        away = known[landmark] / max(float(known[landmark].max()), 1e-9)
        square = np.minimum((away * 2**GRID_BITS).astype(np.int64), 2**GRID_BITS - 1)
        for bit in range(GRID_BITS):
            code |= (square >> bit & 1) << (2 * bit + axis)
    return np.argsort(code, kind="stable")
