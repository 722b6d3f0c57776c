"""The exercises of a visit on paper: one page for the body, one for the mind, large and in black; for exercises.typ."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import translation
from django.utils.translation import gettext as _

from omtanke.befriending.exercises.bank import Words
from omtanke.befriending.exercises.plan import Whole
from omtanke.befriending.exercises.poses import on_paper
from omtanke.befriending.exercises.shown import Shown, shown
from omtanke.befriending.models import ExerciseDone
from omtanke.kernel.exercises.programme import Programme, What
from omtanke.people.models import Citizen
from omtanke.shell.pictures import svg

OF_BODY = {What.WARM_UP, What.PHYSICAL, What.BREATHER}


def sheet(citizen: Citizen, of: Whole, made: Programme, *, on: date) -> dict[str, Any]:
    """What the two pages say. The calm end stands on the page for the mind, where the visit ends."""
    items = shown(made, of.bank)
    body = [_one(item) for item in items if item.what in OF_BODY and item.words]
    mind = [_one(item) for item in items if item.what not in OF_BODY and item.words]
    tired = any(item.what == What.BREATHER for item in items)
    return {
        "language": translation.get_language() or "nb",
        "title": _("Exercises"),
        "name": citizen.called or citizen.first_name,
        "day": format_date(on, "DATE_FORMAT"),
        "body": body,
        "mind": mind,
        "for_body": _("For the body"),
        "for_mind": _("For the mind"),
        "needs": _("You need"),
        "body_needs": _needs(body),
        "mind_needs": _needs(mind),
        "watch": _("Watch"),
        "rest": _("Rest a little after every second one.") if tired else "",
        "pause": _("Take a good break before the next page: something to drink, and a chat."),
        "note": of.plan.note,
        "how": [str(label) for _value, label in ExerciseDone.How.choices],
        "safe": _(
            "Stop if something hurts, or if it gets dizzy. This is not treatment; ask the physiotherapist if unsure."
        ),
    }


def _needs(entries: list[dict[str, Any]]) -> str:
    """Everything to find before one begins, each thing once."""
    return ", ".join(dict.fromkeys(need for one in entries for need in one["needs"]))


def _one(item: Shown) -> dict[str, Any]:
    words: Words = item.words  # type: ignore[assignment] # those without are left out above
    return {
        "family": words.family,
        "way": words.way,
        "how": list(words.how),
        "watch": words.watch,
        "needs": list(words.needs),
        "picture": on_paper(words.code),
        "icon": svg(words.icon),
        "minutes": _("%(minutes)d min") % {"minutes": item.minutes},
    }
