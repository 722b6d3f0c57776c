"""Remind a citizen, and whoever is close to them, who their contacts are.

A new contact is told of at once; then every three months, with memory loss every other week: a face that nobody has put
a name to is a strange face.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from omtanke.care.models import NamedContact, Reminder
from omtanke.people.models import Citizen, Employee
from omtanke.people.questions import Due, what_is_due

EVERY = timedelta(weeks=13)
WITH_MEMORY_LOSS = timedelta(weeks=2)
IN_SIGHT = timedelta(weeks=1)


def next_reminder(newest_since: date, last: date | None, *, memory_loss: bool) -> date:
    """The day to remind again: at once of a contact who began after the last time, otherwise when it is time."""
    if last is None or last < newest_since:
        return newest_since
    return last + (WITH_MEMORY_LOSS if memory_loss else EVERY)


@transaction.atomic
def remind(citizen: Citizen, *, by: Employee | None, on: date) -> Reminder:
    """Write down that they have been told. Twice on a day is once."""
    reminder, _new = Reminder.objects.get_or_create(citizen=citizen, on=on, defaults={"told_by": by})
    return reminder


def take_back(citizen: Citizen, *, on: date) -> None:
    """Undo: they were not told on that day after all."""
    Reminder.objects.filter(citizen=citizen, on=on).delete()


def reminders_of(citizen_ids: Sequence[int], on: date) -> dict[int, date]:
    """When each of these citizens should be reminded next; those without a contact have nobody to be told of."""
    newest = dict(
        NamedContact.objects.current(on)
        .filter(citizen__in=citizen_ids)
        .values("citizen_id")
        .annotate(newest=Max("since"))
        .values_list("citizen_id", "newest")
    )
    last = dict(
        Reminder.objects.filter(citizen__in=citizen_ids)
        .values("citizen_id")
        .annotate(last=Max("on"))
        .values_list("citizen_id", "last")
    )
    forget = set(Citizen.objects.filter(pk__in=citizen_ids, memory_loss=True).values_list("pk", flat=True))
    return {pk: next_reminder(since, last.get(pk), memory_loss=pk in forget) for pk, since in newest.items()}


@what_is_due.answered_by
def reminders_due(citizen_ids: Sequence[int], on: date) -> Iterable[Due]:
    return [
        Due(pk, _("Tell who the contacts are"), when, reverse("care:contacts", args=[pk]))
        for pk, when in reminders_of(citizen_ids, on).items()
        if when <= on + IN_SIGHT
    ]
