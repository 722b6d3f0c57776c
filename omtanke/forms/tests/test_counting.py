"""Numbers about a unit never show what one person answered: 1 to 4 is hidden, and cannot be worked out."""

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from omtanke.forms.counting import count, count_levels, hidden_if_small
from omtanke.forms.reading import form_of
from omtanke.forms.tests.small import SLEEP

FORM = form_of(SLEEP)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([0, 5, 9], [0, 5, 9]),
        ([2, 3, 9], [None, None, 9]),
        ([1, 6, 9], [None, None, 9]),
        ([4, 0, 0], [None, 0, 0]),
    ],
)
def test_small_numbers_are_hidden_and_one_more_where_they_add_up(numbers, shown):
    assert hidden_if_small(numbers, add_up=True) == shown


def test_where_people_choose_several_nothing_adds_up_and_only_the_small_is_hidden():
    assert hidden_if_small([1, 6, 9], add_up=False) == [None, 6, 9]


@hypothesis_given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_a_hidden_number_cannot_be_worked_out_from_the_sum(numbers):
    shown = hidden_if_small(numbers, add_up=True)
    assert all(number is None or number == 0 or number >= 5 for number in shown)
    if shown.count(None) == 1:
        assert not any(shown), "alone it is the whole sum, and the page shows no sum below five"


def test_fewer_than_five_people_show_nothing():
    assert count(FORM, [{"sleep": ["well"]}] * 4) == []
    assert count_levels(FORM, []) == []


def test_answers_are_counted_where_the_question_was_asked():
    slept_badly = {"sleep": ["badly"], "why": ["pain", "noise"]}
    well_after_all = {"sleep": ["well"], "why": ["pain"]}
    questions = count(FORM, [slept_badly] * 6 + [well_after_all] * 7)
    assert [[line.number for line in one.lines] for one in questions] == [[7, 6], [6, 6]]
