"""What the interest talk says stands in the way leads to somebody: a question with a next step and a name.

A ride and company are looked for by the month's plan (needs.py). Health, money, hearing and sight, not having known and
not quite daring are asked about by a person, usually the primary contact; health may be brought up with a nurse, who
has it from then. It stays until somebody writes what was done, and that is written on the wishes it is about too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from omtanke.access.models import User
from omtanke.everyday.follow_up import tell
from omtanke.everyday.interests import label
from omtanke.everyday.models import Hindrance, Needs, Occurrence, Wish, WishStep
from omtanke.everyday.say_wish import owner_of
from omtanke.everyday.talk import hindrances
from omtanke.forms.models import Answers
from omtanke.people.models import Employee
from omtanke.people.questions import Due, what_is_due

Kind = Hindrance.Kind
ANSWER_WITHIN = timedelta(days=14)
AHEAD = timedelta(days=60)
SHOWN = 4  # times to offer
# The cause of a wish that cannot come true for that reason. Of what nobody knew, they know now.
CAUSE = {
    Kind.HEALTH: Wish.Cause.HEALTH,
    Kind.MONEY: Wish.Cause.MONEY,
    Kind.SENSES: Wish.Cause.SENSES,
    Kind.DOES_NOT_DARE: Wish.Cause.NOT_DARE,
}


class AlreadyDealtWith(Exception):
    """A colleague was first. `hindrance` is how it stands."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


@transaction.atomic
def note_hindrances(answers: Answers, *, by: User | None, at: datetime) -> list[Hindrance]:
    """From a talk that is held. What was open before and is said again is the same question, about what is said now."""
    said: dict[str, list[str]] = {}
    for interest, codes in hindrances(answers).items():
        for code in codes:
            if code in Kind.values:
                said.setdefault(code, []).append(interest)
    owner = owner_of(answers.citizen_id, said_to=by) if said else None
    found = []
    for kind in (one for one in Kind.values if one in said):
        about = {"answers": answers, "interests": said[kind], "said_at": at}
        one, _is_new = Hindrance.objects.update_or_create(
            citizen_id=answers.citizen_id,
            kind=kind,
            dealt_at=None,
            defaults=about,
            create_defaults=about | {"owner": owner},
        )
        found.append(one)
    return found


@transaction.atomic
def deal_with(hindrance: Hindrance, words: str, *, by: User, at: datetime) -> None:
    """It is dealt with, and how; the wishes it is about tell so. Raises AlreadyDealtWith."""
    open_one = Hindrance.objects.open().filter(pk=hindrance.pk)
    dealt = open_one.update(dealt_at=at, dealt_by=by, words=words)
    hindrance.refresh_from_db()
    if not dealt:
        raise AlreadyDealtWith(hindrance)
    for wish in Wish.objects.open().filter(citizen=hindrance.citizen_id, interest__in=hindrance.interests):
        tell(wish, f"{hindrance.get_kind_display()}: {words}"[:300], by=by, at=at)


@transaction.atomic
def bring_up_with(hindrance: Hindrance, to: Employee, *, by: User, at: datetime) -> None:
    """Somebody else has it from now: a nurse, the coordinator of activities. Raises AlreadyDealtWith."""
    if not Hindrance.objects.open().filter(pk=hindrance.pk).update(owner=to):
        hindrance.refresh_from_db()
        raise AlreadyDealtWith(hindrance)
    hindrance.refresh_from_db()
    words = _("%(what)s: %(name)s takes it up.") % {"what": hindrance.get_kind_display(), "name": to.name}
    for wish in Wish.objects.open().filter(citizen=hindrance.citizen_id, interest__in=hindrance.interests):
        WishStep.objects.create(citizen_id=wish.citizen_id, wish=wish, state=wish.state, words=words, by=by, at=at)


def about_wish(wish: Wish) -> list[Hindrance]:
    """Open ones first, then the latest that were dealt with."""
    if not wish.interest:
        return []
    every = Hindrance.objects.filter(citizen=wish.citizen_id).about(wish.interest).select_related("owner", "dealt_by")
    return sorted(every.newest_first()[:8], key=lambda one: one.dealt_at is not None)


def to_offer(hindrance: Hindrance, *, at: datetime) -> list[Occurrence]:
    """Coming times of what it is about, each activity once: what is free first where it is money, what has a hearing
    loop first where it is hearing or sight."""
    coming = Occurrence.objects.between(at, at + AHEAD).going_ahead().filter(activity__active=True, starts__gt=at)
    every = coming.filter(activity__interests__overlap=hindrance.interests).with_place().in_order()
    first: dict[int, Occurrence] = {}
    for one in every:
        first.setdefault(one.activity_id, one)
    return sorted(first.values(), key=lambda one: (not _suits(hindrance, one), one.starts))[:SHOWN]


def _suits(hindrance: Hindrance, one: Occurrence) -> bool:
    if hindrance.kind == Kind.MONEY:
        return not one.activity.cost
    if hindrance.kind == Kind.SENSES:
        return bool(one.place and Needs.HEARING_LOOP in one.place.has)
    return True


@what_is_due.answered_by
def hindrances_due(citizen_ids: Sequence[int], on: date) -> Iterable[Due]:
    return [
        Due(
            one.citizen_id,
            _("In the way, says the interest talk: %(what)s") % {"what": one.get_kind_display().lower()},
            timezone.localdate(one.said_at) + ANSWER_WITHIN,
            reverse("everyday:hindrance", args=[one.pk]),
        )
        for one in Hindrance.objects.open().filter(citizen__in=citizen_ids).newest_first()
    ]


def of_what(hindrance: Hindrance) -> list[str]:
    return [label(code) for code in hindrance.interests]
