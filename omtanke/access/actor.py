"""Who acts in a request: the user, their roles now, and what these allow where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import PERMISSIONS, STAFF_ROLES, Permission, Role


@dataclass(frozen=True)
class Held:
    """A role held in one unit, or (unit None) in the whole municipality."""

    role: Role
    unit_id: int | None


@dataclass(frozen=True)
class Actor:
    user: User
    held: tuple[Held, ...]

    @classmethod
    def of(cls, user: User) -> Actor:
        rows = RoleAssignment.objects.current().filter(user=user).values_list("role", "unit_id").order_by("role", "pk")
        return cls(user, tuple(Held(Role(role), unit_id) for role, unit_id in rows))

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(PERMISSIONS[held.role] for held in self.held))

    @property
    def role_names(self) -> str:
        return " ".join(sorted({held.role.value for held in self.held}))

    @property
    def is_staff(self) -> bool:
        return any(held.role in STAFF_ROLES for held in self.held)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def units(self, permission: Permission) -> frozenset[int] | None:
        """The units in which the permission is held; None means in every unit."""
        with_it = [held for held in self.held if permission in PERMISSIONS[held.role]]
        if any(held.unit_id is None for held in with_it):
            return None
        return frozenset(held.unit_id for held in with_it if held.unit_id is not None)

    def may_in(self, permission: Permission, unit_id: int) -> bool:
        units = self.units(permission)
        return units is None or unit_id in units

    def may_in_one_of(self, permission: Permission, unit_ids: Iterable[int]) -> bool:
        return self.may(permission) and any(self.may_in(permission, unit_id) for unit_id in unit_ids)

    def must_in(self, permission: Permission, unit_ids: Iterable[int]) -> None:
        """Raise PermissionDenied unless the permission is held in all these units."""
        if not all(self.may_in(permission, unit_id) for unit_id in unit_ids):
            raise PermissionDenied
