"""Which visits could well stand next to each other in a tour."""

import numpy as np

from .board import FORBIDDEN, Records

WAITING, LATENESS = 0.2, 1.0  # how much a minute between two visits weighs against a minute of driving
STRANGERS = 1e6  # added when no tour may have both
HORIZON = 1e5
CHUNK = 512


def nearest(nodes: Records, windows: Records, travel: Records, dear: Records, gates: int, size: int) -> Records:
    """For each visit the `size` others that follow or precede it most cheaply."""
    count = gates // 2
    size = min(size, count - 1)
    near = np.zeros((count, max(0, size)), np.int32)
    if size <= 0:
        return near
    first = nodes[0:gates:2]
    place = first["leave"]
    opens = first["opens"]
    last = np.maximum(first["last_window"] - 1, first["first_window"])
    closes = np.minimum(windows["closes"][last], HORIZON)
    minutes = first["minutes"]
    may = dear[0::2] < FORBIDDEN
    may |= dear[1::2] < FORBIDDEN
    may_float = may.astype(np.float32)
    for begin in range(0, count, CHUNK):
        rows = np.arange(begin, min(begin + CHUNK, count))
        there = travel[np.ix_(place[rows], place)]
        back = travel[np.ix_(place, place[rows])].T
        ahead = _strain(opens[rows, None], closes[rows, None], minutes[rows, None], there, opens, closes)
        behind = _strain(opens, closes, minutes, back, opens[rows, None], closes[rows, None])
        score = np.minimum(there + ahead, back + behind)
        score += np.where(may_float[rows] @ may_float.T > 0, 0.0, STRANGERS)
        score[np.arange(len(rows)), rows] = np.inf
        best = np.argpartition(score, size - 1, axis=1)[:, :size]
        order = np.argsort(np.take_along_axis(score, best, axis=1), axis=1, kind="stable")
        near[rows] = np.take_along_axis(best, order, axis=1)
    return near


def _strain(opens: Records, closes: Records, minutes: Records, travel: Records, then: Records, by: Records) -> Records:
    """Unavoidable waiting and lateness when one visit comes right after the other."""
    waiting = np.maximum(0.0, then - (closes + minutes + travel))
    lateness = np.maximum(0.0, opens + minutes + travel - by)
    result: Records = WAITING * waiting + LATENESS * lateness
    return result
