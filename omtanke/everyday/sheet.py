"""A citizen's own sheet to take home: what I have said yes to and who fetches me, what fits me, and what is near me."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _

from omtanke.everyday.icons import icon_of
from omtanke.everyday.models import Assignment, Occurrence, Participation, Wish
from omtanke.everyday.poster import place_words
from omtanke.everyday.talk import last_talk, liked
from omtanke.kernel.travel import distance_km, place_of
from omtanke.people.models import Belonging, Citizen, Unit
from omtanke.shell.pictures import svg

AHEAD, MINE_AHEAD = timedelta(weeks=4), timedelta(weeks=2)  # more would be a list to read
NEAR_KM = 12.0
SHOWN = 6


def sheet(citizen: Citizen, *, now: datetime) -> dict[str, Any]:
    """What the sheet says, in the active language; for sheet.typ and sheet.html alike."""
    mine = _mine(citizen, now)
    helped = _helped(citizen, now)
    seen = {part.occurrence_id for part in mine}
    coming = list(_coming(now).exclude(pk__in=seen))
    likes = interests_of(citizen)
    fitting = _one_of_each(one for one in coming if likes & set(one.activity.interests))[:SHOWN]
    fits = {one.activity_id for one in fitting}
    near = _one_of_each(one for one in coming if one.activity_id not in fits and _is_near(citizen, one))[:SHOWN]
    return {
        "title": _("My weeks"),
        "name": citizen.called or citizen.first_name,
        "day": format_date(timezone.localtime(now), "DATE_FORMAT"),
        "mine": [_part(part, helped) for part in mine if part.state != Participation.State.INVITED],
        "asked": [_part(part, helped) for part in mine if part.state == Participation.State.INVITED],
        "fitting": [_offer(one) for one in fitting],
        "near": [_offer(one) for one in near],
        "said_yes": _("I have said yes to"),
        "asked_to": _("I am asked to"),
        "fits_me": _("Fits what I like"),
        "near_me": _("Near me"),
        "say": _("Say yes or no to the one who comes to you."),
        "nothing": _("Nothing is agreed yet. Ask, and we find something together."),
        "ask": _ask(citizen),
    }


def interests_of(citizen: Citizen) -> set[str]:
    """The codes of what they love or wish for now."""
    wished = set(Wish.objects.filter(citizen=citizen).open().exclude(interest="").values_list("interest", flat=True))
    talk = last_talk(citizen.pk)
    return wished | ({one.code for one in liked(talk)} if talk else set())


def _mine(citizen: Citizen, now: datetime) -> list[Participation]:
    parts = Participation.objects.filter(
        citizen=citizen, ends__gte=now, starts__lt=now + MINE_AHEAD, state__in=["yes", "invited", "cancelled"]
    )
    related = ("occurrence__activity__arena__hamlet", "occurrence__arena__hamlet")
    return list(parts.select_related(*related).order_by("starts", "pk"))


def _helped(citizen: Citizen, now: datetime) -> dict[int, list[Assignment]]:
    """Who has said yes to drive or come along, by participation."""
    found: dict[int, list[Assignment]] = {}
    yes = Assignment.objects.filter(citizen=citizen, state=Assignment.State.ACCEPTED, ends__gte=now)
    for one in yes.select_related("volunteer").order_by("kind"):
        if one.participation_id:
            found.setdefault(one.participation_id, []).append(one)
    return found


def _coming(now: datetime) -> Any:
    ahead = Occurrence.objects.going_ahead().filter(starts__gt=now, starts__lt=now + AHEAD)
    return ahead.filter(activity__open_to_all=True).with_place().in_order()


def _one_of_each(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """The next time of each activity."""
    first: dict[int, Occurrence] = {}
    for one in occurrences:
        first.setdefault(one.activity_id, one)
    return list(first.values())


def _is_near(citizen: Citizen, one: Occurrence) -> bool:
    place = one.place
    if place is None:
        return False
    if place.hamlet_id and place.hamlet_id == citizen.hamlet_id:
        return True
    home, there = place_of(citizen), place_of(place)
    return home is not None and there is not None and distance_km(home, there) <= NEAR_KM


def _part(part: Participation, helped: dict[int, list[Assignment]]) -> dict[str, Any]:
    one = part.occurrence
    cancelled = part.state == Participation.State.CANCELLED or one.cancelled_at is not None
    words = [_help(assignment) for assignment in helped.get(part.pk, [])] if not cancelled else []
    return _offer(one) | {"cancelled": _("Cancelled") if cancelled else "", "words": words}


def _help(assignment: Assignment) -> str:
    name = assignment.volunteer.name
    if assignment.kind == Assignment.Kind.RIDE:
        at = timezone.localtime(assignment.pick_up_at or assignment.starts)
        return _("%(name)s fetches you at %(clock)s.") % {"name": name, "clock": f"{at:%H:%M}"}
    return _("%(name)s comes along.") % {"name": name}


def _offer(one: Occurrence) -> dict[str, Any]:
    begins, ends = timezone.localtime(one.starts), timezone.localtime(one.ends)
    clock = _("the whole day") if one.activity.all_day else f"{begins:%H:%M}–{ends:%H:%M}"
    return {
        "day": format_date(begins, "WEEKDAY_FORMAT").capitalize(),
        "clock": clock,
        "title": one.activity.title,
        "place": place_words(one),
        "more": one.note,
        "picture": icon_of(one.activity),
        "icon": svg(icon_of(one.activity)),
        "cancelled": "",
        "words": [],
    }


def _ask(citizen: Citizen) -> str:
    theirs = Unit.objects.filter(belongings__in=Belonging.objects.current().filter(citizen=citizen)).exclude(phone="")
    at_home = {Unit.Kind.ZONE, Unit.Kind.SHELTERED_HOUSING}  # whose telephone is answered round the clock
    unit = min(theirs, key=lambda one: one.kind not in at_home, default=None)
    if unit is None:
        return ""
    return _("Do you want to come, or need a ride? Call %(unit)s, %(phone)s.") % {"unit": unit, "phone": unit.phone}
