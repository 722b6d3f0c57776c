"""A senior's own people and next visits, and nobody else's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending.models import Match, ServiceVisit


@requires(Permission.VISIT_AS_SENIOR)
@require_safe
def my_visits(request: ActorRequest) -> HttpResponse:
    """Those I visit, and my next visits."""
    mine = Match.objects.current().filter(senior__user=request.user)
    people = list(mine.select_related("citizen", "order").order_by("since", "pk"))
    coming = ServiceVisit.objects.to_come(timezone.now()).filter(senior__user=request.user).in_order()
    look(request, {one.citizen_id for one in people})
    context = {"people": people, "coming": list(coming.select_related("citizen")[:12])}
    return render(request, "befriending/my_visits.html", context)
