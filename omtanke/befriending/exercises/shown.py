"""A programme and a form's answers as pages show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from omtanke.befriending.exercises.bank import Bank, Words
from omtanke.befriending.exercises.reasons import why
from omtanke.forms.answering import asked
from omtanke.forms.models import Answers
from omtanke.forms.words import answer_in_words, here
from omtanke.kernel.exercises.programme import Programme, What

HEADINGS: Mapping[What, Promise] = {
    What.WARM_UP: gettext_lazy("Warming up"),
    What.PHYSICAL: gettext_lazy("For the body"),
    What.PAUSE: gettext_lazy("A break: something to drink, and a chat"),
    What.BREATHER: gettext_lazy("A little rest"),
    What.COGNITIVE: gettext_lazy("For the mind"),
    What.COOL_DOWN: gettext_lazy("A calm end"),
}


@dataclass(frozen=True)
class Shown:
    """One thing of a programme; `words` is None for a rest. `heading` is empty where it is that of the one before."""

    what: str
    heading: str
    minutes: int
    words: Words | None = None
    why: str = ""


def shown(made: Programme, bank: Bank) -> list[Shown]:
    items, last = [], None
    for item in made.items:
        heading = "" if item.what in {last, What.BREATHER} else str(HEADINGS[item.what])
        if item.chosen:
            items.append(
                Shown(item.what, heading, item.minutes, bank.words(item.chosen.exercise.code), why(item.chosen))
            )
        else:
            items.append(Shown(item.what, str(HEADINGS[item.what]), item.minutes))
        last = last if item.what is What.BREATHER else item.what
    return items


def answers_in_words(answers: Answers, which: Collection[str]) -> list[tuple[str, str]]:
    """Question and answer, in the order of the form, for those of `which` that were answered."""
    given = answers.given
    said = (one.item for one in asked(answers.questionnaire.form, given) if one.path in which and given.get(one.path))
    return [(here(item.said), answer_in_words(item, given[item.link_id])) for item in said]
