"""A senior is chosen for a person: what they need to know opens with it, and closes when it ends."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from omtanke.access import grants
from omtanke.access.models import Reason, RoleAssignment, Scope, User
from omtanke.access.permissions import Role
from omtanke.befriending.models import Match, Order, Rhythm, ServiceVisit
from omtanke.people.models import Employee


class NotASenior(Exception):
    """They do not visit for this department, or cannot log in yet."""


class TalkComesFirst(Exception):
    """Nobody is chosen before the talk with next of kin. The database refuses it too."""


class AlreadyMatched(Exception):
    """This senior visits the person already."""


class AlreadyEnded(Exception):
    """A colleague was first."""


def seniors_of(department_id: int, on: date) -> list[Employee]:
    """Those who visit for the department, by name."""
    roles = RoleAssignment.objects.current(on).filter(role=Role.VISITING_SENIOR, unit_id=department_id)
    return list(Employee.objects.at_work().filter(user__in=roles.values("user")).in_order())


@transaction.atomic
def match(order: Order, senior: Employee, *, by: User | None, on: date) -> Match:
    """The senior visits the person from `on`. Raises NotASenior, TalkComesFirst, AlreadyMatched."""
    if order.citizen_id is None:
        raise TalkComesFirst
    if senior.pk not in {one.pk for one in seniors_of(order.department_id, on)}:
        raise NotASenior
    if Match.objects.standing(on).filter(order=order, senior=senior).exists():
        raise AlreadyMatched
    made = Match(
        order=order,
        citizen_id=order.citizen_id,
        department_id=order.department_id,
        senior=senior,
        since=on,
        made_by=by,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as refused:
        if "senior_matched_once_in_an_order" in str(refused):
            raise AlreadyMatched from refused
        raise TalkComesFirst from refused
    opening = grants.Opening(
        senior.user_id or 0, Reason.VISITS, grants.cause(made), citizen_id=made.citizen_id, scope=Scope.VISITS
    )
    grants.begin([opening], by=by)
    return made


@transaction.atomic
def end_match(matched: Match, *, because: str, by: User, at: datetime, on: date) -> int:
    """The senior visits no more from `on`. Returns how many visits to come go with it. Raises AlreadyEnded."""
    running = Match.objects.filter(pk=matched.pk).filter(Q(until=None) | Q(until__gt=on))
    if not running.update(until=on, ended_by=by, ended_because=because):
        raise AlreadyEnded
    Rhythm.objects.filter(match=matched).filter(Q(until=None) | Q(until__gt=on)).update(until=on)
    gone, _by_model = ServiceVisit.objects.to_come(at).filter(match=matched).delete()
    grants.end([grants.cause(matched)], at=at)
    return gone
