"""A driver's rides: where to go first, when, whom to fetch, and whom to call."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from omtanke.access.models import User
from omtanke.everyday.models import Assignment, Occurrence
from omtanke.people.models import Citizen


@dataclass
class Ride:
    """One outing: stops in order. Who it is, the driver sees from the day before."""

    occurrence: Occurrence
    stops: list[tuple[Assignment, Citizen | None]] = field(default_factory=list)

    @property
    def first(self) -> datetime:
        return min(one.pick_up_at or one.starts for one, _who in self.stops)


def rides_of(user: User, *, at: datetime) -> list[Ride]:
    """What the volunteer has said yes to drive, soonest first."""
    theirs = Assignment.objects.filter(volunteer__user=user, state=Assignment.State.ACCEPTED, kind=Assignment.Kind.RIDE)
    coming = theirs.filter(ends__gte=at - timedelta(hours=2), occurrence__isnull=False)
    found: dict[int, Ride] = {}
    stops = list(coming.select_related("occurrence__activity__arena").order_by("starts", "stop_number", "pk"))
    people = Citizen.objects.prefetch_related("needs_notes").in_bulk({one.citizen_id for one in stops})
    of: dict[int, list[tuple[Assignment, Citizen | None]]] = defaultdict(list)
    for one in stops:
        if one.occurrence is not None:
            found.setdefault(one.occurrence.pk, Ride(one.occurrence, of[one.occurrence.pk]))
            of[one.occurrence.pk].append((one, people.get(one.citizen_id)))
    return sorted(found.values(), key=lambda ride: ride.first)
