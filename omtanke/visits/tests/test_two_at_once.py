"""Two people at the same list or the same visit at the same moment: one wins, the other is told, nothing is lost."""

import pytest

from omtanke.config.tests.cast import at, day, make_shift
from omtanke.visits.carry_out import AlreadyEnded, AlreadyNotDone, AlreadyStarted, end_visit, say_not_done, start_visit
from omtanke.visits.models import Round, Visit
from omtanke.visits.share_out import AlreadyTaken, hand_out, take_list
from omtanke.visits.tests.at_once import two_at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("09:15")


@pytest.fixture
def at_work(transactional_db, cast):
    for employee in (cast.kari, cast.ola, cast.tor):
        make_shift(employee)
    return cast


def a_round(cast):
    return Round.objects.select_related("work_list").get(pk=cast.round1.pk)


def a_visit(cast):
    return Visit.objects.get(pk=cast.visit.pk)


def test_of_two_who_take_the_same_list_one_has_it_and_the_other_hears_who(at_work):
    first, second = two_at_once(
        (at_work.kari, lambda: take_list(a_round(at_work), by=at_work.kari, at=NOW)),
        (at_work.ola, lambda: take_list(a_round(at_work), by=at_work.ola, at=NOW)),
    )
    assert first.raised is None
    assert isinstance(second.raised, AlreadyTaken)
    assert second.raised.by == a_round(at_work).taken_by == at_work.kari


def test_the_leader_hands_out_a_list_that_is_being_taken_and_is_told(at_work):
    first, second = two_at_once(
        (at_work.kari, lambda: take_list(a_round(at_work), by=at_work.kari, at=NOW)),
        (at_work.lars, lambda: hand_out(a_round(at_work), at_work.tor, by=at_work.lars.user, at=NOW)),
    )
    assert (first.raised, type(second.raised)) == (None, AlreadyTaken)
    assert a_round(at_work).taken_by == at_work.kari
    assert a_round(at_work).handed_out_by is None


def test_of_two_who_start_the_same_visit_one_is_there(at_work):
    first, second = two_at_once(
        (at_work.kari, lambda: start_visit(a_visit(at_work), by=at_work.kari, at=NOW)),
        (at_work.ola, lambda: start_visit(a_visit(at_work), by=at_work.ola, at=NOW)),
    )
    assert (first.raised, type(second.raised)) == (None, AlreadyStarted)
    assert second.raised.visit.done_by == a_visit(at_work).done_by == at_work.kari


def test_of_two_who_end_the_same_visit_the_first_end_stands(at_work):
    start_visit(a_visit(at_work), by=at_work.kari, at=NOW)
    first, second = two_at_once(
        (at_work.kari, lambda: end_visit(a_visit(at_work), at=at("09:45"))),
        (at_work.ola, lambda: end_visit(a_visit(at_work), at=at("09:50"))),
    )
    assert (first.raised, type(second.raised)) == (None, AlreadyEnded)
    assert a_visit(at_work).ended_at == at("09:45")


def test_a_visit_is_not_started_and_not_done_at_the_same_time(at_work):
    first, second = two_at_once(
        (at_work.kari, lambda: say_not_done(a_visit(at_work), Visit.NotDone.HOSPITAL, "", at=NOW)),
        (at_work.ola, lambda: start_visit(a_visit(at_work), by=at_work.ola, at=NOW)),
    )
    assert (first.raised, type(second.raised)) == (None, AlreadyNotDone)
    assert (a_visit(at_work).state, a_visit(at_work).done_by) == ("not_done", None)
    assert a_visit(at_work).on == day(0)
