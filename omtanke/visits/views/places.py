"""From a decision to a place on a list, and who has no place yet."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.care.decisions import EndsBeforeItBegins
from omtanke.care.models import Decision
from omtanke.people.my_units import my_units
from omtanke.visits.models import RecurringVisit
from omtanke.visits.no_place import COMING_DAYS, who_has_no_place, without_place
from omtanke.visits.place_load import Asked, DayLoad, load_of
from omtanke.visits.plan_visits import (
    AlreadyEnded,
    add_recurring,
    change_recurring,
    end_decision,
    end_recurring,
    planned_minutes,
)
from omtanke.visits.recurring_forms import LastDayForm, RecurringForm, weekday_words

MAY = Permission.HANDLE_DECISIONS


@requires(Permission.PLAN_LISTS)
@require_safe
def no_place(request: ActorRequest) -> HttpResponse:
    """One page with everything and everybody that waits for a place."""
    units = my_units(request, Permission.PLAN_LISTS)
    found = who_has_no_place([unit.pk for unit in units], timezone.localdate())
    look(request, found.citizen_ids)
    return render(
        request, "visits/no_place.html", {"found": found, "several_units": len(units) > 1, "days": COMING_DAYS}
    )


@requires(MAY)
@require_safe
def decisions_without_place(request: ActorRequest) -> HttpResponse:
    """Panel for the page of decisions."""
    units = my_units(request, MAY)
    found = list(without_place([unit.pk for unit in units], timezone.localdate()))
    look(request, [decision.citizen_id for decision in found])
    return render(request, "visits/no_place.html#decisions_panel", {"decisions": found})


@requires(MAY)
@require_safe
def decision_visits(request: ActorRequest, decision_id: int) -> HttpResponse:
    """The visits a decision gives, and planned beside granted: a panel of its page, or a page of its own."""
    decision = _my_decision(request, decision_id)
    look(request, [decision.citizen_id])
    template = (
        "visits/decision_visits.html#panel" if request.headers.get("HX-Request") else "visits/decision_visits.html"
    )
    return render(request, template, {"decision": decision, **_visits_of(decision)})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def add_visit(request: ActorRequest, decision_id: int) -> HttpResponse:
    """Let a visit recur."""
    decision = _my_decision(request, decision_id)
    on = timezone.localdate()
    earliest = max(on, decision.since)
    blank = RecurringVisit(decision=decision, citizen_id=decision.citizen_id, since=earliest, weekdays=[])
    form = RecurringForm(
        request.POST if request.method == "POST" else None, instance=blank, unit_id=decision.unit_id, earliest=earliest
    )
    if request.method == "POST" and "show" not in request.POST and form.is_valid():
        add_recurring(decision, by=request.user, on=on, **form.cleaned_data)
        return redirect("care:decision", decision_id)
    return _draw_form(request, form, decision, _("A visit for %(name)s") % {"name": decision.citizen.name})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_visit(request: ActorRequest, recurring_id: int) -> HttpResponse:
    """Let a visit recur differently from a day on."""
    recurring = _my_recurring(request, recurring_id)
    decision, on = recurring.decision, timezone.localdate()
    recurring.since = max(on + timedelta(days=1), recurring.since)
    form = RecurringForm(
        request.POST if request.method == "POST" else None, instance=recurring, unit_id=decision.unit_id, earliest=on
    )
    if request.method == "POST" and "show" not in request.POST and form.is_valid():
        agreed = dict(form.cleaned_data)
        try:
            change_recurring(recurring, from_day=agreed.pop("since"), by=request.user, on=on, **agreed)
            return redirect("care:decision", decision.pk)
        except AlreadyEnded:
            form.add_error("since", _("This visit has ended by then. A colleague may have been first."))
    return _draw_form(request, form, decision, _("Change the visit of %(name)s") % {"name": decision.citizen.name})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def end_visit(request: ActorRequest, recurring_id: int) -> HttpResponse:
    """Say the last day of a visit that recurs."""
    recurring = _my_recurring(request, recurring_id)
    on = timezone.localdate()
    form = LastDayForm(
        request.POST if request.method == "POST" else None, earliest=on - timedelta(days=1), initial={"last_day": on}
    )
    if request.method == "POST" and form.is_valid() and form.until:
        try:
            end_recurring(recurring, until=form.until, by=request.user, on=on)
            return redirect("care:decision", recurring.decision_id)
        except AlreadyEnded:
            form.add_error("last_day", _("This visit has ended by then. A colleague may have been first."))
    look(request, [recurring.citizen_id])
    return render(request, "visits/end.html", {"form": form, "decision": recurring.decision, "recurring": recurring})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def end_a_decision(request: ActorRequest, decision_id: int) -> HttpResponse:
    """Say the last day of a decision; visits after it are taken away."""
    decision = _my_decision(request, decision_id)
    form = LastDayForm(
        request.POST if request.method == "POST" else None,
        earliest=decision.since,
        may_hold_on=True,
        initial={"last_day": decision.last_day},
    )
    if request.method == "POST" and form.is_valid():
        try:
            end_decision(decision, until=form.until, by=request.user, on=timezone.localdate())
            return redirect("care:decision", decision_id)
        except EndsBeforeItBegins:
            form.add_error("last_day", _("The last day comes before the first."))
    look(request, [decision.citizen_id])
    return render(request, "visits/end.html", {"form": form, "decision": decision, "recurring": None})


@requires(MAY)
@require_safe
def list_load(request: ActorRequest, decision_id: int) -> HttpResponse:
    """Fragment: what lies on the chosen lists at the chosen time. It is asked for the decision that is being placed."""
    decision = _my_decision(request, decision_id)
    changing = request.GET.get("recurring", "")
    shown = RecurringVisit(pk=int(changing) if changing.isdigit() else None)
    form = RecurringForm(request.GET, instance=shown, unit_id=decision.unit_id, earliest=decision.since)
    loads = _loads(form, decision)
    _look_at_loads(request, decision, loads)
    return render(request, "visits/recurring.html#load", {"loads": loads})


def _my_decision(request: ActorRequest, decision_id: int) -> Decision:
    found: Decision = get_object_or_404(Decision.objects.select_related("citizen", "unit"), pk=decision_id)
    request.actor.must_in(MAY, [found.unit_id])
    return found


def _my_recurring(request: ActorRequest, recurring_id: int) -> RecurringVisit:
    found: RecurringVisit = get_object_or_404(
        RecurringVisit.objects.select_related("decision__citizen", "decision__unit", "work_list"), pk=recurring_id
    )
    request.actor.must_in(MAY, [found.decision.unit_id])
    return found


def _visits_of(decision: Decision) -> dict[str, Any]:
    on = timezone.localdate()
    rows = decision.recurring_visits.exclude(until__lte=on).select_related("work_list", "second_list")
    recurring = sorted(rows, key=lambda visit: (visit.starts, visit.since, visit.pk))
    then = max([on, decision.since, *(visit.since for visit in recurring)])
    planned = round(planned_minutes([visit for visit in recurring if not visit.until or visit.until > then]))
    return {
        "recurring": [(visit, weekday_words(visit.weekdays)) for visit in recurring],
        "planned": planned,
        "missing": decision.minutes_per_week - planned,
        "over": planned - decision.minutes_per_week,
        "today": on,
    }


def _draw_form(request: ActorRequest, form: RecurringForm, decision: Decision, heading: str) -> HttpResponse:
    loads = _loads(form, decision) if form.is_bound else []
    _look_at_loads(request, decision, loads)
    context = {"form": form, "decision": decision, "heading": heading, "loads": loads, **_visits_of(decision)}
    return render(request, "visits/recurring.html", context)


def _loads(form: RecurringForm, decision: Decision) -> list[tuple[Any, list[DayLoad]]]:
    """What lies on the chosen list, and on the second carer's, as far as the form is filled in."""
    form.is_valid()
    chosen: dict[str, Any] = form.cleaned_data
    lists = [chosen[name] for name in ("work_list", "second_list") if chosen.get(name)]
    if not (lists and chosen.get("weekdays") and chosen.get("starts")):
        return []
    first = max(timezone.localdate() + timedelta(days=1), decision.since, chosen.get("since") or date.min)
    asked = Asked(chosen["weekdays"], chosen["starts"], chosen.get("minutes") or 30, form.instance.pk)
    return [(lst, load_of(lst, asked, first=first)) for lst in lists]


def _look_at_loads(request: ActorRequest, decision: Decision, loads: list[tuple[Any, list[DayLoad]]]) -> None:
    shown = {visit.citizen_id for _list, days in loads for day in days for visit in day.near}
    look(request, shown | {decision.citizen_id})
