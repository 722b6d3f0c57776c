"""A wish is caught in the person's own words, and from that moment somebody has it: the primary contact, else the
secondary, else somebody who answers for the unit."""

import pytest

from omtanke.care.contacts import end_contact
from omtanke.care.models import NamedContact
from omtanke.config.tests.cast import at, day, make_citizen, today
from omtanke.everyday.follow_up import tell
from omtanke.everyday.models import Wish, WishStep
from omtanke.everyday.say_wish import AlreadyFollowedUp, NoWords, say_wish, take_back
from omtanke.everyday.wishes_due import standing_still_in
from omtanke.everyday.wishes_go_along import find_owners_again
from omtanke.people.models import Employee
from omtanke.people.questions import what_is_due

NOON = at("12:00")


def test_astrids_wish_is_karis_from_the_moment_tor_hears_it(cast):
    wish = say_wish(cast.astrid, "  Jeg skulle gjerne sunget\ni kor igjen ", by=cast.tor.user, at=NOON)

    assert (wish.words, wish.owner, wish.said_to) == ("Jeg skulle gjerne sunget i kor igjen", cast.kari, cast.tor.user)
    assert wish.interest == "choir"
    assert list(wish.steps.values_list("state", "by", "owner")) == [("said", cast.tor.user.pk, cast.kari.pk)]


def test_without_a_primary_contact_the_secondary_has_it_and_without_any_the_coordinator(cast):
    end_contact(cast.contact, by=None, on=today())
    assert say_wish(cast.astrid, "En tur til Engeløya", by=cast.tor.user, at=NOON).owner == cast.ola
    assert say_wish(cast.edvard, "Fly modellfly", by=cast.tor.user, at=NOON).owner == cast.liv


def test_where_nobody_answers_for_the_person_whoever_heard_it_has_it(cast):
    lonely = make_citizen("Arne", "Alene", None)
    assert say_wish(lonely, "Kortspill", by=cast.marit.user, at=NOON).owner == cast.marit


def test_pressed_twice_is_said_once_and_nothing_said_is_no_wish(cast):
    first = say_wish(cast.astrid, "Fisketur", by=cast.kari.user, at=NOON)
    assert say_wish(cast.astrid, "Fisketur", by=cast.kari.user, at=at("12:01")) == first
    with pytest.raises(NoWords):
        say_wish(cast.astrid, "   ", by=cast.kari.user, at=NOON)
    assert Wish.objects.count() == 1


def test_a_ranked_wish_moves_the_others_down(cast):
    dear = say_wish(cast.astrid, "Koret", by=None, at=NOON, rank=1)
    dearer = say_wish(cast.astrid, "Barnebarna", by=None, at=NOON, rank=1)
    assert list(Wish.objects.as_ranked()) == [dearer, dear]


def test_a_slip_is_taken_back_by_whom_it_was_said_to_and_only_before_it_is_followed_up(cast):
    slip = say_wish(cast.astrid, "Feil person", by=cast.kari.user, at=NOON)
    with pytest.raises(AlreadyFollowedUp):
        take_back(slip, by=cast.ola.user, at=NOON)
    with pytest.raises(AlreadyFollowedUp):
        take_back(slip, by=cast.kari.user, at=at("13:01"))
    take_back(slip, by=cast.kari.user, at=at("12:10"))
    assert not Wish.objects.exists()
    assert not WishStep.objects.exists()

    kept = say_wish(cast.astrid, "Koret", by=cast.kari.user, at=NOON)
    tell(kept, "Har spurt dirigenten.", by=cast.ola.user, at=NOON)
    with pytest.raises(AlreadyFollowedUp):
        take_back(kept, by=cast.kari.user, at=NOON)


def test_a_new_wish_is_due_within_a_week_and_none_grows_silently_old(cast):
    wish = say_wish(cast.astrid, "Koret", by=cast.tor.user, at=at("12:00", day(-1)))

    def due(on):
        return [(one.what, one.on) for one in what_is_due.ask([cast.astrid.pk], on) if f"/wishes/{wish.pk}/" in one.url]

    assert due(today()) == [("Nytt ønske: «Koret»", day(6))]
    tell(wish, "Har spurt dirigenten.", by=cast.kari.user, at=NOON)
    assert due(day(59)) == []
    assert due(day(60)) == [("Ønsket «Koret» har stått stille", day(60))]


def test_when_a_contact_ends_without_a_successor_the_other_contact_has_the_wishes_then_the_leader(cast):
    open_one, done = (say_wish(cast.astrid, words, by=cast.kari.user, at=NOON) for words in ("Koret", "Fisketur"))
    Wish.objects.filter(pk=done.pk).update(state="enjoyed")
    assert open_one.owner == cast.kari
    end_contact(cast.contact, by=cast.liv.user, on=day(7))
    open_one.refresh_from_db()
    assert (open_one.owner, Wish.objects.get(pk=done.pk).owner) == (cast.ola, cast.kari)
    assert open_one.steps.order_by("pk").last().owner == cast.ola  # written down, with who did it
    assert open_one.steps.order_by("pk").last().by == cast.liv.user

    end_contact(cast.secondary, by=cast.liv.user, on=day(0))
    NamedContact.objects.update(until=day(0))
    open_one.refresh_from_db()
    assert open_one.owner != cast.ola


def test_wishes_of_whoever_has_stopped_working_here_are_found_every_night(cast):
    wish = say_wish(cast.astrid, "Koret", by=cast.kari.user, at=NOON)
    assert find_owners_again(NOON) == 0
    Employee.objects.filter(pk=cast.kari.pk).update(active=False)
    assert find_owners_again(NOON) == 1
    wish.refresh_from_db()
    assert wish.owner == cast.ola
    assert find_owners_again(NOON) == 0


def test_a_leader_sees_how_many_wishes_have_waited_two_months_and_none_is_lost_by_growing_old(cast, web):
    say_wish(cast.astrid, "Koret", by=cast.kari.user, at=at("12:00", day(-500)))
    say_wish(cast.astrid, "Bading", by=cast.kari.user, at=at("12:00", day(-59)))
    assert standing_still_in(cast.nord.pk, today()) == 1
    assert standing_still_in(cast.sør.pk, today()) == 0
    page = web.be(cast.lars).get("/today/", headers={"accept-language": "nb"}).text
    assert "1 ønske har ventet to måneder uten nytt" in page
    assert "Koret" in web.get(f"/wishes/?unit={cast.nord.pk}").text
