"""A tour on the map goes where the plan goes, in its order; a place nobody has put on the map is passed, not lost."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from omtanke.config.map_tiles import tile_hosts
from omtanke.kernel.planning.example import PLACES, small_example
from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.travel import Place
from omtanke.planning.tours_map import COLOURS, Tour, tours_of

WHERE = {name: Place(67.0 + n / 10, 15.0) for n, name in enumerate(PLACES)} | {"hill": None}


@pytest.fixture
def tours():
    stops = (
        Stop("hill", 480, 510, "morning-care"),
        Stop("church", 720, 750, "dinner"),
        Stop("church", 750, 780, None, 0),
    )
    walk = (Stop("harbour", 600, 645, "walk"),)
    return tours_of(small_example(), Plan({"kari-monday": stops, "siri-monday": walk}), 0, WHERE)


def test_the_stops_are_numbered_in_the_order_of_the_day_with_the_way_to_each(tours):
    kari, siri = tours

    assert [(stop.number, stop.task, stop.drive) for stop in kari.stops] == [(1, "morning-care", 8), (2, "dinner", 7)]
    assert [stop.task for stop in siri.stops] == ["walk"]
    assert (kari.number, siri.number) == (1, 2)


def test_the_line_goes_from_the_base_over_the_stops_and_home(tours):
    kari, siri = tours

    assert kari.line == [WHERE["base"], WHERE["church"], WHERE["base"]]
    assert siri.line == [WHERE["harbour"], WHERE["base"]]  # begins where the first visit is: one point


def test_a_stop_that_is_not_on_the_map_is_told_all_the_same(tours):
    assert [stop.task for stop in tours[0].not_on_the_map] == ["morning-care"]


def test_a_carer_without_visits_has_no_tour():
    assert tours_of(small_example(), Plan(), 0, WHERE) == []


def test_when_the_colours_are_used_up_the_line_is_dashed(tours):
    shift = tours[0].shift
    many = [Tour(number, shift, (), None, None, 0.0) for number in range(1, 2 * COLOURS + 1)]

    assert len({(tour.colour, tour.dashed) for tour in many}) == len(many)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("", []),
        ("/tiles/{z}/{x}/{y}.png", []),
        ("https://tiles.example.org/{z}/{x}/{y}.png", ["https://tiles.example.org"]),
        ("https://{s}.tiles.example.org:8443/a/{z}/{x}/{y}.png?key=1", ["https://*.tiles.example.org:8443"]),
    ],
    ids=["none", "our own host", "one host", "several names"],
)
def test_the_page_may_ask_exactly_the_host_of_the_tiles(address, allowed):
    assert tile_hosts(address) == allowed


@pytest.mark.parametrize(
    "address",
    ["tiles.example.org/{z}/{x}/{y}", "https://{s}/{z}/{x}/{y}", "javascript:{z}{x}{y}", "https://tiles.example.org/"],
)
def test_what_is_no_address_of_tiles_is_refused_when_omtanke_starts(address):
    with pytest.raises(ImproperlyConfigured):
        tile_hosts(address)


def test_without_tiles_the_policy_names_no_host_outside(cast, web):
    policy = web.be(cast.liv).get("/week/").headers["Content-Security-Policy"]

    assert "img-src 'self' data:;" in policy
    assert "http" not in policy


def test_with_tiles_the_settings_let_images_come_from_there_and_nothing_else():
    show = "from omtanke.config import settings; import json; print(json.dumps(settings.SECURE_CSP))"
    tiles = {"OMTANKE_MAP_TILES": "https://tiles.example.org/{z}/{x}/{y}.png"}
    said = subprocess.run([sys.executable, "-c", show], env=os.environ | tiles, check=True, capture_output=True)
    policy = json.loads(said.stdout)

    assert policy.pop("img-src") == ["'self'", "data:", "https://tiles.example.org"]
    assert not any("example.org" in source for sources in policy.values() for source in sources)
