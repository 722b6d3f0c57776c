"""How long the drives between places take: straight line times a factor (kernel/travel.py)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from omtanke.kernel.travel import EARTH_RADIUS_KM, GETTING_IN_AND_OUT, KM_PER_HOUR, ROAD_FACTOR, Place

SAME_HOUSE_KM = 0.05
UNKNOWN = 10.0  # minutes to a place that nobody has put on the map, where nothing is known at all


def matrix(places: Mapping[str, Place | None]) -> npt.NDArray[np.float64]:
    """Minutes from each place to each, in their order. To a place that is not on the map: the average of all ways."""
    north = np.radians([place.latitude if place else np.nan for place in places.values()])
    east = np.radians([place.longitude if place else np.nan for place in places.values()])
    across = np.sin((north[:, None] - north[None, :]) / 2) ** 2
    along = np.cos(north)[:, None] * np.cos(north)[None, :] * np.sin((east[:, None] - east[None, :]) / 2) ** 2
    kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, across + along)))
    minutes = np.round(kilometres * ROAD_FACTOR / KM_PER_HOUR * 60 + GETTING_IN_AND_OUT)
    minutes[kilometres < SAME_HOUSE_KM] = 0.0
    known = minutes[~np.isnan(minutes)]
    filled = np.where(np.isnan(minutes), known.mean() if known.size else UNKNOWN, minutes)
    np.fill_diagonal(filled, 0.0)
    return np.asarray(filled, dtype=np.float64)
