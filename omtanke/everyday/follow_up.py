"""What somebody does about a wish: a step on its way, a word on how it goes, or into other hands.

Every step is written down with who and when; of two who take one at once, the second is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from omtanke.access.models import User
from omtanke.everyday.lifecycle import may_follow
from omtanke.everyday.models import Participation, Wish, WishStep
from omtanke.people.models import Citizen, Employee


class NotTheNextStep(Exception):
    """This step does not follow the one the wish stands at. `wish` is how it stands."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(wish)
        self.wish = wish


class SomebodyWasFirst(Exception):
    """A colleague has taken a step in the meantime. `wish` is how it stands now."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(wish)
        self.wish = wish


class NoCause(Exception):
    """A wish that is openly unmet says why."""


@transaction.atomic
def take_step(
    wish: Wish,
    to: Wish.State,
    *,
    by: User | None,
    at: datetime,
    words: str = "",
    cause: str = "",
    participation: Participation | None = None,
) -> Wish:
    """Bring a wish one step on. Raises NotTheNextStep, SomebodyWasFirst, NoCause."""
    if not may_follow(wish.state, to):
        raise NotTheNextStep(wish)
    if to == Wish.State.UNMET and not cause:
        raise NoCause
    why = {"cause": cause, "cause_words": words} if to == Wish.State.UNMET else {"cause": "", "cause_words": ""}
    moved = Wish.objects.filter(pk=wish.pk, state=wish.state).update(state=to, **why)
    wish.refresh_from_db()
    if not moved:
        raise SomebodyWasFirst(wish)
    WishStep.objects.create(
        citizen_id=wish.citizen_id, wish=wish, state=to, words=words, by=by, at=at, participation=participation
    )
    return wish


@transaction.atomic
def tell(wish: Wish, words: str, *, by: User | None, at: datetime) -> WishStep:
    """Write how it goes ("have asked the choir"), without a new step: the wish is not forgotten."""
    return WishStep.objects.create(citizen_id=wish.citizen_id, wish=wish, state=wish.state, words=words, by=by, at=at)


@transaction.atomic
def hand_over(wish: Wish, to: Employee, *, by: User | None, at: datetime) -> Wish:
    """Give the wish to somebody else, who has it from now. Raises SomebodyWasFirst."""
    given = Wish.objects.filter(pk=wish.pk, owner=wish.owner_id).update(owner=to)
    wish.refresh_from_db()
    if not given:
        raise SomebodyWasFirst(wish)
    WishStep.objects.create(citizen_id=wish.citizen_id, wish=wish, state=wish.state, by=by, at=at, owner=to)
    return wish


@transaction.atomic
def rank(citizen: Citizen, wish_ids: Sequence[int]) -> None:
    """The person's own order: the first of these is dearest. Others of theirs are not ranked any more."""
    theirs = Wish.objects.select_for_update().filter(citizen=citizen)
    theirs.exclude(pk__in=wish_ids).update(rank=None)
    for number, pk in enumerate(wish_ids, start=1):
        Wish.objects.filter(citizen=citizen, pk=pk).update(rank=number)
