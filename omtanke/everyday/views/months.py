"""The month planned: the proposal as people can read it, what cannot be and why, and asking those in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import interests, month_steer
from omtanke.everyday.models import MonthChoice, MonthGain, MonthPlan, MonthUnmet
from omtanke.everyday.month_words import in_words
from omtanke.everyday.needs import latest_of
from omtanke.people.models import Citizen, Unit
from omtanke.people.my_units import my_units

MAY = Permission.PLAN_MOMENTS
MONTHS_AHEAD = 3


@requires(MAY)
@require_safe
def months(request: ActorRequest) -> HttpResponse:
    """Plans of all one's units or of one, the newest first; and the months one can ask for."""
    units = my_units(request, MAY)
    chosen = _chosen(units, request.GET.get("unit", ""))
    plans = MonthPlan.objects.within(one.pk for one in units).select_related("asked_by").prefetch_related("units")
    if len(chosen) < len(units):
        plans = plans.within(one.pk for one in chosen)
    context = {
        "unit": chosen[0] if len(chosen) < len(units) else None,
        "units": units,
        "plans": plans.newest_first()[:12],
        "coming": _coming(timezone.localdate()),
    }
    return render(request, "everyday/months.html", context)


def _chosen(units: list[Unit], asked: str) -> list[Unit]:
    """One unit, or all of them: together they share what is offered, and the cars. Raises PermissionDenied."""
    found = units if asked in {"", "all"} else [unit for unit in units if str(unit.pk) == asked]
    if not found:
        raise PermissionDenied
    return found


def _coming(today: date) -> list[date]:
    found, first = [], today.replace(day=1)
    for _n in range(MONTHS_AHEAD):
        first = (first + timedelta(days=32)).replace(day=1)
        found.append(first)
    return found


@requires(MAY)
@require_POST
def ask_for_month(request: ActorRequest) -> HttpResponse:
    units = _chosen(my_units(request, MAY), request.POST.get("unit", ""))
    chosen = next((one for one in _coming(timezone.localdate()) if f"{one:%Y-%m}" == request.POST.get("month")), None)
    if chosen is None:
        return redirect("everyday:months")
    plan = month_steer.ask_for_month(units, chosen, by=request.user, at=timezone.now())
    return redirect("everyday:month", plan.pk)


def _plan(request: ActorRequest, plan_id: int) -> MonthPlan:
    plan = get_object_or_404(MonthPlan.objects.select_related("asked_by").prefetch_related("units"), pk=plan_id)
    _must_plan(request, plan)
    return plan


def _must_plan(request: ActorRequest, plan: MonthPlan) -> None:
    """Raise PermissionDenied unless the actor plans in each of its units; a plan of no unit is nobody's."""
    ids = [one.pk for one in plan.units.all()]
    if not ids:
        raise PermissionDenied
    request.actor.must_in(MAY, ids)


@requires(MAY)
@require_safe
def month(request: ActorRequest, plan_id: int) -> HttpResponse:
    """By activity or by person; who has nothing comes first."""
    plan = _plan(request, plan_id)
    if plan.state in {MonthPlan.State.WAITING, MonthPlan.State.RUNNING}:
        return render(request, "everyday/month_waits.html", {"plan": plan})
    related = ("citizen", "wish", "occurrence__activity__arena", "driver", "companion", "participation")
    choices = list(plan.choices.select_related(*related).order_by("occurrence__starts", "stop_number", "pk"))
    unmet = list(
        plan.unmet.select_related("citizen__hamlet", "wish", "occurrence__activity__arena", "occurrence__arena")
    )
    everybody = {one.citizen_id: one.citizen for one in choices} | {one.citizen_id: one.citizen for one in unmet}
    look(request, set(everybody))
    noted = latest_of(list(everybody))
    context = {
        "plan": plan,
        "supposed": sorted((one for pk, one in everybody.items() if pk not in noted), key=lambda one: one.sort_name),
        "by": "person" if request.GET.get("by") == "person" else "activity",
        "activities": _by_activity(choices),
        "people": _by_person(choices, unmet),
        "gains": [_gain(one) for one in plan.gains.select_related("hamlet", "occurrence__activity")],
        "why": _reasons(unmet),
    }
    return render(request, "everyday/month.html", context)


def _by_activity(choices: list[MonthChoice]) -> list[tuple[MonthChoice, list[MonthChoice]]]:
    """The first stands for the occurrence, then all who go."""
    found: dict[int, list[MonthChoice]] = defaultdict(list)
    for one in choices:
        found[one.occurrence_id].append(one)
    return [(group[0], group) for group in found.values()]


