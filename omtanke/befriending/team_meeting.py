"""Call the seniors together, move or cancel a meeting, answer, and write down who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.befriending.models import MeetingAnswer, TeamMeeting
from omtanke.people.models import Employee


class MeetingOver(Exception):
    """It has been held, or is cancelled: an answer helps nobody any more."""


class NotHeldYet(Exception):
    """Who came is written down when it has begun."""


class AlreadyCancelled(Exception):
    """A colleague was first."""


def seniors_in(unit_ids: Collection[int] | None) -> list[Employee]:
    """All visiting seniors of these departments (None: of all) who can log in, by name."""
    held = RoleAssignment.objects.current().filter(role=Role.VISITING_SENIOR)
    if unit_ids is not None:
        held = held.filter(unit_id__in=unit_ids)
    return list(Employee.objects.filter(user__in=held.values("user")).in_order())


def invited(meeting: TeamMeeting) -> list[Employee]:
    """Who is invited, as it is today: whoever becomes a senior before the meeting is invited too."""
    return seniors_in(None if meeting.department_id is None else [meeting.department_id])


def call_meeting(facts: Mapping[str, Any], *, by: User, at: datetime) -> TeamMeeting:
    return TeamMeeting.objects.create(**facts, called_by=by, called_at=at)


@transaction.atomic
def cancel_meeting(meeting: TeamMeeting, *, at: datetime) -> None:
    """It stays on everybody's page, as cancelled, until its time has passed. Raises AlreadyCancelled."""
    if not TeamMeeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(cancelled_at=at):
        raise AlreadyCancelled


@transaction.atomic
def answer(meeting: TeamMeeting, senior: Employee, *, comes: bool, at: datetime) -> None:
    """Yes or no, and another mind until it begins. Raises MeetingOver."""
    if meeting.cancelled_at or meeting.ends <= at:
        raise MeetingOver
    MeetingAnswer.objects.update_or_create(meeting=meeting, senior=senior, defaults={"comes": comes, "answered_at": at})


@transaction.atomic
def who_came(meeting: TeamMeeting, came: Collection[int], *, at: datetime) -> int:
    """Write down who was there, of those invited; returns how many. Raises NotHeldYet."""
    if meeting.starts > at or meeting.cancelled_at:
        raise NotHeldYet
    there = 0
    for senior in invited(meeting):
        was = senior.pk in came
        MeetingAnswer.objects.update_or_create(meeting=meeting, senior=senior, defaults={"came": was})
        there += was
    return there
