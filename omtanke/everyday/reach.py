"""An activity is cancelled or moved: everybody who said yes, or was asked, is reached. Nobody is dropped silently.

In the same transaction, for those whom the one who cancels may see: their place and their volunteers' assignments are
given up or moved, their wish is open again, and a notice says who tells them. Those whom they may not see (people of
other units) follow seconds later, by a job that sees everybody (tasks.py); a nightly sweep finds what was left.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from omtanke.access.models import User
from omtanke.access.need_to_know import act_as
from omtanke.care.models import NamedContact
from omtanke.everyday.assignments import call_off, is_elsewhere, nobody_wanted, open_for_volunteer, wanted_moves
from omtanke.everyday.follow_up import SomebodyWasFirst, take_step
from omtanke.everyday.models import Assignment, Notice, Occurrence, Participation, Wish
from omtanke.people.questions import busy_times

STANDING = (Participation.State.INVITED, Participation.State.YES)
ASKED = (Assignment.State.ASKED, Assignment.State.ACCEPTED)


@dataclass(frozen=True)
class News:
    """What happened to one time of an activity, at `since`; `was` is when it was to be."""

    occurrence: Occurrence
    was: datetime
    was_until: datetime
    words: str
    by: User | None
    since: datetime

    @property
    def cancelled(self) -> bool:
        return self.occurrence.cancelled_at is not None


@transaction.atomic
def reach_everybody(news: News, *, teller: User | None, now: datetime) -> list[Notice]:
    """Change the places and assignments that the actor can see, and note who must be told. `teller` tells them;
    without one, each person's contact does. Whoever was reached since is passed over. Returns the new notices."""
    reached = Notice.objects.filter(occurrence=news.occurrence, made_at__gte=news.since)
    citizens, volunteers = (set(reached.values_list(f"{who}_id", flat=True)) for who in ("citizen", "volunteer"))
    notices: list[Notice] = []
    companions: dict[int, str] = {}
    for participation in _standing(news.occurrence):
        if participation.citizen_id not in citizens:
            about = _give_up(participation, news, now) if news.cancelled else _move(participation, news, teller, now)
            who = teller or contact_of(participation) or news.by
            notices.append(note(news, about, who, now, citizen_id=participation.citizen_id))
            if about == Notice.About.NO_LONGER_FITS:  # nobody drives who does not come
                for assignment in _asked(news.occurrence).filter(participation=participation):
                    companions[assignment.volunteer_id] = _release(assignment, now)
    for assignment in _asked(news.occurrence):
        if assignment.volunteer_id not in volunteers:
            about = _release(assignment, now) if news.cancelled else _move_assignment(assignment, news, now)
            companions[assignment.volunteer_id] = about
    for volunteer_id, about in companions.items():
        notices.append(note(news, about, teller or news.by, now, volunteer_id=volunteer_id))
    return notices


def untouched(occurrence_ids: Iterable[int]) -> set[int]:
    """Those to which nobody was ever asked, whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT everyday_untouched(%s::bigint[])", [list(occurrence_ids)])
        return {pk for (pk,) in cursor.fetchall()}


def left_behind() -> Iterable[Occurrence]:
    """Cancelled, and somebody still has a place there: their people have not been reached."""
    standing = Q(participations__state__in=STANDING) | Q(assignments__state__in=ASKED)
    return Occurrence.objects.filter(standing, cancelled_at__isnull=False).distinct()


def _standing(occurrence: Occurrence) -> Iterable[Participation]:
    found = Participation.objects.filter(occurrence=occurrence, state__in=STANDING)
    return found.select_related("wish", "invited_by").select_for_update(of=("self",)).order_by("pk")


def _asked(occurrence: Occurrence) -> QuerySet[Assignment]:
    asked = Assignment.objects.filter(occurrence=occurrence, state__in=ASKED).select_related("volunteer")
    return asked.select_for_update(of=("self",)).order_by("pk")


def _give_up(participation: Participation, news: News, now: datetime) -> str:
    participation.state = Participation.State.CANCELLED
    participation.save(update_fields=["state"])
    nobody_wanted(participation, by=news.by, at=now)
    wish = participation.wish
    if wish and wish.state == Wish.State.OFFERED:
        with suppress(SomebodyWasFirst):  # then the wish has gone on by itself
            take_step(wish, Wish.State.SAID, by=news.by, at=now, words=news.words, participation=participation)
    return Notice.About.CANCELLED


def _move(participation: Participation, news: News, teller: User | None, now: datetime) -> str:
    """Along with the occurrence, if the person is not somewhere else then. Over a visit they are asked again, as
    whoever is signed up is: their yes was to another time."""
    visits = _new_visits(participation, news, teller)
    changes: dict[str, Any] = _along(participation, news)
    if visits:
        changes |= {"state": Participation.State.INVITED, "answered_at": None}
    if saved(participation, changes):
        wanted_moves(participation, news.occurrence.starts - news.was)
        return Notice.About.OVER_VISIT if visits else Notice.About.MOVED
    _give_up(participation, news, now)
    return Notice.About.NO_LONGER_FITS


def _new_visits(participation: Participation, news: News, teller: User | None) -> bool:
    """Is there a visit at the new time that there was not at the old? A job asks as the person's contact."""
    when = _along(participation, news)
    asks = None if teller else contact_of(participation)
    if asks:
        act_as(asks.pk)
    visits = busy_times.ask([participation.citizen_id], when["starts"], when["ends"])
    if asks:
        act_as(None)
    return any(one.ends <= participation.starts or one.starts >= participation.ends for one in visits)


