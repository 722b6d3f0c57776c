"""How somebody gets to what they are signed up for, and who is looked for when they need a driver or company.

What they say is kept with their place. Whoever is needed is looked for from the moment they have the place, with a name
for who does it; given up, cancelled, or another way found: nobody is looked for more, and whoever was asked sees so.
A place that came from the month's plan says nothing here: its driver was asked by the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import PERMISSIONS, Permission, Role
from omtanke.everyday import assignments
from omtanke.everyday.models import Arena, Assignment, HelpWanted, Occurrence, Participation
from omtanke.everyday.needs import Need, needs_of
from omtanke.kernel.moments.problem import WALKING_KM
from omtanke.kernel.travel import Place, distance_km, driving_minutes, place_of
from omtanke.people.models import Belonging, Citizen, Employee

Way, Kind = Participation.Way, Assignment.Kind
LOOK_FOR = (Role.ACTIVITY_COORDINATOR, Role.LEADER)  # who may ask volunteers, the nearest first


@dataclass(frozen=True)
class GettingThere:
    """What they say: the way, who drives if it is somebody they know, and whether they want company."""

    way: str = ""
    driven_by: str = ""
    company: bool = False


def supposed_way(citizen: Citizen, occurrence: Occurrence, known: Participation | None, on: date) -> GettingThere:
    """What to ask about first: what was said for this place, else what they usually need. Nobody is driven next
    door."""
    if known and known.way:
        return GettingThere(known.way, known.driven_by, known.wants_company)
    asked = _standing(known).values_list("kind", flat=True) if known else ()
    needs = needs_of([citizen], on)[citizen.pk]
    way = Way.OWN if needs.confirmed else ""
    if Kind.RIDE in asked:
        way = Way.DRIVER
    elif Need.RIDE in needs.needs:
        way = Way.WALKS if _is_next_door(citizen, occurrence.place) else Way.DRIVER
    return GettingThere(way, company=Kind.COMPANY in asked or Need.COMPANY in needs.needs)


def note_way(place: Participation, said: GettingThere) -> bool:
    """Onto the place, not saved. Whether it is another way than before."""
    is_new = place.way != said.way
    place.way, place.wants_company = said.way, said.company
    place.driven_by = said.driven_by if said.way == Way.DRIVEN else ""
    return is_new


def door_to_door(place: Participation) -> tuple[datetime, datetime]:
    """From when to when they are away: with the road, when one of us drives; as long as it was, if somebody was asked
    to before."""
    held = place.occurrence
    if place.way not in {"", Way.DRIVER}:
        return held.starts, held.ends
    rides = Assignment.objects.filter(participation=place.pk, kind=Kind.RIDE) if place.pk else None
    if rides is not None and (ride := rides.order_by("-pk").first()):
        return assignments.from_door_to_door(ride, held)
    way = timedelta(minutes=_minutes_on_the_way(place) if place.way == Way.DRIVER else 0)
    return held.starts - way, held.ends + way


@transaction.atomic
def look_for_help(place: Participation, *, by: User | None, at: datetime) -> list[HelpWanted]:
    """Whoever they need and nobody has been asked to: looked for from now, by somebody with a name. Whoever is not
    needed any more is told so. Returns who is newly looked for; again at once changes nothing."""
    if not place.way:
        return []
    needs = {Kind.RIDE: place.way == Way.DRIVER, Kind.COMPANY: place.wants_company}
    new = [_look_for(place, kind, by=by, at=at) for kind, needed in needs.items() if needed and not _has(place, kind)]
    for kind, needed in needs.items():
        if not needed:
            assignments.not_needed(place, by=by, at=at, kind=kind)
    return new


def _has(place: Participation, kind: str) -> bool:
    wanted = HelpWanted.objects.open().filter(participation=place, kind=kind)
    return wanted.exists() or _standing(place).filter(kind=kind).exists()


def _standing(place: Participation) -> assignments.Given:
    return Assignment.objects.filter(participation=place, state__in=[*assignments.STANDING, Assignment.State.DONE])


def _look_for(place: Participation, kind: str, *, by: User | None, at: datetime) -> HelpWanted:
    begins = place.starts if kind == Kind.RIDE else place.occurrence.starts
    says = {"owner": who_looks(place.citizen_id, by=by), "starts": begins, "made_at": at, "because": "needed"}
    wanted, _new = HelpWanted.objects.update_or_create(
        citizen_id=place.citizen_id,
        participation=place,
        kind=kind,
        assignment=None,
        defaults={**says, "occurrence": place.occurrence, "found_at": None, "found_by": None},
    )
    return wanted


def who_looks(citizen_id: int, *, by: User | None) -> Employee | None:
    """Whoever signs them up, if they may ask volunteers; otherwise who arranges activities for the person's unit, or
    leads it; otherwise whoever has their wishes."""
    units = list(Belonging.objects.current().filter(citizen=citizen_id).values_list("unit_id", flat=True))
    may = RoleAssignment.objects.current().filter(Q(unit_id__in=units) | Q(unit_id=None), role__in=LOOK_FOR)
    roles = {user: LOOK_FOR.index(Role(role)) for user, role in may.order_by("-role").values_list("user", "role")}
    if by and _may_ask(by):
        roles[by.pk] = -1
    near = Employee.objects.at_work().filter(user__in=list(roles))
    nearest = min(near, key=lambda one: (roles[one.user_id or 0], one.pk), default=None)
    if nearest is None and (pk := assignments.owner_of(citizen_id)):
        return Employee.objects.get(pk=pk)
    return nearest


def _may_ask(user: User) -> bool:
    roles: Iterable[str] = RoleAssignment.objects.current().filter(user=user).values_list("role", flat=True)
    return any(Permission.LOOK_AFTER_VOLUNTEERS in PERMISSIONS[Role(role)] for role in roles)


def _minutes_on_the_way(place: Participation) -> int:
    home, there = place_of(place.citizen), _where(place.occurrence.place)
    return driving_minutes(home, there) or 0


def _is_next_door(citizen: Citizen, arena: Arena | None) -> bool:
    home, there = place_of(citizen), _where(arena)
    return home is not None and there is not None and distance_km(home, there) <= WALKING_KM


def _where(arena: Arena | None) -> Place | None:
    return place_of(arena, arena.hamlet if arena else None)
