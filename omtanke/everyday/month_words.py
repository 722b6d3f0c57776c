"""Why a wish does not come true this month, in plain words: the day, the place and what is missing."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omtanke.everyday.models import MonthUnmet, Needs
from omtanke.kernel.moments.reasons import Why


def in_words(one: MonthUnmet, *, short: bool = False) -> str:
    """'No driver for Coffee and songs on Thursday evenings in Leiranger'; `short` leaves out what and where."""
    if short or one.occurrence is None:
        return _short(Why(one.why))
    said = _long(Why(one.why))
    starts = localtime(one.occurrence.starts)
    return said % {
        "what": one.occurrence.activity.title,
        "when": date_format(starts, "l j. F H:i"),
        "where": one.citizen.hamlet or _("where they live"),
        "missing": ", ".join(str(Needs(code).label) for code in one.missing.split(",") if code),
    }


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
        Why.PLACE: _("%(what)s: there is no %(missing)s"),
        Why.TOO_FAR: _("%(what)s is too far away from %(where)s"),
        Why.BUSY: _("busy with something else during %(what)s, %(when)s"),
        Why.NO_DRIVER: _("no driver from %(where)s to %(what)s, %(when)s"),
        Why.NO_COMPANY: _("nobody to go with to %(what)s, %(when)s"),
        Why.FULL: _("%(what)s is full, %(when)s"),
        Why.DRIVERS_TAKEN: _("the cars from %(where)s are full: %(what)s, %(when)s"),
        Why.SAME_DAY: _("is out already on the day of %(what)s, %(when)s"),
    }.get(why, _short(why))
