"""How long the drives between places take: by road where there is a road map, otherwise straight line times a factor.

On top come the road notices: a ferry, a closed road (road_notices.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from omtanke.kernel.travel import Minutes, Place, minutes_between, nearest
from omtanke.people.models import Hamlet
from omtanke.planning.models import RoadNotice
from omtanke.planning.roads import logger, minutes_by_road

UNKNOWN = 15.0  # minutes to a place that nobody has put on the map, where nothing is known at all
BELONGS_WITHIN_KM = 30.0  # a house further from every hamlet than that lies in none


@dataclass(frozen=True)
class Ways:
    """`minutes[i, j]` from place i to place j. `by_road` tells whether a road map was asked, `not_by_road` which places
    no road reached, `not_on_the_map` which have no place at all."""

    minutes: Minutes
    by_road: bool = False
    not_by_road: tuple[str, ...] = ()
    not_on_the_map: tuple[str, ...] = ()


def matrix(
    places: Mapping[str, Place | None],
    *,
    days: Iterable[date] = (),
    hamlets: Mapping[str, int | None] | None = None,
) -> Minutes:
    """Minutes from each place to each, in their order: `ways(...)` for those who need nothing else."""
    return ways(places, days=days, hamlets=hamlets).minutes


def ways(
    places: Mapping[str, Place | None],
    *,
    days: Iterable[date] = (),
    hamlets: Mapping[str, int | None] | None = None,
) -> Ways:
    """The drives between places, by their name. `days` bring the road notices that hold then: of several days the
    slowest counts for each drive, so that nobody is late on the day when the ferry is full. `hamlets` says in which
    hamlet a place lies where that is known, otherwise it lies in the nearest one."""
    where = list(places.values())
    straight = minutes_between(where)
    roads = minutes_by_road(where)
    minutes = straight if roads is None else np.where(np.isnan(roads), straight, roads)
    minutes = _with_unknown(minutes)
    minutes += extra_minutes([*places], where, hamlets or {}, days)
    missing = tuple(name for name, place in places.items() if place is None)
    lonely = () if roads is None else _without_a_road(list(places), roads, set(missing))
    if lonely:
        logger.warning("No road leads to %d of %d places: straight lines do for them.", len(lonely), len(places))
    return Ways(minutes, roads is not None, lonely, missing)


def _with_unknown(minutes: Minutes) -> Minutes:
    """To a place that is not on the map: as long as to the others on average."""
    unknown = np.isnan(minutes)
    apart = minutes[~unknown & (minutes > 0)]
    filled = np.where(unknown, np.round(apart.mean()) if apart.size else UNKNOWN, minutes)
    np.fill_diagonal(filled, 0.0)
    return np.asarray(filled, dtype=np.float64)


def _without_a_road(names: Sequence[str], roads: Minutes, missing: set[str]) -> tuple[str, ...]:
    """Places that cannot be driven to from where most are: an island, a spot that is wrong."""
    known = np.array([name not in missing for name in names])
    reached = np.where(known, (~np.isnan(roads)).sum(axis=1), 0)
    alone = 1  # everybody reaches themselves
    most = int(reached.max(initial=0))
    return tuple(
        name
        for name, on_map, count in zip(names, known, reached, strict=True)
        if on_map and (count < most or most == alone)
    )


def extra_minutes(
    names: Sequence[str], where: Sequence[Place | None], hamlets: Mapping[str, int | None], days: Iterable[date]
) -> Minutes:
    """What the road notices add from each place to each, on the worst of the days."""
    at_worst = np.zeros((len(names), len(names)))
    days = sorted(days)
    notices = list(RoadNotice.objects.during(days[0], days[-1])) if days else []
    if not notices:
        return at_worst
    lies_in = _hamlets_of(names, where, hamlets)
    for day in days:
        extra = np.zeros_like(at_worst)
        for notice in notices:
            if notice.holds_on(day):
                _add(extra, notice, lies_in)
        np.maximum(at_worst, extra, out=at_worst)
    return at_worst


def _add(extra: Minutes, notice: RoadNotice, lies_in: Minutes) -> None:
    here = lies_in == notice.from_hamlet_id
    there = ~here if notice.to_hamlet_id is None else lies_in == notice.to_hamlet_id
    extra[np.ix_(here, there)] += notice.minutes
    if notice.both_ways:
        extra[np.ix_(there, here)] += notice.minutes


def _hamlets_of(names: Sequence[str], where: Sequence[Place | None], given: Mapping[str, int | None]) -> Minutes:
    """The hamlet that each place lies in, as its number; 0 for none."""
    on_the_map = Hamlet.objects.filter(latitude__isnull=False, longitude__isnull=False).order_by("pk")
    rows = list(on_the_map.values_list("pk", "latitude", "longitude"))
    spots = [Place(latitude or 0.0, longitude or 0.0) for _pk, latitude, longitude in rows]
    found = []
    for name, place in zip(names, where, strict=True):
        hamlet = given.get(name)
        if hamlet is None and place is not None:
            near = nearest(place, spots, within_km=BELONGS_WITHIN_KM)
            hamlet = None if near is None else rows[near][0]
        found.append(hamlet or 0)
    return np.array(found, dtype=np.float64)
