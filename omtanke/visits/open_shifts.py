"""Shifts planned before an employee could log in open to them when they can."""

from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import User
from omtanke.people.models import Employee
from omtanke.trust.first_login import opens_with_login
from omtanke.visits.models import Shift
from omtanke.visits.plan_shifts import WRITE_DOWN_AFTER, openings_of


@opens_with_login
def open_shifts(employee: Employee, by: User | None) -> None:
    still = Shift.objects.filter(employee=employee, ends__gt=timezone.now() - WRITE_DOWN_AFTER)
    grants.begin(openings_of(still.select_related("employee")), by=by)
