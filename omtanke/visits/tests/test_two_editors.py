"""Two people edit the same list at the same time, with real transactions: one wins, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from omtanke.access.need_to_know import act_as
from omtanke.config.tests.cast import Cast, at, day, make_visit, today
from omtanke.visits.edit_lists import AlreadyBegun, SomebodyWasFirst, place
from omtanke.visits.models import Round, Visit
from omtanke.visits.placements import Placement
from omtanke.visits.what_changed import changes_since


@pytest.fixture
def cast(transactional_db):
    """The cast, written for real."""
    cast = Cast()
    cast.one = Round.objects.create(work_list=cast.list1, on=day(1))
    cast.two = Round.objects.create(work_list=cast.list2, on=day(1))
    cast.morning = make_visit(cast.astrid, cast.one)
    cast.wound = make_visit(cast.edvard, cast.one, "10:00")
    return cast


def at_once(*deeds):
    """Run these in threads of their own that begin together; returns what each gave or raised."""
    barrier, outcomes = Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE omtanke_web")
                barrier.wait(timeout=10)
                outcomes[number] = deed()
        except Exception as raised:
            outcomes[number] = raised
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def moving(cast, visit, who, clock):
    seen = {cast.list1.pk: 0, cast.list2.pk: 0}

    def deed():
        act_as(who.user.pk)
        placements = [Placement(visit.pk, cast.list2.pk, at(clock, day(1)))]
        return place(placements, on=day(1), seen=seen, from_now_on=False, by=who.user, today=today())

    return deed


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_the_same_visit_one_wins_and_the_other_learns_who_it_was(cast):
    outcomes = at_once(moving(cast, cast.morning, cast.liv, "11:00"), moving(cast, cast.morning, cast.lars, "12:00"))

    first, second = sorted(outcomes, key=lambda outcome: isinstance(outcome, Exception))
    assert not isinstance(first, Exception)
    assert isinstance(second, SomebodyWasFirst)
    moved = Visit.objects.get(pk=cast.morning.pk)
    winner, clock = (("Liv Dahl", "11:00"), ("Lars Holm", "12:00"))[outcomes.index(first)]
    assert moved.planned_start == at(clock, day(1))
    (change,) = changes_since({}, [cast.list1.pk, cast.list2.pk], day(1))
    assert (change.who, change.from_list, change.to_list) == (winner, "Liste 1", "Liste 2")


@pytest.mark.django_db(transaction=True)
def test_two_who_move_different_visits_of_the_same_lists_do_not_overwrite_each_other(cast):
    outcomes = at_once(moving(cast, cast.morning, cast.liv, "11:00"), moving(cast, cast.wound, cast.lars, "12:00"))
    assert sum(isinstance(outcome, SomebodyWasFirst) for outcome in outcomes) == 1
    assert Round.objects.get(pk=cast.one.pk).version == 1


@pytest.mark.django_db(transaction=True)
def test_a_visit_that_begins_at_the_same_moment_is_either_moved_before_or_not_at_all(cast):
    def start():
        act_as(cast.kari.user.pk)
        return Visit.objects.filter(pk=cast.morning.pk, started_at=None).update(
            started_at=at("09:15", day(1)), done_by=cast.kari
        )

    moved, started = at_once(moving(cast, cast.morning, cast.liv, "11:00"), start)
    now = Visit.objects.get(pk=cast.morning.pk)
    assert started == 1
    assert now.started_at is not None
    where = cast.one if isinstance(moved, AlreadyBegun) else cast.two
    assert now.round == where