def _by_person(choices: list[MonthChoice], unmet: list[MonthUnmet]) -> list[dict[str, Any]]:
    """Who has least first."""
    everybody = {one.citizen_id: one.citizen for one in choices} | {one.citizen_id: one.citizen for one in unmet}
    people: dict[int, dict[str, Any]] = {
        pk: {"citizen": citizen, "gets": [], "unmet": []} for pk, citizen in everybody.items()
    }
    for one in choices:
        if not one.taken_out:
            people[one.citizen_id]["gets"].append(one)
    for left in unmet:
        people[left.citizen_id]["unmet"].append((left.wish, in_words(left)))
    return sorted(people.values(), key=lambda one: (len(one["gets"]), one["citizen"].sort_name))


def _reasons(unmet: list[MonthUnmet]) -> list[tuple[str, int]]:
    return Counter(in_words(one, short=True) for one in unmet).most_common()


def _gain(one: MonthGain) -> str:
    if one.kind == MonthGain.Kind.VOLUNTEER:
        what = _("One more volunteer with a car in %(hamlet)s") % {"hamlet": one.hamlet}
    elif one.occurrence:
        starts = date_format(timezone.localtime(one.occurrence.starts), "MONTH_DAY_FORMAT")
        what = _("One more seat at %(what)s, %(when)s") % {"what": one.occurrence.activity.title, "when": starts}
    else:
        what = _("An offer of “%(what)s” in %(hamlet)s") % {"what": interests.label(one.interest), "hamlet": one.hamlet}
    gives = ngettext("%(what)s: at least %(n)d more wish", "%(what)s: at least %(n)d more wishes", one.wishes)
    return gives % {"what": what, "n": one.wishes}


@requires(MAY)
@require_POST
def change_choice(request: ActorRequest, choice_id: int) -> HttpResponse:
    """Pin, take out, or put back."""
    choice = get_object_or_404(MonthChoice.objects.select_related("plan"), pk=choice_id)
    _must_plan(request, choice.plan)
    deed = request.POST.get("deed")
    try:
        if deed in {"pin", "free"}:
            month_steer.pin(choice, pinned=deed == "pin")
        elif deed in {"out", "back"}:
            month_steer.take_out(choice, out=deed == "out")
    except month_steer.NotNow:
        messages.warning(request, _("The people in this plan are asked already."))
    return redirect(f"{choice.plan.get_absolute_url()}#one-{choice.occurrence_id}")


@requires(MAY)
@require_POST
def plan_again(request: ActorRequest, plan_id: int) -> HttpResponse:
    """With what is pinned and without what is taken out; the rest changes as little as it can."""
    plan = _plan(request, plan_id)
    again = month_steer.ask_for_month(
        plan.units.all(), plan.first, by=request.user, at=timezone.now(), begins_from=plan
    )
    return redirect("everyday:month", again.pk)


@requires(MAY)
@require_POST
def invite(request: ActorRequest, plan_id: int) -> HttpResponse:
    """Ask the people and the volunteers in it."""
    plan = _plan(request, plan_id)
    try:
        asked = month_steer.invite(plan, by=request.user, at=timezone.now())
    except month_steer.NotNow:
        messages.warning(request, _("A colleague has asked them already."))
        return redirect("everyday:month", plan.pk)
    messages.success(
        request, _("%(n)d are invited. Their answers come through those who know them.") % {"n": asked.invited}
    )
    for one in asked.not_possible:
        messages.warning(
            request, _("%(name)s could not be invited: something else has come up.") % {"name": one.citizen.name}
        )
    for one in asked.without_help:
        messages.warning(
            request, _("%(name)s is invited, but the volunteer cannot be asked.") % {"name": one.citizen.name}
        )
    return redirect("everyday:month", plan.pk)


@requires(Permission.CATCH_WISH)
@require_POST
def say_no_to_matching(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The person does not want to be in the month's plan, or wants it again."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen.pk])
    says_no = request.POST.get("answer") == "no"
    month_steer.say_no(citizen, says_no=says_no, by=request.user, at=timezone.now())
    said = _("Noted: %(name)s is not matched any more.") if says_no else _("Noted: %(name)s is matched again.")
    messages.success(request, said % {"name": citizen.name})
    return redirect("everyday:citizen_everyday", citizen.pk)
