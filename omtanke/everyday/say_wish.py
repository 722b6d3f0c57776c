"""Somebody says what they wish for, and from that moment somebody has it.

The primary contact has it; where there is none the secondary, the leader or a coordinator of the person's unit, and
as the last one whoever it was said to.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from omtanke.access.models import User
from omtanke.everyday.interests import bank, suggest
from omtanke.everyday.models import Wish, WishStep
from omtanke.people.models import Citizen, Employee

PRESSED_TWICE = timedelta(minutes=2)
CAN_BE_TAKEN_BACK = timedelta(hours=1)
LONGEST = 300


class NoWords(Exception):
    """A wish is what somebody said; nothing was said."""


class AlreadyFollowedUp(Exception):
    """Somebody has done something about the wish, or it was said long ago: it is not a slip of the finger any more."""


@transaction.atomic
def say_wish(
    citizen: Citizen,
    words: str,
    *,
    by: User | None,
    at: datetime,
    source: Wish.Source | str = Wish.Source.CAUGHT,
    interest: str | None = None,
    rank: int | None = None,
) -> Wish:
    """Write a wish down in the person's own words. Without an interest the likeliest is suggested; "" is none.

    With a rank (1 is dearest) those that stand there move down. The same words again at once (a button pressed twice)
    are the same wish. Raises NoWords.
    """
    said = " ".join(words.split())[:LONGEST]
    if not said:
        raise NoWords
    just_now = Wish.objects.filter(citizen=citizen, words=said, said_to=by, said_at__gt=at - PRESSED_TWICE)
    if same := just_now.first():
        return same
    if rank is not None:
        Wish.objects.filter(citizen=citizen, rank__gte=rank).update(rank=F("rank") + 1)
    wish = Wish.objects.create(
        citizen=citizen,
        words=said,
        interest=_interest(said, interest),
        source=source,
        said_to=by,
        said_at=at,
        owner=owner_of(citizen.pk, said_to=by),
        rank=rank,
    )
    WishStep.objects.create(citizen=citizen, wish=wish, state=Wish.State.SAID, by=by, at=at, owner=wish.owner)
    return wish


def owner_of(citizen_id: int, *, said_to: User | None = None) -> Employee | None:
    """Who has this person's wishes now. The database says it: not everybody who catches a wish may see the contacts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT everyday_owner_of(%s)", [citizen_id])
        (found,) = cursor.fetchone()
    if found is None:
        return getattr(said_to, "employee", None)
    return Employee.objects.get(pk=found)


@transaction.atomic
def take_back(wish: Wish, *, by: User, at: datetime) -> None:
    """Undo: it was not said after all. Only by whom it was said to, soon, and before anybody followed it up.

    What it was is kept by the table's history. Raises AlreadyFollowedUp.
    """
    fresh = Wish.objects.filter(pk=wish.pk, said_to=by, state=Wish.State.SAID, said_at__gt=at - CAN_BE_TAKEN_BACK)
    followed_up = WishStep.objects.filter(wish=wish.pk).count() > 1
    if followed_up or not fresh.delete()[0]:
        raise AlreadyFollowedUp


@transaction.atomic
def choose_interest(wish: Wish, interest: str) -> None:
    """Say which interest of the bank the wish belongs to; "" is none of them."""
    Wish.objects.filter(pk=wish.pk).update(interest=interest if interest in bank() else "")


def _interest(words: str, chosen: str | None) -> str:
    if chosen is not None:
        return chosen
    return next(iter(suggest(words)), "")
