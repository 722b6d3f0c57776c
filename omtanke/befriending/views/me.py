"""Whom a page of a senior is about: the employee who is logged in."""

from django.http import Http404

from omtanke.access.gate import ActorRequest
from omtanke.people.models import Employee


def senior_of(request: ActorRequest) -> Employee:
    """A senior is registered as an employee; a login without one has no visits."""
    found = Employee.objects.filter(user=request.user).first()
    if found is None:
        raise Http404("This login belongs to no employee.")
    return found
