"""Somebody is away, and is back again; and what it means for the lists and for those who are spared new faces.

The lists that the absent person had taken are free again at once, so that nobody waits for a visit that has no carer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from omtanke.access import grants
from omtanke.care.models import NamedContact
from omtanke.people.models import Citizen, Employee
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Absence, Round, Shift
from omtanke.visits.share_out import opened_by

LOOK_AHEAD = timedelta(days=14)


class AlreadyAway(Exception):
    """An absence of the same person covers some of these days."""


class AlreadyBack(Exception):
    """A colleague was first."""


@transaction.atomic
def register_absence(
    employee: Employee, kind: str, *, first_day: date, last_day: date | None, on: date
) -> tuple[Absence, list[Round]]:
    """Somebody is away from `first_day` through `last_day`; returns the absence and the lists that are free again.

    Raises AlreadyAway.
    """
    Employee.objects.select_for_update().get(pk=employee.pk)  # two who register at once come one after the other
    overlapping = employee.absences.filter(Q(last_day=None) | Q(last_day__gte=first_day))
    if last_day is not None:
        overlapping = overlapping.filter(first_day__lte=last_day)
    if overlapping.exists():
        raise AlreadyAway
    absence = Absence.objects.create(employee=employee, kind=kind, first_day=first_day, last_day=last_day)
    return absence, _free_lists(absence, on)


def _free_lists(absence: Absence, on: date) -> list[Round]:
    """Give back the lists of days to come. Visits that are done keep who did them."""
    taken = absence.employee.rounds.filter(on__gte=max(on, absence.first_day)).select_related("work_list")
    if absence.last_day is not None:
        taken = taken.filter(on__lte=absence.last_day)
    freed = list(taken.order_by("on", "work_list__starts"))
    grants.end([opened_by(round_) for round_ in freed if round_.taken_at])
    Round.objects.filter(pk__in=[round_.pk for round_ in freed], taken_by=absence.employee_id).update(
        taken_by=None, taken_at=None, handed_out_by=None, version=F("version") + 1
    )
    return freed


@transaction.atomic
def end_absence(absence: Absence, *, back_on: date) -> None:
    """They are back from `back_on`. An absence that never came to anything is taken away. Raises AlreadyBack."""
    running = Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=back_on), pk=absence.pk)
    if back_on <= absence.first_day:
        changed, _by_table = running.delete()
    else:
        changed = running.update(last_day=back_on - timedelta(days=1))
    if not changed:
        raise AlreadyBack


@dataclass(frozen=True)
class Concern:
    """What an absence means in the fortnight to come."""

    shifts: list[Shift]
    lists: list[Round]
    people: list[Citizen]


def concerned_by(absence: Absence, *, on: date) -> Concern:
    """The shifts that are empty now, the lists of those hours that nobody has, and the vulnerable people on them or
    whose contact is away."""
    first = max(on, absence.first_day)
    last = min(absence.last_day or date.max, first + LOOK_AHEAD)
    shifts = list(
        absence.employee.shifts.filter(
            starts__gte=moment(first, time.min), starts__lt=moment(last + timedelta(days=1), time.min)
        )
        .select_related("unit")
        .order_by("starts")
    )
    lists = _free_during(shifts)
    contact_for = NamedContact.objects.current(first).filter(employee=absence.employee)
    people = Citizen.objects.filter(
        Q(pk__in=contact_for.values("citizen")) | Q(visits__round__in=[round_.pk for round_ in lists]), vulnerable=True
    )
    return Concern(shifts, lists, list(people.distinct().in_order()))


def _free_during(shifts: list[Shift]) -> list[Round]:
    if not shifts:
        return []
    during = Q()
    for shift in shifts:
        starts, ends = timezone.localtime(shift.starts), timezone.localtime(shift.ends)
        until = ends.time() if ends.date() == starts.date() else time.max
        into_the_night = Q(work_list__ends__lte=F("work_list__starts"))
        at_once = Q(work_list__starts__lt=until) & (Q(work_list__ends__gt=starts.time()) | into_the_night)
        during |= at_once & Q(on=starts.date(), work_list__unit=shift.unit_id)
    free = Round.objects.filter(during, taken_by=None).annotate(visit_count=Count("visits")).filter(visit_count__gt=0)
    return list(free.select_related("work_list").order_by("on", "work_list__starts", "work_list__name"))
