"""An order as a line of steps: what is done, by whom and when, what is missing, and which one is next.

What the steps are made from is gathered for all orders of a page at once, in a fixed number of queries (`facts_of`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.befriending.before import missing_in
from omtanke.befriending.models import Criterion, Match, Order, ServiceVisit
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


@dataclass(frozen=True)
class Facts:
    """What has come of an order: what it lacks, whether visits are planned, and when the last that is to come begins.

    Its talks, meetings, criteria and seniors are prefetched on the order itself.
    """

    lacks: frozenset[str]
    planned: int
    last_coming: datetime | None


def facts_of(orders: Sequence[Order]) -> Mapping[int, Facts]:
    """By order; six queries, however many orders there are."""
    standing = Match.objects.standing().select_related("senior").order_by("since", "pk")
    talks, meetings = "kin_talks__held_by", "acquaintances__held_by"
    prefetch_related_objects(orders, talks, meetings, "criteria", Prefetch("matches", standing, to_attr="visiting"))
    not_taken_out = Q(not_done_because="")
    visits = ServiceVisit.objects.filter(order__in=orders).order_by().values("order")
    of_visits = visits.annotate(
        planned=Count("pk", filter=not_taken_out),
        last_coming=Max("planned_start", filter=not_taken_out & Q(began_at=None)),
    )
    counted = {row["order"]: (row["planned"], row["last_coming"]) for row in of_visits}
    lacks = missing_in([order.pk for order in orders])
    return {
        order.pk: Facts(
            frozenset(lacks[order.pk]) if order.citizen_id else frozenset(LACKS), *counted.get(order.pk, (0, None))
        )
        for order in orders
    }


def steps_of(order: Order, facts: Facts | None = None) -> list[Step]:
    """All steps in their order; the first that is not done is the current one, when the order is open.

    `facts` are those of `facts_of`, which has prefetched what the order needs.
    """
    facts = facts or facts_of([order])[order.pk]
    lacks = facts.lacks
    steps = [
        _taken_on(order),
        _talk(order, lacks),
        _meeting(order, lacks),
        _criteria(order, lacks),
        _senior(order, lacks),
        _visits(order, facts),
    ]
    current = next((step for step in steps if not step.done), None)
    if current is None or order.closed_at:
        return steps
    return [Step(**{**vars(step), "current": True}) if step is current else step for step in steps]


def how_far(order: Order, facts: Facts) -> str:
    """In a few words, for a list: the step that is next."""
    step = next((step for step in steps_of(order, facts) if not step.done), None)
    return step.label if step else _("Visits are under way")


def _taken_on(order: Order) -> Step:
    said = ""
    if order.taken_on_at and order.taken_on_by:
        said = _by_and_when(order.taken_on_by.name, order.taken_on_at)
    url = reverse("befriending:take_on", args=[order.pk])
    return Step("taken_on", _("Take the order on"), bool(order.citizen_id), said, url, _("Take it on"))


def _talk(order: Order, lacks: frozenset[str]) -> Step:
    talks = list(order.kin_talks.all())
    held = next((talk for talk in reversed(talks) if talk.held_at), None)
    planned = next((talk for talk in reversed(talks) if not talk.held_at), None)
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


def _meeting(order: Order, lacks: frozenset[str]) -> Step:
    meeting = next(iter(reversed(order.acquaintances.all())), None)
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


def _criteria(order: Order, lacks: frozenset[str]) -> Step:
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


def _senior(order: Order, lacks: frozenset[str]) -> Step:
    visiting = [one.senior.name for one in order.visiting]  # type: ignore[attr-defined] # prefetched by facts_of
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


def _visits(order: Order, facts: Facts) -> Step:
    waits = lacks_in_words([code for code in LACKS if code in facts.lacks])
    said = ""
    if facts.last_coming:
        words = _("on hold; planned until %(when)s") if waits else _("planned until %(when)s")
        said = words % {"when": _when(facts.last_coming)}
    return Step(
        "visits",
        _("Visits"),
        facts.planned > 0,
        said,
        reverse("befriending:plan", args=[order.pk]),
        _("Plan visits"),
        locked=_("after %(what)s") % {"what": waits} if waits else "",
    )


def _by_and_when(name: str, at: datetime) -> str:
    return f"{name}, {_when(at)}"


def _when(at: datetime) -> str:
    return date_format(localtime(at), "MONTH_DAY_CLOCK_FORMAT")
