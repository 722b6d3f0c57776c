"""Drafts of a unit: ask for one, see it get better while it is made, and read what it means."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Unit
from omtanke.people.my_units import chosen_unit
from omtanke.planning import ask
from omtanke.planning.accept import days_in_use
from omtanke.planning.beside import finding_of, lines_of
from omtanke.planning.figures import figures_of, met_before
from omtanke.planning.meanwhile import Meanwhile, since_made
from omtanke.planning.models import Draft, DraftChange
from omtanke.planning.opened import Opened
from omtanke.planning.tables import by_day, by_person, other_carers
from omtanke.planning.words import why_not_placed
from omtanke.shell.templatetags.omtanke import day_and_clock

MAY = Permission.PLAN_LISTS
SHOWN, OTHERS_SHOWN = 30, 2


@requires(MAY)
@require_safe
def drafts(request: ActorRequest) -> HttpResponse:
    """The unit's drafts, and the first step to one."""
    unit, units = chosen_unit(request, MAY)
    monday = next_monday(timezone.localdate())
    context = {
        "unit": unit,
        "units": units,
        "drafts": Draft.objects.filter(unit=unit).not_dropped().latest_first().select_related("asked_by")[:SHOWN],
        "monday": monday,
        "sunday": monday + timedelta(days=6),
    }
    return render(request, "planning/drafts.html", context)


@requires(MAY)
@require_POST
def new_draft(request: ActorRequest) -> HttpResponse:
    """Of next week, of today, or of what is left of today."""
    asked = request.POST.get("unit", "")
    unit = get_object_or_404(Unit, pk=int(asked) if asked.isdecimal() else 0)
    request.actor.must_in(MAY, [unit.pk])
    at = timezone.now()
    today = timezone.localdate(at)
    days = {"today": (today, today), "rest": (today, today)}
    first, last = days.get(request.POST.get("days", ""), (next_monday(today), next_monday(today) + timedelta(days=6)))
    since = at if request.POST.get("days") == "rest" else None
    draft = ask.ask_for_draft(unit, first, last, by=request.user, at=at, since=since)
    return redirect("planning:draft", draft.pk)


@requires(MAY)
@require_safe
def draft(request: ActorRequest, draft_id: int) -> HttpResponse:
    """One draft: how far it is, or what it means beside the lists as they stand."""
    one = draft_of(request, draft_id)
    if request.htmx and request.GET.get("part") == "progress":  # type: ignore[attr-defined] # by its middleware
        return _progress(request, one)
    context: dict[str, Any] = {"draft": one, "may_run_again": one.state in (Draft.State.FAILED, Draft.State.CANCELLED)}
    if one.has_plan or (one.is_moving and one.visits.exists()):
        context |= _meaning(request, one)
    return render(request, "planning/draft.html", context)


def _progress(request: ActorRequest, one: Draft) -> HttpResponse:
    """A fragment while it moves; the whole page again when it has come to an end."""
    if not one.is_moving:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    context: dict[str, Any] = {"draft": one}
    if one.visits.exists():
        context |= _meaning(request, one)
    return render(request, "planning/draft.html#progress", context)


def _meaning(request: ActorRequest, one: Draft) -> dict[str, Any]:
    today = timezone.localdate()
    opened = Opened(one, on=today)
    case, met = opened.case, met_before(opened.case, today)
    before = figures_of(case, opened.before, opened.cost_before, met, plans_breaks=False)
    after = figures_of(case, opened.plan, opened.cost, met)
    look(request, [citizen.pk for citizen in case.citizens.values()])
    return {
        "was": _("The lists as they stand"),
        "becomes": _("This draft"),
        "finding": finding_of(before, after),
        "lines": lines_of(before, after),
        "before": before,
        "after": after,
        "spared": [new for new in before.new_faces if new.citizen not in {n.citizen for n in after.new_faces}],
        "days": by_day(case, opened.before, opened.plan),
        "people": by_person(case, opened.before, opened.plan, met),
        "unplaced": _unplaced(opened),
        "meanwhile": since_made(one) if one.has_plan else Meanwhile(),
        "others": others_of(one)[:OTHERS_SHOWN],
        "in_use": days_in_use(one),
        **changes_of(one),
    }


def others_of(one: Draft) -> list[Draft]:
    """Drafts of the same days that it can be laid beside, the latest first."""
    same = Draft.objects.filter(unit=one.unit, first=one.first, last=one.last, state__in=Draft.HAS_PLAN)
    return list(same.exclude(pk=one.pk).latest_first())


def changes_of(one: Draft) -> dict[str, Any]:
    """What people have done with it, the latest first, and which of it can be undone."""
    rows = list(DraftChange.objects.filter(draft=one).select_related("by", "employee", "visit__citizen"))
    return {"changes": rows, "latest": next((row for row in rows if row.undone_at is None), None)}


def _unplaced(opened: Opened) -> list[dict[str, Any]]:
    """Each visit without a place, and why, in words."""
    names = sorted(opened.plan.unplaced, key=lambda name: (opened.case.visits[name].planned_start, name))
    if not names:
        return []
    return [
        {"visit": opened.case.visits[name], "why": why_not_placed(opened.explainer, name, opened.called)}
        for name in names
    ]


@requires(MAY)
@require_safe
def compare(request: ActorRequest, draft_id: int, other_id: int) -> HttpResponse:
    """Two drafts of the same days side by side."""
    one, other = draft_of(request, draft_id), draft_of(request, other_id)
    if not (one.has_plan and other.has_plan) or (one.unit_id, one.days) != (other.unit_id, other.days):
        raise Http404
    today = timezone.localdate()
    new, old = Opened(one, on=today), Opened(other, on=today)
    met = met_before(new.case, today)
    before, after = figures_of(old.case, old.plan, old.cost, met), figures_of(new.case, new.plan, new.cost, met)
    look(request, [citizen.pk for citizen in new.case.citizens.values()])
    moved = other_carers(old, new)
    context = {
        "draft": one,
        "other": other,
        "was": _("The draft of %(when)s") % {"when": day_and_clock(other.asked_at)},
        "becomes": _("The draft of %(when)s") % {"when": day_and_clock(one.asked_at)},
        "finding": finding_of(before, after),
        "lines": lines_of(before, after),
        "moved": moved,
        "visits": len(new.case.visits),
    }
    return render(request, "planning/compare.html", context)


@requires(MAY)
@require_POST
def steer_draft(request: ActorRequest, draft_id: int, deed: str) -> HttpResponse:
    """Stop it, run it again, plan again from it, or put it away."""
    one = draft_of(request, draft_id)
    try:
        if deed == "stop":
            ask.stop(one)
        elif deed == "run-again":
            ask.run_again(one, at=timezone.now())
        elif deed == "plan-again":
            one = ask.ask_again(one, by=request.user, at=timezone.now())
        elif deed == "put-away":
            ask.put_away(one)
            messages.success(request, _("%(name)s is put away.") % {"name": one.name})
            return redirect(f"{reverse('planning:drafts')}?unit={one.unit_id}")
        else:
            raise Http404
    except ask.NotNow:
        messages.warning(request, _("That cannot be done with the draft any more. This is how it stands now."))
    return redirect("planning:draft", one.pk)


def draft_of(request: ActorRequest, draft_id: int) -> Draft:
    """A draft of a unit whose lists the actor plans."""
    one = get_object_or_404(Draft.objects.select_related("unit", "asked_by", "begins_from"), pk=draft_id)
    request.actor.must_in(MAY, [one.unit_id])
    return one


def next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
