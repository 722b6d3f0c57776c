"""Whom to ask to visit somebody: what is good to know about each senior beside the person. By name, never ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from omtanke.befriending.before import senior_lacks
from omtanke.befriending.matching import seniors_of
from omtanke.befriending.models import Acquaintance, Match, Order, Rhythm, SeniorProfile, ServiceVisit
from omtanke.befriending.steps import lacks_in_words
from omtanke.everyday import interests
from omtanke.kernel.travel import distance_km, place_of
from omtanke.people.models import Citizen, Employee


@dataclass(frozen=True)
class Candidate:
    """A senior, and what one wants to know: how far, how much time is taken, whether they have met."""

    senior: Employee
    profile: SeniorProfile | None
    km: int | None
    people: int
    minutes_a_week: int
    has_met: bool
    visits_already: bool
    lacks: str = ""

    @property
    def interests(self) -> list[str]:
        return [interests.label(code) for code in self.profile.interests] if self.profile else []

    @property
    def minutes_left(self) -> int | None:
        """In a week, of what they have said that they have."""
        return None if self.profile is None else self.profile.hours_a_week * 60 - self.minutes_a_week


def candidates_for(order: Order, on: date) -> list[Candidate]:
    """The seniors of the order's department, by name."""
    seniors = seniors_of(order.department_id, on)
    profiles = {one.employee_id: one for one in SeniorProfile.objects.select_related("hamlet")}
    citizen = Citizen.objects.filter(pk=order.citizen_id or 0).select_related("hamlet").first()
    taken, people, met = _taken(seniors, on), _people(seniors, on), _have_met(order)
    here = set(Match.objects.standing(on).filter(order=order).values_list("senior_id", flat=True))
    return [
        Candidate(
            senior,
            profiles.get(senior.pk),
            _km(citizen, profiles.get(senior.pk)),
            len(people[senior.pk]),
            round(taken[senior.pk]),
            senior.pk in met,
            senior.pk in here,
            lacks_in_words(senior_lacks(senior)),
        )
        for senior in seniors
    ]


def _taken(seniors: Iterable[Employee], on: date) -> defaultdict[int, float]:
    """Minutes in a week that are planned with others already."""
    taken: defaultdict[int, float] = defaultdict(float)
    running = Rhythm.objects.filter(match__senior__in=seniors).filter(Q(until=None) | Q(until__gt=on))
    for senior_id, minutes, every in running.values_list("match__senior_id", "minutes", "every_weeks"):
        taken[senior_id] += minutes / every
    return taken


def _people(seniors: Iterable[Employee], on: date) -> defaultdict[int, set[int]]:
    people: defaultdict[int, set[int]] = defaultdict(set)
    for senior_id, citizen_id in (
        Match.objects.standing(on).filter(senior__in=seniors).values_list("senior_id", "citizen_id")
    ):
        people[senior_id].add(citizen_id)
    return people


def _have_met(order: Order) -> set[int]:
    """Who has been there: at a meeting, or on a visit."""
    meetings = Acquaintance.objects.filter(citizen=order.citizen_id, held_at__isnull=False)
    visits = ServiceVisit.objects.done().filter(citizen=order.citizen_id)
    return set(meetings.values_list("held_by_id", flat=True)) | set(visits.values_list("senior_id", flat=True))


def _km(citizen: Citizen | None, profile: SeniorProfile | None) -> int | None:
    """As the crow flies, from the senior's hamlet to the person's home, or to their hamlet."""
    home = place_of(citizen, citizen.hamlet if citizen else None)
    theirs = place_of(profile.hamlet if profile else None)
    return round(distance_km(home, theirs)) if home and theirs else None
