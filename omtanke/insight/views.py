"""Figures and overviews, read-only."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.insight.day import Day, needing_somebody
from omtanke.people.models import Unit


@requires(Permission.LEAD_UNIT)
@require_safe
def today(request: ActorRequest) -> HttpResponse:
    """How the day stands in a unit one leads; the others are a press away."""
    ids = request.actor.units(Permission.LEAD_UNIT)
    units = list(Unit.objects.filter(Q() if ids is None else Q(pk__in=ids)))
    if not units:
        return render(request, "insight/no_unit.html")
    on = timezone.localdate()
    free = needing_somebody([unit.pk for unit in units], on) if len(units) > 1 else {}
    day = Day(_chosen(units, request.GET.get("unit"), free), on, timezone.now())
    look(request, day.seen)
    context = {"day": day, "units": [{"unit": unit, "free": free.get(unit.pk, 0)} for unit in units]}
    return render(request, "insight/today.html", context)


def _chosen(units: list[Unit], wanted: str | None, free: dict[int, int]) -> Unit:
    """The unit that was asked for, otherwise the one with most lists nobody has."""
    if not wanted:
        return max(units, key=lambda unit: free.get(unit.pk, 0))
    for unit in units:
        if str(unit.pk) == wanted:
            return unit
    raise PermissionDenied
