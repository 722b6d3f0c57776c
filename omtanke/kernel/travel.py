"""How long is the drive? Straight line times a factor, until an operator gives a road map."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, inf, radians, sin, sqrt
from typing import Protocol

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0
ROAD_FACTOR = 1.4  # a coast with fjords: roads are longer than the crow flies
KM_PER_HOUR = 50.0
GETTING_IN_AND_OUT = 2.0  # minutes: belt, ice on the windscreen, the path to the door
SAME_HOUSE_KM = 0.05

type Minutes = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """Degrees north and east, WGS 84."""

    latitude: float
    longitude: float


class Somewhere(Protocol):
    """Whatever may lie somewhere: a home, a hamlet, an arena, a unit's garage."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


def place_of(*somewhere: Somewhere | None) -> Place | None:
    """Where the first of these is whose place is known: a home, or else its hamlet. None when none is."""
    for one in somewhere:
        if one is not None and one.latitude is not None and one.longitude is not None:
            return Place(one.latitude, one.longitude)
    return None


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance in kilometres (haversine)."""
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def driving_minutes(a: Place | None, b: Place | None) -> int | None:
    """Whole minutes from door to door; 0 at the same house; None while one of the places is unknown."""
    if a is None or b is None:
        return None
    kilometres = distance_km(a, b)
    if kilometres < SAME_HOUSE_KM:
        return 0
    return round(kilometres * ROAD_FACTOR / KM_PER_HOUR * 60 + GETTING_IN_AND_OUT)


def minutes_between(places: Sequence[Place | None]) -> Minutes:
    """`driving_minutes` from each place to each, all at once; not a number where one of the two is unknown."""
    kilometres = kilometres_between(places)
    minutes = np.round(kilometres * ROAD_FACTOR / KM_PER_HOUR * 60 + GETTING_IN_AND_OUT)
    minutes[kilometres < SAME_HOUSE_KM] = 0.0
    return minutes


def kilometres_between(places: Sequence[Place | None]) -> Minutes:
    """`distance_km` from each place to each, all at once; not a number where one of the two is unknown."""
    north = np.radians([place.latitude if place else np.nan for place in places])
    east = np.radians([place.longitude if place else np.nan for place in places])
    chord = np.sin((north[:, None] - north) / 2) ** 2
    chord += np.cos(north)[:, None] * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)), dtype=np.float64)


def nearest(place: Place, others: Sequence[Place], *, within_km: float = inf) -> int | None:
    """Which of the others is nearest, unless all are further away than that."""
    away = [distance_km(place, other) for other in others]
    best = min(range(len(away)), key=away.__getitem__, default=None)
    return best if best is not None and away[best] <= within_km else None
