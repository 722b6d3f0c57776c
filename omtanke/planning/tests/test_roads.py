"""With a road map, drives are as long as the roads; where no road leads, the straight line does, and that is said.

The map is made here: a road around a fjord, an island without a bridge. Valhalla reads it as it reads a real extract.
"""

import logging
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from omtanke.kernel.travel import Place, driving_minutes
from omtanke.planning.roads import road_map
from omtanke.planning.tests.osm import write_extract
from omtanke.planning.travel import matrix, ways

WEST, EAST, HEAD = Place(67.80, 15.00), Place(67.80, 15.05), Place(67.90, 15.02)
ISLAND, OUT_AT_SEA = Place(67.70, 15.40), Place(67.95, 14.00)
PLACES = {"west": WEST, "east": EAST, "island": ISLAND, "sea": OUT_AT_SEA}


def around_the_fjord(folder: Path) -> Path:
    """West and east look at each other across the fjord; the road goes round its head. The island has its own road."""
    spots = [WEST, HEAD, EAST, ISLAND, Place(67.70, 15.45)]
    nodes = {n: (spot.latitude, spot.longitude) for n, spot in enumerate(spots, start=1)}
    road = {"highway": "secondary", "maxspeed": "60"}
    return write_extract(folder / "fjord.osm.pbf", nodes, {1: (road, [1, 2, 3]), 2: (road, [4, 5])})


@pytest.fixture
def fjord(tmp_path, settings):
    settings.ROADS = tmp_path / "roads"
    call_command("roads", "build", str(around_the_fjord(tmp_path)))


@pytest.mark.django_db
def test_the_drive_goes_round_the_fjord(fjord):
    straight = driving_minutes(WEST, EAST)
    minutes = matrix(PLACES)
    assert straight == 6
    assert minutes[0, 1] == minutes[1, 0] == pytest.approx(24, abs=4)  # 22 km at 60 km/h, and the belt
    assert minutes[0, 0] == 0


@pytest.mark.django_db
def test_where_no_road_leads_the_straight_line_does_and_says_so(fjord, caplog):
    with caplog.at_level(logging.WARNING, "omtanke.planning.roads"):
        found = ways(PLACES)
    assert found.by_road
    assert found.minutes[0, 2] == driving_minutes(WEST, ISLAND)
    assert found.minutes[0, 3] == driving_minutes(WEST, OUT_AT_SEA)
    assert found.not_by_road == ("island", "sea")
    assert "No road leads to 2 of 4 places" in caplog.text


@pytest.mark.django_db
def test_without_a_road_map_the_straight_line_does_for_all(tmp_path, settings):
    settings.ROADS = tmp_path / "nothing"
    found = ways(PLACES)
    assert road_map() is None
    assert not found.by_road
    assert found.not_by_road == ()
    assert found.minutes[0, 1] == driving_minutes(WEST, EAST)


@pytest.mark.django_db
def test_a_place_that_is_not_on_the_map_is_as_far_as_the_others_on_average(fjord):
    found = ways({"west": WEST, "east": EAST, "unknown": None})
    assert found.minutes[0, 2] == found.minutes[2, 0] == found.minutes[0, 1]
    assert found.minutes[2, 2] == 0
    assert found.not_on_the_map == ("unknown",)
    assert ways({"unknown": None, "too": None}).minutes.tolist() == [[0, 15], [15, 0]]


@pytest.mark.django_db
def test_a_file_that_is_no_map_is_refused_and_the_old_map_stays(fjord, tmp_path):
    before = matrix(PLACES)
    (tmp_path / "letter.osm.pbf").write_text("Dear sir")
    with pytest.raises(CommandError, match="gave no road map"):
        call_command("roads", "build", str(tmp_path / "letter.osm.pbf"))
    with pytest.raises(CommandError, match="no file"):
        call_command("roads", "build", str(tmp_path / "nowhere.osm.pbf"))
    assert (matrix(PLACES) == before).all()


@pytest.mark.django_db
def test_a_new_map_is_used_at_once(fjord, tmp_path):
    before = matrix(PLACES)
    bridge = {1: (WEST.latitude, WEST.longitude), 2: (EAST.latitude, EAST.longitude)}
    file = write_extract(tmp_path / "bridge.osm.pbf", bridge, {1: ({"highway": "primary"}, [1, 2])})
    call_command("roads", "build", str(file))
    assert matrix(PLACES)[0, 1] < before[0, 1] / 2
