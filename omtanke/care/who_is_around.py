"""What this room knows of who is around a citizen: named contacts, and services by decision."""

from collections.abc import Iterable, Sequence
from datetime import date

from omtanke.care.models import Decision, NamedContact, Service
from omtanke.people.questions import Helper, Part, who_is_around


@who_is_around.answered_by
def named_contacts(citizen_ids: Sequence[int], on: date) -> Iterable[Helper]:
    contacts = NamedContact.objects.current(on).filter(citizen__in=citizen_ids).select_related("employee")
    return [
        Helper(
            citizen_id=contact.citizen_id,
            part=Part(contact.role),
            name=contact.employee.name,
            what=contact.get_role_display(),
            since=contact.since,
            initials=contact.employee.initials,
            phone=contact.employee.phone,
            employee_id=contact.employee_id,
        )
        for contact in contacts
    ]


@who_is_around.answered_by
def services(citizen_ids: Sequence[int], on: date) -> Iterable[Helper]:
    """One per service and unit, however many decisions grant it."""
    decisions = Decision.objects.current(on).filter(citizen__in=citizen_ids).select_related("unit").in_order()
    found: dict[tuple[int, str, int], Helper] = {}
    for decision in decisions:
        helper = Helper(
            citizen_id=decision.citizen_id,
            part=Part.SERVICE,
            name=decision.unit.name,
            what=str(Service(decision.service).label),
            since=decision.since,
            phone=decision.unit.phone,
        )
        found.setdefault((decision.citizen_id, decision.service, decision.unit_id), helper)
    return found.values()
