"""An order comes in, and a department takes it on.

Whoever orders sees nothing and opens nothing. With taking it on, the person becomes a citizen who belongs to the
department, or is found again: never two rows about the same person without somebody having been asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from omtanke.access.models import User
from omtanke.befriending.models import Match, Order
from omtanke.people.models import Belonging, Citizen, Employee, Unit
from omtanke.people.register import register_citizen

AFTERWARDS = timedelta(days=90)


class AlreadyTakenOn(Exception):
    """A colleague was first."""


class AlreadyClosed(Exception):
    """The order has ended already."""


class NotTold(Exception):
    """Nobody is brought in who has not been told of it and does not want it."""


class PerhapsRegistered(Exception):
    """Somebody with this name and birth date, or address, is registered here: ask before there are two."""

    def __init__(self, known: list[Known]) -> None:
        super().__init__()
        self.known = known


class SomebodyElse(Exception):
    """The chosen one is none of those whom the order could be about."""


class StillVisited(Exception):
    """Somebody visits on this order: their visits end first."""


@dataclass(frozen=True)
class Known:
    """Somebody registered here whom the order is perhaps about; what agrees is all that is told of them."""

    citizen_id: int
    born_too: bool
    address_too: bool


def place_order(department: Unit, said: Mapping[str, Any], *, at: datetime) -> None:
    """Somebody orders visits on the public page. Says nothing back: nobody behind that page may see an order."""
    order = Order(department=department, ordered_at=at, **said)
    Order.objects.bulk_create([order], ignore_conflicts=True)  # does not ask for the row back, unlike `create`


def ordered_since(since: datetime) -> int:
    """How many orders have come since then, told to anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT befriending_ordered_since(%s)", [since])
        (number,) = cursor.fetchone()
    return int(number)


def perhaps_known(order: Order) -> list[Known]:
    """Those registered here with the same name and birth date, or the same name and address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, born_too, address_too FROM befriending_known(%s)", [order.pk])
        return [Known(*row) for row in cursor.fetchall()]


@transaction.atomic
def take_on(
    order: Order,
    *,
    told: bool,
    by: User,
    has_it: Employee | None,
    at: datetime,
    on: date,
    same_as: int | None = None,
    is_new: bool = False,
) -> Citizen:
    """The department takes the order on, for somebody new (`is_new`) or for one who is registered (`same_as`).

    Raises NotTold, AlreadyTakenOn, AlreadyClosed, SomebodyElse, and PerhapsRegistered unless one of the two was said.
    """
    if not told:
        raise NotTold
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if locked.citizen_id:
        raise AlreadyTakenOn
    if locked.closed_at:
        raise AlreadyClosed
    if same_as is None and not is_new and (known := perhaps_known(order)):
        raise PerhapsRegistered(known)
    citizen = _found_again(order, same_as, on) if same_as is not None else _registered(order, by, on)
    Order.objects.filter(pk=order.pk).update(
        citizen=citizen, person_knows=True, taken_on_at=at, taken_on_by=by, has_it=has_it
    )
    order.refresh_from_db()
    return citizen


def _registered(order: Order, by: User, on: date) -> Citizen:
    return register_citizen(
        unit=order.department,
        by=by,
        on=on,
        first_name=order.first_name,
        last_name=order.last_name,
        born=order.born,
        phone=order.their_phone,
        address=order.address,
        postal_code=order.postal_code,
        town=order.town,
    )


def _found_again(order: Order, citizen_id: int, on: date) -> Citizen:
    """Let one who is registered belong to the department too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT befriending_bring_in(%s, %s, %s)", [order.pk, citizen_id, on])
        (brought,) = cursor.fetchone()
    if not brought:
        raise SomebodyElse
    return Citizen.objects.get(pk=citizen_id)


def pass_on(order: Order, to: Employee) -> None:
    """Somebody else has it from now on."""
    Order.objects.filter(pk=order.pk).update(has_it=to)


@transaction.atomic
def close(order: Order, *, because: str, by: User, at: datetime, on: date) -> None:
    """The order ends, with the reason. Raises StillVisited, AlreadyClosed.

    Somebody with no other order belongs to the department for AFTERWARDS, for what is still to be told or billed.
    """
    if Match.objects.standing(on).filter(order=order).exists():
        raise StillVisited
    open_now = Order.objects.open().filter(pk=order.pk)
    if not open_now.update(closed_at=at, closed_by=by, closed_because=because):
        raise AlreadyClosed
    another = Order.objects.open().filter(citizen=order.citizen_id, department=order.department_id)
    if order.citizen_id and not another.exists():
        theirs = Belonging.objects.filter(citizen=order.citizen_id, unit=order.department_id, until=None)
        theirs.update(until=on + AFTERWARDS)
