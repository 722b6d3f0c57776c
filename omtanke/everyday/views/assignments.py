"""A volunteer's own assignments, and nothing else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.everyday.models import Assignment


@requires(Permission.DO_ASSIGNMENTS)
@require_safe
def my_assignments(request: ActorRequest) -> HttpResponse:
    """What I am asked to, and what I have said yes to."""
    mine = Assignment.objects.filter(volunteer__user=request.user, ends__gte=timezone.now())
    coming = mine.select_related("occurrence__activity", "citizen").order_by("starts", "pk")
    return render(request, "everyday/my_assignments.html", {"coming": list(coming)})
