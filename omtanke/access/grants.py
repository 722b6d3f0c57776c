"""Begin and end lines of the need-to-know ledger.

Called by the deed that gives the reason (a shift is planned, a contact is named, a role is given), in its transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from omtanke.access.models import Grant, Reason, Scope, User


def cause(of: models.Model) -> str:
    """The name by which the ledger remembers what gave a grant, as 'visits.shift:12'."""
    return f"{of._meta.label_lower}:{of.pk}"


@dataclass(frozen=True)
class Opening:
    """One grant to begin. Without `since` it runs from now; without `until` until it is ended."""

    holder_id: int
    reason: Reason
    because: str
    citizen_id: int | None = None
    unit_id: int | None = None
    scope: Scope = Scope.FULL
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


def begin(openings: Iterable[Opening], *, by: User | None) -> None:
    """Write the openings into the ledger; one already there for the same cause takes the new period."""
    Grant.objects.bulk_create(
        [
            Grant(
                holder_id=opening.holder_id,
                reason=opening.reason,
                because=opening.because,
                citizen_id=opening.citizen_id,
                unit_id=opening.unit_id,
                scope=opening.scope,
                since=opening.since or Now(),
                until=opening.until,
                words=opening.words,
                given_by=by,
            )
            for opening in openings
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["holder", "because"],
        update_fields=["since", "until", "unit_id", "citizen_id", "scope"],
    )


def end(causes: Iterable[str], *, at: datetime | None = None) -> int:
    """End every grant that these causes gave, now or at `at`. Returns how many were running or yet to come."""
    still = Q(until=None) | Q(until__gt=at or Now())
    return Grant.objects.filter(still, because__in=list(causes)).update(until=at or Now())
