"""Name a citizen's primary and secondary contact, hand over, and end it.

Nobody is without a primary contact for a day because of a hand-over, and one citizen never has two at once: the
database holds that (`one_primary_contact_at_a_time`). With a contact begins a line of the need-to-know ledger, in the
same transaction; it never says that access was there before it was given.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Reason, User
from omtanke.care.models import NamedContact
from omtanke.people.models import Citizen, Employee


class Along(Protocol):
    """What a room above hands over with a person, in the same transaction."""

    def __call__(self, contact: NamedContact, successor: NamedContact, *, by: User | None) -> None: ...


_along: list[Along] = []


def goes_along(deed: Along) -> Along:
    """Have a deed done whenever a contact is handed over, so that nothing is left with somebody who has it no more."""
    _along.append(deed)
    return deed


class Left(Protocol):
    """What a room above does with what somebody had as a contact, in the same transaction."""

    def __call__(self, contact: NamedContact, *, by: User | None) -> None: ...


_left: list[Left] = []


def is_left(deed: Left) -> Left:
    """Have a deed done whenever a contact ends without a successor."""
    _left.append(deed)
    return deed


class AlreadyHandedOver(Exception):
    """A colleague was first: this contact has an end already."""


class AlreadyHasContact(Exception):
    """Somebody has this role for the citizen then. Hand over from them instead."""


class AlreadyTheirContact(Exception):
    """The employee is this contact already, or is the primary, who does not step down by becoming secondary."""


class BeforeItBegan(Exception):
    """A contact cannot end before the day it began."""


@transaction.atomic
def name_contact(citizen: Citizen, employee: Employee, role: str, *, by: User | None, on: date) -> NamedContact:
    """Name somebody where nobody is. A secondary who is named primary leaves the secondary's place free.

    Raises AlreadyHasContact, AlreadyTheirContact.
    """
    _one_change_at_a_time(citizen)
    _leave_the_other_role(citizen.pk, employee, role, on)
    return _begin(citizen.pk, employee, role, by, on)


@transaction.atomic
def hand_over(contact: NamedContact, to: Employee, *, by: User | None, on: date) -> NamedContact:
    """End one contact and begin the next, with no day in between. A secondary who takes over leaves that place free.

    Raises AlreadyHandedOver if a colleague was first, AlreadyTheirContact, BeforeItBegan.
    """
    _one_change_at_a_time(contact.citizen)
    _leave_the_other_role(contact.citizen_id, to, contact.role, on)
    _set_end(contact, on)
    successor = _begin(contact.citizen_id, to, contact.role, by, on)
    for deed in _along:
        deed(contact, successor, by=by)
    # Last, so that whoever hands over their own person can still see them while doing it.
    grants.end([grants.cause(contact)], at=_if_to_come(on))
    return successor


@transaction.atomic
def end_contact(contact: NamedContact, *, by: User | None, on: date) -> None:
    """End a contact without a successor. Raises AlreadyHandedOver if a colleague was first, BeforeItBegan."""
    _set_end(contact, on)
    for deed in _left:
        deed(contact, by=by)
    grants.end([grants.cause(contact)], at=_if_to_come(on))


def openings_of(contacts: Iterable[NamedContact]) -> list[grants.Opening]:
    """What these contacts open, for the employees among them who can log in."""
    return [
        grants.Opening(
            contact.employee.user_id,
            Reason.CONTACT,
            grants.cause(contact),
            citizen_id=contact.citizen_id,
            since=_if_to_come(contact.since),
            until=midnight(contact.until) if contact.until else None,
        )
        for contact in contacts
        if contact.employee.user_id is not None
    ]


def midnight(on: date) -> datetime:
    """When that day begins where the municipality is."""
    return timezone.make_aware(datetime.combine(on, time.min))


def _if_to_come(on: date) -> datetime | None:
    """The start of a day to come; None (the ledger's "now") for today and for days that have been."""
    begins = midnight(on)
    return begins if begins > timezone.now() else None


def _one_change_at_a_time(citizen: Citizen) -> None:
    Citizen.objects.select_for_update(no_key=True).get(pk=citizen.pk)


def _begin(citizen_id: int, employee: Employee, role: str, by: User | None, on: date) -> NamedContact:
    try:
        with transaction.atomic():
            contact = NamedContact.objects.create(citizen_id=citizen_id, employee=employee, role=role, since=on)
    except IntegrityError as clash:
        raise AlreadyHasContact from clash
    grants.begin(openings_of([contact]), by=by)
    return contact


def _set_end(contact: NamedContact, on: date) -> None:
    if on < contact.since:
        raise BeforeItBegan
    if not NamedContact.objects.filter(pk=contact.pk, until=None).update(until=on):
        raise AlreadyHandedOver
    contact.until = on


def _leave_the_other_role(citizen_id: int, employee: Employee, role: str, on: date) -> None:
    """Nobody is both: a secondary steps up to primary; a primary who is needed there does not step down."""
    running = NamedContact.objects.filter(citizen_id=citizen_id, employee=employee, until=None).first()
    if running is None:
        return
    if role == NamedContact.Role.SECONDARY or running.role == role:
        raise AlreadyTheirContact
    _set_end(running, on)
    grants.end([grants.cause(running)], at=_if_to_come(on))
