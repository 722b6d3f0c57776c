"""How it has gone over time, in sentences about the exercises. Never a score of the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _

from omtanke.befriending.exercises.bank import Bank, by_family, family_name
from omtanke.kernel.exercises.problem import Done, How, Part


@dataclass(frozen=True)
class Way:
    """One family of exercises over time; `steps` are (level, day, how) for the picture, the oldest first."""

    family: str
    sentence: str
    last: str
    steps: tuple[tuple[int, date, How], ...]


SHOWN = 12  # visits in the picture


def over_time(history: Iterable[Done], bank: Bank, *, on: date) -> list[Way]:
    """The families that were done, those that changed first, in the order of the bank."""
    done = sorted((one for one in history if one.how is not How.NOT_DONE), key=lambda one: (one.on, one.level))
    ways = []
    for family, exercises in by_family(bank.exercises).items():
        of_family = [one for one in done if one.family == family and one.exercise in bank]
        if of_family and exercises[0].part is Part.MAIN:
            ways.append((of_family[0].level == of_family[-1].level, _way(family, of_family, bank, on)))
    return [way for _same, way in sorted(ways, key=lambda each: each[0])]


def _way(family: str, done: Sequence[Done], bank: Bank, on: date) -> Way:
    first, last = done[0], done[-1]
    said = {"first": _step(first, bank), "since": _month(first.on, on), "now": _step(last, bank)}
    if first.exercise == last.exercise or first.level == last.level:
        sentence = _("%(now)s, since %(since)s") % said
    else:
        sentence = _("%(first)s in %(since)s, %(now)s now") % said
    own = last.exercise in bank.own
    name = bank.words(last.exercise).family if own else family_name(family)
    steps = tuple((one.level, one.on, one.how) for one in done[-SHOWN:])
    return Way(name, sentence, _last(last), steps)


def _step(one: Done, bank: Bank) -> str:
    words = bank.words(one.exercise)
    return words.way or words.family


def _month(day: date, on: date) -> str:
    return format_date(day, "F" if (on - day).days < 300 else "F Y")


def _last(one: Done) -> str:
    day = format_date(one.on, "MONTH_DAY_FORMAT")
    said = {
        How.EASY: _("Felt easy on %(day)s.") % {"day": day},
        How.RIGHT: _("Was just right on %(day)s.") % {"day": day},
        How.HARD: _("Felt hard on %(day)s.") % {"day": day},
    }
    return said.get(one.how, "")
