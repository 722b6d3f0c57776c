"""A group of 1 to 4 people is hidden, and a sum does not give it away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omtanke.kernel.small_numbers import FEWEST, hide_more, hide_small


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_only_one_to_four_are_hidden(number, shown):
    assert hide_small(number) == shown


def test_one_hidden_number_takes_the_next_smallest_with_it():
    assert hide_more({"nord": 9, "sør": None, "vest": 6}, 17) == ({"nord": 9, "sør": None, "vest": None}, 17)


def test_what_the_reader_knows_anyway_does_not_help_to_hide():
    shown, total = hide_more({"nord": 2, "sør": None, "vest": 6}, 11, known={"nord"})
    assert (shown, total) == ({"nord": 2, "sør": None, "vest": None}, 11)
    assert hide_more({"nord": 7, "sør": None}, 9, known={"nord"}) == ({"nord": 7, "sør": None}, None)


def test_nothing_small_hides_nothing():
    assert hide_more({"nord": 9, "sør": 0}, 9) == ({"nord": 9, "sør": 0}, 9)


@given(st.dictionaries(st.integers(), st.integers(0, 20), max_size=6))
def test_what_is_hidden_can_never_be_worked_out_by_subtracting(numbers):
    total = sum(numbers.values())
    shown, sum_shown = hide_more({key: hide_small(n) for key, n in numbers.items()}, total)
    hidden = [key for key, number in shown.items() if number is None]
    if hidden and sum_shown is not None:
        assert len(hidden) > 1
        assert total - sum(n for n in shown.values() if n is not None) >= FEWEST
    assert all(shown[key] is None for key, n in numbers.items() if 0 < n < FEWEST)
