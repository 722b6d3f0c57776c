"""Driving times on a real map of roads, where the operator has given one (`omtanke roads build FILE.osm.pbf`).

Valhalla reckons them, from tiles made of an OpenStreetMap extract. It is an extra (requirements/roads.txt): without it,
or without tiles, or for a place far from every road, the straight line does (travel.py).
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from omtanke.kernel.travel import GETTING_IN_AND_OUT, SAME_HOUSE_KM, Minutes, Place, kilometres_between

TO_A_ROAD = 1_000  # metres; further away than that, a place has no road
AT_ONCE = 500  # places from which ways are asked for in one question
LONGEST_KM = 1_000.0
logger = logging.getLogger("omtanke.planning.roads")


class NoValhalla(Exception):
    """pyvalhalla is not installed: pip install -r requirements/roads.txt"""


class NotBuilt(Exception):
    """The file could not be made into tiles; the words of the builder."""


def build(extract: Path, folder: Path) -> None:
    """Make tiles of an `.osm.pbf` in the folder, in place of those that were there. Raises NoValhalla, NotBuilt."""
    valhalla = _valhalla()
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "tiles").mkdir(parents=True)
    config = fresh / "build.json"
    config.write_text(json.dumps(_config(valhalla, fresh / "tiles")))
    builder = Path(valhalla.PYVALHALLA_DIR) / "bin" / "valhalla_build_tiles"
    made = subprocess.run([builder, "-c", config, extract], capture_output=True, text=True, check=False)  # noqa: S603
    if made.returncode or not any((fresh / "tiles").rglob("*.gph")):
        raise NotBuilt((made.stderr or made.stdout).strip()[-500:] or "No road was found in it.")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def road_map() -> Path | None:
    """The folder of the tiles in use; None when there are none."""
    folder = Path(settings.ROADS)
    return folder if (folder / "tiles").is_dir() else None


def minutes_by_road(places: Sequence[Place | None]) -> Minutes | None:
    """Minutes from each place to each; not a number where no road leads. None when there is no road map to ask.

    Kept for the same places on the same map, because asking takes seconds where there are many.
    """
    folder = road_map()
    if folder is None:
        return None
    try:
        _valhalla()
    except NoValhalla:
        logger.warning("There is a road map in %s, but pyvalhalla is not installed: straight lines do.", folder)
        return None
    spots = tuple(None if place is None else (place.latitude, place.longitude) for place in places)
    return _asked(folder, (folder / "build.json").stat().st_mtime, spots).copy()


@lru_cache(maxsize=8)
def _asked(folder: Path, _made_at: float, spots: tuple[tuple[float, float] | None, ...]) -> Minutes:
    valhalla = _valhalla()
    actor = valhalla.Actor(_config(valhalla, folder / "tiles"))
    minutes = np.full((len(spots), len(spots)), np.nan)
    by_road = _with_a_road(actor, spots)
    if by_road:
        where = [_location(spots[n]) for n in by_road]
        for begin in range(0, len(by_road), AT_ONCE):
            question = {"sources": where[begin : begin + AT_ONCE], "targets": where, "costing": "auto"}
            seconds = actor.matrix(question | {"verbose": False})["sources_to_targets"]["durations"]
            rows = np.asarray(by_road[begin : begin + AT_ONCE])
            minutes[np.ix_(rows, by_road)] = np.array(seconds, dtype=np.float64) / 60
    minutes = np.round(minutes + GETTING_IN_AND_OUT)
    same = kilometres_between([None if spot is None else Place(*spot) for spot in spots]) < SAME_HOUSE_KM
    minutes[same] = 0.0
    return minutes


def _with_a_road(actor: Any, spots: Sequence[tuple[float, float] | None]) -> list[int]:
    """The numbers of the places that have a road near them."""
    known = [n for n, spot in enumerate(spots) if spot is not None]
    found: list[int] = []
    for begin in range(0, len(known), AT_ONCE):
        asked = known[begin : begin + AT_ONCE]
        question = {"locations": [_location(spots[n]) for n in asked], "costing": "auto"}
        found += [n for n, answer in zip(asked, actor.locate(question), strict=True) if answer.get("edges")]
    return found


def _location(spot: tuple[float, float] | None) -> dict[str, float]:
    latitude, longitude = spot or (0.0, 0.0)
    return {"lat": latitude, "lon": longitude, "search_cutoff": TO_A_ROAD}


def _config(valhalla: Any, tiles: Path) -> dict[str, Any]:
    """Valhalla's own defaults, silent, and with room for all places of a municipality in one question."""
    config: dict[str, Any] = valhalla.get_config(tile_extract="", tile_dir=str(tiles))
    config["loki"]["use_connectivity"] = False  # an island has no way, and that is an answer
    limits = config["service_limits"]["auto"]
    limits["max_locations"] = AT_ONCE
    limits["max_matrix_location_pairs"] = 100_000_000
    limits["max_matrix_distance"] = LONGEST_KM * 1000
    return config


def _valhalla() -> Any:
    try:
        import valhalla
    except ImportError as missing:
        raise NoValhalla from missing
    return valhalla
