"""An activity happens when the clock on the wall says so, a year ahead, and what nobody can mean is refused by name."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from omtanke.everyday.arrange import arrange
from omtanke.everyday.models import Activity, Occurrence
from omtanke.everyday.repetition import HowOften, Repetition, first_day, in_words, repetition_of, rule_of
from omtanke.everyday.schedule import (
    NeverHappens,
    NotARule,
    Pattern,
    TooLongAgo,
    TooManyTimes,
    TooOften,
    checked,
    roll_forward,
    times,
)

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 10, 1, 12, tzinfo=OSLO)


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)


def walls(found) -> list[str]:
    return [f"{timezone.localtime(at):%d.%m %H:%M}" for at in found]


def test_eleven_is_eleven_before_and_after_the_clocks_change():
    choir = Pattern(oslo(2026, 10, 20, 11), "FREQ=WEEKLY;BYDAY=TU")
    found = times(choir, since=oslo(2026, 10, 1), until=oslo(2026, 11, 4))
    assert walls(found) == ["20.10 11:00", "27.10 11:00", "03.11 11:00"]
    assert [at.astimezone(ZoneInfo("UTC")).hour for at in found] == [9, 10, 10]


def test_the_second_tuesday_the_last_day_and_what_is_left_out_or_added():
    rule = "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270112T225959Z"
    out, extra = oslo(2026, 12, 8, 18), oslo(2026, 12, 10, 18)
    pattern = Pattern(oslo(2026, 11, 10, 18), rule, also_on=(extra,), not_on=(out,))
    found = times(pattern, since=NOW, until=NOW + timedelta(days=400))
    assert walls(found) == ["10.11 18:00", "10.12 18:00", "12.01 18:00"]


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        ("FREQ=SECONDLY", TooOften),
        ("FREQ=DAILY;BYHOUR=9,10,11", TooOften),
        ("FREQ=DAILY;COUNT=10000", TooManyTimes),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", NeverHappens),
        ("FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31", NeverHappens),
        ("FREQ=WEEKLY;UNTIL=20200101T000000Z", NeverHappens),
        ("FREQ=WEEKLY;BYDAY=XX", NotARule),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", NotARule),
        ("FREQ=DAILY;COUNT=-3", NotARule),
        ("FREQ=WEEKLY;UNTIL=soon", NotARule),
        ("every tuesday", NotARule),
        ("FREQ=DAILY;BYSETPOS=2", NotARule),
        ("FREQ=DAILY;INTERVAL=0", NotARule),
    ],
)
def test_a_rule_that_nobody_can_mean_is_refused_by_name(rule, refused):
    with pytest.raises(refused):
        checked(rule, oslo(2026, 11, 24, 10), now=NOW)
    assert checked("FREQ=WEEKLY;BYHOUR=10;BYMINUTE=0", oslo(2026, 11, 24, 10), now=NOW) == "FREQ=WEEKLY"


def test_something_that_began_in_the_year_one_is_refused():
    with pytest.raises(TooLongAgo):
        checked("FREQ=DAILY", oslo(1, 1, 2, 10), now=NOW)


@pytest.mark.django_db
def test_what_goes_on_without_end_lies_a_year_ahead_and_rolls_forward_once():
    facts = {"title": "Kor", "starts": oslo(2026, 10, 6, 11), "minutes": 90, "repeats": "FREQ=WEEKLY;BYDAY=TU"}
    choir = arrange(facts, by=None, now=NOW)
    assert choir.occurrences.count() == 52

    later = NOW + timedelta(days=14)
    assert roll_forward(later) == 2
    assert roll_forward(later) == 0
    Activity.objects.update(active=False)
    assert roll_forward(later + timedelta(days=70)) == 0


@pytest.mark.django_db
def test_a_single_party_is_there_however_far_ahead():
    arrange({"title": "Fest", "starts": oslo(2028, 5, 17, 12), "minutes": 240}, by=None, now=NOW)
    assert walls([Occurrence.objects.get().starts]) == ["17.05 12:00"]


@pytest.mark.parametrize(
    ("repetition", "words"),
    [
        (Repetition(HowOften.ONCE), "En gang"),
        (Repetition(HowOften.WEEKLY, (1,)), "Hver uke på tirsdag"),
        (Repetition(HowOften.SECOND_WEEK, (1, 3)), "Annenhver uke på tirsdag og torsdag"),
        (Repetition(HowOften.DAILY), "Hver dag"),
    ],
)
def test_the_choices_of_the_form_become_a_rule_and_the_rule_becomes_words_again(repetition, words):
    first = oslo(2026, 11, 24, 10)
    rule = rule_of(repetition, first.date())
    assert repetition_of(rule) == repetition
    assert in_words(rule, first) == words
    checked(rule, first, now=NOW)


def test_every_month_on_the_fourth_tuesday_until_easter():
    first = oslo(2026, 11, 24, 10)
    until = oslo(2027, 3, 28).date()
    rule = rule_of(Repetition(HowOften.MONTHLY, (), until), first.date())
    assert in_words(rule, first) == "Hver måned på den fjerde tirsdagen, til og med 28. mars 2027"
    assert repetition_of(rule).until == until
    assert len(times(Pattern(first, rule), since=NOW, until=NOW + timedelta(days=400))) == 5


def test_a_weekday_that_is_not_the_first_days_begins_on_the_next_of_them():
    tuesday = oslo(2026, 11, 24).date()
    assert first_day(Repetition(HowOften.WEEKLY, (3, 0)), tuesday) == oslo(2026, 11, 26).date()
    assert first_day(Repetition(HowOften.ONCE), tuesday) == tuesday
