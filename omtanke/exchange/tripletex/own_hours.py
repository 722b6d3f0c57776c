"""Somebody's own hours, as they are added up for Tripletex: their own data, also when they no longer visit the person.

Read past the policies about citizens by a function that knows only the asker's own work (migration 0002): when, on
which project number, and nothing about anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection
from django.utils import timezone

from omtanke.access.models import User
from omtanke.exchange.tripletex.gather import begin_of
from omtanke.exchange.tripletex.hours import Stretch, add_up
from omtanke.exchange.tripletex.models import Booked, Booking


@dataclass(frozen=True)
class OwnDay:
    """Hours of a day on one project. `booked`: they stand like this in Tripletex."""

    on: date
    project: str
    is_meeting: bool
    hours: Decimal
    booked: bool


def own_days(user: User, first: date, last: date) -> list[OwnDay]:
    """For whoever the database acts for, who must be `user`."""
    internal = settings.TRIPLETEX_INTERNAL_PROJECT
    summed = add_up(_own_stretches(first, last), zone=timezone.get_current_timezone(), step=settings.TRIPLETEX_MINUTES)
    stands = {
        (line.on, line.project_number, line.activity): line.hours
        for line in Booking.objects.filter(employee__user=user, on__range=(first, last), state=Booked.State.BOOKED)
    }
    return [
        OwnDay(
            line.on,
            line.project,
            is_meeting=line.project == internal,
            hours=hours,
            booked=stands.get((line.on, line.project, line.activity)) == hours,
        )
        for line, hours in summed.items()
        if first <= line.on <= last
    ]


def _own_stretches(first: date, last: date) -> list[Stretch]:
    since, before = begin_of(first), begin_of(last + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT employee_id, project_number, starts, ends FROM tripletex_my_work(%s, %s, %s)",
            [since, before, settings.TRIPLETEX_INTERNAL_PROJECT],
        )
        rows = cursor.fetchall()
    activity = settings.TRIPLETEX_ACTIVITY
    return [Stretch(employee, project, activity, starts, ends) for employee, project, starts, ends in rows]
