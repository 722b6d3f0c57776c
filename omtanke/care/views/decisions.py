"""Decisions of my units: what is new, what ends soon; take one in, see it, put it right."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import User
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.care.decision_forms import DecisionForm, PersonForm, TakeInForm
from omtanke.care.decisions import ReferenceTaken, change_decision, take_in
from omtanke.care.models import Decision, DecisionQuerySet
from omtanke.people.models import Citizen
from omtanke.people.my_units import my_units
from omtanke.people.register import AlreadyRegistered, register_citizen

ON_A_PAGE = 40
MAY = Permission.HANDLE_DECISIONS


@requires(MAY)
@require_safe
def decisions(request: ActorRequest) -> HttpResponse:
    """The decisions that my units carry out: new, ending soon, or all."""
    on = timezone.localdate()
    units = my_units(request, MAY)
    mine: DecisionQuerySet = Decision.objects.filter(unit__in=units)
    kinds = {"new": mine.new(on), "ending": mine.ending_soon(on), "all": mine.not_ended(on)}
    shown = request.GET.get("show", "new")
    shown = shown if shown in kinds else "new"
    order = {"new": "-since", "ending": "until", "all": "citizen__sort_name"}[shown]
    rows = kinds[shown].select_related("citizen", "unit").order_by(order, "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    look(request, [decision.citizen_id for decision in page])
    counts = {kind: found.count() for kind, found in kinds.items()}
    return render(
        request,
        "care/decisions.html",
        {"page": page, "shown": shown, "counts": counts, "today": on, "several_units": len(units) > 1},
    )


@requires(MAY)
@require_safe
def decision(request: ActorRequest, decision_id: int) -> HttpResponse:
    """One decision: what it says, its visits, and what it said before."""
    found = _mine(request, decision_id)
    look(request, [found.citizen_id])
    return render(request, "care/decision.html", {"decision": found, "earlier": _earlier(found)})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in_decision(request: ActorRequest) -> HttpResponse:
    """First whom it is about, then what was decided."""
    pk = request.GET.get("citizen", "")
    if not pk.isdigit():
        return _find_citizen(request)
    citizen = get_object_or_404(Citizen, pk=pk)
    units = my_units(request, MAY)
    form = TakeInForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        request.actor.must_in(MAY, [unit.pk])
        try:
            made = take_in(citizen, unit=unit, by=request.user, on=timezone.localdate(), **form.decided())
            return redirect("care:decision", made.pk)
        except ReferenceTaken:
            form.add_error("reference", _reference_taken())
    look(request, [citizen.pk])
    running = Decision.objects.filter(citizen=citizen).not_ended(timezone.localdate()).in_order()
    return render(request, "care/take_in.html", {"form": form, "citizen": citizen, "running": running})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_person(request: ActorRequest) -> HttpResponse:
    """Somebody who has no services yet; then on to the decision."""
    units = my_units(request, MAY)
    form = PersonForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        request.actor.must_in(MAY, [unit.pk])
        try:
            new = register_citizen(unit=unit, by=request.user, on=timezone.localdate(), **form.known())
            look(request, [new.pk])
            return redirect(f"{reverse('care:take_in_decision')}?citizen={new.pk}")
        except AlreadyRegistered:
            form.add_error(
                "national_id",
                _(
                    "Somebody with this number is registered already. If the search does not find them, they belong to "
                    "another unit: ask its coordinator."
                ),
            )
    return render(request, "care/register_person.html", {"form": form})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, decision_id: int) -> HttpResponse:
    """Put right what a decision says; what it said before is kept."""
    found = _mine(request, decision_id)
    form = DecisionForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_decision(found, by=request.user, on=timezone.localdate(), **form.cleaned_data)
            return redirect("care:decision", decision_id)
        except ReferenceTaken:
            form.add_error("reference", _reference_taken())
    look(request, [found.citizen_id])
    return render(request, "care/change_decision.html", {"form": form, "decision": found})


def _mine(request: ActorRequest, decision_id: int) -> Decision:
    found: Decision = get_object_or_404(Decision.objects.select_related("citizen", "unit"), pk=decision_id)
    request.actor.must_in(MAY, [found.unit_id])
    return found


def _find_citizen(request: ActorRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found: list[Citizen] = []
    if words:
        matching = Citizen.objects.all()
        for word in words.split():
            matching = matching.filter(
                Q(first_name__istartswith=word) | Q(last_name__istartswith=word) | Q(national_id=word)
            )
        found = list(matching.in_order()[:30])
        look(request, [citizen.pk for citizen in found])
    return render(request, "care/find_citizen.html", {"words": words, "found": found})


def _earlier(decision: Decision) -> list[dict[str, Any]]:
    """What the decision said before each change, the latest first, with who changed it."""
    events = decision.events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[:20]  # type: ignore[attr-defined]
    rows = list(events)
    who = [int(row.pgh_context.metadata.get("user") or 0) if row.pgh_context else 0 for row in rows]
    names = dict(User.objects.filter(pk__in=who).values_list("pk", "name"))
    return [{"said": row, "at": row.pgh_created_at, "by": names.get(pk, "")} for row, pk in zip(rows, who, strict=True)]


def _reference_taken() -> str:
    return _("There is a decision with this reference already. Is it the same one?")
