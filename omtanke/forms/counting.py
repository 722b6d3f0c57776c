"""How many answered what, without showing what one person answered.

A number of people from 1 to 4 is hidden. Where the numbers of a question add up to a known sum, hiding one alone would
let it be worked out: then the next smallest is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from omtanke.forms.answering import counted
from omtanke.forms.items import CHOICES, Form, Given, Item, Kind, Said

FEWEST = 5
YES, NO = {"": "Yes", "nb": "Ja", "sv": "Ja"}, {"": "No", "nb": "Nei", "sv": "Nej"}


@dataclass(frozen=True)
class Counted:
    """`number` is None where it is too small to be shown."""

    said: Said
    number: int | None


@dataclass(frozen=True)
class Question:
    said: Said
    lines: tuple[Counted, ...]


def hidden_if_small(numbers: Sequence[int], *, add_up: bool) -> list[int | None]:
    """The numbers, with those from 1 to 4 hidden, and one more where the hidden one could be worked out."""
    shown: list[int | None] = [None if 0 < number < FEWEST else number for number in numbers]
    if add_up and shown.count(None) == 1:
        others = [at for at, number in enumerate(shown) if number]
        if others:
            shown[min(others, key=lambda at: numbers[at])] = None
    return shown


def count(form: Form, every: Iterable[Given]) -> list[Question]:
    """For each question with choices, how many gave each answer. Nothing at all for fewer than five people."""
    given = [counted(form, one) for one in every]
    if len(given) < FEWEST:
        return []
    return [question for item in form.by_link_id.values() if (question := _question(item, given))]


def _question(item: Item, given: Sequence[Given]) -> Question | None:
    if item.kind in CHOICES:
        answers: list[tuple[Said, object]] = [(option.said, option.code) for option in item.options]
    elif item.kind == Kind.BOOLEAN:
        answers = [(YES, True)] if item.as_control == "check-box" else [(YES, True), (NO, False)]
    else:
        return None
    numbers = [sum(value in one.get(item.link_id, ()) for one in given) for _said, value in answers]
    shown = hidden_if_small(numbers, add_up=not item.repeats)
    if not any(shown):
        return None  # nothing that could be shown
    return Question(item.said, tuple(Counted(said, n) for (said, _), n in zip(answers, shown, strict=True)))


def count_levels(form: Form, scores: Sequence[Decimal]) -> list[Counted]:
    """How many are on each level of the score."""
    if form.scoring is None or len(scores) < FEWEST:
        return []
    levels = form.scoring.levels
    numbers = [sum(level.least <= score <= level.most for score in scores) for level in levels]
    shown = hidden_if_small(numbers, add_up=True)
    if not any(shown):
        return []
    return [Counted(level.said, number) for level, number in zip(levels, shown, strict=True)]
