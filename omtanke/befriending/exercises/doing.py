"""At a visit: an exercise was done, and how it went; one tap each, and changed by another tap."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.befriending.exercises.plan import Whole, programme_of, whole
from omtanke.befriending.models import ExerciseDone, ServiceVisit
from omtanke.befriending.models.exercises import latest_plan
from omtanke.kernel.exercises.programme import Programme

MAY_BE_LATE = timedelta(days=7)  # as with the visit book


class NotYourVisit(Exception):
    """Whoever visits says how it went, and nobody for them."""


class NotOnThisDay(Exception):
    """The visit is still to come, or too long ago, or did not take place."""


class NotInTheProgramme(Exception):
    """The exercise is none of those of this visit."""


class NoPlan(Exception):
    """Nobody has made a plan for this person yet."""


def of_visit(visit: ServiceVisit) -> tuple[Whole, Programme]:
    """The plan as it was on the visit's day, and what it says to do. Raises NoPlan, TooShort, Nothing."""
    on = timezone.localdate(visit.planned_start)
    plan = latest_plan(visit.citizen_id, by_day=on)
    if plan is None:
        raise NoPlan
    of = whole(plan)
    return of, programme_of(of, on=on)


def can_be_ticked(visit: ServiceVisit, *, at: datetime) -> bool:
    day, today = timezone.localdate(visit.planned_start), timezone.localdate(at)
    return not visit.not_done_because and day <= today <= day + MAY_BE_LATE


@transaction.atomic
def tick(visit: ServiceVisit, code: str, how: ExerciseDone.How | None, *, by: User, at: datetime) -> None:
    """How an exercise went at this visit; None takes it back.

    Raises NotYourVisit, NotOnThisDay, NotInTheProgramme, NoPlan.
    """
    if visit.senior.user_id != by.pk:
        raise NotYourVisit
    if not can_be_ticked(visit, at=at):
        raise NotOnThisDay
    _of, made = of_visit(visit)
    exercise = next((one.exercise for one in made.chosen if one.exercise.code == code), None)
    if exercise is None:
        raise NotInTheProgramme
    if how is None:
        ExerciseDone.objects.filter(visit=visit, exercise=code).delete()
        return
    ExerciseDone.objects.update_or_create(
        visit=visit,
        exercise=code,
        defaults={"how": how, "by": by, "at": at},
        create_defaults={
            "how": how,
            "by": by,
            "at": at,
            "citizen_id": visit.citizen_id,
            "department_id": visit.department_id,
            "family": exercise.family,
            "level": exercise.level,
            "on": timezone.localdate(visit.planned_start),
        },
    )
