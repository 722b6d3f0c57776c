"""Why does a wish not come true this month? The reason that came closest to letting it.

Each reason is a fact about the problem or the finished plan that anybody can check; together they cover everything,
since a finished plan has had every wish tried that could still be added (`read_out`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from omtanke.kernel.moments.month import Month
from omtanke.kernel.moments.problem import Choice, Happening, Person, Wanted


class Why(StrEnum):
    """From what is furthest from coming true to what is nearest."""

    SAID_NO = "said_no"
    NOT_OFFERED = "not_offered"
    PLACE = "place"
    TOO_FAR = "too_far"
    BUSY = "busy"
    HOME_UNKNOWN = "home_unknown"
    NO_DRIVER = "no_driver"
    NO_COMPANY = "no_company"
    TAKEN_OUT = "taken_out"
    FULL = "full"
    DRIVERS_TAKEN = "drivers_taken"
    COMPANY_TAKEN = "company_taken"
    SAME_DAY = "same_day"
    ENOUGH = "enough"


NEARNESS = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True)
class Unmet:
    """A wish that does not come true. `happening` is what came closest, if there was anything."""

    person: int
    wish: int
    why: Why
    happening: int | None = None
    missing: frozenset[str] = frozenset()


def unmet(month: Month, *, taken_out: frozenset[Choice] = frozenset()) -> list[Unmet]:
    """Every wish that is not in the plan, with its reason."""
    return [
        _reason(month, person, wish, taken_out)
        for person in month.problem.people
        for wish in person.wishes
        if (person.id, wish.id) not in month.granted
    ]


def _reason(month: Month, person: Person, wish: Wanted, taken_out: frozenset[Choice]) -> Unmet:
    if person.says_no:
        return Unmet(person.id, wish.id, Why.SAID_NO)
    if month.times[person.id] >= person.most:
        return Unmet(person.id, wish.id, Why.ENOUGH)
    closest = max(_each(month, person, wish, taken_out), key=lambda one: NEARNESS[one.why], default=None)
    return closest or Unmet(person.id, wish.id, Why.NOT_OFFERED)


def _each(month: Month, person: Person, wish: Wanted, taken_out: frozenset[Choice]) -> Iterator[Unmet]:
    for happening in month.fits.offered(wish):
        why = what_stops(month, person, happening)
        if Choice(person.id, wish.id, happening.id) in taken_out:
            why = Why.TAKEN_OUT
        if why is not None:
            missing = person.needs - happening.has if why is Why.PLACE else frozenset()
            yield Unmet(person.id, wish.id, why, happening.id, missing)


def what_stops(month: Month, person: Person, happening: Happening) -> Why | None:
    """What keeps this person from this, as the plan stands; None: nothing does."""
    return _always(month, person, happening) or _as_it_stands(month, person, happening)


def _always(month: Month, person: Person, happening: Happening) -> Why | None:
    """Whatever the others do."""
    fits = month.fits
    if not person.needs <= happening.has:
        return Why.PLACE
    if not fits.near_enough(person, happening):
        return Why.TOO_FAR
    if fits.busy_then(person, happening):
        return Why.BUSY
    if fits.is_driven(person, happening) and not fits.drivers(person, happening):
        return Why.HOME_UNKNOWN if person.home is None else Why.NO_DRIVER
    if person.needs_company and not fits.companions(person, happening):
        return Why.NO_COMPANY
    return None


def _as_it_stands(month: Month, person: Person, happening: Happening) -> Why | None:
    """Because of what else is in the plan."""
    if (person.id, happening.day) in month.choices:
        return Why.SAME_DAY
    if not month.has_seat(happening):
        return Why.FULL
    if month.find_help(person, happening) is not None:
        return None
    return Why.COMPANY_TAKEN if month.has_driver(person, happening) else Why.DRIVERS_TAKEN
