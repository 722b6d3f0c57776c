"""A cancelled time takes place after all: those who were told are told again, and places and drivers come back.

Whoever has not been told yet that it was cancelled need not be told anything. A volunteer is asked again: their yes was
given before they were told not to come.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from omtanke.access.models import User
from omtanke.everyday.assignments import ask_again
from omtanke.everyday.follow_up import NotTheNextStep, SomebodyWasFirst, take_step
from omtanke.everyday.getting_there import look_for_help
from omtanke.everyday.models import Assignment, Notice, Occurrence, Participation, Wish
from omtanke.everyday.reach import News, contact_of, note, saved

State = Participation.State


@transaction.atomic
def bring_everybody_back(news: News, *, cancelled_at: datetime, teller: User | None, now: datetime) -> list[Notice]:
    """As far as the actor sees; without a `teller` each person's contact tells. Twice does no harm."""
    about_it = Notice.objects.filter(
        occurrence=news.occurrence, about=Notice.About.CANCELLED, made_at__gte=cancelled_at
    )
    citizens = set(about_it.filter(citizen__isnull=False).values_list("citizen_id", flat=True))
    volunteers = set(about_it.filter(volunteer__isnull=False).values_list("volunteer_id", flat=True))
    notices, back = [], []
    for place in _given_up(news.occurrence, citizens):
        about = _comes_back(place, news, now)
        if about == Notice.About.BACK:
            back.append(place)
        who = teller or contact_of(place) or news.by
        if about == Notice.About.BACK and _not_told(about_it, citizen_id=place.citizen_id):
            continue
        notices.append(note(news, about, who, now, citizen_id=place.citizen_id))
    asked = {one.volunteer_id for one in _called_off(news.occurrence, volunteers) if ask_again(one, at=now)}
    for place in back:  # whom nobody has been asked to drive, or whose driver cannot any more
        look_for_help(place, by=news.by, at=now)
    told = [pk for pk in sorted(asked) if not _not_told(about_it, volunteer_id=pk)]
    return notices + [note(news, Notice.About.BACK, teller or news.by, now, volunteer_id=pk) for pk in told]


def _given_up(occurrence: Occurrence, citizens: set[int]) -> Iterable[Participation]:
    rows = Participation.objects.filter(occurrence=occurrence, state=State.CANCELLED, citizen__in=citizens)
    return list(rows.select_related("wish", "invited_by").select_for_update(of=("self",)).order_by("pk"))


def _called_off(occurrence: Occurrence, volunteers: set[int]) -> Iterable[Assignment]:
    """Of those whose person is back."""
    rows = Assignment.objects.filter(
        occurrence=occurrence,
        state=Assignment.State.CANCELLED,
        volunteer__in=volunteers,
        volunteer__stopped_on=None,
        participation__state__in=[State.INVITED, State.YES],
    )
    return list(rows.select_related("volunteer").select_for_update(of=("self",)).order_by("pk"))


def _comes_back(place: Participation, news: News, now: datetime) -> str:
    """As they had answered; unless they have a place somewhere else by now."""
    state = State.YES if place.answered_at else State.INVITED
    if not saved(place, {"state": state}):
        return Notice.About.NO_LONGER_FITS
    wish = place.wish
    if wish and wish.state == Wish.State.SAID:
        with suppress(SomebodyWasFirst, NotTheNextStep):  # then the wish has gone on by itself
            take_step(wish, Wish.State.OFFERED, by=news.by, at=now, participation=place)
    return Notice.About.BACK


def _not_told(about_it: QuerySet[Notice], **who: int) -> bool:
    """They never knew: the notice goes, and there is nothing to tell."""
    deleted, _each = about_it.filter(told_at=None, **who).delete()
    return bool(deleted)