def _release(assignment: Assignment, now: datetime) -> str:
    call_off(assignment, at=now)
    return Notice.About.CANCELLED


def _move_assignment(assignment: Assignment, news: News, now: datetime) -> str:
    changes = _along(assignment, news)
    if assignment.pick_up_at:
        changes["pick_up_at"] = assignment.pick_up_at + (news.occurrence.starts - news.was)
    if saved(assignment, changes):
        if assignment.state == Assignment.State.ACCEPTED:
            open_for_volunteer(assignment, by=news.by)
        return Notice.About.MOVED
    is_elsewhere(assignment, starts=changes["starts"], ends=changes["ends"], at=now)
    return Notice.About.NO_LONGER_FITS


def _along(row: Participation | Assignment, news: News) -> dict[str, datetime]:
    """Its time, moved as the occurrence was: with the time on the road before and after."""
    begins = row.starts + (news.occurrence.starts - news.was)
    ends = row.ends + (news.occurrence.ends - news.was_until)
    return {"starts": begins, "ends": ends}


def saved(row: Participation | Assignment, changes: dict[str, Any]) -> bool:
    """Whether the database accepted it: nobody is in two places at once."""
    before = {name: getattr(row, name) for name in changes}
    try:
        with transaction.atomic():
            for name, value in changes.items():
                setattr(row, name, value)
            row.save(update_fields=list(changes))
    except IntegrityError:
        for name, value in before.items():
            setattr(row, name, value)
        return False
    return True


def contact_of(participation: Participation) -> User | None:
    """The primary contact, who knows them; otherwise whoever asked them."""
    contacts = NamedContact.objects.current().filter(citizen=participation.citizen_id).select_related("employee__user")
    users = {contact.role: contact.employee.user for contact in contacts if contact.employee.user}
    primary = users.get(NamedContact.Role.PRIMARY) or users.get(NamedContact.Role.SECONDARY)
    return primary or participation.invited_by


def note(news: News, about: str, teller: User | None, now: datetime, **person: int) -> Notice:
    """One notice for each person and thing until they are told; what they know is the time of the first."""
    says = {"about": about, "words": news.words, "teller": teller, "made_by": news.by, "made_at": now}
    who: dict[str, Any] = {"citizen_id": None, "volunteer_id": None} | person
    notice, _new = Notice.objects.update_or_create(
        occurrence=news.occurrence, told_at=None, **who, defaults=says, create_defaults=says | {"was": news.was}
    )
    return notice


def tell(notice: Notice, *, how: str, by: User, now: datetime) -> bool:
    """They know now. False when a colleague has told them already."""
    open_one = Notice.objects.to_tell().filter(pk=notice.pk)
    return bool(open_one.update(told_at=now, told_by=by, how=how))


def take(notice: Notice, *, by: User) -> bool:
    """I tell them instead."""
    return bool(Notice.objects.to_tell().filter(pk=notice.pk).update(teller=by))
