"""Who could be a citizen's contact, and how well each of them knows the citizen: familiarity, not a ranking."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from omtanke.care.models import NamedContact
from omtanke.people.models import Belonging, Citizen, Employee
from omtanke.people.questions import been_there

LATELY = timedelta(weeks=8)


@dataclass(frozen=True)
class Candidate:
    """`times`: visits lately. `contact_for`: how many people they are primary contact for now."""

    employee: Employee
    times: int
    contact_for: int


def candidates(citizen: Citizen, *, but: Employee | None, on: date) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """Those at work in the citizen's units or who have been there lately, without `but`: first those whom the citizen
    has met lately, then the others; each by name."""
    times = Counter({met.employee_id: met.times for met in been_there.ask(citizen.pk, on - LATELY)})
    units = Belonging.objects.current(on).filter(citizen=citizen).values("unit")
    could = Employee.objects.at_work().filter(Q(unit__in=units) | Q(pk__in=list(times))).in_order()
    load = Counter(
        NamedContact.objects.current(on).primary().filter(employee__in=could).values_list("employee_id", flat=True)
    )
    found = [Candidate(employee, times[employee.pk], load[employee.pk]) for employee in could if employee != but]
    return [one for one in found if one.times], [one for one in found if not one.times]
