"""Carry out a visit: start, end, undo a slip of the finger, or say why it was not done.

A step is taken on a row that is held (locked) and written down before it is let go; which step is possible when says
`steps.py`, for a page's one visit and for a phone's whole batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from omtanke.people.models import Employee
from omtanke.visits import steps
from omtanke.visits.models import Visit
from omtanke.visits.steps import (
    AlreadyEnded,
    AlreadyNotDone,
    AlreadyStarted,
    NotOnThisDay,
    NotStarted,
    VisitChanged,
    can_be_done,
)

__all__ = [
    "AlreadyEnded",
    "AlreadyNotDone",
    "AlreadyStarted",
    "HeldVisits",
    "NotOnThisDay",
    "NotStarted",
    "VisitChanged",
    "can_be_done",
    "end_visit",
    "say_not_done",
    "start_visit",
    "take_back_end",
    "take_back_not_done",
    "take_back_start",
]

STEPPED = ("started_at", "ended_at", "done_by_id", "not_done", "not_done_words")
# One statement for all visits of a batch: Django's bulk_update asks a question for each row and column instead.
WRITE_DOWN = """
UPDATE visits_visit AS visit SET started_at = now.started_at, ended_at = now.ended_at, done_by_id = now.done_by_id,
       not_done = now.not_done, not_done_words = now.not_done_words
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bigint[], %s::text[], %s::text[])
       AS now (id, started_at, ended_at, done_by_id, not_done, not_done_words)
 WHERE visit.id = now.id
"""


class HeldVisits:
    """Visits whose rows are locked until the transaction ends, the other halves of visits of two with them.

    Always locked in the same order, so that of two who want the same ones the second waits and neither waits forever.
    """

    def __init__(self, visit_ids: Iterable[int]) -> None:
        wanted = list(visit_ids)
        rows = Visit.objects.filter(Q(pk__in=wanted) | Q(together_with__in=wanted)).select_related("citizen", "round")
        self.visits = {visit.pk: visit for visit in rows.order_by("pk").select_for_update(of=("self",))}
        self._before = {pk: _stepped(visit) for pk, visit in self.visits.items()}
        for visit in self.visits.values():
            if visit.together_with_id in self.visits:
                visit.together_with = self.visits[visit.together_with_id]

    def write_down(self) -> None:
        """Write what happened to them since they are held."""
        changed = [(pk, *_stepped(visit)) for pk, visit in self.visits.items() if _stepped(visit) != self._before[pk]]
        if not changed:
            return
        with connection.cursor() as cursor:
            cursor.execute(WRITE_DOWN, [list(column) for column in zip(*changed, strict=True)])
        self._before = {pk: _stepped(visit) for pk, visit in self.visits.items()}


@transaction.atomic
def start_visit(visit: Visit, *, by: Employee, at: datetime) -> None:
    """Begin; beginning one's own visit twice changes nothing. Raises AlreadyStarted, AlreadyEnded, AlreadyNotDone,
    NotOnThisDay."""
    _take(visit, lambda held: steps.start(held, by=by, at=at))


@transaction.atomic
def end_visit(visit: Visit, *, at: datetime) -> None:
    """End a visit under way. Raises AlreadyEnded, NotStarted, AlreadyNotDone."""
    _take(visit, lambda held: steps.end(held, at=at))


@transaction.atomic
def take_back_start(visit: Visit, *, by: Employee) -> None:
    """Undo a start that one pressed by mistake. Raises NotStarted, AlreadyStarted (by somebody else), AlreadyEnded."""
    _take(visit, lambda held: steps.take_back_start(held, by=by))


@transaction.atomic
def take_back_end(visit: Visit, *, by: Employee, at: datetime) -> None:
    """Undo an end that one pressed by mistake. Raises NotStarted, AlreadyStarted, AlreadyNotDone, NotOnThisDay."""
    _take(visit, lambda held: steps.take_back_end(held, by=by, at=at))


@transaction.atomic
def say_not_done(visit: Visit, why: Visit.NotDone, words: str, *, at: datetime) -> None:
    """Write down why a visit was not done. Raises AlreadyEnded, AlreadyNotDone, NotOnThisDay."""
    _take(visit, lambda held: steps.say_not_done(held, why, words, at=at))


@transaction.atomic
def take_back_not_done(visit: Visit, *, at: datetime) -> None:
    """The visit is to be done after all. Raises what has happened instead."""
    _take(visit, lambda held: steps.take_back_not_done(held, at=at))


def _take(visit: Visit, step: Callable[[Visit], None]) -> None:
    """Take the step on the held row; `visit` tells afterwards how it stands, also when the step was not possible."""
    held = HeldVisits([visit.pk])
    if visit.pk not in held.visits:
        raise Visit.DoesNotExist
    now = held.visits[visit.pk]
    try:
        step(now)
        held.write_down()
    finally:
        for name in STEPPED:
            setattr(visit, name, getattr(now, name))


def _stepped(visit: Visit) -> tuple[object, ...]:
    return tuple(getattr(visit, name) for name in STEPPED)
