"""The decisions about one person, as a tab and as a panel on their page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.care.models import Decision
from omtanke.people.models import Citizen


@requires(Permission.SEE_CITIZEN)
@require_safe
def citizen_decisions(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What has been granted: what holds now, and what held before."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen.pk])
    return render(request, "care/citizen_decisions.html", _decisions(request, citizen))


@requires(Permission.SEE_CITIZEN)
@require_safe
def citizen_decisions_panel(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What holds now, for the person's page, which has logged the look."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    part = "#panel" if request.headers.get("HX-Request") else ""
    if not part:
        look(request, [citizen.pk])
    return render(request, f"care/citizen_decisions.html{part}", _decisions(request, citizen))


def _decisions(request: ActorRequest, citizen: Citizen) -> dict[str, object]:
    on = timezone.localdate()
    every = list(Decision.objects.filter(citizen=citizen).select_related("unit").in_order())
    return {
        "citizen": citizen,
        "running": [decision for decision in every if decision.until is None or decision.until > on],
        "ended": [decision for decision in every if decision.until is not None and decision.until <= on],
        "may_handle": request.actor.may(Permission.HANDLE_DECISIONS),
    }
