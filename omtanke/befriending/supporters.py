"""Stay in touch: a contact held always leads to the next one, or to a goodbye."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from omtanke.access.models import User
from omtanke.befriending.models import Supporter, SupporterContact


class NotInThePast(Exception):
    """The next contact is still to come."""


class NotInTheFuture(Exception):
    """A contact held was today or earlier."""


@transaction.atomic
def write_contact(
    supporter: Supporter, said: str, *, on: date, next_on: date, next_about: str, by: User, today: date
) -> SupporterContact:
    """A contact held, and when the next one is. Raises NotInTheFuture, NotInThePast."""
    if on > today:
        raise NotInTheFuture
    if next_on < today:
        raise NotInThePast
    contact = SupporterContact.objects.create(supporter=supporter, on=on, said=said, by=by)
    Supporter.objects.filter(pk=supporter.pk).update(next_contact_on=next_on, next_about=next_about)
    supporter.refresh_from_db()
    return contact


def put_off(supporter: Supporter, until: date, *, today: date) -> None:
    """Not reached yet; another day. Raises NotInThePast."""
    if until < today:
        raise NotInThePast
    Supporter.objects.filter(pk=supporter.pk).update(next_contact_on=until)


def say_goodbye(supporter: Supporter) -> None:
    """They are not with us any more; what was said stays."""
    Supporter.objects.filter(pk=supporter.pk).update(active=False, next_contact_on=None)
