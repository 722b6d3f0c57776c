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


def keys_of(unit: Unit) -> Keys | None:
    """The keys for a unit: those of its own company, or the organisation's; None where there are none."""
    tokens: dict[str, str] = settings.TRIPLETEX_EMPLOYEE_TOKENS
    employee = tokens.get(_name(unit.code)) or tokens.get("")
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
