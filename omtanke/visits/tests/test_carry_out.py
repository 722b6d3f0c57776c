"""A visit is started and ended once, slips of the finger are undone, and what was not done has a reason."""

from datetime import timedelta

import pytest

from omtanke.config.tests.cast import at, day, make_visit
from omtanke.visits.carry_out import (
    AlreadyEnded,
    AlreadyNotDone,
    AlreadyStarted,
    NotOnThisDay,
    NotStarted,
    end_visit,
    say_not_done,
    start_visit,
    take_back_end,
    take_back_not_done,
    take_back_start,
)
from omtanke.visits.models import Round, Visit

NOW = at("09:15")


def state_of(visit):
    return Visit.objects.get(pk=visit.pk).state


def test_kari_starts_and_ends_a_visit(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    assert (cast.visit.state, cast.visit.done_by, cast.visit.started_at) == ("under_way", cast.kari, NOW)
    end_visit(cast.visit, at=at("09:45"))
    assert (cast.visit.state, cast.visit.ended_at) == ("done", at("09:45"))


def test_starting_ones_own_visit_twice_keeps_the_first_start(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    start_visit(cast.visit, by=cast.kari, at=at("09:20"))
    assert Visit.objects.get(pk=cast.visit.pk).started_at == NOW


def test_whoever_comes_second_is_told_who_is_there_and_when_it_ended(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    with pytest.raises(AlreadyStarted) as told:
        start_visit(cast.visit, by=cast.ola, at=NOW)
    assert told.value.visit.done_by == cast.kari

    end_visit(cast.visit, at=at("09:45"))
    with pytest.raises(AlreadyEnded) as told:
        end_visit(cast.visit, at=at("09:50"))
    assert told.value.visit.ended_at == at("09:45")


def test_what_has_not_begun_does_not_end(cast):
    with pytest.raises(NotStarted):
        end_visit(cast.visit, at=NOW)


def test_a_start_by_mistake_is_taken_back_by_whoever_pressed_it_and_by_nobody_else(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    with pytest.raises(AlreadyStarted):
        take_back_start(cast.visit, by=cast.ola)
    take_back_start(cast.visit, by=cast.kari)
    assert (state_of(cast.visit), cast.visit.done_by) == ("planned", None)


def test_an_end_by_mistake_is_taken_back_by_whoever_was_there(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    end_visit(cast.visit, at=at("09:16"))
    with pytest.raises(AlreadyEnded):
        take_back_end(cast.visit, by=cast.ola, at=at("09:17"))
    take_back_end(cast.visit, by=cast.kari, at=at("09:17"))
    assert state_of(cast.visit) == "under_way"


def test_a_start_at_the_door_is_taken_back_when_nobody_is_at_home(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    say_not_done(cast.visit, Visit.NotDone.AWAY, "Hos naboen", at=at("09:20"))
    visit = Visit.objects.get(pk=cast.visit.pk)
    assert (visit.state, visit.started_at, visit.not_done_words) == ("not_done", None, "Hos naboen")
    with pytest.raises(AlreadyNotDone):
        start_visit(cast.visit, by=cast.kari, at=NOW)

    take_back_not_done(cast.visit, at=NOW)
    assert state_of(cast.visit) == "planned"


def test_what_is_done_is_not_down_as_not_done(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    end_visit(cast.visit, at=at("09:45"))
    with pytest.raises(AlreadyEnded):
        say_not_done(cast.visit, Visit.NotDone.DECLINED, "", at=at("09:50"))


@pytest.mark.parametrize(
    ("why", "the_other_half"),
    [(Visit.NotDone.HOSPITAL, "not_done"), (Visit.NotDone.NO_TIME, "planned")],
    ids=["in hospital", "we did not get there"],
)
def test_what_the_citizen_decides_holds_for_both_carers_and_our_own_delay_for_one(cast, why, the_other_half):
    other = make_visit(cast.astrid, cast.round2)
    Visit.objects.filter(pk=cast.visit.pk).update(together_with=other)
    Visit.objects.filter(pk=other.pk).update(together_with=cast.visit)
    cast.visit.refresh_from_db()

    say_not_done(cast.visit, why, "", at=NOW)
    assert (state_of(cast.visit), state_of(other)) == ("not_done", the_other_half)


@pytest.mark.parametrize(("days", "is_its_day"), [(1, False), (0, True), (-1, True), (-2, False)])
def test_a_visit_is_done_on_its_day_or_written_up_the_day_after(cast, days, is_its_day):
    round_, _new = Round.objects.get_or_create(work_list=cast.list2, on=day(days))
    visit = make_visit(cast.edvard, round_)
    if is_its_day:
        start_visit(visit, by=cast.kari, at=NOW)
    else:
        with pytest.raises(NotOnThisDay):
            start_visit(visit, by=cast.kari, at=NOW)
    assert state_of(visit) == ("under_way" if is_its_day else "planned")


def test_clocks_of_two_machines_may_differ_a_little(cast):
    start_visit(cast.visit, by=cast.kari, at=NOW)
    end_visit(cast.visit, at=NOW - timedelta(seconds=2))
    assert cast.visit.ended_at == NOW
