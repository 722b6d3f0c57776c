"""Scores as the instruments say (docs of each: the file's `copyright`); half-answered forms have none."""

from decimal import Decimal

import pytest

from omtanke.forms.reading import form_of
from omtanke.forms.scoring import matters, score
from omtanke.forms.shipped import shipped

WHO5 = ("cheerful", "calm", "active", "rested", "interested")
CASES = [
    ("who-5", {one: ["5"] for one in WHO5}, 100, False),
    ("who-5", {one: ["0"] for one in WHO5}, 0, True),
    ("who-5", dict(zip(WHO5, (["3"], ["3"], ["2"], ["2"], ["3"]), strict=True)), 52, False),
    ("who-5", dict(zip(WHO5, (["3"], ["3"], ["2"], ["2"], ["2"]), strict=True)), 48, True),
    ("loneliness-3", {"companionship": ["1"], "left_out": ["2"], "isolated": ["2"]}, 5, False),
    ("loneliness-3", {"companionship": ["2"], "left_out": ["2"], "isolated": ["2"]}, 6, True),
    ("self-rated-health", {"health": ["very_good"]}, 5, False),
    ("self-rated-health", {"health": ["bad"]}, 2, True),
    ("nutrition-mst", {"weight_loss": ["no"], "eating_less": [False]}, 0, False),
    ("nutrition-mst", {"weight_loss": ["no"], "eating_less": [True]}, 1, False),
    ("nutrition-mst", {"weight_loss": ["unsure"], "eating_less": [False]}, 2, True),
    ("nutrition-mst", {"weight_loss": ["yes"], "how_much": ["over-15"], "eating_less": [True]}, 5, True),
    ("nutrition-mst", {"weight_loss": ["yes"], "how_much": ["1-5"], "eating_less": [False]}, 1, False),
]


@pytest.mark.parametrize(("name", "given", "value", "worth_a_talk"), CASES)
def test_a_score_is_what_the_instrument_says(name, given, value, worth_a_talk):
    reached = score(form_of(shipped(name)), given)
    assert (reached.value, reached.worth_a_talk) == (value, worth_a_talk)
    assert reached.level.said["nb"]


def test_how_much_weight_no_longer_counts_when_there_was_no_loss():
    given = {"weight_loss": ["no"], "how_much": ["over-15"], "eating_less": [False]}
    assert score(form_of(shipped("nutrition-mst")), given).value == 0


@pytest.mark.parametrize("given", [{}, {"cheerful": ["5"]}, {"weight_loss": ["yes"], "eating_less": [True]}])
def test_half_an_answer_has_no_score(given):
    for name in ("who-5", "nutrition-mst"):
        assert score(form_of(shipped(name)), given) is None


def test_the_interest_talk_has_no_score():
    assert score(form_of(shipped("interest-talk")), {"choir": ["strong"]}) is None


def test_each_score_that_can_be_reached_has_a_meaning():
    for name, highest in (("who-5", 100), ("loneliness-3", 9), ("self-rated-health", 5), ("nutrition-mst", 5)):
        levels = form_of(shipped(name)).scoring.levels
        least = int(min(level.least for level in levels))
        for value in range(least, highest + 1):
            assert sum(level.least <= value <= level.most for level in levels) == 1, (name, value)


def test_a_change_of_less_than_ten_on_who5_says_nothing():
    form = form_of(shipped("who-5"))
    assert matters(form, Decimal(52), Decimal(60)) is False
    assert matters(form, Decimal(52), Decimal(62)) is True
    assert matters(form_of(shipped("self-rated-health")), Decimal(2), Decimal(3)) is None
