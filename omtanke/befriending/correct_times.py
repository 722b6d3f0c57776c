"""Put right when a visit began and ended: pressed too late, forgotten to end.

The senior does it until the hours are booked in the accounts, the department's leaders afterwards, with a reason. What
stood there before is kept. The hours are counted anew from the visits the next time the month is looked at, and what
is booked then changes with them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from omtanke.access.models import User
from omtanke.befriending.models import ServiceVisit, TimesCorrected
from omtanke.befriending.visiting import MAY_BE_LATE, AlreadyOtherwise


class HoursAreBooked(Exception):
    """The department's leaders correct it from here."""


class NotLikeThis(Exception):
    """It would end before it begins, lie ahead, or on quite another day than the visit."""


class SayWhy(Exception):
    """Whoever corrects somebody else's visit says why."""


def are_booked(visit: ServiceVisit) -> bool:
    """Do the hours of the visit stand in the accounts?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT befriending_hours_booked(%s)", [visit.pk])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def correct_times(
    visit: ServiceVisit, *, began: datetime, ended: datetime, because: str = "", by: User, at: datetime
) -> TimesCorrected | None:
    """The visit began and ended then. None when it stands so already.

    Raises NotLikeThis, SayWhy, HoursAreBooked; AlreadyOtherwise for a visit that has not begun or was not done.
    """
    now = ServiceVisit.objects.select_for_update(of=("self",)).select_related("senior").get(pk=visit.pk)
    if now.began_at is None or now.not_done_because:
        raise AlreadyOtherwise
    if not began < ended <= at or abs(began - now.planned_start) > MAY_BE_LATE or ended - began >= MAY_BE_LATE / 7:
        raise NotLikeThis
    if now.senior.user_id != by.pk and not because.strip():
        raise SayWhy
    if (now.began_at, now.ended_at) == (began, ended):
        return None
    booked, was = are_booked(now), (now.began_at, now.ended_at)
    _write(now, began, ended)
    visit.refresh_from_db()
    return TimesCorrected.objects.create(
        visit=now,
        citizen_id=now.citizen_id,
        department_id=now.department_id,
        was_began_at=was[0],
        was_ended_at=was[1],
        because=because.strip(),
        was_booked=booked,
        by=by,
        at=at,
    )


def _write(visit: ServiceVisit, began: datetime, ended: datetime) -> None:
    try:
        with transaction.atomic():
            ServiceVisit.objects.filter(pk=visit.pk).update(began_at=began, ended_at=ended)
    except IntegrityError as refused:
        said = getattr(refused.__cause__, "diag", None)
        if said is not None and said.constraint_name == "booked_hours_stand":
            raise HoursAreBooked from refused
        raise
