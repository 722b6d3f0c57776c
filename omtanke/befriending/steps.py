"""An order as a line of steps: what is done, by whom and when, what is missing, and which one is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.befriending.before import missing
from omtanke.befriending.models import Criterion, Order
from omtanke.befriending.readiness import LACKS as OF_A_SENIOR

# What a visit waits for, as the database names it, in words.
LACKS: dict[str, str | Promise] = {
    "talk": gettext_lazy("the talk with next of kin"),
    "form": gettext_lazy("the getting-to-know meeting with its form"),
    "criteria": gettext_lazy("the three criteria"),
}


@dataclass(frozen=True)
class Step:
    """One step; `said` is what has come of it. `locked` says what it waits for."""

    code: str
    label: str
    done: bool
    said: str = ""
    url: str = ""
    button: str = ""
    current: bool = False
    locked: str = ""


def lacks_in_words(lacks: list[str]) -> str:
    """'the talk with next of kin, the three criteria', and what the senior lacks."""
    words = {**LACKS, **OF_A_SENIOR}
    return ", ".join(str(words.get(code, code)) for code in lacks)


def steps_of(order: Order) -> list[Step]:
    """All steps in their order; the first that is not done is the current one, when the order is open."""
    lacks = set(missing(order)) if order.citizen_id else set(LACKS)
    steps = [
        _taken_on(order),
        _talk(order, lacks),
        _meeting(order, lacks),
        _criteria(order, lacks),
        _senior(order, lacks),
    ]
    steps.append(_visits(order, lacks))
    current = next((step for step in steps if not step.done), None)
    if current is None or order.closed_at:
        return steps
    return [Step(**{**vars(step), "current": True}) if step is current else step for step in steps]


def how_far(order: Order) -> str:
    """In a few words, for a list: the step that is next."""
    step = next((step for step in steps_of(order) if not step.done), None)
    return step.label if step else _("Visits are under way")


def _taken_on(order: Order) -> Step:
    said = ""
    if order.taken_on_at and order.taken_on_by:
        said = _by_and_when(order.taken_on_by.name, order.taken_on_at)
    url = reverse("befriending:take_on", args=[order.pk])
    return Step("taken_on", _("Take the order on"), bool(order.citizen_id), said, url, _("Take it on"))


def _talk(order: Order, lacks: set[str]) -> Step:
    held = order.kin_talks.filter(held_at__isnull=False).select_related("held_by").last()
    planned = order.kin_talks.filter(held_at=None).last()
    if held and held.held_at:
        said = _by_and_when(held.held_by.name if held.held_by else held.with_whom, held.held_at)
    elif planned:
        said = _("Agreed with %(name)s: %(when)s") % {"name": planned.with_whom, "when": _when(planned.planned_at)}
    else:
        said = ""
    url = reverse("befriending:talk", args=[order.pk])
    done = "talk" not in lacks
    return Step(
        "talk",
        _("Talk with next of kin"),
        done,
        said,
        url,
        _("Read it") if done else _("The talk"),
        locked="" if order.citizen_id else _("after the order is taken on"),
    )


def _meeting(order: Order, lacks: set[str]) -> Step:
    meeting = order.acquaintances.select_related("held_by").last()
    said = ""
    if meeting:
        when = meeting.held_at or meeting.starts
        said = _by_and_when(meeting.held_by.name, when)
        if meeting.held_at and "form" in lacks:
            said = _("Held; the form is not filled in to the end")
    done = "form" not in lacks
    url = reverse("befriending:meeting", args=[order.pk])
    return Step(
        "meeting",
        _("Getting-to-know meeting"),
        done,
        said,
        url,
        _("Read it") if done else _("The meeting"),
        locked=_("after the talk") if "talk" in lacks else "",
    )


def _criteria(order: Order, lacks: set[str]) -> Step:
    judged = list(order.criteria.all())
    not_met = [one for one in judged if not one.met]
    said = ""
    if not_met:
        said = _("Not met: %(what)s") % {"what": "; ".join(one.get_kind_display() for one in not_met)}
    elif judged:
        said = _("%(n)d of %(all)d are met") % {"n": len(judged), "all": len(Criterion.Kind)}
    url = reverse("befriending:criteria", args=[order.pk])
    return Step(
        "criteria",
        _("The three criteria"),
        "criteria" not in lacks,
        said,
        url,
        _("The criteria"),
        locked="" if order.citizen_id else _("after the order is taken on"),
    )


def _senior(order: Order, lacks: set[str]) -> Step:
    visiting = [one.senior.name for one in order.matches.standing().select_related("senior").order_by("since", "pk")]
    url = reverse("befriending:choose_senior", args=[order.pk])
    return Step(
        "senior",
        _("Who visits"),
        bool(visiting),
        ", ".join(visiting),
        url,
        _("Change") if visiting else _("Choose a senior"),
        locked=_("after the talk") if "talk" in lacks else "",
    )


def _visits(order: Order, lacks: set[str]) -> Step:
    planned = order.visits.filter(not_done_because="").exists()
    coming = order.visits.filter(began_at=None, not_done_because="").order_by("planned_start").last()
    said = _("planned until %(when)s") % {"when": _when(coming.planned_start)} if coming else ""
    waits = lacks_in_words([code for code in LACKS if code in lacks])
    return Step(
        "visits",
        _("Visits"),
        planned,
        said,
        reverse("befriending:plan", args=[order.pk]),
        _("Plan visits"),
        locked=_("after %(what)s") % {"what": waits} if waits else "",
    )


def _by_and_when(name: str, at: datetime) -> str:
    return f"{name}, {_when(at)}"


def _when(at: datetime) -> str:
    return date_format(localtime(at), "j. F H:i")
