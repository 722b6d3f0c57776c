"""The units in which somebody may do something, and the one they look at now."""

from django.core.exceptions import PermissionDenied

from omtanke.access.gate import ActorRequest
from omtanke.access.permissions import Permission
from omtanke.people.models import Unit


def my_units(request: ActorRequest, permission: Permission) -> list[Unit]:
    """The units in which the actor holds the permission, by name."""
    ids = request.actor.units(permission)
    units = Unit.objects.all() if ids is None else Unit.objects.filter(pk__in=ids)
    return list(units)


def chosen_unit(request: ActorRequest, permission: Permission) -> tuple[Unit, list[Unit]]:
    """The unit that the address asks for (`?unit=`), otherwise the actor's own; and all it can be changed to.

    Raises PermissionDenied for a unit that is not the actor's to see.
    """
    units = my_units(request, permission)
    asked = request.GET.get("unit", "")
    if asked:
        found = [unit for unit in units if str(unit.pk) == asked]
    else:
        employee = getattr(request.user, "employee", None)
        own = employee.unit_id if employee else None
        found = sorted(units, key=lambda unit: unit.pk != own)
    if not found:
        raise PermissionDenied
    return found[0], units
