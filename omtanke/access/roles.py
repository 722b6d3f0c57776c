"""Give and end roles. With a role comes, where the work needs it, a grant to the unit's people."""

from datetime import date

from django.db import transaction

from omtanke.access import grants
from omtanke.access.models import Reason, RoleAssignment, Scope, User
from omtanke.access.permissions import Role


class RoleAlreadyEnded(Exception):
    """A colleague was first."""


# What a role opens by itself. Carers see people by their shifts and contacts, not by being carers.
OPENS = {
    Role.LEADER: (Reason.LEADS_UNIT, Scope.FULL),
    Role.COORDINATOR: (Reason.COORDINATES, Scope.FULL),
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
