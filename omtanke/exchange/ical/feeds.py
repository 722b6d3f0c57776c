"""What stands in which feed: a unit's for everybody, and a secret one for each who wants it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest
from icalendar import Event

from omtanke.access.actor import Actor
from omtanke.access.models import User
from omtanke.access.permissions import Permission
from omtanke.befriending.models import TeamMeeting
from omtanke.everyday.models import Activity, Assignment, Occurrence
from omtanke.exchange.ical.models import Feed, fingerprint_of
from omtanke.exchange.ical.writing import event_of, events_of, team_meeting_event
from omtanke.people.models import Unit

BACK = timedelta(days=60)


def public_events(unit: Unit | None, *, now: datetime) -> list[Event]:
    """What is open to all, in one unit (with what is for the whole municipality) or everywhere."""
    offered = Activity.objects.filter(open_to_all=True)
    if unit:
        offered = offered.filter(Q(unit=unit) | Q(unit=None))
    return _events(offered, now)


def personal_events(user: User, *, now: datetime) -> list[Event]:
    """A volunteer's own assignments, a visiting senior's team meetings; for staff the activities of their units. As the
    acting user may see them."""
    mine = Assignment.objects.filter(volunteer__user=user, ends__gte=now - BACK)
    related = ("occurrence__activity__arena", "occurrence__arena")
    events = [event_of(one) for one in mine.select_related(*related).order_by("starts", "pk")]
    actor = Actor.of(user)
    if actor.may(Permission.SEE_ACTIVITIES):
        units = actor.units(Permission.SEE_ACTIVITIES)
        offered = Activity.objects.all() if units is None else Activity.objects.filter(Q(unit__in=units) | Q(unit=None))
        events += _events(offered, now)
    return events + _team_meetings(actor, now)


def _team_meetings(actor: Actor, now: datetime) -> list[Event]:
    """Those that a visiting senior is invited to, cancelled ones too, and those that a leader has called."""
    units: frozenset[int] = frozenset()
    for permission in (Permission.VISIT_AS_SENIOR, Permission.LEAD_SENIORS):
        if actor.may(permission):
            units |= actor.units(permission) or frozenset()
    if not units:
        return []
    meetings = TeamMeeting.objects.of_departments(units).filter(ends__gte=now - BACK).order_by("starts", "pk")
    of_each = meetings.annotate(changed=Greatest("called_at", Max("events__pgh_created_at")))
    return [team_meeting_event(one, one.changed) for one in of_each]  # type: ignore[attr-defined] # annotated


def _events(offered: QuerySet[Activity], now: datetime) -> list[Event]:
    since = now - BACK
    times = Occurrence.objects.filter(ends__gte=since).select_related("arena", "activity__arena").in_order()
    found = (
        offered.annotate(last=Max("occurrences__ends"))
        .filter(last__gte=since)
        .select_related("arena", "organiser")
        .prefetch_related(Prefetch("occurrences", queryset=times, to_attr="lately"))
        .order_by("pk")
    )
    return [event for one in found for event in events_of(one, one.lately)]


@transaction.atomic
def make_feed(user: User, *, language: str, now: datetime) -> str:
    """A new secret; an earlier one opens nothing any more. Returns it: it is not kept."""
    end_feed(user, now=now)
    token = secrets.token_urlsafe(32)
    Feed.objects.create(user=user, fingerprint=fingerprint_of(token), language=language, made_at=now)
    return token


def end_feed(user: User, *, now: datetime) -> None:
    Feed.objects.filter(user=user, ended_at=None).update(ended_at=now)
