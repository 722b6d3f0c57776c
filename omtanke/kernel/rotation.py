"""Who had which list lately, and which one would be good to take now?

Rotation is for knowing all the people. Nothing here counts or compares those who do the work.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DAYS_SHOWN = 5


@dataclass(frozen=True)
class Had:
    """Somebody had a list on a day."""

    list_id: int
    who: int
    on: date


@dataclass(frozen=True)
class Choice:
    """A free list: how many one is contact for are on it, and whether it asks for what one is not trained in."""

    list_id: int
    primary_for: int = 0
    secondary_for: int = 0
    asks_for_more: bool = False


class Why(StrEnum):
    CONTACT = "contact"
    NEVER_LATELY = "never_lately"
    LONG_SINCE = "long_since"


@dataclass(frozen=True)
class Suggestion:
    """The list that fits best, and why. `last_on` is when one had it last, if that is known."""

    list_id: int
    why: Why
    last_on: date | None = None


def had_lately(history: Iterable[Had], list_id: int, *, before: date, days: int = DAYS_SHOWN) -> tuple[int, ...]:
    """Who had the list on the last `days` days that somebody had it: each once, the latest first."""
    latest_first = sorted((had for had in history if had.list_id == list_id and had.on < before), key=_newest_first)
    return tuple(dict.fromkeys(had.who for had in latest_first[:days]))


def last_had(history: Iterable[Had], who: int, *, before: date) -> dict[int, date]:
    """For each list somebody has had: the last day they did."""
    mine: dict[int, date] = {}
    for had in history:
        if had.who == who and had.on < before:
            mine[had.list_id] = max(had.on, mine.get(had.list_id, had.on))
    return mine


def suggest(choices: Collection[Choice], history: Iterable[Had], who: int, *, on: date) -> Suggestion | None:
    """The free list to take: where one meets those one is contact for, otherwise the one had longest ago.

    A list that asks for more than one is trained in comes last, and is suggested only for the sake of a contact.
    """
    mine = last_had(history, who, before=on)
    fitting = [c for c in choices if not c.asks_for_more or c.primary_for]
    if not fitting:
        return None
    best = min(
        fitting,
        key=lambda c: (-c.primary_for, -c.secondary_for, mine.get(c.list_id, date.min), c.list_id),
    )
    last_on = mine.get(best.list_id)
    if best.primary_for or best.secondary_for:
        return Suggestion(best.list_id, Why.CONTACT, last_on)
    return Suggestion(best.list_id, Why.LONG_SINCE if last_on else Why.NEVER_LATELY, last_on)


def _newest_first(had: Had) -> tuple[int, int]:
    return (-had.on.toordinal(), had.who)
