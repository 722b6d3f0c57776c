"""How people steer a month's plan: ask for it, keep, take out, plan again with little change, ask the people in it.

Asking makes a place (INVITED) for each person and asks the volunteers; the citizen says yes or no through those who
know them. Nothing is asked of somebody who has said no to being matched in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from omtanke.access.models import User
from omtanke.everyday.assignments import NotPossible, ask
from omtanke.everyday.follow_up import NotTheNextStep, SomebodyWasFirst, take_step
from omtanke.everyday.models import Assignment, MatchingNo, MonthChoice, MonthPlan, Occurrence, Participation, Wish
from omtanke.everyday.seats import free_at
from omtanke.people.models import Citizen, Unit

State = MonthPlan.State


class NotNow(Exception):
    """The plan is not at a point where this can be done, or a colleague was first."""


@dataclass(frozen=True)
class Asked:
    """How many are invited, and whom it was not possible to invite any more."""

    invited: int
    not_possible: list[MonthChoice]
    without_help: list[MonthChoice]


@transaction.atomic
def ask_for_month(
    units: Iterable[Unit], first: date, *, by: User, at: datetime, begins_from: MonthPlan | None = None
) -> MonthPlan:
    """Ask the worker for a plan of the month that begins on `first`, for these units together."""
    from omtanke.everyday import tasks  # jobs call deeds, deeds ask for jobs

    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    plan = MonthPlan.objects.create(
        first=first, last=last, asked_by=by, asked_at=at, beat_at=at, begins_from=begins_from
    )
    plan.units.set(units)
    tasks.make_month.defer(plan_id=plan.pk)
    return plan


def pin(choice: MonthChoice, *, pinned: bool) -> None:
    """It stays when the month is planned again; or is free again. Raises NotNow."""
    _change(choice, pinned=pinned, taken_out=False)


def take_out(choice: MonthChoice, *, out: bool) -> None:
    """Not this one; or put back. Raises NotNow."""
    _change(choice, pinned=False, taken_out=out)


def _change(choice: MonthChoice, **facts: bool) -> None:
    if not MonthChoice.objects.filter(pk=choice.pk, plan__state=State.READY).update(**facts):
        raise NotNow


@transaction.atomic
def say_no(citizen: Citizen, *, says_no: bool, by: User, at: datetime) -> MatchingNo:
    """The person does not want to be matched, or wants it again. A no takes them out of every plan not yet asked."""
    if says_no:
        MonthChoice.objects.filter(citizen=citizen, participation=None).delete()
    return MatchingNo.objects.create(citizen=citizen, says_no=says_no, noted_by=by, at=at)


@transaction.atomic
def invite(plan: MonthPlan, *, by: User, at: datetime) -> Asked:
    """Ask everybody in the plan. Whoever has something else by now is told about, never lost. Raises NotNow."""
    if not MonthPlan.objects.filter(pk=plan.pk, state=State.READY).update(state=State.INVITED):
        raise NotNow
    said_no = _said_no(plan)
    invited, not_possible, without_help = 0, [], []
    chosen = plan.choices.filter(taken_out=False).select_related("occurrence", "wish", "driver", "companion", "citizen")
    for choice in chosen.order_by("leaves_at", "stop_number", "pk"):
        participation = None if choice.citizen_id in said_no else _invite(choice, by=by, at=at)
        if participation is None:
            not_possible.append(choice)
            continue
        invited += 1
        if not _ask_volunteers(choice, participation, by=by, at=at):
            without_help.append(choice)
    return Asked(invited, not_possible, without_help)


def _said_no(plan: MonthPlan) -> set[int]:
    latest: dict[int, bool] = {}
    for row in MatchingNo.objects.filter(citizen__in=plan.choices.values("citizen_id")).order_by("at", "pk"):
        latest[row.citizen_id] = row.says_no
    return {pk for pk, says_no in latest.items() if says_no}


def _invite(choice: MonthChoice, *, by: User, at: datetime) -> Participation | None:
    """A place, and the wish is offered. None when it is cancelled, or the person is somewhere else by now."""
    held = Occurrence.objects.select_for_update(of=("self",)).select_related("activity").get(pk=choice.occurrence_id)
    if held.cancelled_at or held.starts <= at or free_at(held) == 0:
        return None
    try:
        with transaction.atomic():
            place = Participation.objects.create(
                citizen_id=choice.citizen_id,
                occurrence=choice.occurrence,
                wish=choice.wish,
                starts=choice.leaves_at,
                ends=choice.home_at,
                invited_by=by,
                made_at=at,
            )
            take_step(choice.wish, Wish.State.OFFERED, by=by, at=at, participation=place)
    except (IntegrityError, NotTheNextStep, SomebodyWasFirst):
        return None
    MonthChoice.objects.filter(pk=choice.pk).update(participation=place)
    return place


def _ask_volunteers(choice: MonthChoice, place: Participation, *, by: User, at: datetime) -> bool:
    """Ask who drives and who is company. False when one of them cannot be asked any more."""
    asked = True
    for volunteer, kind in ((choice.driver, Assignment.Kind.RIDE), (choice.companion, Assignment.Kind.COMPANY)):
        if volunteer is None:
            continue
        is_ride = kind == Assignment.Kind.RIDE
        try:
            ask(
                Assignment(
                    volunteer=volunteer,
                    citizen_id=choice.citizen_id,
                    occurrence=choice.occurrence,
                    participation=place,
                    kind=kind,
                    starts=choice.leaves_at if is_ride else choice.occurrence.starts,
                    ends=choice.home_at if is_ride else choice.occurrence.ends,
                    pick_up_at=choice.leaves_at if is_ride else None,
                    stop_number=choice.stop_number if is_ride else None,
                    asked_by=by,
                    asked_at=at,
                )
            )
        except NotPossible:
            asked = False
    return asked
