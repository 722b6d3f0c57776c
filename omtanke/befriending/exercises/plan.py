"""Make a person's exercise plan, change it by hand, and read out of it what to do at a visit.

A plan is made in versions: nothing is changed in one, the next one says what was changed and why. What the falls
exclude cannot be put in by hand; what they rest on can be put right.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.befriending.exercises.bank import Bank, bank_of
from omtanke.befriending.exercises.facts import as_data, person_of
from omtanke.befriending.models import ExerciseChoice, ExerciseDone, ExercisePlan, Order
from omtanke.forms.models import Answers
from omtanke.kernel.exercises.excluded import Excluded, excluded
from omtanke.kernel.exercises.problem import LOWEST, Done, Exercise, How, Part, Person
from omtanke.kernel.exercises.programme import Programme, programme


class Unfit(Exception):
    """What is known of the person excludes the exercise; `why` says by what."""

    def __init__(self, why: Excluded) -> None:
        super().__init__(why)
        self.why = why


class ChangedMeanwhile(Exception):
    """A colleague has made a newer version."""


class StaysGentle(Exception):
    """The gentlest warm-up and the calm end belong to every visit."""


@dataclass(frozen=True)
class Whole:
    """A plan with all that a programme is made from."""

    plan: ExercisePlan
    person: Person
    bank: Bank
    choices: Collection[ExerciseChoice]

    def chosen(self, kind: ExerciseChoice.Kind) -> list[str]:
        return [one.exercise for one in self.choices if one.kind == kind]


def whole(plan: ExercisePlan) -> Whole:
    choices = list(plan.choices.select_related("by"))
    return Whole(plan, person_of(plan.facts), bank_of(plan.department_id), choices)


def programme_of(of: Whole, *, on: date) -> Programme:
    """What to do on that day. Raises kernel.exercises.programme.TooShort or Nothing."""
    return programme(
        of.bank.exercises,
        of.person,
        history_of(of.plan.citizen_id),
        minutes=of.plan.minutes,
        on=on,
        pinned=of.chosen(ExerciseChoice.Kind.FIRST),
        removed=of.chosen(ExerciseChoice.Kind.LEFT_OUT),
    )


def history_of(citizen_id: int) -> list[Done]:
    done = ExerciseDone.objects.filter(citizen=citizen_id).order_by("on", "pk")
    return [Done(one.exercise, one.family, one.level, one.on, How(one.how)) for one in done]


@transaction.atomic
def make_plan(
    order: Order,
    person: Person,
    *,
    minutes: int,
    note: str,
    changed: str,
    answers: Answers | None,
    seen: ExercisePlan | None,
    by: User,
    at: datetime,
) -> ExercisePlan:
    """The first version, or the next after the one that was `seen`; choices by hand go along as far as they fit.

    Raises ChangedMeanwhile.
    """
    made = ExercisePlan(
        department_id=order.department_id,
        citizen_id=order.citizen_id or 0,
        answers=answers,
        facts=as_data(person),
        minutes=minutes,
        note=note,
        changed=changed,
        made_by=by,
        made_at=at,
    )
    _put_after(seen, made)
    if seen:
        _take_along(seen, made, person, on=timezone.localdate(at))
    return made


@transaction.atomic
def choose(
    plan: ExercisePlan, exercise: Exercise, kind: ExerciseChoice.Kind | None, *, why: str, by: User, at: datetime
) -> ExercisePlan:
    """Put an exercise first, leave it out, or (None) let the rules decide again: the next version of the plan.

    Raises Unfit, StaysGentle, ChangedMeanwhile.
    """
    person, on = person_of(plan.facts), timezone.localdate(at)
    if kind is ExerciseChoice.Kind.FIRST and (barred := excluded(exercise, person, on=on)):
        raise Unfit(barred)
    if kind is ExerciseChoice.Kind.LEFT_OUT and exercise.part is not Part.MAIN and exercise.level == LOWEST:
        raise StaysGentle
    made = ExercisePlan(
        department_id=plan.department_id,
        citizen_id=plan.citizen_id,
        answers_id=plan.answers_id,
        facts=plan.facts,
        minutes=plan.minutes,
        note=plan.note,
        changed=why,
        made_by=by,
        made_at=at,
    )
    _put_after(plan, made)
    _take_along(plan, made, person, on=on, but=exercise.code)
    if kind:
        _choice(made, exercise.code, kind, why, by, at)
    return made


def _put_after(seen: ExercisePlan | None, made: ExercisePlan) -> None:
    """Two who change the same version: the second is told."""
    made.number = seen.number + 1 if seen else 1
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as refused:
        raise ChangedMeanwhile from refused


def _take_along(before: ExercisePlan, made: ExercisePlan, person: Person, *, on: date, but: str = "") -> None:
    bank = bank_of(made.department_id)
    for one in before.choices.exclude(exercise=but):
        fits = one.exercise in bank and not excluded(bank.get(one.exercise), person, on=on)
        if fits or one.kind == ExerciseChoice.Kind.LEFT_OUT:
            _choice(made, one.exercise, ExerciseChoice.Kind(one.kind), one.why, one.by, one.at)


def _choice(plan: ExercisePlan, code: str, kind: ExerciseChoice.Kind, why: str, by: User | None, at: datetime) -> None:
    ExerciseChoice.objects.create(
        department_id=plan.department_id,
        citizen_id=plan.citizen_id,
        plan=plan,
        exercise=code,
        kind=kind,
        why=why,
        by=by,
        at=at,
    )
