"""Who waits for a place where it is full: a place that becomes free is offered to whoever has waited longest.

It is kept for them from then, and whoever knows them asks them; their no offers it to the next. Whoever has a place
somewhere else then keeps their turn. Whoever drives them or comes along is looked for at once, as they said when they
began to wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from omtanke.everyday.getting_there import look_for_help
from omtanke.everyday.models import Notice, Occurrence, Participation
from omtanke.everyday.reach import contact_of
from omtanke.everyday.seats import free_at

State = Participation.State


def in_turn(occurrence: Occurrence) -> QuerySet[Participation]:
    """Those who wait, the longest first."""
    return Participation.objects.filter(occurrence=occurrence, state=State.WAITING).order_by("answered_at", "pk")


@transaction.atomic
def offer_seats(occurrence: Occurrence, *, at: datetime) -> list[Notice]:
    """Offer what is free, in turn. Returns whom somebody must ask."""
    held = Occurrence.objects.select_for_update(of=("self",)).select_related("activity").get(pk=occurrence.pk)
    if held.cancelled_at or held.starts <= at:
        return []
    notices = []
    for place in in_turn(held).select_related("invited_by", "occurrence__activity", "citizen"):
        if free_at(held) == 0:
            break
        if _given(place):
            look_for_help(place, by=None, at=at)
            notices.append(_to_ask(held, place, at))
    return notices


def _given(place: Participation) -> bool:
    try:
        with transaction.atomic():
            place.state, place.answered_at = State.INVITED, None
            place.save(update_fields=["state", "answered_at"])
    except IntegrityError:
        return False
    return True


def _to_ask(held: Occurrence, place: Participation, at: datetime) -> Notice:
    says = {"about": Notice.About.SEAT, "was": held.starts, "words": "", "teller": contact_of(place), "made_at": at}
    notice, _new = Notice.objects.update_or_create(
        occurrence=held, citizen_id=place.citizen_id, volunteer=None, told_at=None, defaults=says
    )
    return notice


def with_somebody_waiting(at: datetime) -> Iterable[Occurrence]:
    waits = Participation.objects.filter(state=State.WAITING, starts__gt=at)
    return Occurrence.objects.going_ahead().filter(pk__in=waits.values("occurrence"))
