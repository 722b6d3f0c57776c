"""A recurring visit takes place on its weekdays, in its weeks, within its period."""

from datetime import date

import pytest

from omtanke.kernel.recurrence import days_of

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("weekdays", "every_weeks", "expected"),
    [
        pytest.param([0], 1, [2, 9, 16, 23, 30], id="every monday"),
        pytest.param([0, 3], 2, [2, 5, 16, 19, 30], id="monday and thursday every second week"),
        pytest.param([], 1, [], id="on no weekday"),
    ],
)
def test_it_keeps_to_its_weekdays_and_weeks(weekdays, every_weeks, expected):
    days = days_of(weekdays, every_weeks=every_weeks, since=MONDAY, until=None, first=MONDAY, last=date(2026, 11, 30))
    assert [day.day for day in days] == expected


def test_begun_on_a_wednesday_every_second_week_still_means_whole_weeks():
    days = days_of([0], every_weeks=2, since=date(2026, 11, 4), until=None, first=MONDAY, last=date(2026, 11, 30))
    assert [day.day for day in days] == [16, 30]


def test_the_day_it_ends_is_the_first_without_it():
    days = days_of(
        range(7), every_weeks=1, since=MONDAY, until=date(2026, 11, 4), first=MONDAY, last=date(2026, 11, 30)
    )
    assert [day.day for day in days] == [2, 3]
