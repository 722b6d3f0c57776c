"""Carry out a visit: start, end, undo a slip of the finger, or say why it was not done.

Every step is a conditional update, so of two people (or two presses of a wet finger) one wins and the other is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from omtanke.people.models import Employee
from omtanke.visits.models import Visit

# A visit can be written up the day after it was planned (a night list, a telephone that was empty), not later.
MAY_BE_LATE = timedelta(days=1)


class VisitChanged(Exception):
    """Somebody was first. `visit` is how it stands now."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.visit = visit


class AlreadyStarted(VisitChanged):
    """`visit.done_by` is there."""


class AlreadyEnded(VisitChanged):
    """`visit.done_by` ended it at `visit.ended_at`."""


class AlreadyNotDone(VisitChanged):
    """It is down as not done, with a reason."""


class NotStarted(VisitChanged):
    """The start has been taken back in the meantime, or there never was one."""


class NotOnThisDay(Exception):
    """The visit is planned for another day."""


def can_be_done(visit: Visit, *, at: datetime) -> bool:
    """Is it the visit's day, or the one after?"""
    today = timezone.localdate(at)
    return today - MAY_BE_LATE <= visit.on <= today


@transaction.atomic
def start_visit(visit: Visit, *, by: Employee, at: datetime) -> None:
    """Begin; beginning one's own visit twice changes nothing. Raises AlreadyStarted, AlreadyEnded, AlreadyNotDone,
    NotOnThisDay."""
    _check_day(visit, at)
    started = Visit.objects.filter(pk=visit.pk, started_at=None, not_done="").update(started_at=at, done_by=by)
    now = _as_it_stands(visit)
    if not started and not (now.state == "under_way" and now.done_by_id == by.pk):
        raise _what_happened(now)


@transaction.atomic
def end_visit(visit: Visit, *, at: datetime) -> None:
    """End a visit under way. Raises AlreadyEnded, NotStarted, AlreadyNotDone."""
    under_way = Visit.objects.filter(pk=visit.pk, started_at__isnull=False, ended_at=None)
    ended = under_way.update(
        ended_at=Greatest(F("started_at"), Value(at))
    )  # clocks of two machines may differ a little
    now = _as_it_stands(visit)
    if not ended:
        raise _what_happened(now)


@transaction.atomic
def take_back_start(visit: Visit, *, by: Employee) -> None:
    """Undo a start that one pressed by mistake. Raises NotStarted, AlreadyStarted (by somebody else), AlreadyEnded."""
    under_way = Visit.objects.filter(pk=visit.pk, done_by=by, started_at__isnull=False, ended_at=None)
    undone = under_way.update(started_at=None, done_by=None)
    now = _as_it_stands(visit)
    if not undone:
        raise _what_happened(now)


@transaction.atomic
def take_back_end(visit: Visit, *, by: Employee, at: datetime) -> None:
    """Undo an end that one pressed by mistake. Raises NotStarted, AlreadyStarted, AlreadyNotDone, NotOnThisDay."""
    _check_day(visit, at)
    undone = Visit.objects.filter(pk=visit.pk, done_by=by, ended_at__isnull=False).update(ended_at=None)
    now = _as_it_stands(visit)
    if not undone:
        raise _what_happened(now)


@transaction.atomic
def say_not_done(visit: Visit, why: Visit.NotDone, words: str, *, at: datetime) -> None:
    """Write down why a visit was not done; a start pressed at the door is taken back with it.

    What the citizen decides holds for both carers of a visit of two; that we did not get there, only for one.
    Raises AlreadyEnded, AlreadyNotDone, NotOnThisDay.
    """
    _check_day(visit, at)
    open_still = Visit.objects.filter(ended_at=None, not_done="")
    change = {"not_done": why, "not_done_words": words, "started_at": None, "done_by": None}
    changed = open_still.filter(pk=visit.pk).update(**change)
    now = _as_it_stands(visit)
    if not changed:
        raise _what_happened(now)
    if visit.together_with_id and why != Visit.NotDone.NO_TIME:
        open_still.filter(pk=visit.together_with_id, started_at=None).update(**change)


@transaction.atomic
def take_back_not_done(visit: Visit, *, at: datetime) -> None:
    """The visit is to be done after all. Raises what has happened instead."""
    _check_day(visit, at)
    changed = Visit.objects.filter(pk=visit.pk).exclude(not_done="").update(not_done="", not_done_words="")
    now = _as_it_stands(visit)
    if not changed:
        raise _what_happened(now)


def _check_day(visit: Visit, at: datetime) -> None:
    if not can_be_done(visit, at=at):
        raise NotOnThisDay


def _as_it_stands(visit: Visit) -> Visit:
    visit.refresh_from_db(fields=["started_at", "ended_at", "done_by", "not_done", "not_done_words"])
    return visit


def _what_happened(visit: Visit) -> VisitChanged:
    said = {"done": AlreadyEnded, "under_way": AlreadyStarted, "not_done": AlreadyNotDone, "planned": NotStarted}
    return said[visit.state](visit)
