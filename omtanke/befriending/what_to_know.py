"""What a senior needs from the getting-to-know form, on the phone, at the door: the few answers that matter there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from omtanke.befriending.models import Acquaintance, Order
from omtanke.forms.answering import asked
from omtanke.forms.models import Answers
from omtanke.forms.words import answer_in_words, here

BEFORE = ("likes", "avoid", "mind", "tired", "fallen", "falls", "matters")
CALLING = ("call", "prepared_by", "senior_calls")


@dataclass(frozen=True)
class Known:
    question: str
    answer: str


@dataclass(frozen=True)
class WhatToKnow:
    """Empty where the form is not filled in, or not the actor's to read."""

    before: list[Known]
    calling: list[Known]


def what_to_know(order: Order) -> WhatToKnow:
    held = Acquaintance.objects.filter(order=order, answers__finished_at__isnull=False, answers__declined=False)
    found = held.select_related("answers__questionnaire").order_by("-answers__finished_at").first()
    if found is None or found.answers is None:
        return WhatToKnow([], [])
    return WhatToKnow(_said(found.answers, BEFORE), _said(found.answers, CALLING))


def _said(answers: Answers, which: Iterable[str]) -> list[Known]:
    """The answers among `which` that were given, in that order."""
    given, by_link = answers.given, answers.questionnaire.form.by_link_id
    open_now = {one.item.link_id for one in asked(answers.questionnaire.form, given)}
    questions = [by_link[link] for link in which if link in by_link and link in open_now and given.get(link)]
    return [Known(here(item.said), answer_in_words(item, given[item.link_id])) for item in questions]
