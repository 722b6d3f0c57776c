"""What the visit service has worked, as lines for Tripletex. Asked by the worker, which sees all departments.

Visits that were carried out stand on the customer's project; getting-to-know meetings, for everybody who was there, and
notebooks on the service's own. What was planned, cancelled or not done is not work; a visit without an end is counted
and told, not guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from omtanke.befriending.models import Acquaintance, ServiceVisit
from omtanke.exchange.tripletex.hours import Line, Stretch, add_up
from omtanke.people.models import Unit


@dataclass(frozen=True)
class Worked:
    """Hours of a line, and the departments whose work is in it."""

    hours: Decimal
    departments: list[int]


def worked(departments: Iterable[Unit], first: date, last: date) -> dict[Line, Worked]:
    """Every line from `first` through `last`."""
    of: dict[Line, set[int]] = defaultdict(set)
    stretches: list[Stretch] = []
    zone = timezone.get_current_timezone()
    for department_id, stretch in _stretches(departments, first, last):
        stretches.append(stretch)
        for line in add_up([stretch], zone=zone):
            of[line].add(department_id)
    summed = add_up(stretches, zone=zone, step=settings.TRIPLETEX_MINUTES)
    return {line: Worked(hours, sorted(of[line])) for line, hours in summed.items() if first <= line.on <= last}


def unfinished(department: Unit, first: date, last: date) -> int:
    """Visits that began in the period and have no end: nobody knows how long they took."""
    begun = ServiceVisit.objects.filter(department=department, ended_at=None, not_done_because="")
    return begun.filter(began_at__gte=begin_of(first), began_at__lt=begin_of(last + timedelta(days=1))).count()


@dataclass(frozen=True)
class Notebook:
    """What somebody paid for a notebook at a meeting."""

    meeting_id: int
    employee_id: int
    on: date
    amount: Decimal


def notebooks(department: Unit, first: date, last: date) -> Iterator[Notebook]:
    bought = Acquaintance.objects.filter(department=department, notebook_on__range=(first, last), notebook_cost__gt=0)
    for meeting in bought.order_by("pk"):
        payer = meeting.notebook_by_id or meeting.held_by_id
        if meeting.notebook_on and meeting.notebook_cost:
            yield Notebook(meeting.pk, payer, meeting.notebook_on, meeting.notebook_cost)


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _stretches(departments: Iterable[Unit], first: date, last: date) -> Iterator[tuple[int, Stretch]]:
    units = list(departments)
    since, before = begin_of(first), begin_of(last + timedelta(days=1))
    activity, internal = settings.TRIPLETEX_ACTIVITY, settings.TRIPLETEX_INTERNAL_PROJECT
    visits = ServiceVisit.objects.filter(department__in=units, not_done_because="", began_at__lt=before)
    for visit in visits.filter(ended_at__gt=since).select_related("order"):
        number = visit.order.project_number.strip()
        if visit.began_at and visit.ended_at:
            yield visit.department_id, Stretch(visit.senior_id, number, activity, visit.began_at, visit.ended_at)
    meetings = Acquaintance.objects.filter(department__in=units, held_at__isnull=False, minutes__gt=0)
    # A meeting lasts less than a day; who began before the period may have been there into it.
    for meeting in meetings.filter(starts__gte=since - timedelta(days=1), starts__lt=before):
        ends = meeting.starts + timedelta(minutes=meeting.minutes or 0)
        for employee_id in meeting.attending_ids:
            yield meeting.department_id, Stretch(employee_id, internal, activity, meeting.starts, ends)
