"""A citizen is invited to one time of an activity, or says yes; says no, or changes their mind.

Never over another activity (the database holds that), never over a visit without being asked, never more people than
there is room for, and never without a way to get there: whoever must drive or come along is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from omtanke.access.models import User
from omtanke.everyday import assignments
from omtanke.everyday.getting_there import GettingThere, door_to_door, look_for_help, note_way
from omtanke.everyday.models import Notice, Occurrence, Participation, Wish
from omtanke.everyday.seats import free_at
from omtanke.people.models import Citizen
from omtanke.people.questions import Busy, busy_times

State = Participation.State
ASKING = (Notice.About.SEAT, Notice.About.OVER_VISIT)  # an answer is an answer to these


class DoesNotTakePlace(Exception):
    """It is cancelled, or it is over."""


class NoSeatLeft(Exception):
    """Everybody there is room for has a place."""


class HasRoom(Exception):
    """Nobody needs to wait: there is a place."""


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
    getting_there: GettingThere | None = None,
) -> Participation:
    """Invited, said yes or no, or waits for a place. Whoever has an answer already gets the new one; a no frees their
    volunteers.

    Yes again after a no: whoever was to drive or come along is looked for again. A place that is given up is offered to
    whoever has waited longest. With `getting_there`, whoever they need to get there is looked for from now, or, for
    those who wait, from when they get a place. Raises DoesNotTakePlace, NoSeatLeft, HasRoom, IsElsewhere, and HasVisit
    unless the clash is known.
    """
    held = Occurrence.objects.select_for_update(of=("self",)).select_related("activity").get(pk=occurrence.pk)
    if held.cancelled_at or held.ends < now:
        raise DoesNotTakePlace
    known = Participation.objects.filter(occurrence=held, citizen=citizen).select_related("citizen").first()
    if known:
        known.occurrence = held
    was = known.state if known else None
    has_seat = was in Participation.TAKES_PLACE
    _must_have_room(held, state, has_seat=has_seat)
    asked_before = has_seat and (state != State.YES or was == State.YES)
    place = known or Participation(
        citizen=citizen, occurrence=held, starts=held.starts, ends=held.ends, invited_by=by, made_at=now
    )
    goes_otherwise = getting_there is not None and note_way(place, getting_there)
    if not has_seat or goes_otherwise:
        place.starts, place.ends = door_to_door(place)
    if state in Participation.TAKES_PLACE and not asked_before and not knowing_of_visits:
        _must_have_no_visit(place)
    place.state, place.noted_by = state, by
    place.wish = wish or place.wish
    place.answered_at = None if state == State.INVITED else now
    _kept(place)
    if place.answered_at:
        asked = Notice.objects.to_tell().filter(occurrence=held, citizen=citizen, about__in=ASKING)
        asked.update(told_at=now, told_by=by, how=Notice.How.SAID)
    _let_the_others_know(place, had_seat=has_seat, is_new=known is None, by=by, now=now)
    return place


def _must_have_room(held: Occurrence, state: str, *, has_seat: bool) -> None:
    if state in Participation.TAKES_PLACE and not has_seat and free_at(held) == 0:
        raise NoSeatLeft
    if state == State.WAITING and free_at(held) != 0:
        raise HasRoom


def _must_have_no_visit(place: Participation) -> None:
    if visits := busy_times.ask([place.citizen_id], place.starts, place.ends):
        raise HasVisit(visits)


def _let_the_others_know(place: Participation, *, had_seat: bool, is_new: bool, by: User, now: datetime) -> None:
    """Their volunteers, and whoever waits for the place."""
    if place.state not in Participation.TAKES_PLACE:
        assignments.not_needed(place, by=by, at=now)
        if had_seat:
            _offer_it_to_the_next(place.occurrence)
        return
    if not had_seat and not is_new:
        assignments.needed_again(place, by=by, at=now)
    look_for_help(place, by=by, at=now)


def _offer_it_to_the_next(held: Occurrence) -> None:
    """By a job, which sees everybody who waits."""
    from omtanke.everyday import tasks  # jobs call deeds, deeds ask for jobs

    if held.activity.seats is not None:
        tasks.offer_seats_at.defer(occurrence_id=held.pk)


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
