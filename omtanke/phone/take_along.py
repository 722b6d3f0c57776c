"""What a phone takes along: the visits of the lists somebody has now, today's activities of their unit, and no more.

Who stands there is as need-to-know opens them. It is gone from the phone twelve hours after the last of these lists and
activities ends, or when the phone is revoked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from omtanke.access.models import User
from omtanke.people.models import Employee
from omtanke.phone.activities_along import Today, today_of
from omtanke.phone.models import Held, Phone
from omtanke.visits.day_sheet import Stop, rounds_of, stops_of
from omtanke.visits.models import Note, Round

GONE_AFTER = timedelta(hours=12)


class Revoked(Exception):
    """The phone may hold nothing any more."""


class SomebodyElses(Exception):
    """This phone is known as another person's."""


@transaction.atomic
def in_touch(phone_id: UUID, *, label: str, by: User, at: datetime) -> Phone:
    """A phone has coverage. Raises SomebodyElses."""
    phone, _is_new = Phone.objects.get_or_create(pk=phone_id, defaults={"user": by, "label": label[:80]})
    if phone.user_id != by.pk:
        raise SomebodyElses
    Phone.objects.filter(pk=phone.pk).update(last_seen=at)
    return phone


@transaction.atomic
def take_along(phone: Phone, employee: Employee, *, at: datetime, with_activities: bool) -> dict[str, Any]:
    """Everything that the phone needs for the lists and activities of now, as JSON. Raises Revoked."""
    if phone.revoked_at:
        raise Revoked
    rounds = rounds_of(employee, at=at)
    stops = stops_of(rounds, employee, at=at)
    units = {round_.work_list.unit_id for round_ in rounds} | ({employee.unit_id} if employee.unit_id else set())
    activities = today_of(units, at=at) if with_activities else []
    ends = [*(round_.ends_at for round_ in rounds), *(each.occurrence.ends for each in activities)]
    until = max(ends, default=at) + GONE_AFTER
    _hold(phone, stops, activities, until=until)
    lists = [f"{round_.work_list.name} · {round_.work_list.unit.name}" for round_ in rounds]
    holds = ", ".join(lists or [each.occurrence.activity.title for each in activities])
    Phone.objects.filter(pk=phone.pk).update(holds=holds[:200], holds_until=until if ends else None)
    return {
        "until": until.isoformat(),
        "made": at.isoformat(),
        "name": employee.name,
        "lists": [_list(round_) for round_ in rounds],
        "visits": [_visit(stop, employee) for stop in stops],
        "activities": [each.as_json() for each in activities],
    }


def _hold(phone: Phone, stops: Sequence[Stop], activities: Sequence[Today], *, until: datetime) -> None:
    """Write down what the phone is given: of this, and of nothing else, does it bring something back."""
    visits = [Held(phone=phone, citizen_id=stop.visit.citizen_id, visit=stop.visit, until=until) for stop in stops]
    places = [
        Held(phone=phone, citizen_id=place.citizen_id, occurrence=each.occurrence, until=until)
        for each in activities
        for place in each.places
    ]
    Held.objects.bulk_create(visits, update_conflicts=True, unique_fields=["phone", "visit"], update_fields=["until"])
    Held.objects.bulk_create(
        places, update_conflicts=True, unique_fields=["phone", "occurrence", "citizen"], update_fields=["until"]
    )


@transaction.atomic
def revoke(phone: Phone, *, by: User, at: datetime) -> None:
    """Whatever the phone holds is wiped at its next contact. What it has to send is still taken in."""
    Phone.objects.filter(pk=phone.pk, revoked_at=None).update(revoked_at=at, revoked_by=by, holds="", holds_until=None)


@transaction.atomic
def let_in_again(phone: Phone) -> None:
    """The phone was found: it may take a list along again."""
    Phone.objects.filter(pk=phone.pk).update(revoked_at=None, revoked_by=None)


def phones_holding(unit_ids: Iterable[int] | None, *, at: datetime) -> Sequence[Phone]:
    """The phones that hold lists of these units (None: of all), and those that are revoked lately."""
    lately = Phone.objects.holding(at) | Phone.objects.filter(revoked_at__gt=at - timedelta(days=14))
    if unit_ids is not None:
        of_units = Round.objects.filter(work_list__unit__in=list(unit_ids)).values("pk")
        activities_alone = Q(held__occurrence__isnull=False, user__employee__unit__in=list(unit_ids))
        lately = lately.filter(Q(held__visit__round__in=of_units) | activities_alone)
    return list(lately.select_related("user", "revoked_by").distinct().order_by(F("last_seen").desc(), "pk"))


def _list(round_: Round) -> dict[str, Any]:
    unit = round_.work_list.unit
    return {
        "name": round_.work_list.name,
        "unit": unit.name,
        "phone": unit.phone,
        "note": round_.note,
        "on": round_.on.isoformat(),
    }


def _visit(stop: Stop, me: Employee) -> dict[str, Any]:
    visit, citizen, portrait = stop.visit, stop.citizen, stop.portrait
    other = visit.together_with
    with_whom = (other.round.taken_by.name if other.round.taken_by else other.round.work_list.name) if other else ""
    known = {name: getattr(portrait, name, "") for name in ("what_matters", "talk_about", "avoid", "good_to_know")}
    return {
        "id": visit.pk,
        "citizen": citizen.pk,
        "name": citizen.name,
        "short": citizen.short_name,
        "initials": citizen.initials,
        "called": citizen.called,
        "address": citizen.address,
        "phone": citizen.phone,
        "place": [citizen.latitude, citizen.longitude] if citizen.latitude and citizen.longitude else None,
        "at": visit.planned_start.isoformat(),
        "minutes": visit.minutes,
        "what": visit.what,
        "asks": str(visit.get_competence_display()) if visit.competence else "",
        "state": visit.state,
        "mine": visit.done_by_id in (None, me.pk),
        "started": visit.started_at.isoformat() if visit.started_at else None,
        "ended": visit.ended_at.isoformat() if visit.ended_at else None,
        "drive": stop.drive,
        "together": with_whom,
        "role": stop.my_role,
        "first": stop.first_time,
        "read": [_note(note) for note in stop.must_read],
        "news": [_note(note) for note in stop.news],
        "call": _call(stop),
        "does": getattr(portrait, "i_do_myself", ""),
        **known,
    }


def _note(note: Note) -> dict[str, str]:
    return {"text": note.text, "by": note.author.first_name, "at": note.written_at.isoformat()}


def _call(stop: Stop) -> dict[str, str] | None:
    tie = stop.call_first
    return {"name": tie.name, "relation": tie.relation, "phone": tie.phone} if tie and tie.phone else None
