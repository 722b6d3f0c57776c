"""Two people put the same days into use at the same moment, with real transactions: one does it, the other is told."""

import pytest

from omtanke.config.tests.cast import Cast, at, day
from omtanke.planning import accept
from omtanke.planning.meanwhile import since_made
from omtanke.planning.models import DraftChange
from omtanke.planning.tests.draft_of import made, on_tomorrows_lists
from omtanke.planning.tests.test_a_draft_becomes_lists import lists, place
from omtanke.visits.edit_lists import SomebodyWasFirst
from omtanke.visits.edit_lists import place as edit
from omtanke.visits.placements import Placement
from omtanke.visits.tests.at_once import two_at_once


@pytest.fixture
def tomorrow(transactional_db):
    """The cast and tomorrow's lists, written for real."""
    return on_tomorrows_lists(Cast())


def using(tomorrow, draft, who):
    return lambda: accept.accept(draft, draft.days, by=who.user, today=day(0))


@pytest.mark.django_db(transaction=True)
def test_of_two_with_the_same_draft_the_second_learns_who_was_first(tomorrow):
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.olas, at("10:15", day(1)))
    liv, lars = tomorrow.liv, tomorrow.lars

    first, second = two_at_once((liv, using(tomorrow, draft, liv)), (lars, using(tomorrow, draft, lars)))

    assert first.raised is None
    assert isinstance(second.raised, accept.InUseAlready)
    (change,) = DraftChange.objects.all()
    assert change.by == second.raised.change.by == liv.user


@pytest.mark.django_db(transaction=True)
def test_of_two_with_a_draft_each_the_second_does_not_move_what_the_first_has_moved(tomorrow):
    one, other = made(tomorrow), made(tomorrow)
    place(tomorrow, one, tomorrow.morning, tomorrow.karis, at("10:15", day(1)))
    place(tomorrow, other, tomorrow.morning, tomorrow.karis, at("12:15", day(1)))
    for draft in (one, other):
        place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, tomorrow.edvards.planned_start)
    liv, lars = tomorrow.liv, tomorrow.lars

    first, second = two_at_once((liv, using(tomorrow, one, liv)), (lars, using(tomorrow, other, lars)))

    assert (first.raised, second.raised) == (None, None)
    assert lists()[tomorrow.morning.pk] == ("Liste 1", at("10:15", day(1)))
    assert [change.visit.pk for change in since_made(other).visits] == [tomorrow.morning.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_moved_on_the_lists_in_the_same_moment_is_not_moved_back(tomorrow):
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.karis, at("10:15", day(1)))
    liv, lars = tomorrow.liv, tomorrow.lars
    moved = [Placement(tomorrow.morning.pk, tomorrow.list2.pk, at("11:00", day(1)))]
    seen = {tomorrow.list1.pk: 0, tomorrow.list2.pk: 0}

    def move():
        edit(moved, on=day(1), seen=seen, from_now_on=False, by=lars.user, today=day(0))

    edited, used = two_at_once((lars, move), (liv, using(tomorrow, draft, liv)))
    assert (edited.raised, used.raised) == (None, None)
    assert lists()[tomorrow.morning.pk] == ("Liste 2", at("11:00", day(1)))

    edited, _used = two_at_once((lars, move), (liv, lambda: None))
    assert isinstance(edited.raised, SomebodyWasFirst)  # and whoever edits what they saw before is told
