"""Wishes are never left with somebody who has the person no more.

Another primary contact gets the open wishes of the one before. A contact that ends without a successor leaves them to
the other contact, else the leader; so does whoever stops working here (found every night).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from omtanke.access.models import User
from omtanke.care.contacts import goes_along, is_left
from omtanke.care.models import NamedContact
from omtanke.everyday.follow_up import SomebodyWasFirst, hand_over
from omtanke.everyday.models import HelpWanted, Hindrance, Wish
from omtanke.people.models import Employee


@goes_along
def wishes_go_along(contact: NamedContact, successor: NamedContact, *, by: User | None) -> None:
    """From the moment it is decided; what somebody else has (the activity coordinator) stays with them."""
    if contact.role != NamedContact.Role.PRIMARY:
        return
    theirs = Hindrance.objects.open().filter(citizen=contact.citizen_id, owner=contact.employee_id)
    theirs.update(owner=successor.employee)
    _give(_with(contact), successor.employee, by=by, at=timezone.now())


@is_left
def wishes_find_somebody(contact: NamedContact, *, by: User | None) -> None:
    """To the other contact, or the leader. Where there is nobody at all they stay, and stand in the ledger."""
    to = next_owner(contact.citizen_id, contact.employee_id)
    if to:
        _give(_with(contact), to, by=by, at=timezone.now())
        for things in (HelpWanted.objects.open(), Hindrance.objects.open()):
            things.filter(citizen=contact.citizen_id, owner=contact.employee_id).update(owner=to)


def find_owners_again(at: datetime) -> int:
    """Open wishes that nobody has, or somebody who has stopped working here. How many found somebody."""
    found = 0
    lost = Wish.objects.open().filter(Q(owner=None) | Q(owner__active=False)).select_related("owner")
    for wish in lost.order_by("pk"):
        to = next_owner(wish.citizen_id, wish.owner_id)
        if to:
            _give([wish], to, by=None, at=at)
            found += 1
    return found


def next_owner(citizen_id: int, not_this: int | None) -> Employee | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT everyday_next_owner(%s, %s)", [citizen_id, not_this])
        found = cursor.fetchone()
    return Employee.objects.get(pk=found[0]) if found and found[0] else None


def _with(contact: NamedContact) -> Iterable[Wish]:
    theirs = Wish.objects.open().filter(citizen=contact.citizen_id, owner=contact.employee_id)
    return theirs.select_related("owner")


def _give(wishes: Iterable[Wish], to: Employee, *, by: User | None, at: datetime) -> None:
    for wish in wishes:
        with suppress(SomebodyWasFirst):  # a colleague has given it to somebody else
            hand_over(wish, to, by=by, at=at)
