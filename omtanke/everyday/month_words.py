"""Why a wish does not come true this month, in plain words: the day, the place and what is missing."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omtanke.everyday.models import Arena, MonthUnmet, Needs
from omtanke.kernel.moments.reasons import Why

WHEELCHAIR, LANGUAGE = "car_for_wheelchair", "language"  # what makes help hard to find, kept in `missing`


def in_words(one: MonthUnmet, *, short: bool = False) -> str:
    """'No driver for Coffee and songs on Thursday evenings in Leiranger'; `short` leaves out what and where."""
    why = Why(one.why)
    if short or one.occurrence is None:
        return _special(one) or _short(why)
    if why == Why.PLACE:
        return lacks(one.occurrence.place, one.missing.split(","))
    said = _long(why)
    starts = localtime(one.occurrence.starts)
    facts = {
        "what": one.occurrence.activity.title,
        "when": date_format(starts, "WEEKDAY_CLOCK_FORMAT"),
        "where": one.citizen.hamlet or _("where they live"),
    }
    special = _special(one)
    return _("%(why)s: %(what)s, %(when)s") % {**facts, "why": special} if special else said % facts


def lacks(arena: Arena | None, codes: list[str]) -> str:
    """'Leinesfjord church has stairs; there is no hearing loop there'. Of a place that nobody has looked at: that."""
    if arena is None:
        return _("nobody has written where it is, and what there is")
    if not arena.has:
        return _("nobody has written what there is at %(place)s: ask there") % {"place": arena}
    words = {
        Needs.STEP_FREE: _("%(place)s has stairs"),
        Needs.TOILET: _("%(place)s has no accessible toilet"),
        Needs.HEARING_LOOP: _("%(place)s has no hearing loop"),
        Needs.WHEELCHAIR: _("%(place)s has no room for wheelchairs"),
        Needs.QUIET: _("it is not quiet at %(place)s"),
    }
    return "; ".join(said % {"place": arena} for code, said in words.items() if code in codes)


def _special(one: MonthUnmet) -> str:
    if one.missing == WHEELCHAIR:
        return _("no car with room for a wheelchair is free")
    if one.missing == LANGUAGE:
        return _("nobody to go with who speaks %(language)s") % {"language": one.citizen.language}
    return ""


def _short(why: Why) -> str:
    return {
        Why.SAID_NO: _("does not want to be matched"),
        Why.NOT_OFFERED: _("nothing like it is offered"),
        Why.PLACE: _("the place does not fit"),
        Why.TOO_FAR: _("too far away"),
        Why.BUSY: _("busy with something else then"),
        Why.HOME_UNKNOWN: _("we do not know where they live"),
        Why.NO_DRIVER: _("no driver"),
        Why.NO_COMPANY: _("nobody to go with"),
        Why.TAKEN_OUT: _("taken out by you"),
        Why.FULL: _("full"),
        Why.DRIVERS_TAKEN: _("the cars are full"),
        Why.COMPANY_TAKEN: _("those who could come along are needed elsewhere"),
        Why.SAME_DAY: _("is out that day already"),
        Why.ENOUGH: _("has enough this month"),
    }[why]


def _long(why: Why) -> str:
    return {
        Why.TOO_FAR: _("%(what)s is too far away from %(where)s"),
        Why.BUSY: _("busy with something else during %(what)s, %(when)s"),
        Why.NO_DRIVER: _("no driver from %(where)s to %(what)s, %(when)s"),
        Why.NO_COMPANY: _("nobody to go with to %(what)s, %(when)s"),
        Why.FULL: _("%(what)s is full, %(when)s"),
        Why.DRIVERS_TAKEN: _("the cars from %(where)s are full: %(what)s, %(when)s"),
        Why.SAME_DAY: _("is out already on the day of %(what)s, %(when)s"),
    }.get(why, _short(why))
