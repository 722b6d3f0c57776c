"""The exercises of a visit, on the phone: what to do, and how it went with one tap each.

One is open at a time, the next that nothing is noted for; those that are done are folded, with how they went.
A fragment of the visit's page, and a page by itself where there are no scripts.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending.exercises import doing
from omtanke.befriending.exercises.shown import shown
from omtanke.befriending.models import ExerciseDone, ServiceVisit
from omtanke.kernel.exercises.programme import Nothing, TooShort

MAY = Permission.GET_TO_KNOW


@requires(MAY)
@require_safe
def exercises(request: ActorRequest, service_visit_id: int) -> HttpResponse:
    visit = _visit(request, service_visit_id)
    template = "befriending/visit_exercises.html"
    part = "#panel" if request.htmx else ""  # type: ignore[attr-defined] # by its middleware
    return render(request, f"{template}{part}", _context(request, visit))


@requires(Permission.VISIT_AS_SENIOR)
@require_POST
def tick(request: ActorRequest, service_visit_id: int, code: str) -> HttpResponse:
    """One tap: how it went; the same tap again takes it back."""
    visit = _visit(request, service_visit_id)
    said = request.POST.get("how", "")
    how = ExerciseDone.How(said) if said in ExerciseDone.How.values else None
    problem = ""
    try:
        doing.tick(visit, code, how, by=request.user, at=timezone.now())
    except doing.NotYourVisit:
        problem = _("Whoever visits says how it went.")
    except doing.NotOnThisDay:
        problem = _("This is noted on the day of the visit, or in the week after.")
    except (doing.NotInTheProgramme, doing.NoPlan, TooShort, Nothing):
        problem = _("The plan stands differently now; here is how.")
    if request.htmx:  # type: ignore[attr-defined] # as above
        context = _context(request, visit) | {"problem": problem, "ticked": not problem}
        return render(request, "befriending/visit_exercises.html#panel", context)
    if problem:
        messages.error(request, problem)
    return redirect("befriending:visit_exercises", visit.pk)


def _context(request: ActorRequest, visit: ServiceVisit) -> dict[str, Any]:
    context: dict[str, Any] = {"visit": visit, "citizen": visit.citizen, "items": []}
    try:
        of, made = doing.of_visit(visit)
    except (doing.NoPlan, TooShort, Nothing):
        return context
    said = dict(ExerciseDone.objects.filter(visit=visit).values_list("exercise", "how"))
    may_tick = visit.senior.user_id == request.user.pk and doing.can_be_ticked(visit, at=timezone.now())
    items = [(item, said.get(item.words.code, "") if item.words else "") for item in shown(made, of.bank)]
    return context | {
        "plan": of.plan,
        "minutes": made.minutes,
        "items": items,
        "now": next((item.words.code for item, how in items if item.words and not how), "") if may_tick else "",
        "done": sum(bool(how) for _item, how in items),
        "count": len(made.chosen),
        "hows": ExerciseDone.How.choices,
        "may_tick": may_tick,
    }


def _visit(request: ActorRequest, pk: int) -> ServiceVisit:
    visit = get_object_or_404(ServiceVisit.objects.select_related("citizen", "senior"), pk=pk)
    look(request, [visit.citizen_id])
    return visit
