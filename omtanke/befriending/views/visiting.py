"""A senior's visits on the phone: today and to come, what to know, begin, end, the visit book, why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending import visiting as deeds
from omtanke.befriending.after_visit import message_not_done, messages_about
from omtanke.befriending.models import ServiceArea, ServiceVisit
from omtanke.befriending.on_hold import held, whom_to_ask
from omtanke.befriending.readiness import plans_of, steps_of
from omtanke.befriending.senior_forms import NoVisitForm, ReportForm
from omtanke.befriending.views.me import senior_of
from omtanke.befriending.what_to_know import what_to_know

MAY = Permission.VISIT_AS_SENIOR
ON_HOLD = "on_hold"
AHEAD, BACK, ENTRIES = timedelta(weeks=4), timedelta(days=14), 5


@requires(MAY)
@require_safe
def my_visits(request: ActorRequest) -> HttpResponse:
    """Today, to come, and what I have not written up yet."""
    me, now = senior_of(request), timezone.now()
    mine = ServiceVisit.objects.filter(senior=me, planned_start__gte=now - BACK, planned_start__lt=now + AHEAD)
    visits = list(mine.select_related("citizen__hamlet", "order").in_order())
    look(request, {visit.citizen_id for visit in visits})
    areas, today, waiting = area_names(), timezone.localdate(now), held(visits)
    rows = [
        (visit, ON_HOLD if visit.pk in waiting else deeds.state_of(visit), areas.get(visit.area, visit.area))
        for visit in visits
    ]
    of_today = [row for row in rows if timezone.localdate(row[0].planned_start) == today]
    # The button stands at the one visit that is under way or next; the others are links.
    following = next((visit.pk for visit, state, _area in of_today if state in {"under_way", "planned"}), None)
    steps = steps_of(me)
    context = {
        "today": of_today,
        "next": following,
        "coming": [row for row in rows if timezone.localdate(row[0].planned_start) > today],
        "to_write": [row for row in rows if timezone.localdate(row[0].planned_start) < today and _waits(row)],
        "on": today,
        "left": sum(step.at is None for step in steps) + sum(plan.at is None for plan in plans_of(me)),
    }
    return render(request, "befriending/my_visits.html", context)


def _waits(row: tuple[ServiceVisit, str, str]) -> bool:
    """Nobody has said what came of it, or the visit book is empty. What is on hold waits for the leader, not for me."""
    visit, state, _area = row
    return state in {"planned", "under_way"} or bool(visit.ended_at and not visit.report)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    """One visit; a post writes in the visit book."""
    it = _visit(request, service_visit_id)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"report": it.report})
    if request.method == "POST" and form.is_valid():

        def write(it: ServiceVisit, _at: datetime) -> str:
            deeds.write(it, form.cleaned_data["report"], by=request.user)
            return _("Written in the visit book.")

        return _do(request, it, write)
    return _page(request, it, form, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def begin_visit(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    def begin(it: ServiceVisit, at: datetime) -> str:
        deeds.begin(it, by=request.user, at=at)
        return _("The visit has begun. Put the phone away, and have a nice time.")

    return _do(request, _visit(request, service_visit_id), begin)


@requires(MAY)
@require_POST
def end_visit(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    def end(it: ServiceVisit, at: datetime) -> str:
        deeds.end(it, by=request.user, at=at)
        return _("The visit is over. Write a few lines while you remember it.")

    return _do(request, _visit(request, service_visit_id), end)


@requires(MAY)
@require_POST
def take_back(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    """Undo the last press."""

    def undo(it: ServiceVisit, at: datetime) -> str:
        if it.not_done_because:
            deeds.take_back_not_done(it, by=request.user)
        elif it.ended_at:
            deeds.take_back_end(it, by=request.user, at=at)
        else:
            deeds.take_back_begin(it, by=request.user)
        return _("Taken back.")

    return _do(request, _visit(request, service_visit_id), undo)


@requires(MAY)
@require_POST
def told_kin(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    """The message has been sent from the senior's own phone."""

    def told(it: ServiceVisit, at: datetime) -> str:
        deeds.kin_told(it, by=request.user, at=at)
        return _("Good. It is written down that you have told them.")

    return _do(request, _visit(request, service_visit_id), told)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def no_visit(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    """Say why there was, or will be, no visit."""
    it = _visit(request, service_visit_id)
    form = NoVisitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def say(it: ServiceVisit, _at: datetime) -> str:
            deeds.say_not_done(it, form.because(), by=request.user)
            return _("Written down: no visit this time. Your department leader sees it.")

        return _do(request, it, say)
    context = {"visit": it, "form": form}
    return render(request, "befriending/no_visit.html", context, status=422 if form.errors else 200)


def area_names() -> dict[str, str]:
    return {area.code: area.name for area in ServiceArea.objects.all()}


def _visit(request: ActorRequest, pk: int) -> ServiceVisit:
    """One's own; a colleague's visit to the same person is theirs."""
    mine = ServiceVisit.objects.filter(senior__user=request.user)
    it = get_object_or_404(mine.select_related("citizen__hamlet", "order__has_it", "senior", "department"), pk=pk)
    look(request, [it.citizen_id])
    return it


def _do(request: ActorRequest, it: ServiceVisit, deed: Callable[[ServiceVisit, datetime], str]) -> HttpResponse:
    try:
        messages.success(request, deed(it, timezone.now()))
    except deeds.NotOnThisDay:
        messages.error(request, _("A visit is begun and ended on its own day, or written up in the week after."))
    except deeds.AlreadyOtherwise:
        messages.warning(request, _("It stands differently now; here is how."))
    except deeds.OnHold:
        messages.warning(request, _("The visits are on hold for now. Below stands whom to ask."))
    return redirect("befriending:visit", it.pk)


def _page(request: ActorRequest, it: ServiceVisit, form: ReportForm, *, status: int) -> HttpResponse:
    earlier = ServiceVisit.objects.filter(citizen=it.citizen_id, planned_start__lt=it.planned_start)
    written = earlier.exclude(report="").select_related("senior").order_by("-planned_start")[:ENTRIES]
    state = ON_HOLD if held([it]) else deeds.state_of(it)
    context: dict[str, Any] = {
        "visit": it,
        "citizen": it.citizen,
        "state": state,
        "area": area_names().get(it.area, it.area),
        "on_its_day": deeds.can_be_done(it, at=timezone.now()),
        "know": what_to_know(it.order),
        "entries": written,
        "form": form,
        "messages_to_kin": messages_about(it) if state == "done" else [],
        "whom_to_ask": whom_to_ask(it) if state == ON_HOLD else [],
        "message_no_visit": message_not_done(it) if state == "not_done" else None,
    }
    return render(request, "befriending/visit.html", context, status=status)
