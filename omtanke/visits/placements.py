"""Edits of a day's lists, before anybody carries them out: which visit is to lie where, and when.

Moving, splitting and swapping are the same thing in the end: a set of placements. What it does can be told before
(`effects.py`), it is carried out in one go (`edit_lists.py`), and its inverse is the undo.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from omtanke.visits.models import Visit


class NothingToMove(Exception):
    """All of it lies there already, or nothing of it can be moved any more."""


class BothOnOneList(Exception):
    """The two carers of a visit of two would be one."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.visit = visit


@dataclass(frozen=True)
class Placement:
    visit_id: int
    list_id: int
    starts: datetime


def as_it_lies(visit: Visit) -> Placement:
    return Placement(visit.pk, visit.round.work_list_id, visit.planned_start)


def move(visits: Sequence[Visit], *, to_list: int, first_at: datetime | None = None) -> list[Placement]:
    """These visits on another list. With `first_at` the first begins then, and the others keep their distance to it."""
    if not visits:
        raise NothingToMove
    first = min(visit.planned_start for visit in visits)
    shift = first_at - first if first_at else first - first
    return [replace(as_it_lies(visit), list_id=to_list, starts=visit.planned_start + shift) for visit in visits]


def split(visits: Sequence[Visit], *, begins_with: Visit, to_list: int) -> list[Placement]:
    """Everything from one visit on goes to another list; the times stay."""
    rest = [visit for visit in visits if visit.planned_start >= begins_with.planned_start]
    return move(rest, to_list=to_list)


def swap_lists(one: Sequence[Visit], other: Sequence[Visit], *, lists: tuple[int, int]) -> list[Placement]:
    """The visits of two lists change places, times unchanged."""
    if not (one or other):
        raise NothingToMove
    there = [replace(as_it_lies(visit), list_id=lists[1]) for visit in one]
    return there + [replace(as_it_lies(visit), list_id=lists[0]) for visit in other]


def swap_visits(one: Visit, other: Visit) -> list[Placement]:
    """Two visits change places, list and time."""
    a, b = as_it_lies(one), as_it_lies(other)
    return [replace(b, visit_id=one.pk), replace(a, visit_id=other.pk)]


def completed(placements: Iterable[Placement], visits: Iterable[Visit]) -> list[Placement]:
    """Those that change something, with the second carers who must come at the same time as the first.

    `visits` are all of the day. Raises NothingToMove, BothOnOneList.
    """
    lying = {visit.pk: visit for visit in visits}
    wanted = {placement.visit_id: placement for placement in placements}
    for placement in list(wanted.values()):
        half_id = lying[placement.visit_id].together_with_id
        if half_id in lying and half_id not in wanted:
            half = as_it_lies(lying[half_id])
            wanted[half_id] = replace(half, starts=placement.starts)
        if half_id in wanted and wanted[half_id].list_id == placement.list_id:
            raise BothOnOneList(lying[placement.visit_id])
    changing = [placement for pk, placement in wanted.items() if as_it_lies(lying[pk]) != placement]
    if not changing:
        raise NothingToMove
    return changing
