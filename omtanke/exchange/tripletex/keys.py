"""The keys to Tripletex. They stand in the environment (docs/operations.md), never in the database, a page or a log."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from omtanke.people.models import Unit

NEARBY = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Keys:
    """Where one company's Tripletex answers, and what opens it."""

    url: str
    consumer_token: str = field(repr=False)
    employee_token: str = field(repr=False)


def company_of(unit: Unit) -> str:
    """The company a unit's people are employed in: its own if it has a token of its own, otherwise '', all others'."""
    return name if settings.TRIPLETEX_EMPLOYEE_TOKENS.get(name := _name(unit.code)) else ""


def departments_of(company: str) -> list[Unit]:
    """All departments of the visit service whose people are employed there: they share its days."""
    departments = Unit.objects.filter(kind=Unit.Kind.VISIT_SERVICE)
    return [unit for unit in departments if company_of(unit) == company]


def keys_to(company: str) -> Keys | None:
    """What opens a company's Tripletex; None where there are no tokens."""
    employee = settings.TRIPLETEX_EMPLOYEE_TOKENS.get(company, "")
    if not (settings.TRIPLETEX_CONSUMER_TOKEN and employee):
        return None
    return Keys(_checked(settings.TRIPLETEX_URL), settings.TRIPLETEX_CONSUMER_TOKEN, employee)


def _name(code: str) -> str:
    """A unit's code as the end of a variable's name: 'besøk-nord' is BESØK_NORD."""
    return "".join(letter if letter.isalnum() else "_" for letter in code.upper())


def _checked(url: str) -> str:
    """Tokens go over an encrypted line, or stay on this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in NEARBY:
        raise ImproperlyConfigured("OMTANKE_TRIPLETEX_URL must begin with https://.")
    return url.rstrip("/")
