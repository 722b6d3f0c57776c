"""Put shifts into the rota, with what they open: whoever is at work sees the people of the unit.

All who are at work answer for all the unit's people while they are at work. They may read up before, and write down
what happened after (ADR-0002).
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from omtanke.access import grants
from omtanke.access.models import Reason, User
from omtanke.visits.models import Shift

READ_UP_BEFORE = timedelta(hours=12)
WRITE_DOWN_AFTER = timedelta(hours=4)


@transaction.atomic
def plan_shifts(shifts: Sequence[Shift], *, by: User | None) -> list[Shift]:
    """Save these shifts (new or changed) and open the unit to those who can log in.

    The employees must be loaded with the shifts. Raises IntegrityError where somebody would be at work twice at once.
    """
    new = [shift for shift in shifts if shift.pk is None]
    known = [shift for shift in shifts if shift.pk is not None]
    Shift.objects.bulk_create(new, batch_size=2000)
    Shift.objects.bulk_update(known, ["unit", "starts", "ends", "code"], batch_size=1000)
    grants.begin(openings_of(shifts), by=by)
    return list(shifts)


def openings_of(shifts: Iterable[Shift]) -> list[grants.Opening]:
    """What these shifts open, for the employees among them who can log in."""
    return [
        grants.Opening(
            shift.employee.user_id,
            Reason.SHIFT,
            grants.cause(shift),
            unit_id=shift.unit_id,
            since=shift.starts - READ_UP_BEFORE,
            until=shift.ends + WRITE_DOWN_AFTER,
        )
        for shift in shifts
        if shift.employee.user_id is not None
    ]


@transaction.atomic
def take_out(shifts: Iterable[Shift]) -> None:
    """Take shifts out of the rota and end what they opened."""
    gone = list(shifts)
    grants.end([grants.cause(shift) for shift in gone])
    Shift.objects.filter(pk__in=[shift.pk for shift in gone]).delete()
