"""Lists go round, so that all know all; whoever is contact for somebody comes first to that person's list."""

from datetime import date, timedelta

from omtanke.kernel.rotation import Choice, Had, Suggestion, Why, had_lately, last_had, suggest

TODAY = date(2026, 11, 22)
KARI, OLA, TOR = 1, 2, 3
ONE, TWO = 10, 20


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_those_who_had_the_list_are_named_once_the_latest_first():
    history = [Had(ONE, OLA, ago(3)), Had(ONE, KARI, ago(1)), Had(ONE, OLA, ago(2)), Had(TWO, TOR, ago(1))]
    assert had_lately(history, ONE, before=TODAY) == (KARI, OLA)


def test_only_the_last_five_days_with_the_list_count_however_long_ago_they_were():
    history = [Had(ONE, OLA, ago(20))] + [Had(ONE, KARI, ago(days)) for days in range(2, 6)]
    assert had_lately(history, ONE, before=TODAY) == (KARI, OLA)
    assert had_lately([*history, Had(ONE, KARI, ago(1))], ONE, before=TODAY) == (KARI,)


def test_the_day_itself_is_not_lately():
    assert last_had([Had(ONE, KARI, TODAY), Had(ONE, KARI, ago(4))], KARI, before=TODAY) == {ONE: ago(4)}


def test_the_list_with_the_person_one_is_primary_contact_for_comes_before_rotation():
    choices = [Choice(ONE), Choice(TWO, primary_for=1)]
    history = [Had(TWO, KARI, ago(1))]
    assert suggest(choices, history, KARI, on=TODAY) == Suggestion(TWO, Why.CONTACT, ago(1))


def test_primary_comes_before_secondary():
    choices = [Choice(ONE, secondary_for=3), Choice(TWO, primary_for=1)]
    assert suggest(choices, [], KARI, on=TODAY).list_id == TWO


def test_otherwise_the_list_one_has_not_had_for_longest():
    history = [Had(ONE, KARI, ago(2)), Had(TWO, KARI, ago(9)), Had(TWO, OLA, ago(1))]
    assert suggest([Choice(ONE), Choice(TWO)], history, KARI, on=TODAY) == Suggestion(TWO, Why.LONG_SINCE, ago(9))


def test_a_list_one_has_never_had_comes_before_one_had_long_ago():
    history = [Had(TWO, KARI, ago(25))]
    assert suggest([Choice(TWO), Choice(ONE)], history, KARI, on=TODAY) == Suggestion(ONE, Why.NEVER_LATELY)


def test_a_list_that_asks_for_more_than_one_is_trained_in_is_not_suggested():
    assert suggest([Choice(ONE, asks_for_more=True)], [], KARI, on=TODAY) is None
    assert suggest([Choice(ONE, asks_for_more=True), Choice(TWO)], [], KARI, on=TODAY).list_id == TWO


def test_nothing_free_nothing_suggested():
    assert suggest([], [], KARI, on=TODAY) is None
