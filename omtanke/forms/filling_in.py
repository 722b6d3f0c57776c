"""Begin, save and finish a citizen's answers. Saved as they are given: whoever is interrupted loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from omtanke.access.models import User
from omtanke.forms.answering import Asked, Unreadable, missing, take
from omtanke.forms.items import Item
from omtanke.forms.models import Answers, Questionnaire
from omtanke.forms.scoring import Score, score
from omtanke.people.models import Citizen, Unit


class AlreadyFinished(Exception):
    """These answers are finished; new ones are given on a new form."""


class NotInUse(Exception):
    """This version is not in use."""


class StillMissing(Exception):
    """Required questions have no answer yet."""

    def __init__(self, asked: list[Asked]) -> None:
        super().__init__()
        self.asked = asked


@transaction.atomic
def begin(
    citizen: Citizen, questionnaire: Questionnaire, *, by: User, at: datetime, within: Unit | None = None
) -> Answers:
    """Take up the citizen's paused answers, of whatever version, or begin new ones. Raises NotInUse.

    A questionnaire that is kept within a department is begun `within` it, and nowhere else.
    """
    if questionnaire.kept_within_unit != (within is not None):
        raise NotInUse
    begun = Answers.objects.paused().to(questionnaire.url).filter(citizen=citizen, within=within)
    paused = begun.newest_first().first()
    if paused:
        return paused
    if questionnaire.status != Questionnaire.Status.ACTIVE:
        raise NotInUse
    answers, _is_new = Answers.objects.get_or_create(
        citizen=citizen,
        questionnaire=questionnaire,
        within=within,
        finished_at=None,
        defaults={
            "open_to_everyday": questionnaire.opens_to_everyday,
            "begun_by": by,
            "begun_at": at,
            "saved_by": by,
            "saved_at": at,
        },
    )
    return answers


@transaction.atomic
def save(
    answers: Answers, items: Sequence[Item], typed: Mapping[str, Sequence[str]], *, step: int, by: User, at: datetime
) -> dict[str, Unreadable]:
    """Save what was typed to these items; the others' answers stay, whoever gave them meanwhile.

    Returns what could not be read, by path. Raises AlreadyFinished.
    """
    now = _unfinished(answers)
    taken = take(items, typed, now.given)
    now.given, now.step, now.saved_by, now.saved_at = taken.given, step, by, at
    now.save(update_fields=["given", "step", "saved_by", "saved_at"])
    answers.given, answers.step, answers.saved_at = now.given, now.step, now.saved_at
    return taken.wrong


@transaction.atomic
def finish(answers: Answers, *, by: User, at: datetime) -> Score | None:
    """They are given; the score is added up and kept. Raises AlreadyFinished, StillMissing."""
    now = _unfinished(answers)
    form = now.questionnaire.form
    if still := missing(form, now.given):
        raise StillMissing(still)
    reached = score(form, now.given)
    now.score, now.finished_by, now.finished_at = reached.value if reached else None, by, at
    now.save(update_fields=["score", "finished_by", "finished_at"])
    answers.given, answers.score, answers.finished_at, answers.finished_by = now.given, now.score, at, by
    return reached


@transaction.atomic
def decline(citizen: Citizen, questionnaire: Questionnaire, *, by: User, at: datetime) -> Answers:
    """The person would rather not, now. What was said before a pause stays. Raises NotInUse."""
    answers = begin(citizen, questionnaire, by=by, at=at)
    now = _unfinished(answers)
    now.declined, now.finished_by, now.finished_at = True, by, at
    now.save(update_fields=["declined", "finished_by", "finished_at"])
    return now


def _unfinished(answers: Answers) -> Answers:
    now = Answers.objects.select_for_update(of=["self"]).select_related("questionnaire").get(pk=answers.pk)
    if now.is_finished:
        raise AlreadyFinished
    return now


def last_before(answers: Answers) -> Answers | None:
    """The finished answers before these, to put beside them."""
    earlier = Answers.objects.finished().to(answers.questionnaire.url).filter(citizen=answers.citizen_id)
    return earlier.filter(begun_at__lt=answers.begun_at).select_related("questionnaire").newest_first().first()
