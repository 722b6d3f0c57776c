"""How long is the drive? Straight line times a factor, until an operator gives a road map."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
ROAD_FACTOR = 1.4  # a coast with fjords: roads are longer than the crow flies
KM_PER_HOUR = 50.0
GETTING_IN_AND_OUT = 2.0  # minutes: belt, ice on the windscreen, the path to the door


@dataclass(frozen=True)
class Place:
    """Degrees north and east, WGS 84."""

    latitude: float
    longitude: float


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
    if kilometres < 0.05:
        return 0
    return round(kilometres * ROAD_FACTOR / KM_PER_HOUR * 60 + GETTING_IN_AND_OUT)
