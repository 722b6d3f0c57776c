"""Driving times are rough, never negative, and honest about what is not known."""

import pytest

from omtanke.kernel.travel import Place, distance_km, driving_minutes

LEINESFJORD, NORDFOLD = Place(67.7228, 14.9889), Place(67.7663, 15.2327)


def test_the_distance_is_that_of_the_map():
    assert distance_km(LEINESFJORD, NORDFOLD) == pytest.approx(11.4, abs=0.3)


def test_the_next_door_in_the_same_house_takes_no_time():
    assert driving_minutes(LEINESFJORD, LEINESFJORD) == 0


def test_the_drive_is_the_same_both_ways_and_takes_time():
    assert driving_minutes(LEINESFJORD, NORDFOLD) == driving_minutes(NORDFOLD, LEINESFJORD) == 21


def test_an_unknown_place_gives_no_answer_rather_than_a_wrong_one():
    assert driving_minutes(LEINESFJORD, None) is None
