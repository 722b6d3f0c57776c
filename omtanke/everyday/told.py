"""Wishes with all that is told about them, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from omtanke.everyday.in_words import Told
from omtanke.everyday.models import Assignment, Participation, Wish, WishStep


def tell(wishes: Iterable[Wish], *, at: datetime) -> list[Told]:
    """Each wish with its steps, the next time it is offered for, the last time that was, and who drives."""
    told = {wish.pk: Told(wish) for wish in wishes}
    for step in WishStep.objects.filter(wish__in=list(told)).select_related("by", "owner"):
        told[step.wish_id].steps.append(step)
    parts = Participation.objects.filter(wish__in=list(told)).select_related("occurrence__activity")
    for part in parts.order_by("starts"):
        if part.wish_id is not None:
            _put(told[part.wish_id], part, at)
    coming = {one.coming.pk: one for one in told.values() if one.coming}
    rides = Assignment.objects.filter(participation__in=list(coming), kind=Assignment.Kind.RIDE)
    for ride in rides.filter(state__in=["accepted", "done"]).select_related("volunteer"):
        if ride.participation_id is not None:
            coming[ride.participation_id].driver = ride.volunteer.name.split()[0]
    return list(told.values())


def _put(one: Told, part: Participation, at: datetime) -> None:
    if part.state == Participation.State.THERE:
        one.been = part
    elif part.ends >= at and part.state in {Participation.State.INVITED, Participation.State.YES} and not one.coming:
        one.coming = part
