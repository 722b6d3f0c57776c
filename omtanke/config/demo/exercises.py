"""Demo: an exercise plan for each person a senior visits, and what was done at the visits so far."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from omtanke.befriending.exercises.doing import of_visit
from omtanke.befriending.exercises.facts import suggested
from omtanke.befriending.exercises.plan import make_plan
from omtanke.befriending.models import Acquaintance, ExerciseDone, ExercisePlan, Match, ServiceVisit
from omtanke.config.demo.chance import chance
from omtanke.forms.models import Answers
from omtanke.kernel.exercises.problem import Exercise

MINUTES = 45
OFTEN = (ExerciseDone.How.EASY, ExerciseDone.How.EASY, ExerciseDone.How.EASY, ExerciseDone.How.RIGHT)
HOWS = (*OFTEN, *OFTEN, ExerciseDone.How.HARD, ExerciseDone.How.NOT_DONE)


def plan_for_those_with_quality_visits() -> None:
    """Made from the form on the day after the meeting, before the first visit."""
    for match in Match.objects.select_related("order__has_it__user").order_by("pk"):
        meeting = Acquaintance.objects.filter(order=match.order, answers__isnull=False).first()
        leader = match.order.has_it.user if match.order.has_it else None
        if meeting is None or leader is None or "quality_visit" not in match.order.areas:
            continue
        answers = Answers.objects.select_related("questionnaire").get(pk=meeting.answers_id or 0)
        at = meeting.starts + timedelta(days=1)
        make_plan(
            match.order,
            suggested(answers, on=at.date()),
            minutes=MINUTES,
            note="Ta det rolig på trappa. Øvelsene går best før kaffen.",
            changed="",
            answers=answers,
            seen=None,
            by=leader,
            at=at,
        )


def were_done(visits: list[ServiceVisit]) -> None:
    """What was done at visits that have been, the oldest first: each programme comes from those before it."""
    planned = set(ExercisePlan.objects.values_list("citizen", flat=True))
    for visit in visits:
        if visit.citizen_id not in planned:
            continue
        _of, made = of_visit(visit)
        source = chance(0, "exercises", str(visit.planned_start))
        ExerciseDone.objects.bulk_create(
            [_done(visit, chosen.exercise, source.choice(HOWS), visit.planned_start) for chosen in made.chosen]
        )


def _done(visit: ServiceVisit, exercise: Exercise, how: ExerciseDone.How, at: datetime) -> ExerciseDone:
    return ExerciseDone(
        visit=visit,
        citizen_id=visit.citizen_id,
        department_id=visit.department_id,
        exercise=exercise.code,
        family=exercise.family,
        level=exercise.level,
        on=timezone.localdate(at),
        how=how,
        by=visit.senior.user,
        at=at,
    )
