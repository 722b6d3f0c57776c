"""Every order of the departments one leads: what waits for whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending.models import Order

MAY = Permission.HANDLE_ORDERS


@requires(MAY)
@require_safe
def orders(request: ActorRequest) -> HttpResponse:
    """Those that are not taken on yet, and those that are under way."""
    found = list(Order.objects.open().select_related("department", "has_it").oldest_first())
    look(request, {one.citizen_id for one in found if one.citizen_id})
    context = {
        "waiting": [one for one in found if not one.citizen_id],
        "under_way": [one for one in found if one.citizen_id],
    }
    return render(request, "befriending/orders.html", context)
