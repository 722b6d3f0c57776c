"""The interest talk: once a year somebody sits down with the person, and it ends in wishes in the person's own words.

What is answered is kept by `forms`; here stands what it means: what the person loves, wants more of, what is in the
way, and which goals are the person's own (what I do myself, what I need help with). Goals are answers of the talk, not
rows of their own: they are said there, ranked by nobody, and stand beside last year's; what has to be done about them
are wishes, and those have an owner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from omtanke.access.models import User
from omtanke.everyday.interests import bank, label
from omtanke.forms.answering import counted, repetitions
from omtanke.forms.filling_in import finish
from omtanke.forms.items import Given
from omtanke.forms.models import Answers, Questionnaire
from omtanke.forms.words import answer_in_words
from omtanke.people.models import Portrait

URL = "urn:omtanke:questionnaire:interest-talk"


@dataclass(frozen=True)
class Liked:
    """An interest as the person spoke of it."""

    code: str
    strong: bool
    does_now: bool
    wants_more: bool
    hinders: str
    words: str

    @property
    def label(self) -> str:
        return label(self.code)


@dataclass(frozen=True)
class Goal:
    words: str
    myself: str
    help: str


def in_use() -> Questionnaire | None:
    return Questionnaire.objects.active().filter(url=URL).first()


def paused(citizen_id: int) -> Answers | None:
    rows = Answers.objects.paused().to(URL).filter(citizen=citizen_id)
    return rows.select_related("questionnaire", "saved_by").newest_first().first()


def last_talk(citizen_id: int) -> Answers | None:
    rows = Answers.objects.finished().to(URL).filter(citizen=citizen_id)
    return rows.select_related("questionnaire", "finished_by").newest_first().first()


def liked(answers: Answers) -> list[Liked]:
    """The interests that are more than none, those that are strong first, in the order of the bank."""
    form = answers.questionnaire.form
    given = counted(form, answers.given)
    found = [
        Liked(
            code,
            strong=given[code] == ["strong"],
            does_now=given.get(f"{code}.now") == [True],
            wants_more=given.get(f"{code}.more") == [True],
            hinders=_hinders(answers, given, code),
            words=_text(given, f"{code}.words"),
        )
        for code in bank()
        if given.get(code) in (["strong"], ["some"])
    ]
    return sorted(found, key=lambda one: not one.strong)


def _hinders(answers: Answers, given: Given, code: str) -> str:
    item = answers.questionnaire.form.by_link_id.get(f"{code}.hinders")
    return answer_in_words(item, given.get(f"{code}.hinders", ())) if item else ""


def hindrances(answers: Answers) -> dict[str, list[str]]:
    """What stands in the way of what the person wants more of: codes of the talk, by interest."""
    given = counted(answers.questionnaire.form, answers.given)
    found = {code: [str(one) for one in given.get(f"{code}.hinders", ())] for code in bank()}
    return {code: hinders for code, hinders in found.items() if hinders}


def goals(answers: Answers) -> list[Goal]:
    given = answers.given
    places = [f"goals#{number}/" for number in range(repetitions(given, "goals"))]
    every = [Goal(*(_text(given, place + name) for name in ("goal", "goal.myself", "goal.help"))) for place in places]
    return [goal for goal in every if goal.words or goal.myself or goal.help]


def strengths(answers: Answers) -> str:
    return _text(answers.given, "strengths")


def _text(given: Given, path: str) -> str:
    return str(next(iter(given.get(path, ())), ""))


@transaction.atomic
def finish_talk(answers: Answers, *, by: User, at: datetime) -> bool:
    """The talk is held. What the person does themselves goes into an empty place of the portrait; what already stands
    there is the person's, and stays. What stands in the way becomes a question to somebody. Returns whether the
    portrait was written. Raises AlreadyFinished.
    """
    from omtanke.everyday.hindrances import note_hindrances  # it reads the talk

    finish(answers, by=by, at=at)
    note_hindrances(answers, by=by, at=at)
    myself = "\n".join(goal.myself for goal in goals(answers) if goal.myself)
    if not myself:
        return False
    portrait, _is_new = Portrait.objects.get_or_create(citizen_id=answers.citizen_id)
    return bool(Portrait.objects.filter(pk=portrait.pk, i_do_myself="").update(i_do_myself=myself))
