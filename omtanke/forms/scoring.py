"""Add up a score as the questionnaire says, and what it means. Pure arithmetic, nothing that could run code."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from omtanke.forms.answering import asked, counted
from omtanke.forms.items import CHOICES, Form, Given, Item, Level


@dataclass(frozen=True)
class Score:
    value: Decimal
    level: Level | None

    @property
    def worth_a_talk(self) -> bool:
        return self.level is not None and self.level.worth_a_talk


def score(form: Form, given: Given) -> Score | None:
    """The score; None where the form has none, or a question that counts has no answer yet: half a score misleads."""
    if form.scoring is None:
        return None
    said = counted(form, given)
    waiting = {one.path for one in asked(form, given)} - set(said)
    if waiting & set(form.scoring.of):
        return None
    total = Decimal(0)
    for link_id in form.scoring.of:
        total += sum((_worth(form.by_link_id[link_id], value) for value in said.get(link_id, ())), Decimal(0))
    return at(form, total * form.scoring.factor)


def at(form: Form, value: Decimal) -> Score:
    """A score that is known, with what it means on this form."""
    levels = form.scoring.levels if form.scoring else ()
    return Score(value, next((level for level in levels if level.least <= value <= level.most), None))


def _worth(item: Item, value: object) -> Decimal:
    if item.kind in CHOICES:
        option = item.option(value)
        return option.worth if option and option.worth is not None else Decimal(0)
    try:
        return Decimal(int(value) if isinstance(value, bool) else str(value))
    except InvalidOperation:
        return Decimal(0)


def matters(form: Form, before: Decimal, now: Decimal) -> bool | None:
    """Is the change large enough to mean something? None where the instrument does not say."""
    least = form.scoring.change_that_matters if form.scoring else None
    return None if least is None else abs(now - before) >= least
