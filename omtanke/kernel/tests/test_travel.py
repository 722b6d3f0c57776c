"""Driving times are rough, never negative, and honest about what is not known."""

from types import SimpleNamespace

import pytest

from omtanke.kernel.travel import Place, distance_km, driving_minutes, minutes_between, nearest, place_of

LEINESFJORD, NORDFOLD = Place(67.7228, 14.9889), Place(67.7663, 15.2327)


def test_the_distance_is_that_of_the_map():
    assert distance_km(LEINESFJORD, NORDFOLD) == pytest.approx(11.4, abs=0.3)


def test_the_next_door_in_the_same_house_takes_no_time():
    assert driving_minutes(LEINESFJORD, LEINESFJORD) == 0


def test_the_drive_is_the_same_both_ways_and_takes_time():
    assert driving_minutes(LEINESFJORD, NORDFOLD) == driving_minutes(NORDFOLD, LEINESFJORD) == 21


def test_an_unknown_place_gives_no_answer_rather_than_a_wrong_one():
    assert driving_minutes(LEINESFJORD, None) is None


def test_all_at_once_says_the_same_as_one_by_one():
    places = [LEINESFJORD, NORDFOLD, Place(67.7228, 14.9890), None, Place(67.9262, 14.9872)]
    minutes = minutes_between(places)
    one_by_one = [[driving_minutes(a, b) for b in places] for a in places]
    assert [[None if m != m else m for m in row] for row in minutes.tolist()] == one_by_one


def test_the_nearest_is_found_unless_all_are_too_far():
    far = Place(60.0, 10.0)
    assert nearest(Place(67.72, 14.98), [NORDFOLD, LEINESFJORD]) == 1
    assert nearest(far, [NORDFOLD, LEINESFJORD], within_km=30) is None
    assert nearest(far, []) is None


def test_a_place_is_the_first_that_is_known_a_home_or_else_its_hamlet():
    home, hamlet = SimpleNamespace(latitude=None, longitude=15.0), SimpleNamespace(latitude=67.9, longitude=15.1)
    assert place_of(home, hamlet) == Place(67.9, 15.1)
    assert place_of(Place(0.0, 0.0), hamlet) == Place(0.0, 0.0)  # on the equator is somewhere too
    assert place_of(home, None) is None
