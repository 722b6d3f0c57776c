"""What comes before a first visit, in the order people do it: the talk with next of kin, the getting-to-know meeting
with its form, the three criteria. The database knows what is missing (migration 0002); nobody adds it up elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from omtanke.access.models import User
from omtanke.befriending.models import Acquaintance, Criterion, KinTalk, Order
from omtanke.forms.filling_in import begin
from omtanke.forms.models import Answers, Questionnaire
from omtanke.people.models import Employee

FORM = "urn:omtanke:questionnaire:bli-kjent"


class NotTakenOn(Exception):
    """The department takes the order on before anything else."""


class AlreadyHeld(Exception):
    """A colleague was first."""


class NotYet(Exception):
    """The talk with next of kin comes first, or the time has not come."""


class NoForm(Exception):
    """No version of the form is in use."""


def missing(order: Order) -> list[str]:
    """What the order lacks before its first visit: 'talk', 'form', 'criteria'."""
    return missing_in([order.pk])[order.pk]


def missing_in(order_ids: Iterable[int]) -> dict[int, list[str]]:
    """The same for several orders, by primary key, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT o, befriending_missing(o) FROM unnest(%s::bigint[]) AS o", [list(order_ids)])
        return {order: list(lacks) for order, lacks in cursor.fetchall()}


def senior_lacks(senior: Employee) -> list[str]:
    """What a senior lacks before their first visit, as codes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT befriending_senior_lacks(%s)", [senior.pk])
        (lacks,) = cursor.fetchone()
    return list(lacks)


def plan_talk(order: Order, *, with_whom: str, at: datetime) -> KinTalk:
    """Agree on when to talk; a talk that is planned already moves. Raises NotTakenOn."""
    citizen_id = _must_be_taken_on(order)
    planned = order.kin_talks.filter(held_at=None).first()
    talk = planned or KinTalk(order=order, citizen_id=citizen_id, department_id=order.department_id)
    talk.with_whom, talk.planned_at = with_whom, at
    talk.save()
    return talk


def hold_talk(order: Order, *, with_whom: str, notes: str, by: Employee | None, at: datetime) -> KinTalk:
    """The talk was held, planned or not. Raises NotTakenOn."""
    citizen_id = _must_be_taken_on(order)
    planned = order.kin_talks.filter(held_at=None).first()
    talk = planned or KinTalk(order=order, citizen_id=citizen_id, department_id=order.department_id, planned_at=at)
    talk.with_whom, talk.notes, talk.held_at, talk.held_by = with_whom, notes, at, by
    talk.save()
    return talk


@transaction.atomic
def plan_meeting(order: Order, *, starts: datetime, held_by: Employee) -> Acquaintance:
    """Agree on the getting-to-know meeting; one that is planned already moves. Raises NotTakenOn, NotYet."""
    citizen_id = _must_be_taken_on(order)
    if "talk" in missing(order):
        raise NotYet
    planned = order.acquaintances.filter(held_at=None).first()
    meeting = planned or Acquaintance(order=order, citizen_id=citizen_id, department_id=order.department_id)
    meeting.starts, meeting.held_by = starts, held_by
    meeting.save()
    return meeting


@transaction.atomic
def begin_form(meeting: Acquaintance, *, by: User, at: datetime) -> Answers:
    """The form of a meeting, begun or taken up again. Raises NoForm."""
    if meeting.answers_id:
        return Answers.objects.select_related("questionnaire", "citizen").get(pk=meeting.answers_id)
    questionnaire = Questionnaire.objects.active().filter(url=FORM).first()
    if questionnaire is None:
        raise NoForm
    answers = begin(meeting.citizen, questionnaire, by=by, at=at, within=meeting.department)
    if not answers.given:
        answers.given = _told_already(meeting.order, at)
        answers.save(update_fields=["given"])
    meeting.answers = answers
    meeting.save(update_fields=["answers"])
    return answers


def _told_already(order: Order, at: datetime) -> dict[str, list[str]]:
    """What the order knows, so that nobody is asked twice; to be looked over at the meeting."""
    citizen = order.citizen
    age = citizen.age(timezone.localdate(at)) if citizen else None
    years = [_("%(n)d years") % {"n": age}] if age is not None else []
    where = " ".join(part for part in (order.postal_code, order.town) if part)
    person = ", ".join(part for part in (order.for_whom, *years, order.address, where) if part)
    relation = f" ({order.relation})" if order.relation else ""
    return {
        "person": [person],
        "kin": [f"{order.ordered_by}{relation}, {order.phone}"],
        "call": [f"{order.ordered_by}, {order.phone}"],
    }


def hold_meeting(
    meeting: Acquaintance,
    *,
    minutes: int,
    notebook: Decimal | None,
    notebook_by: Employee | None,
    by: Employee | None,
    at: datetime,
    also_there: Iterable[Employee] = (),
) -> None:
    """The meeting was held, for so long, with whom; the notebook that stays with the person, if one was bought.

    Raises AlreadyHeld, NotYet when it has not begun.
    """
    if at < meeting.starts:
        raise NotYet
    facts: dict[str, Any] = {}
    if notebook:
        facts = {"notebook_cost": notebook, "notebook_on": timezone.localdate(at), "notebook_by": notebook_by}
    not_held = Acquaintance.objects.filter(pk=meeting.pk, held_at=None)
    others = sorted(employee.pk for employee in also_there)
    if not not_held.update(held_at=at, minutes=minutes, held_by=by or meeting.held_by, also_there=others, **facts):
        raise AlreadyHeld
    meeting.refresh_from_db()


def judge(order: Order, kind: str, *, met: bool, words: str, by: User | None, at: datetime) -> Criterion:
    """Whether a criterion is met, by whom and when; judged anew, what was said before stays in the history.

    Raises NotTakenOn.
    """
    citizen_id = _must_be_taken_on(order)
    judgement, _is_new = Criterion.objects.update_or_create(
        order=order,
        kind=Criterion.Kind(kind).value,
        defaults={"met": met, "words": words, "judged_by": by, "judged_at": at},
        create_defaults={
            "met": met,
            "words": words,
            "judged_by": by,
            "judged_at": at,
            "citizen_id": citizen_id,
            "department_id": order.department_id,
        },
    )
    return judgement


def _must_be_taken_on(order: Order) -> int:
    """Whom the order is about."""
    if order.citizen_id is None or order.closed_at is not None:
        raise NotTakenOn
    return order.citizen_id
