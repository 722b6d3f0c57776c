"""Answers, scores and what is wrong with an answer, in plain words of the active language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _

from omtanke.forms.answering import Unreadable
from omtanke.forms.items import CHOICES, Form, Given, Item, Kind, Said
from omtanke.forms.scoring import Score, matters
from omtanke.forms.texts import in_language

WHY = {
    "missing": gettext_lazy("This has no answer yet."),
    "number": gettext_lazy("Write a number, as 12 or 12.5."),
    "whole": gettext_lazy("Write a whole number, as 12."),
    "least": gettext_lazy("Write a number that is not below %(value)s."),
    "most": gettext_lazy("Write a number that is not above %(value)s."),
    "date": gettext_lazy("Write a day, as 2026-03-17."),
    "longest": gettext_lazy("This is longer than %(value)s signs. Shorten it a little."),
    "choice": gettext_lazy("This cannot be chosen here. Choose one of the answers."),
}


def here(said: Said) -> str:
    """Words in the active language."""
    return in_language(said, get_language() or "en")


def why(wrong: Unreadable) -> str:
    return str(WHY[wrong.why]) % {"value": wrong.value}


def answer_in_words(item: Item, values: Sequence[Any]) -> str:
    """An answer as people read it; empty for none."""
    return ", ".join(_one_in_words(item, value) for value in values)


def _one_in_words(item: Item, value: Any) -> str:
    if isinstance(value, dict):
        return f"«{value.get('words', '')}»"
    if item.kind in CHOICES:
        option = item.option(value)
        return here(option.said) if option else str(value)
    if item.kind == Kind.BOOLEAN:
        return _("Yes") if value else _("No")
    if item.kind == Kind.DATE:
        return format_date(date.fromisoformat(value), "DATE_FORMAT")
    if item.kind in (Kind.INTEGER, Kind.DECIMAL):
        return number_format(value)
    return f"«{value}»"


def with_what_follows(item: Item, given: Given, prefix: str = "") -> str:
    """An answer and those that were asked because of it, in one line: 'A little · I want more of it · «…»'."""
    parts = []
    if values := given.get(prefix + item.link_id):
        parts.append(answer_in_words(item, values))
    for inner in item.items:
        values = given.get(prefix + inner.link_id)
        if values == [True]:
            parts.append(here(inner.said))
        elif values:
            parts.append(answer_in_words(inner, values))
    return " · ".join(part for part in parts if part)


def score_in_words(form: Form, score: Score) -> str:
    """As '52 of 100'."""
    value = plain(score.value)
    if form.scoring and form.scoring.highest is not None:
        return _("%(score)s of %(highest)s") % {"score": value, "highest": plain(form.scoring.highest)}
    return value


def plain(value: Decimal) -> str:
    """Without decimals that say nothing."""
    return number_format(value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1)))


def change_in_words(form: Form, before: Decimal, now: Decimal) -> str:
    """As 'up 12 since last time', and whether that is more than chance."""
    if now == before:
        return _("as last time")
    values = {"change": plain(abs(now - before))}
    words = _("up %(change)s since last time") if now > before else _("down %(change)s since last time")
    if matters(form, before, now) is False:
        return gettext("%(words)s, too little to mean anything") % {"words": words % values}
    return words % values
