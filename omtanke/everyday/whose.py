"""Whose wish was it? Those somebody meets today, those they are contact for, and whoever they look for by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import Grant, Reason, User
from omtanke.people.models import Belonging, Citizen, Employee
from omtanke.people.questions import whom_i_meet
from omtanke.people.sorting import searched

FOUND = 12


@dataclass(frozen=True)
class Group:
    title: str | Promise
    citizens: list[Citizen]


def groups(user: User, employee: Employee | None, on: date) -> list[Group]:
    """Nobody twice; whoever one is with right now comes first."""
    meetings = sorted(whom_i_meet.ask(employee.pk, on), key=lambda one: (not one.now, one.starts)) if employee else []
    today = list(dict.fromkeys(meeting.citizen_id for meeting in meetings))
    contact = Grant.objects.running().filter(holder=user, reason=Reason.CONTACT).values_list("citizen_id", flat=True)
    mine = set(contact) - set(today)
    citizens = {one.pk: one for one in Citizen.objects.filter(pk__in=[*today, *mine]).select_related("hamlet")}
    in_order = sorted((citizens[pk] for pk in mine if pk in citizens), key=lambda one: one.sort_name)
    found = [
        Group(_("You meet them today"), [citizens[pk] for pk in today if pk in citizens]),
        Group(_("You are their contact"), in_order),
    ]
    return [group for group in found if group.citizens]


def by_name(words: str) -> list[Citizen]:
    """Those with these words in their names who belong to a unit and whom need-to-know opens."""
    if not words.strip():
        return []
    belong = Belonging.objects.current().values("citizen_id")
    found = Citizen.objects.filter(searched(words), pk__in=belong).select_related("hamlet").in_order()
    return list(found[:FOUND])
