"""What can happen to a visit, one step after the other: planned, under way, done; or not done, with a reason.

Pure: neither clock nor database. Whoever takes a step holds the row (`carry_out.HeldVisits`), so that of two people, or
two presses of a wet finger, one wins and the other is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta

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


def start(visit: Visit, *, by: Employee, at: datetime) -> None:
    """Begin; beginning one's own visit twice changes nothing."""
    _check_day(visit, at)
    if visit.state == "under_way" and visit.done_by_id == by.pk:
        return
    _must_be("planned", visit)
    visit.started_at, visit.done_by = at, by


def end(visit: Visit, *, at: datetime) -> None:
    """End a visit under way."""
    _must_be("under_way", visit)
    visit.ended_at = max(visit.started_at or at, at)  # clocks of two machines may differ a little


def take_back_start(visit: Visit, *, by: Employee) -> None:
    """Undo a start that one pressed by mistake."""
    _must_be("under_way", visit, by)
    visit.started_at = visit.done_by = None


def take_back_end(visit: Visit, *, by: Employee, at: datetime) -> None:
    """Undo an end that one pressed by mistake."""
    _check_day(visit, at)
    _must_be("done", visit, by)
    visit.ended_at = None


def say_not_done(visit: Visit, why: Visit.NotDone, words: str, *, at: datetime) -> None:
    """A start pressed at the door is taken back with it.

    What the citizen decides holds for both carers of a visit of two; that we did not get there, only for one.
    """
    _check_day(visit, at)
    if visit.state not in {"planned", "under_way"}:
        raise what_happened(visit)
    halves = [visit]
    if visit.together_with and why != Visit.NotDone.NO_TIME and visit.together_with.state == "planned":
        halves.append(visit.together_with)
    for half in halves:
        half.not_done, half.not_done_words, half.started_at, half.done_by = why, words, None, None


def take_back_not_done(visit: Visit, *, at: datetime) -> None:
    """The visit is to be done after all."""
    _check_day(visit, at)
    _must_be("not_done", visit)
    visit.not_done, visit.not_done_words = "", ""


def what_happened(visit: Visit) -> VisitChanged:
    """Why a step is not possible, as an exception named for what happened instead."""
    said = {"done": AlreadyEnded, "under_way": AlreadyStarted, "not_done": AlreadyNotDone, "planned": NotStarted}
    return said[visit.state](visit)


def _check_day(visit: Visit, at: datetime) -> None:
    if not can_be_done(visit, at=at):
        raise NotOnThisDay


def _must_be(state: str, visit: Visit, by: Employee | None = None) -> None:
    if visit.state != state or (by and visit.done_by_id != by.pk):
        raise what_happened(visit)
