"""Whom a request of this room is about: the employee who makes it, and the day they ask for."""

from datetime import date, datetime

from django.http import Http404
from django.utils import timezone

from omtanke.access.gate import ActorRequest
from omtanke.people.models import Employee


def employee_of(request: ActorRequest) -> Employee:
    """The employee who is logged in; lists and visits are done by employees, so nobody else has any."""
    found = Employee.objects.filter(user=request.user).select_related("unit").first()
    if found is None:
        raise Http404("This login belongs to no employee.")
    return found


def day_of(request: ActorRequest, at: datetime) -> date:
    """The day of `?on=2026-11-23`, today without it. What is no day is no page."""
    said = request.GET.get("on")
    if not said:
        return timezone.localdate(at)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Http404 from None
