"""Who one can be in the demo."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.people.models import Unit

DEMO_DOMAIN = "demo.example.org"


@dataclass(frozen=True)
class DemoPerson:
    name: str
    email: str
    role: str
    where: str


def demo_cast() -> Sequence[DemoPerson]:
    """Every demo person who can log in, those with most to show first."""
    units = dict(Unit.objects.values_list("pk", "name"))
    roles = Prefetch("role_assignments", RoleAssignment.objects.current(), to_attr="roles_now")
    users = (
        User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_active=True).prefetch_related(roles).order_by("pk")
    )
    return [
        DemoPerson(
            name=user.name,
            email=user.email,
            role=" · ".join(dict.fromkeys(str(Role(held.role).label) for held in user.roles_now)),
            where=_where([units[held.unit_id] for held in user.roles_now if held.unit_id in units], len(units)),
        )
        for user in users
    ]


def _where(names: Sequence[str], of: int) -> str:
    return _("all units") if len(names) == of > 1 else " · ".join(names)
