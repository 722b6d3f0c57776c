"""Name somebody who acts on a citizen's behalf, and end it.

A guardian, somebody with a power of attorney, or the next of kin of somebody who cannot speak for themselves. They get
a login if they have none, the role, and a line of the ledger that opens what the person shares. With the last person
they act for, the role ends.
"""

from contextlib import suppress
from datetime import date

from django.db import connection, transaction

from omtanke.access import grants
from omtanke.access.models import Grant, GrantQuerySet, Reason, RoleAssignment, Scope, User
from omtanke.access.permissions import Role
from omtanke.access.roles import NotToYourself, RoleAlreadyEnded, end_role, give_role
from omtanke.people.models import Citizen
from omtanke.trust.first_login import HasLoginAlready, create_login


class AlreadyRepresents(Exception):
    """They act on the citizen's behalf already."""


class LoginIsClosed(Exception):
    """The e-mail address belongs to a login that has been closed."""


class AlreadyEnded(Exception):
    """A colleague was first."""


def representatives_of(citizen: Citizen) -> GrantQuerySet:
    """The ledger's lines of those who act on the citizen's behalf now."""
    lines = Grant.objects.running().filter(citizen_id=citizen.pk, reason=Reason.REPRESENTS)
    return lines.select_related("holder", "given_by").order_by("since", "pk")


@transaction.atomic
def name_representative(citizen: Citizen, *, name: str, email: str, by: User | None, on: date) -> User:
    """Let whoever has this address act on the citizen's behalf from now; who has a login keeps their own name.

    Raises AlreadyRepresents, LoginIsClosed, NotToYourself.
    """
    with suppress(HasLoginAlready):
        create_login(name=name, email=email, employee=None, by=by)
    user = _one_change_at_a_time(User.objects.get(email=email.lower()))
    if not user.is_active:
        raise LoginIsClosed
    if by and user.pk == by.pk:
        raise NotToYourself
    lines = Grant.objects.filter(holder=user, citizen_id=citizen.pk, reason=Reason.REPRESENTS)
    if lines.filter(until=None).exists():
        raise AlreadyRepresents
    give_role(user, Role.REPRESENTATIVE, unit_id=None, by=by, on=on)
    # Each naming has its own line: an earlier one that has ended stays in the ledger as it was.
    because = f"representative:{citizen.pk}:{user.pk}:{lines.count() + 1}"
    opening = grants.Opening(user.pk, Reason.REPRESENTS, because, citizen_id=citizen.pk, scope=Scope.SHARED)
    grants.begin([opening], by=by)
    return user


@transaction.atomic
def end_representative(line: Grant, *, by: User, on: date) -> None:
    """They no longer act on this citizen's behalf. Raises AlreadyEnded if a colleague was first."""
    user = _one_change_at_a_time(line.holder)
    if not grants.end([line.because]):
        raise AlreadyEnded
    if _acts_for_anybody(user):
        return
    for role in RoleAssignment.objects.filter(user=user, role=Role.REPRESENTATIVE, until=None):
        with suppress(RoleAlreadyEnded):
            end_role(role, by=by, on=on)


def _one_change_at_a_time(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _acts_for_anybody(user: User) -> bool:
    """Also those whom the actor of this transaction cannot see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT represents_somebody(%s)", [user.pk])
        return bool(cursor.fetchone()[0])
