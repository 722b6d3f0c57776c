"""A department takes on a new visiting senior, and ends it: in one's own department only.

The role is given and ended as all roles are, by a name and never deleted. It opens nobody by itself: whom a senior sees
comes with each match, and closes with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from omtanke.access.actor import Actor
from omtanke.access.models import RoleAssignment
from omtanke.access.permissions import Permission, Role
from omtanke.access.roles import NotYoursToGive, RoleAlreadyEnded, end_role, give_role
from omtanke.befriending.models import Match
from omtanke.people.models import Employee, Unit
from omtanke.trust.first_login import create_login

MAY = Permission.TAKE_ON_SENIORS


class StillVisits(Exception):
    """They visit somebody: that ends first, so that each of them knows."""

    def __init__(self, matches: list[Match]) -> None:
        super().__init__(matches)
        self.matches = matches


@dataclass(frozen=True)
class NewSenior:
    """What is known of somebody who is taken on."""

    first_name: str
    last_name: str
    email: str
    phone: str


@transaction.atomic
def take_on_senior(new: NewSenior, department: Unit, *, by: Actor, on: date) -> Employee:
    """An employee of the department who can log in, and the role. Raises NotYoursToGive, HasLoginAlready."""
    _must_be_mine(by, department.pk)
    user = create_login(name=f"{new.first_name} {new.last_name}", email=new.email, employee=None, by=by.user)
    senior = Employee.objects.create(
        number=f"senior-{user.pk}",
        user=user,
        first_name=new.first_name,
        last_name=new.last_name,
        email=new.email,
        phone=new.phone,
        unit=department,
    )
    give_role(user, Role.VISITING_SENIOR, unit_id=department.pk, by=by.user, on=on)
    return senior


@transaction.atomic
def end_senior(senior: Employee, departments: Collection[int], *, by: Actor, on: date) -> None:
    """They visit no more for these departments. Raises NotYoursToGive, StillVisits, RoleAlreadyEnded."""
    held = RoleAssignment.objects.current(on).filter(user=senior.user_id, role=Role.VISITING_SENIOR)
    assignments = list(held.filter(unit_id__in=departments, until=None).select_for_update())
    if not assignments:
        raise RoleAlreadyEnded
    for assignment in assignments:
        _must_be_mine(by, assignment.unit_id)
    units = [assignment.unit_id for assignment in assignments]
    running = Match.objects.standing(on).filter(senior=senior, department__in=units).select_related("citizen", "order")
    if running:
        raise StillVisits(list(running))
    for assignment in assignments:
        end_role(assignment, by=by.user, on=on)


def _must_be_mine(by: Actor, unit_id: int | None) -> None:
    """In one's own departments, whatever else one may do elsewhere."""
    units = by.units(MAY)
    is_service = Unit.objects.filter(pk=unit_id, kind=Unit.Kind.VISIT_SERVICE).exists() if unit_id else False
    if not is_service or (units is not None and unit_id not in units):
        raise NotYoursToGive
