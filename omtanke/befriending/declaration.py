"""The confidentiality declaration: signed with one's name, kept as it was read, and asked for anew when it changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from omtanke.befriending.long_texts import LongText, long_text
from omtanke.befriending.models import Signature
from omtanke.people.models import Employee


class NotTheirName(Exception):
    """What is typed is not the name that the department knows the senior by."""


def signed(senior: Employee) -> Signature | None:
    """The newest one."""
    return Signature.objects.filter(senior=senior).order_by("-version").first()


def is_newer(text: LongText, signature: Signature | None) -> bool:
    """Is there a text that this signature does not cover? Who signed an earlier one is asked again, kindly."""
    return signature is None or signature.version < text.version


@transaction.atomic
def sign(senior: Employee, *, name: str, language: str, at: datetime) -> Signature:
    """Sign the text in use, as it stands in that language. Signing twice changes nothing. Raises NotTheirName."""
    if _plain(name) != _plain(senior.name):
        raise NotTheirName
    text = long_text("declaration", language)
    kept, _new = Signature.objects.get_or_create(
        senior=senior,
        version=text.version,
        defaults={"language": text.language, "words": text.words, "name": " ".join(name.split()), "at": at},
    )
    return kept


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
