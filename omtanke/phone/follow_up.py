"""Somebody looks at what a phone brought back and the record could not simply take in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from omtanke.access.models import User
from omtanke.everyday.models import Participation
from omtanke.phone.models import Report

SHOWN = 50


class AlreadySeenTo(Exception):
    """A colleague was first; `by` says who."""

    def __init__(self, by: User) -> None:
        super().__init__(by)
        self.by = by


@transaction.atomic
def see_to(event: Report, words: str, *, by: User, at: datetime) -> None:
    """Say what was done about it. Raises AlreadySeenTo."""
    changed = Report.objects.waiting().filter(pk=event.pk).update(seen_by=by, seen_at=at, seen_words=words)
    if not changed:
        event.refresh_from_db()
        raise AlreadySeenTo(event.seen_by or by)


def waiting(unit_ids: frozenset[int] | None) -> Sequence[Report]:
    """What waits on the lists of these units (None: of all), the oldest first. What was noted at an activity waits with
    the unit of whoever noted it."""
    events = Report.objects.waiting()
    if unit_ids is not None:
        at_an_activity = Q(visit=None, employee__unit__in=unit_ids)
        events = events.filter(Q(visit__round__work_list__unit__in=unit_ids) | at_an_activity)
    visit = ("visit__done_by", "visit__round__work_list__unit", "visit__round__taken_by")
    return list(events.select_related("citizen", "employee", "occurrence__activity", *visit).in_order()[:SHOWN])


def places_of(events: Sequence[Report]) -> dict[tuple[int, int], Participation]:
    """How the places stand that these events are about, by occurrence and citizen."""
    occurrences = {event.occurrence_id for event in events if event.occurrence_id}
    known = Participation.objects.filter(occurrence__in=occurrences).select_related("noted_by")
    return {(one.occurrence_id, one.citizen_id): one for one in known}
