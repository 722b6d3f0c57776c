"""A wish goes its way by one table of steps; every step says who and when, and of two at once the second is told."""

import pytest
from django.db import IntegrityError, transaction

from omtanke.care.contacts import hand_over as hand_over_contact
from omtanke.config.tests.cast import at, today
from omtanke.everyday.follow_up import NoCause, NotTheNextStep, SomebodyWasFirst, hand_over, rank, take_step
from omtanke.everyday.lifecycle import NEXT
from omtanke.everyday.models import Wish
from omtanke.everyday.say_wish import say_wish

NOON, S = at("12:00"), Wish.State


@pytest.fixture
def wish(cast) -> Wish:
    return say_wish(cast.astrid, "Synge i kor igjen", by=cast.kari.user, at=NOON)


def test_from_said_to_enjoyed_with_a_no_thank_you_on_the_way(cast, wish):
    for state, words in ((S.OFFERED, "Bingo tirsdag"), (S.SAID, "Nei takk, ikke bingo"), (S.OFFERED, "Salmekveld")):
        take_step(wish, state, by=cast.kari.user, at=NOON, words=words)
    take_step(wish, S.ENJOYED, by=cast.ola.user, at=NOON, words="Vi må gjøre det igjen!")

    told = list(wish.steps.values_list("state", "words", "by__name"))
    assert [state for state, _words, _by in told] == ["said", "offered", "said", "offered", "enjoyed"]
    assert told[-1] == ("enjoyed", "Vi må gjøre det igjen!", "Ola Lind")


def test_a_step_that_does_not_follow_is_refused(cast, wish):
    take_step(wish, S.NOT_FOR_ME, by=cast.kari.user, at=NOON)
    with pytest.raises(NotTheNextStep):
        take_step(wish, S.ENJOYED, by=cast.kari.user, at=NOON)
    assert take_step(wish, S.SAID, by=cast.kari.user, at=NOON).state == S.SAID


def test_openly_unmet_says_why_and_the_cause_goes_when_it_is_taken_up_again(cast, wish):
    with pytest.raises(NoCause):
        take_step(wish, S.UNMET, by=cast.kari.user, at=NOON)
    take_step(wish, S.UNMET, by=cast.kari.user, at=NOON, cause="no_ride", words="Ingen kjører torsdager")
    assert (wish.cause, wish.cause_words) == ("no_ride", "Ingen kjører torsdager")
    take_step(wish, S.OFFERED, by=cast.kari.user, at=NOON, words="Per kjører")
    assert (wish.cause, wish.cause_words) == ("", "")


def test_of_two_at_once_the_second_is_told(cast, wish):
    theirs = Wish.objects.get(pk=wish.pk)
    take_step(wish, S.OFFERED, by=cast.kari.user, at=NOON)
    with pytest.raises(SomebodyWasFirst):
        take_step(theirs, S.TRIED, by=cast.ola.user, at=NOON)
    assert theirs.state == S.OFFERED


def test_a_wish_changes_hands_and_the_way_says_so(cast, wish):
    hand_over(wish, cast.marit, by=cast.kari.user, at=NOON)
    assert wish.owner == cast.marit
    assert wish.steps.last().owner == cast.marit
    stale = Wish.objects.get(pk=wish.pk)
    stale.owner = cast.kari
    with pytest.raises(SomebodyWasFirst):
        hand_over(stale, cast.ola, by=cast.kari.user, at=NOON)


def test_every_state_leads_on_and_none_leads_to_itself(cast):
    assert set(NEXT) == set(S)
    for state, after in NEXT.items():
        assert after
        assert state not in after


def test_the_person_ranks_their_own_wishes(cast, wish):
    other = say_wish(cast.astrid, "Busstur", by=None, at=NOON, rank=1)
    third = say_wish(cast.astrid, "Hagen", by=None, at=NOON, rank=2)
    rank(cast.astrid, [wish.pk, other.pk])
    assert list(Wish.objects.as_ranked()) == [wish, other, third]
    assert Wish.objects.get(pk=third.pk).rank is None


def test_the_database_refuses_unmet_without_a_cause(cast, wish):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.filter(pk=wish.pk).update(state=S.UNMET)


def test_open_wishes_go_along_when_astrid_gets_another_primary_contact(cast, wish):
    arranged = hand_over(say_wish(cast.astrid, "Busstur", by=None, at=NOON), cast.marit, by=cast.kari.user, at=NOON)
    done = say_wish(cast.astrid, "Fisketur", by=None, at=NOON)
    take_step(done, S.ENJOYED, by=cast.kari.user, at=NOON)

    hand_over_contact(cast.contact, cast.ola, by=cast.liv.user, on=today())

    for one in (wish, arranged, done):
        one.refresh_from_db()
    assert (wish.owner, arranged.owner, done.owner) == (cast.ola, cast.marit, cast.kari)
    assert wish.steps.order_by("pk").last().owner == cast.ola
