"""A volunteer is asked, says yes or no, and gives their time; what they may see follows, and ends by itself.

From the day before to the day after, somebody who said yes sees the person's name, address and what to know. A no, or a
volunteer who stops, becomes a HelpWanted with an owner: no citizen is left unnoticed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from omtanke.access import grants
from omtanke.access.models import Reason, RoleAssignment, Scope, User
from omtanke.access.permissions import Role
from omtanke.access.roles import end_role
from omtanke.everyday.models import Assignment, HelpWanted, Occurrence, Participation, Volunteer

State = Assignment.State
type Given = QuerySet[Assignment]
STANDING = (State.ASKED, State.ACCEPTED)
BEFORE_AND_AFTER = timedelta(days=1)


class NotPossible(Exception):
    """The volunteer is somewhere else then, has not been through all gates, or the place is taken."""


class NotYourTurn(Exception):
    """The assignment is not at a point where this can be done, or it is not theirs."""


def ask(assignment: Assignment) -> Assignment:
    """Ask a volunteer. Raises NotPossible, when the database refuses it."""
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError as refused:
        raise NotPossible from refused
    return assignment


@transaction.atomic
def accept(assignment: Assignment, *, by: User, at: datetime) -> None:
    """They come. What they need to know opens the day before. Raises NotYourTurn."""
    _become(assignment, State.ACCEPTED, was=State.ASKED, by=by, at=at)
    open_for_volunteer(assignment, by=by)


@transaction.atomic
def decline(assignment: Assignment, *, by: User, at: datetime, words: str = "") -> None:
    """Not this time; somebody else is looked for, by whoever looks after them. Raises NotYourTurn."""
    was = State.ACCEPTED if assignment.state == State.ACCEPTED else State.ASKED
    _become(assignment, State.DECLINED, was=was, by=by, at=at, words=words)
    look_for_another(assignment, HelpWanted.Because.DECLINED, at)
    close_for_volunteer(assignment, at=at)


@transaction.atomic
def done(assignment: Assignment, *, minutes: int, by: User, at: datetime) -> None:
    """They were there. Raises NotYourTurn, also before it has begun."""
    if at < assignment.starts:
        raise NotYourTurn
    _become(assignment, State.DONE, was=State.ACCEPTED, by=by, at=at, minutes=minutes)


@transaction.atomic
def not_needed(participation: Participation, *, by: User | None, at: datetime, kind: str = "") -> int:
    """The person says no, or not to this kind of help: whoever was to drive or come along need not, and nobody else is
    looked for. How many."""
    which = {"participation": participation} | ({"kind": kind} if kind else {})
    standing = Assignment.objects.filter(state__in=STANDING, **which).select_related("volunteer")
    freed = list(standing.select_for_update(of=("self",)).order_by("pk"))
    for assignment in freed:
        call_off(assignment, at=at)
    nobody_wanted(participation, by=by, at=at, kind=kind)
    return len(freed)


def nobody_wanted(participation: Participation, *, by: User | None, at: datetime, kind: str = "") -> None:
    """Nobody is looked for any more."""
    wanted = HelpWanted.objects.open().filter(participation=participation)
    (wanted.filter(kind=kind) if kind else wanted).update(found_at=at, found_by=by)


def wanted_moves(participation: Participation, by_how_much: timedelta) -> None:
    """What the person comes to was moved: whoever is still looked for is looked for at the new time."""
    for wanted in HelpWanted.objects.open().filter(participation=participation).select_related("assignment"):
        wanted.starts += by_how_much
        wanted.save(update_fields=["starts"])
        if wanted.assignment:
            was = wanted.assignment
            _at_another_time(was, was.starts + by_how_much, was.ends + by_how_much)


@transaction.atomic
def needed_again(participation: Participation, *, by: User, at: datetime) -> int:
    """The person comes after all: for each who was to drive or come along and does not any more, somebody is looked
    for again, at the time it is now. How many."""
    theirs = Assignment.objects.filter(participation=participation).select_related("volunteer", "occurrence")
    latest = {one.kind: one for one in theirs.select_for_update(of=("self",)).order_by("pk")}
    missing = [one for one in latest.values() if one.state not in (*STANDING, State.DONE)]
    for one in missing:
        if one.occurrence:
            begins, ends = from_door_to_door(one, one.occurrence)
            _at_another_time(one, begins, ends)
        look_for_another(one, HelpWanted.Because.AGAIN, at)
    return len(missing)


def from_door_to_door(assignment: Assignment, occurrence: Occurrence) -> tuple[datetime, datetime]:
    """When the volunteer's part begins and ends if it happens at that time: as long on the way as it was."""
    there = occurrence.ends - occurrence.starts
    way = max((assignment.ends - assignment.starts - there) / 2, timedelta(0))
    return occurrence.starts - way, occurrence.ends + way


