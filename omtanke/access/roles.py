"""Give and end roles. With a role comes, where the work needs it, a grant to the unit's people."""

from datetime import date

from django.db import transaction

from omtanke.access import grants
from omtanke.access.actor import Actor
from omtanke.access.models import Reason, RoleAssignment, Scope, User
from omtanke.access.permissions import Permission, Role


class RoleAlreadyEnded(Exception):
    """A colleague was first."""


class NotYoursToGive(Exception):
    """The actor may not give or end this role there."""


class NotToYourself(Exception):
    """Nobody gives a role to themselves, whatever they hold: another one has to see it."""


# Held in a unit; the others hold for the whole municipality. A representative is named on the citizen's own page, a
# volunteer is taken on where volunteers are looked after.
IN_A_UNIT = (
    Role.CARER, Role.COORDINATOR, Role.LEADER, Role.ACTIVITY_COORDINATOR,
    Role.DEPARTMENT_LEADER, Role.PROFESSIONAL_LEAD, Role.VISITING_SENIOR,
)  # fmt: skip
EVERYWHERE = (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)


# What a role opens by itself. Carers see people by their shifts and contacts, not by being carers.
OPENS = {
    Role.LEADER: (Reason.LEADS_UNIT, Scope.FULL),
    Role.COORDINATOR: (Reason.COORDINATES, Scope.FULL),
    Role.ACTIVITY_COORDINATOR: (Reason.ARRANGES, Scope.EVERYDAY),
    Role.DEPARTMENT_LEADER: (Reason.LEADS_VISITS, Scope.VISITS),
    Role.PROFESSIONAL_LEAD: (Reason.LEADS_VISITS, Scope.VISITS),
    Role.PRIVACY_OFFICER: (Reason.OVERSIGHT, Scope.OVERSIGHT),
}


@transaction.atomic
def give_role(user: User, role: Role, *, unit_id: int | None, by: User | None, on: date) -> RoleAssignment:
    """Give a role from `on`; giving it twice changes nothing."""
    assignment, is_new = RoleAssignment.objects.get_or_create(
        user=user, role=role, unit_id=unit_id, until=None, defaults={"since": on, "given_by": by}
    )
    opens = OPENS.get(role)
    if is_new and opens and (unit_id is not None or role == Role.PRIVACY_OFFICER):
        reason, scope = opens
        grants.begin([grants.Opening(user.pk, reason, grants.cause(assignment), unit_id=unit_id, scope=scope)], by=by)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User, on: date) -> None:
    """End a role and what it opened. Raises RoleAlreadyEnded if a colleague was first."""
    ended = RoleAssignment.objects.filter(pk=assignment.pk, until=None).update(until=on, ended_by=by)
    if not ended:
        raise RoleAlreadyEnded
    grants.end([grants.cause(assignment)])


def may_decide(actor: Actor, role: Role, unit_id: int | None) -> bool:
    """May the actor give and end this role there? A leader within the units led; an administrator everywhere."""
    units = actor.units(Permission.GIVE_ROLES)
    if role in IN_A_UNIT:
        return unit_id is not None and (units is None or unit_id in units)
    return role in EVERYWHERE and unit_id is None and units is None


def hand_out_role(user: User, role: Role, *, unit_id: int | None, by: Actor, on: date) -> RoleAssignment:
    """Give a role on behalf of the actor. Raises NotToYourself, NotYoursToGive."""
    if user.pk == by.user.pk:
        raise NotToYourself
    if not may_decide(by, role, unit_id):
        raise NotYoursToGive
    return give_role(user, role, unit_id=unit_id, by=by.user, on=on)


def take_back_role(assignment: RoleAssignment, *, by: Actor, on: date) -> None:
    """End a role on behalf of the actor; one's own too. Raises NotYoursToGive, RoleAlreadyEnded."""
    if not may_decide(by, Role(assignment.role), assignment.unit_id):
        raise NotYoursToGive
    end_role(assignment, by=by.user, on=on)


def is_last_leader(assignment: RoleAssignment) -> bool:
    """Would the unit be without a leader if this role ended?"""
    others = RoleAssignment.objects.current().filter(role=Role.LEADER, unit_id=assignment.unit_id)
    return assignment.role == Role.LEADER and not others.exclude(user=assignment.user_id).exists()
