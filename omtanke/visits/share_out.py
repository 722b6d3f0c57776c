"""Share out the day's lists: staff take them, give them back, and the leader hands out what is left.

Whoever has a list in a unit they are not at work in sees that unit's people while the list lasts, and no longer.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from omtanke.access import grants
from omtanke.access.models import Reason, User
from omtanke.people.models import Employee
from omtanke.visits.models import Round, Shift, Visit
from omtanke.visits.models.shifts import ShiftQuerySet
from omtanke.visits.plan_shifts import READ_UP_BEFORE, WRITE_DOWN_AFTER


class AlreadyTaken(Exception):
    """A colleague was first; `by` says who, unless they have given it back in the meantime."""

    def __init__(self, by: Employee | None) -> None:
        super().__init__(by)
        self.by = by


class NotAtWork(Exception):
    """A list is taken by somebody whose shift falls together with it. Others are handed one."""


class NotTheirs(Exception):
    """Whoever should give the list back does not have it any more."""


class VisitUnderWay(Exception):
    """A visit of the list has begun and not ended."""


@transaction.atomic
def take_list(round_: Round, *, by: Employee, at: datetime) -> None:
    """Take a free list for oneself; taking one's own again changes nothing.

    Raises AlreadyTaken if a colleague was first, NotAtWork without a shift at that time.
    """
    if not _shifts_during(round_, by).exists():
        raise NotAtWork
    _give_to(round_, by, at=at, handed_out_by=None, user=by.user)


@transaction.atomic
def hand_out(round_: Round, to: Employee, *, by: User, at: datetime) -> None:
    """Give a free list to somebody, at work or called in. Raises AlreadyTaken if a colleague was first."""
    leader = Employee.objects.filter(user=by).first()
    _give_to(round_, to, at=at, handed_out_by=leader, user=by)


@transaction.atomic
def give_back(round_: Round, holder: Employee, *, at: datetime) -> None:
    """Set a list free again and close what it opened.

    Raises VisitUnderWay while `holder` is in the middle of a visit, NotTheirs if they do not have it any more.
    """
    if Visit.objects.filter(round=round_, done_by=holder, ended_at=None).exists():
        raise VisitUnderWay
    had = Round.objects.select_for_update().filter(pk=round_.pk, taken_by=holder).first()
    if had is None:
        raise NotTheirs
    grants.end([opened_by(had)], at=at)
    Round.objects.filter(pk=round_.pk).update(taken_by=None, taken_at=None, handed_out_by=None)


def opened_by(round_: Round) -> str:
    """The cause in the ledger: this list, taken at this moment. Taken anew, it is a new line and the old one stands."""
    return f"{grants.cause(round_)}@{round_.taken_at:%Y%m%dT%H%M%S}"


def _give_to(round_: Round, to: Employee, *, at: datetime, handed_out_by: Employee | None, user: User | None) -> None:
    free = Round.objects.filter(pk=round_.pk, taken_by=None)
    was_free = free.update(taken_by=to, taken_at=at, handed_out_by=handed_out_by)
    round_.refresh_from_db(fields=["taken_by", "taken_at", "handed_out_by"])
    if not was_free and round_.taken_by != to:
        raise AlreadyTaken(round_.taken_by)
    if was_free and to.user_id and not _shifts_during(round_, to).filter(unit_id=round_.work_list.unit_id).exists():
        opening = grants.Opening(
            to.user_id,
            Reason.LIST,
            opened_by(round_),
            unit_id=round_.work_list.unit_id,
            since=max(at, round_.starts_at - READ_UP_BEFORE),
            until=max(at, round_.ends_at) + WRITE_DOWN_AFTER,
        )
        grants.begin([opening], by=user)


def _shifts_during(round_: Round, employee: Employee) -> ShiftQuerySet:
    return Shift.objects.filter(employee=employee, starts__lt=round_.ends_at, ends__gt=round_.starts_at)
