"""It happened: who took part and who was there and looked on (both count), and how it was, in the person's own words.

What was wished for is told with it, in the same transaction: tried, then enjoyed, again please, or not for me.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from omtanke.access.models import User
from omtanke.everyday.follow_up import take_step
from omtanke.everyday.lifecycle import may_follow
from omtanke.everyday.models import Occurrence, Participation, Wish
from omtanke.people.models import Citizen

_P, _W = Participation.State, Wish.State
AFTERWARDS = (_W.ENJOYED, _W.AGAIN, _W.NOT_FOR_ME)


class DidNotTakePlace(Exception):
    """It was cancelled: nobody was there."""


class NotYet(Exception):
    """It has not begun."""


class ElsewhereThen(Exception):
    """The person has a place at something else at that time."""


@transaction.atomic
def was_there(citizen: Citizen, occurrence: Occurrence, part: str, *, by: User | None, at: datetime) -> Participation:
    """Took part, or looked on; whether they were expected or came anyway. An open wish for it has been tried.

    Raises DidNotTakePlace, NotYet, ElsewhereThen.
    """
    _check(occurrence, at)
    one = Participation.objects.select_for_update().filter(citizen=citizen, occurrence=occurrence).first()
    one = one or Participation(citizen=citizen, occurrence=occurrence, starts=occurrence.starts, ends=occurrence.ends)
    one.state, one.part, one.noted_by = _P.THERE, part, by
    one.wish = one.wish or _wish_for(citizen, occurrence)
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as clash:
        raise ElsewhereThen from clash
    if one.wish and may_follow(one.wish.state, _W.TRIED):
        take_step(one.wish, _W.TRIED, by=by, at=at, participation=one)
    return one


@transaction.atomic
def was_not_there(participation: Participation, *, by: User | None, at: datetime) -> Participation:
    """Did not come. A wish that was noted as tried by mistake is as offered again. Raises DidNotTakePlace, NotYet."""
    _check(participation.occurrence, at)
    one: Participation = Participation.objects.select_for_update().get(pk=participation.pk)
    one.state, one.part, one.words, one.smile, one.noted_by = _P.NOT_THERE, "", "", None, by
    one.save()
    if one.wish and one.wish.state == _W.TRIED:
        take_step(one.wish, _W.OFFERED, by=by, at=at, participation=one)
    return one


@transaction.atomic
def tell_how_it_was(
    participation: Participation, *, words: str, smile: int | None, wish: str, by: User | None, at: datetime
) -> Participation:
    """How it was, said by the person; and with it what their wish came to ("" while they have not said)."""
    one: Participation = Participation.objects.select_for_update().get(pk=participation.pk)
    one.words, one.smile, one.noted_by = words.strip(), smile, by
    one.save(update_fields=["words", "smile", "noted_by"])
    if wish and one.wish and one.wish.state != wish and may_follow(one.wish.state, wish):
        take_step(one.wish, _W(wish), by=by, at=at, words=one.words, participation=one)
    return one


def _check(occurrence: Occurrence, at: datetime) -> None:
    if occurrence.cancelled_at is not None:
        raise DidNotTakePlace
    if occurrence.starts > at:
        raise NotYet


def _wish_for(citizen: Citizen, occurrence: Occurrence) -> Wish | None:
    """The dearest open wish of theirs for what this is about."""
    about = occurrence.activity.interests
    return Wish.objects.open().filter(citizen=citizen, interest__in=about).as_ranked().first() if about else None
