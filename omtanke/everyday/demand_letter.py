"""A letter to the volunteer centre: what is wished for and not offered, without names.

It leaves the unit, so a number under five is never in it, whoever prints it; and no sums from which one could be worked
out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from omtanke.everyday.demand import Wanted
from omtanke.kernel.small_numbers import FEWEST

LINES = 10


def letter(rows: Iterable[Wanted], where: str, *, name: str, phone: str, on: date) -> dict[str, Any]:
    """What the letter says, for demand_letter.typ."""
    told = [one for one in rows if (one.people or 0) >= FEWEST and one.could_be_offered]
    missing, offered = [one for one in told if one.is_missing][:LINES], [one for one in told if not one.is_missing]
    return {
        "language": get_language() or "nb",
        "title": _("What people wish for in %(where)s") % {"where": where},
        "from": settings.MUNICIPALITY,
        "on": format_date(on, "DATE_FORMAT"),
        "hello": _("To the volunteer centre"),
        "opening": _(
            "We ask the people we help what they would like to do. These are wishes that several of them share. "
            "Would you help us make some of them come true?"
        ),
        "missing": _("Wished for, and nothing like it is offered"),
        "missing_rows": [_row(one) for one in missing],
        "offered": _("Wished for, and there is something already"),
        "offered_rows": [_row(one) for one in offered[:LINES]],
        "nothing": _("There is no wish right now that five or more share. We write again when there is."),
        "privacy": _("Names are not in this letter, nor wishes shared by fewer than five people."),
        "closing": _("We can find a place, a time and a ride together. Call, or come for a cup of coffee."),
        "name": name,
        "phone": phone,
    }


def _row(one: Wanted) -> list[str]:
    people = ngettext("%(number)d person", "%(number)d people", one.people or 0) % {"number": one.people or 0}
    times = ngettext(
        "%(number)d time in the next three months", "%(number)d times in the next three months", one.offered
    )
    return [one.label, people, times % {"number": one.offered} if one.offered else ""]
