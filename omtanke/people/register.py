"""Bring somebody into a unit: a person who is new to the municipality's service, or one who also belongs elsewhere."""

from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from omtanke.access.models import User
from omtanke.people.models import Belonging, Citizen, Unit


class AlreadyRegistered(Exception):
    """Somebody with this national identity number is registered, perhaps in a unit that one does not see."""


@transaction.atomic
def register_citizen(*, unit: Unit, by: User | None, on: date, **known: Any) -> Citizen:
    """Register a person who now belongs to `unit`. `known` are fields of Citizen. Raises AlreadyRegistered.

    The belonging comes first: row-level security shows a citizen to the unit they belong to, and lets nobody write
    somebody they would not see. The reference between the two is checked when the transaction ends.
    """
    citizen = Citizen(pk=_next_id(), **known)
    try:
        with transaction.atomic():
            Belonging.objects.create(citizen_id=citizen.pk, unit=unit, since=on)
            citizen.save(force_insert=True)
    except IntegrityError as clash:
        raise AlreadyRegistered from clash
    return citizen


def bring_into(unit: Unit, citizen: Citizen, *, by: User | None, on: date) -> None:
    """Let a citizen belong to `unit` too, from `on`; nothing changes for one who does, or is going to."""
    if not Belonging.objects.filter(citizen=citizen, unit=unit).exclude(until__lte=on).exists():
        Belonging.objects.create(citizen=citizen, unit=unit, since=on)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_citizen', 'id'))")
        (number,) = cursor.fetchone()
    return int(number)