@transaction.atomic
def call_off(assignment: Assignment, *, at: datetime) -> None:
    """They need not come: what they were to come to is cancelled, or the person does not want to. Nobody is looked
    for."""
    assignment.state = State.CANCELLED
    assignment.save(update_fields=["state"])
    close_for_volunteer(assignment, at=at)


@transaction.atomic
def is_elsewhere(assignment: Assignment, *, starts: datetime, ends: datetime, at: datetime) -> None:
    """It was moved to when they are somewhere else: another is looked for, at the new time."""
    call_off(assignment, at=at)
    _at_another_time(assignment, starts, ends)
    look_for_another(assignment, HelpWanted.Because.MOVED, at)


@transaction.atomic
def ask_again(assignment: Assignment, *, at: datetime) -> bool:
    """What they were told not to come to takes place after all: they are asked again. Where they are somewhere else by
    now, another is looked for, and the answer is False."""
    try:
        with transaction.atomic():
            Assignment.objects.filter(pk=assignment.pk, state=State.CANCELLED).update(
                state=State.ASKED, asked_at=at, answered_at=None
            )
    except IntegrityError:
        look_for_another(assignment, HelpWanted.Because.MOVED, at)
        return False
    return True


def _at_another_time(assignment: Assignment, starts: datetime, ends: datetime) -> None:
    if assignment.pick_up_at:
        assignment.pick_up_at += starts - assignment.starts
    assignment.starts, assignment.ends = starts, ends
    assignment.save(update_fields=["starts", "ends", "pick_up_at"])


def open_for_volunteer(assignment: Assignment, *, by: User | None) -> None:
    """Let the volunteer see the person from the day before to the day after. Again, when the time was moved."""
    user_id = assignment.volunteer.user_id
    if user_id is None:
        return
    opening = grants.Opening(
        user_id,
        Reason.VOLUNTEERS,
        grants.cause(assignment),
        citizen_id=assignment.citizen_id,
        scope=Scope.ASSIGNMENT,
        since=assignment.starts - BEFORE_AND_AFTER,
        until=assignment.ends + BEFORE_AND_AFTER,
    )
    grants.begin([opening], by=by)


def close_for_volunteer(assignment: Assignment, *, at: datetime) -> None:
    """A grant that has not begun yet is closed as one that has."""
    grants.end([grants.cause(assignment)], at=at)


@transaction.atomic
def stop(volunteer: Volunteer, *, by: User, on: date, at: datetime) -> int:
    """They stop as a volunteer. Each assignment to come gets an owner who finds another; returns how many.

    Those whom the actor may not see follow by a job (tasks.release_the_rest).
    """
    if not Volunteer.objects.filter(pk=volunteer.pk, stopped_on=None).update(stopped_on=on):
        raise NotYourTurn
    released = release(volunteer, at=at)
    if volunteer.user_id:
        for role in RoleAssignment.objects.filter(user=volunteer.user_id, role=Role.VOLUNTEER, until=None):
            end_role(role, by=by, on=on)
    return released


