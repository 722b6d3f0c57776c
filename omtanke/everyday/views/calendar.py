"""What happens in the weeks to come."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.everyday.models import Occurrence

AHEAD = timedelta(weeks=4)


@requires(Permission.SEE_ACTIVITIES)
@require_safe
def calendar(request: ActorRequest) -> HttpResponse:
    """The coming weeks' activities, those that are cancelled too."""
    now = timezone.now()
    coming = Occurrence.objects.between(now, now + AHEAD).select_related("activity__arena__hamlet", "arena__hamlet")
    return render(request, "everyday/calendar.html", {"coming": list(coming.in_order())})
