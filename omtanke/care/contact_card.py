"""The card to hang on the fridge: whose face it is, and the number to call, in very big type.

It speaks the citizen's language where the texts exist in it.
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext

from omtanke.care.models import NamedContact
from omtanke.people.models import Belonging, Citizen, Employee, Unit

# How people and other systems write the languages that the texts exist in.
SPOKEN = {"sv": ("sv", "swed"), "en": ("en", "eng"), "nb": ("no", "nb", "nn", "bokm", "nyno")}
AMBULANCE = {"nb": "113"}  # by the municipality's language; elsewhere 112
# The width of the card in millimetres; everything else follows.
PAPERS = {"a4": 210, "a5": 148}


def language_of(citizen: Citizen) -> str:
    """The language of ours that the citizen reads; the municipality's where we have none of theirs."""
    said = citizen.language.strip().lower()
    found = next((code for code, begins in SPOKEN.items() if said and said.startswith(begins)), None)
    return found or settings.LANGUAGE_CODE


def card(citizen: Citizen, paper: str) -> dict[str, Any]:
    """What the card says, for contact_card.typ."""
    now = NamedContact.objects.current().filter(citizen=citizen).select_related("employee")
    contacts = {contact.role: contact.employee for contact in now}
    primary, secondary = contacts.get(NamedContact.Role.PRIMARY), contacts.get(NamedContact.Role.SECONDARY)
    unit = _unit_on_duty(citizen)
    language = language_of(citizen)
    with translation.override(language):
        return {
            "paper": paper,
            "width": PAPERS[paper],
            "language": language,
            "title": pgettext("contact card", "Contact card"),
            "hello": pgettext("contact card", "Hello, %(name)s!") % {"name": citizen.called or citizen.first_name},
            "primary": primary and _first(primary),
            "secondary": secondary and _second(secondary, primary),
            "duty": unit and _duty(unit),
            "emergency": pgettext("contact card", "If life is in danger"),
            "emergency_number": AMBULANCE.get(settings.LANGUAGE_CODE, "112"),
        }


def _first(employee: Employee) -> dict[str, str]:
    return {
        "what": pgettext("contact card", "is your primary contact"),
        "name": employee.name,
        "initials": employee.initials,
        "phone": employee.phone,
        "when": pgettext(
            "contact card",
            "Call me when something has changed, when you wonder about something, "
            "or when you want to talk about how your days could be.",
        ),
    }


def _second(employee: Employee, primary: Employee | None) -> dict[str, str]:
    stands_in = pgettext("contact card", "When %(name)s is away")
    return {
        "what": stands_in % {"name": primary.first_name} if primary else str(NamedContact.Role.SECONDARY.label),
        "name": employee.name,
        "initials": employee.initials,
        "phone": employee.phone,
    }


def _duty(unit: Unit) -> dict[str, str]:
    return {
        "what": pgettext("contact card", "Day and night"),
        "name": unit.name,
        "phone": unit.phone,
        "when": pgettext("contact card", "Whoever is on duty answers."),
    }


def _unit_on_duty(citizen: Citizen) -> Unit | None:
    """The unit whose telephone is answered round the clock: the zone or housing before any other service."""
    units = [
        belonging.unit
        for belonging in Belonging.objects.current().filter(citizen=citizen).select_related("unit").order_by("pk")
        if belonging.unit.phone
    ]
    at_home = {Unit.Kind.ZONE, Unit.Kind.SHELTERED_HOUSING}
    return next((unit for unit in units if unit.kind in at_home), units[0] if units else None)
