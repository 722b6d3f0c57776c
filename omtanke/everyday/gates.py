"""A volunteer's way from signing up to a first assignment: three gates, somebody who looks after them, a login.

The police certificate is seen, and the day noted; it is never stored. The database itself refuses an assignment before
all three gates (migration 0010), whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.access.permissions import Role
from omtanke.access.roles import give_role
from omtanke.everyday.models import Availability, Volunteer
from omtanke.people.models import Employee
from omtanke.trust.first_login import create_login

GATES: Mapping[str, Any] = {
    "talked_on": _("Conversation held"),
    "confidentiality_on": _("Confidentiality signed"),
    "certificate_seen_on": _("Police certificate seen"),
}
PARTS: Mapping[str, tuple[time, time]] = {
    "day": (time(9), time(16)),
    "evening": (time(16), time(22)),
}


class NotReady(Exception):
    """Not all gates are passed yet, or they have stopped."""


class NotInTheFuture(Exception):
    """A gate is passed today or earlier."""


@transaction.atomic
def sign_up(facts: Mapping[str, Any], *, weekdays: list[int], parts: list[str], at: datetime) -> Volunteer:
    """Somebody offers their time on the public page. They wait for a conversation; nothing is opened."""
    volunteer = Volunteer.objects.create(**facts, signed_up_at=at, consented_at=at)
    spans = [PARTS[part] for part in parts]
    Availability.objects.bulk_create(
        Availability(volunteer=volunteer, weekday=weekday, starts=starts, ends=ends)
        for weekday in weekdays
        for starts, ends in spans
    )
    return volunteer


@transaction.atomic
def pass_gate(volunteer: Volunteer, gate: str, *, on: date, by: Employee | None, today: date) -> None:
    """Note the day of one gate; whoever notes the first one looks after them. Raises NotInTheFuture, KeyError."""
    if on > today:
        raise NotInTheFuture
    GATES[gate]
    setattr(volunteer, gate, on)
    if volunteer.looked_after_by_id is None:
        volunteer.looked_after_by = by
    volunteer.save(update_fields=[gate, "looked_after_by"])


@transaction.atomic
def give_login(volunteer: Volunteer, *, by: User, on: date) -> User:
    """A login with the role of a volunteer. Raises NotReady, HasLoginAlready."""
    if not volunteer.is_ready:
        raise NotReady
    user = create_login(name=volunteer.name, email=volunteer.email, employee=None, by=by)
    Volunteer.objects.filter(pk=volunteer.pk).update(user=user)
    volunteer.user = user
    give_role(user, Role.VOLUNTEER, unit_id=None, by=by, on=on)
    return user
