"""A residents' meeting: planned with an agenda, held, and followed up until it is known what came of each decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from omtanke.access.models import User
from omtanke.everyday.models import MeetingItem, Presence, ResidentsMeeting, Wish
from omtanke.everyday.say_wish import say_wish
from omtanke.people.models import Citizen, Employee, Unit


class AlreadyMeetThen(Exception):
    """The unit's residents meet at that time already."""


class NobodyHasIt(Exception):
    """Something was decided, and nobody has it."""


@transaction.atomic
def plan_meeting(
    unit: Unit,
    starts: datetime,
    agenda: Sequence[str],
    *,
    by: User | None,
    place: str = "",
    led_by: Employee | None = None,
) -> ResidentsMeeting:
    """A meeting with its agenda. Raises AlreadyMeetThen."""
    try:
        with transaction.atomic():
            meeting = ResidentsMeeting.objects.create(unit=unit, starts=starts, place=place, led_by=led_by, made_by=by)
    except IntegrityError as clash:
        raise AlreadyMeetThen from clash
    for title in agenda:
        add_item(meeting, title)
    return meeting


@transaction.atomic
def add_item(meeting: ResidentsMeeting, title: str) -> MeetingItem:
    """One more thing to talk about, last."""
    ResidentsMeeting.objects.select_for_update().get(pk=meeting.pk)  # two who add at once get two numbers
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    return meeting.items.create(number=last + 1, title=title.strip())


@transaction.atomic
def decide(item: MeetingItem, *, said: str, decision: str, owner: Employee | None, due: date | None) -> MeetingItem:
    """Write down what was said and decided, who has it and by when. Raises NobodyHasIt."""
    if decision and owner is None:
        raise NobodyHasIt
    item.said, item.decision, item.owner, item.due = said, decision, owner, due
    item.save(update_fields=["said", "decision", "owner", "due"])
    return item


@transaction.atomic
def tell_outcome(item: MeetingItem, words: str, *, by: User | None, at: datetime) -> MeetingItem:
    """What came of it; told at the next meeting."""
    item.outcome, item.outcome_by, item.outcome_at = words.strip(), by, at
    item.save(update_fields=["outcome", "outcome_by", "outcome_at"])
    return item


@transaction.atomic
def who_came(meeting: ResidentsMeeting, citizens: Collection[Citizen], *, among: Collection[Citizen]) -> None:
    """Exactly these of `among` were there; whoever the one who writes cannot see, stays as noted."""
    came = {citizen.pk for citizen in citizens}
    Presence.objects.filter(meeting=meeting, citizen__in=among).exclude(citizen__in=came).delete()
    rows = [Presence(meeting=meeting, citizen=citizen) for citizen in citizens]
    Presence.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def wish_at_meeting(meeting: ResidentsMeeting, citizen: Citizen, words: str, *, by: User, at: datetime) -> Wish:
    """A wish said there is a wish like others, with somebody who has it. Raises say_wish.NoWords."""
    wish = say_wish(citizen, words, by=by, at=at, source=Wish.Source.MEETING)
    Wish.objects.filter(pk=wish.pk).update(meeting=meeting)
    wish.refresh_from_db()
    return wish


def from_before(meeting: ResidentsMeeting) -> list[MeetingItem]:
    """What earlier meetings of the unit decided and nobody has told the end of, and all that the last one decided."""
    earlier = MeetingItem.objects.filter(meeting__unit=meeting.unit_id, meeting__starts__lt=meeting.starts)
    last = ResidentsMeeting.objects.filter(unit=meeting.unit_id, starts__lt=meeting.starts).first()
    waiting = earlier.waiting()
    of_last = earlier.filter(meeting=last).exclude(decision="") if last else earlier.none()
    return list((waiting | of_last).select_related("meeting", "owner").order_by("meeting__starts", "number"))
