"""Dates are written as each language writes them, and every language names every way of writing one."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from omtanke.shell.formats.en import formats as english
from omtanke.shell.formats.nb import formats as norwegian
from omtanke.shell.formats.sv import formats as swedish
from omtanke.shell.templatetags.omtanke import day


@pytest.mark.parametrize(
    ("language", "weekday", "in_three_days", "next_year"),
    [
        ("nb", "onsdag 25. november", "lørdag", "3. januar 2027"),
        ("sv", "onsdag 25 november", "lördag", "3 januari 2027"),
        ("en", "Wednesday 25 November", "Saturday", "3 January 2027"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language, weekday, in_three_days, next_year):
    today = date(2026, 11, 25)
    with translation.override(language):
        assert date_format(today, "WEEKDAY_FORMAT") == weekday
        assert day(date(2026, 11, 28), today) == in_three_days
        assert day(date(2027, 1, 3), today) == next_year


def test_what_one_language_names_the_others_name_too():
    """A name that a language lacks would be read as letters of a format, and come out as nonsense."""
    named = [{name for name in vars(one) if name.isupper()} for one in (norwegian, swedish, english)]
    assert named[0] == named[1] == named[2]
