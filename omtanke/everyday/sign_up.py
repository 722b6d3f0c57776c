"""A citizen is invited to one time of an activity, or says yes; says no, or changes their mind.

Never over another activity (the database holds that), never over a visit without being asked, never more people than
there is room for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from omtanke.access.models import User
from omtanke.everyday import assignments
from omtanke.everyday.models import Occurrence, Participation, Wish
from omtanke.everyday.seats import free_at
from omtanke.people.models import Citizen
from omtanke.people.questions import Busy, busy_times

State = Participation.State


class DoesNotTakePlace(Exception):
    """It is cancelled, or it is over."""


class NoSeatLeft(Exception):
    """Everybody there is room for has a place."""


class IsElsewhere(Exception):
    """The citizen has a place somewhere else then."""

    def __init__(self, where: Participation | None) -> None:
        super().__init__()
        self.where = where


class HasVisit(Exception):
    """The citizen expects visits then: ask before it is booked."""

    def __init__(self, visits: Sequence[Busy]) -> None:
        super().__init__()
        self.visits = visits


@transaction.atomic
def sign_up(
    occurrence: Occurrence,
    citizen: Citizen,
    *,
    state: str,
    by: User,
    now: datetime,
    wish: Wish | None = None,
    knowing_of_visits: bool = False,
) -> Participation:
    """Invited, or said yes or no. Whoever has an answer already gets the new one; a no frees their volunteers.

    Raises DoesNotTakePlace, NoSeatLeft, IsElsewhere, and HasVisit unless the clash is known.
    """
    held = Occurrence.objects.select_for_update(of=("self",)).select_related("activity").get(pk=occurrence.pk)
    if held.cancelled_at or held.ends < now:
        raise DoesNotTakePlace
    known = Participation.objects.filter(occurrence=held, citizen=citizen).first()
    has_seat = known is not None and known.state in Participation.TAKES_PLACE
    if state in Participation.TAKES_PLACE and not has_seat:
        if free_at(held) == 0:
            raise NoSeatLeft
        visits = busy_times.ask([citizen.pk], held.starts, held.ends)
        if visits and not knowing_of_visits:
            raise HasVisit(visits)
    place = known or Participation(
        citizen=citizen, occurrence=held, starts=held.starts, ends=held.ends, invited_by=by, made_at=now
    )
    if not has_seat:
        place.starts, place.ends = held.starts, held.ends
    place.state, place.noted_by = state, by
    place.wish = wish or place.wish
    place.answered_at = None if state == State.INVITED else now
    _kept(place)
    if state == State.NO:
        assignments.not_needed(place, by=by, at=now)
    return place


def _kept(place: Participation) -> Participation:
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise IsElsewhere(elsewhere(place)) from error
    return place


def elsewhere(place: Participation) -> Participation | None:
    """Where the citizen has a place at that time; None when that may not be seen."""
    others = Participation.objects.filter(
        citizen=place.citizen_id, state__in=Participation.TAKES_PLACE, starts__lt=place.ends, ends__gt=place.starts
    )
    return others.exclude(occurrence=place.occurrence_id).select_related("occurrence__activity").first()
