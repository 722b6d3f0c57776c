"""Take in what the allocation office has decided, change it, and say when it ends.

Visits are laid out from a decision in `visits`, which also takes visits away when a decision ends
(`visits.plan_visits.end_decision`). What a decision said before stays in its history.
"""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from omtanke.access.models import User
from omtanke.care.models import Decision
from omtanke.people.models import Citizen, Unit
from omtanke.people.register import bring_into


class ReferenceTaken(Exception):
    """There is a decision with this reference already, perhaps in a unit that one does not see."""


class EndsBeforeItBegins(Exception):
    """The first day without it would not come after the first day with it."""


@transaction.atomic
def take_in(citizen: Citizen, *, unit: Unit, by: User | None, on: date, **decided: Any) -> Decision:
    """Write down a decision about a citizen, who then belongs to the unit that carries it out.

    `decided` are fields of Decision. Raises ReferenceTaken.
    """
    bring_into(unit, citizen, by=by, on=on)
    return _saved(Decision(citizen=citizen, unit=unit, **decided))


@transaction.atomic
def change_decision(decision: Decision, *, by: User | None, on: date, **decided: Any) -> Decision:
    """Put right what a decision says, except when it ends. Raises ReferenceTaken."""
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    for name, value in decided.items():
        setattr(locked, name, value)
    return _saved(locked)


@transaction.atomic
def set_end(decision: Decision, until: date | None, *, by: User | None, on: date) -> Decision:
    """Say the first day a decision no longer holds, or (None) that it holds on. Raises EndsBeforeItBegins."""
    locked: Decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if until is not None and until <= locked.since:
        raise EndsBeforeItBegins
    locked.until = until
    locked.save(update_fields=["until"])
    return locked


def _saved(decision: Decision) -> Decision:
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as clash:
        if "reference" in str(clash):
            raise ReferenceTaken from clash
        raise
    return decision
