"""Say that a way takes longer for a time, and that it is over again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from omtanke.access.models import User
from omtanke.people.models import Hamlet
from omtanke.planning.models import RoadNotice


class AlreadyOver(Exception):
    """A colleague was first: the notice has ended."""


def give_notice(
    from_hamlet: Hamlet,
    to_hamlet: Hamlet | None,
    minutes: int,
    why: str,
    *,
    both_ways: bool,
    since: date,
    until: date | None,
    by: User,
) -> RoadNotice:
    """From `since` the way takes so many minutes more; plans made from now on reckon with it."""
    return RoadNotice.objects.create(
        from_hamlet=from_hamlet,
        to_hamlet=to_hamlet,
        minutes=minutes,
        both_ways=both_ways,
        why=why,
        since=since,
        until=until,
        by=by,
    )


@transaction.atomic
def end_notice(notice: RoadNotice, *, on: date) -> None:
    """The way is as it was from `on`. What never came to hold is taken away. Raises AlreadyOver."""
    running = RoadNotice.objects.filter(Q(until=None) | Q(until__gt=on), pk=notice.pk)
    if on <= notice.since:
        changed, _by_table = running.delete()
    else:
        changed = running.update(until=on)
    if not changed:
        raise AlreadyOver