@transaction.atomic
def release(volunteer: Volunteer, *, at: datetime) -> int:
    """What they were asked to, or said yes to, and is still to come: each becomes something with an owner."""
    coming = Assignment.objects.filter(volunteer=volunteer, state__in=STANDING, ends__gte=at)
    released = list(coming.select_related("volunteer").select_for_update(of=("self",)).order_by("pk"))
    for assignment in released:
        call_off(assignment, at=at)
        look_for_another(assignment, HelpWanted.Because.STOPPED, at)
    return len(released)


@transaction.atomic
def ask_another(wanted: HelpWanted, volunteer: Volunteer, *, by: User, at: datetime) -> Assignment:
    """Ask somebody else to what one volunteer could not. Raises NotPossible, NotYourTurn when a colleague was first."""
    if not HelpWanted.objects.open().filter(pk=wanted.pk).update(found_at=at, found_by=by):
        raise NotYourTurn
    starts, ends, pick_up_at = when_wanted(wanted)
    return ask(
        Assignment(
            volunteer=volunteer,
            citizen_id=wanted.citizen_id,
            occurrence_id=wanted.occurrence_id,
            participation_id=wanted.participation_id,
            kind=wanted.kind,
            starts=starts,
            ends=ends,
            pick_up_at=pick_up_at,
            asked_by=by,
            asked_at=at,
        )
    )


def when_wanted(wanted: HelpWanted) -> tuple[datetime, datetime, datetime | None]:
    """From when to when, and when the person is fetched: as it was agreed, or as their place says. A driver is there
    from door to door, company while it lasts."""
    if was := wanted.assignment:
        return was.starts, was.ends, was.pick_up_at
    place = wanted.participation
    if place is None:
        return wanted.starts, wanted.starts + timedelta(hours=1), None
    if wanted.kind == Assignment.Kind.RIDE:
        return place.starts, place.ends, place.starts
    return place.occurrence.starts, place.occurrence.ends, None


def close_wanted(wanted: HelpWanted, *, by: User, at: datetime) -> None:
    """Nobody is needed any more; until then it stays, also when the time has passed. Raises NotYourTurn."""
    if not HelpWanted.objects.open().filter(pk=wanted.pk).update(found_at=at, found_by=by):
        raise NotYourTurn


def _become(assignment: Assignment, state: State, *, was: State, by: User, at: datetime, **facts: object) -> None:
    mine = Assignment.objects.filter(pk=assignment.pk, state=was, volunteer__user=by, ends__isnull=False)
    if not mine.update(state=state, answered_at=at, **facts):
        raise NotYourTurn
    assignment.refresh_from_db(fields=["state", "answered_at"])


def look_for_another(assignment: Assignment, because: str, at: datetime) -> None:
    """Whoever looks after the volunteer has it; without one, whoever would have the person's wishes."""
    owner_id = assignment.volunteer.looked_after_by_id or owner_of(assignment.citizen_id)
    again = HelpWanted.objects.filter(assignment=assignment)
    wanted: dict[str, Any] = {
        "owner_id": owner_id,
        "starts": assignment.starts,
        "made_at": at,
        "found_at": None,
        "found_by": None,
    }
    if because != HelpWanted.Because.AGAIN:  # otherwise what is known of why stays
        wanted["because"] = because
    if not again.update(**wanted):
        row = HelpWanted(
            citizen_id=assignment.citizen_id,
            assignment=assignment,
            because=because,
            kind=assignment.kind,
            occurrence_id=assignment.occurrence_id,
            participation_id=assignment.participation_id,
        )
        for name, value in wanted.items():
            setattr(row, name, value)
        HelpWanted.objects.bulk_create([row])  # whoever adds it need not be somebody who may see it afterwards


def owner_of(citizen_id: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT everyday_owner_of(%s)", [citizen_id])
        found = cursor.fetchone()
    return found[0] if found else None
