"""What people call everything in a case, with how often each carer has been at each person's lately."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count

from omtanke.people.models import Employee
from omtanke.planning.called import Called
from omtanke.planning.from_rows import Case
from omtanke.visits.models import Visit

LATELY = timedelta(weeks=8)


def called_in(case: Case, *, on: date, with_times_at: Collection[int] = ()) -> Called:
    """Contacts and familiar faces have names too, also when they are not at work in these days."""
    carers = {name: employee.name for name, employee in case.employees.items()}
    known = {carer for person in case.problem.persons for carer in (person.primary, person.secondary) if carer}
    known |= {carer for person in case.problem.persons if int(person.id) in with_times_at for carer in person.known}
    elsewhere = Employee.objects.filter(pk__in=[int(carer) for carer in known - carers.keys()], active=True)
    return Called(
        first_day=case.first,
        carers=carers | {str(employee.pk): employee.name for employee in elsewhere},
        persons={name: citizen.short_name for name, citizen in case.citizens.items()},
        visits={name: visit.what for name, visit in case.visits.items()},
        been=_been(with_times_at, on),
    )


def _been(citizen_ids: Collection[int], on: date) -> dict[tuple[str, str], int]:
    if not citizen_ids:
        return {}
    done = Visit.objects.done().filter(citizen__in=citizen_ids, on__gte=on - LATELY, done_by__isnull=False)
    counted = done.order_by().values_list("citizen_id", "done_by_id").annotate(times=Count("pk"))
    return {(str(citizen), str(carer)): times for citizen, carer, times in counted}
