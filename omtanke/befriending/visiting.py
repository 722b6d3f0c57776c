"""Carry out a visit as a senior: begin, end, write in the visit book, or say why there was none.

Every step is a conditional update of one's own visit, so a button pressed twice, or on two phones, does it once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from omtanke.access.models import User
from omtanke.befriending.models import ServiceVisit
from omtanke.befriending.models.visits import ServiceVisitQuerySet

# What was forgotten on the day can be written up during the week after, as one did in the notebook.
MAY_BE_LATE = timedelta(days=7)


class NotOnThisDay(Exception):
    """The visit is still to come, or too long ago to begin or end."""


class AlreadyOtherwise(Exception):
    """It stands differently now: begun, ended, not done, or somebody else's."""


class OnHold(Exception):
    """A criterion is not met any more: no visit begins until it is."""


def can_be_done(visit: ServiceVisit, *, at: datetime) -> bool:
    """Is it the visit's day, or the week after?"""
    day, today = timezone.localdate(visit.planned_start), timezone.localdate(at)
    return day <= today <= day + MAY_BE_LATE


def state_of(visit: ServiceVisit) -> str:
    """One of 'done', 'under_way', 'not_done', 'planned'."""
    if visit.ended_at:
        return "done"
    if visit.began_at:
        return "under_way"
    return "not_done" if visit.not_done_because else "planned"


@transaction.atomic
def begin(visit: ServiceVisit, *, by: User, at: datetime) -> None:
    """Raises NotOnThisDay, AlreadyOtherwise, OnHold."""
    _check_day(visit, at)
    try:
        with transaction.atomic():
            _change(_mine(visit, by).filter(began_at=None, not_done_because=""), visit, began_at=at)
    except IntegrityError as refused:
        said = getattr(refused.__cause__, "diag", None)
        if said is not None and said.constraint_name == "visit_is_on_hold":
            raise OnHold from refused
        raise


@transaction.atomic
def take_back_begin(visit: ServiceVisit, *, by: User) -> None:
    """A slip of the finger. Raises AlreadyOtherwise."""
    _change(_mine(visit, by).filter(began_at__isnull=False, ended_at=None), visit, began_at=None)


@transaction.atomic
def end(visit: ServiceVisit, *, by: User, at: datetime) -> None:
    """Raises AlreadyOtherwise."""
    under_way = _mine(visit, by).filter(began_at__isnull=False, ended_at=None)
    _change(under_way, visit, ended_at=Greatest(F("began_at"), Value(at)))  # two clocks may differ a little


@transaction.atomic
def take_back_end(visit: ServiceVisit, *, by: User, at: datetime) -> None:
    """It goes on. Raises NotOnThisDay, AlreadyOtherwise."""
    _check_day(visit, at)
    _change(_mine(visit, by).filter(ended_at__isnull=False, kin_told_at=None), visit, ended_at=None)


@transaction.atomic
def write(visit: ServiceVisit, words: str, *, by: User) -> None:
    """What we did and how it was; written anew it replaces what stood there, which the history keeps.

    Raises AlreadyOtherwise before the visit has begun.
    """
    _change(_mine(visit, by).filter(began_at__isnull=False), visit, report=words.strip())


@transaction.atomic
def say_not_done(visit: ServiceVisit, because: str, *, by: User) -> None:
    """There was, or will be, no visit: known beforehand, or at the door. Raises AlreadyOtherwise."""
    open_still = _mine(visit, by).filter(ended_at=None, not_done_because="")
    _change(open_still, visit, not_done_because=because, began_at=None)


@transaction.atomic
def take_back_not_done(visit: ServiceVisit, *, by: User) -> None:
    """It is to be done after all. Raises AlreadyOtherwise."""
    _change(_mine(visit, by).exclude(not_done_because=""), visit, not_done_because="")


@transaction.atomic
def kin_told(visit: ServiceVisit, *, by: User, at: datetime) -> None:
    """The senior has sent the message from their own phone. Raises AlreadyOtherwise."""
    _change(_mine(visit, by).filter(ended_at__isnull=False, kin_told_at=None), visit, kin_told_at=at)


def _mine(visit: ServiceVisit, by: User) -> ServiceVisitQuerySet:
    return ServiceVisit.objects.filter(pk=visit.pk, senior__user=by)


def _change(among: ServiceVisitQuerySet, visit: ServiceVisit, **facts: object) -> None:
    if not among.update(**facts):
        raise AlreadyOtherwise
    visit.refresh_from_db()


def _check_day(visit: ServiceVisit, at: datetime) -> None:
    if not can_be_done(visit, at=at):
        raise NotOnThisDay
