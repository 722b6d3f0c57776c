"""A cancelled time takes place after all: who was told is told again, places come back, volunteers are asked again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from omtanke.access.need_to_know import act_as
from omtanke.config.tests.cast import at, day, make_visit
from omtanke.everyday import assignments
from omtanke.everyday.arrange import NotCancelled, arrange, cancel, move, uncancel
from omtanke.everyday.models import Assignment, HelpWanted, Notice, Occurrence, Participation, Wish
from omtanke.everyday.reach import tell
from omtanke.everyday.sign_up import sign_up
from omtanke.everyday.tasks import bring_back_the_rest, reach_the_rest
from omtanke.visits.models import Round


@pytest.fixture
def now():
    return at("08:00", day(-1))


@pytest.fixture
def choir(cast, now) -> Occurrence:
    facts = {"title": "Kor", "starts": at("11:00", day(5)), "minutes": 90, "unit": cast.nord}
    return arrange(facts, by=cast.marit.user, now=now).occurrences.get()


def comes(cast, choir, now, citizen=None, **facts) -> Participation:
    return sign_up(
        choir, citizen or cast.astrid, state="yes", by=cast.kari.user, now=now, knowing_of_visits=True, **facts
    )


def ride(cast, choir, place) -> Assignment:
    """Per has said yes to fetching Astrid, twenty minutes away."""
    way = timedelta(minutes=20)
    one = assignments.ask(
        Assignment(
            volunteer=cast.per,
            citizen=place.citizen,
            occurrence=choir,
            participation=place,
            kind="ride",
            starts=choir.starts - way,
            ends=choir.ends + way,
            pick_up_at=choir.starts - way,
        )
    )
    assignments.accept(one, by=cast.per.user, at=choir.starts - timedelta(days=4))
    return one


def cancelled(cast, choir, now, told: bool):
    cancel(choir, "Dirigenten er syk", by=cast.marit.user, now=now + timedelta(hours=1))
    if told:
        for notice in Notice.objects.all():
            tell(notice, how="called", by=cast.marit.user, now=now + timedelta(hours=2))


def test_who_was_told_is_told_again_and_the_place_the_wish_and_the_driver_come_back(cast, choir, now):
    wish = Wish.objects.create(citizen=cast.astrid, words="Synge igjen", state="offered")
    place = comes(cast, choir, now, wish=wish)
    given = ride(cast, choir, place)
    cancelled(cast, choir, now, told=True)
    told = uncancel(choir, "Hun er frisk", by=cast.marit.user, now=now + timedelta(hours=3))

    for row in (place, given, wish, choir):
        row.refresh_from_db()
    assert (place.state, given.state, wish.state, choir.cancelled_at) == ("yes", "asked", "offered", None)
    assert [(one.about, one.teller, one.words) for one in told] == [("back", cast.marit.user, "Hun er frisk")] * 2
    assert {one.citizen_id or one.volunteer_id for one in told} == {cast.astrid.pk, cast.per.pk}
    with pytest.raises(NotCancelled):
        uncancel(choir, "", by=cast.marit.user, now=now + timedelta(hours=4))
    assert bring_back_the_rest(choir.pk, now.isoformat(), "", None, now.isoformat()) == 0  # twice does no harm


def test_who_had_not_been_told_yet_has_nothing_to_be_told(cast, choir, now):
    place = comes(cast, choir, now)
    cancelled(cast, choir, now, told=False)
    assert uncancel(choir, "", by=cast.marit.user, now=now + timedelta(hours=3)) == []
    place.refresh_from_db()
    assert (place.state, Notice.objects.count()) == ("yes", 0)


def test_who_has_found_something_else_by_then_is_told_and_keeps_that(cast, choir, now):
    place = comes(cast, choir, now)
    cancelled(cast, choir, now, told=True)
    bingo = arrange({"title": "Bingo", "starts": choir.starts, "minutes": 60}, by=None, now=now).occurrences.get()
    comes(cast, bingo, now)
    (notice,) = uncancel(choir, "", by=cast.marit.user, now=now + timedelta(hours=3))
    place.refresh_from_db()
    assert (notice.about, place.state) == ("no_longer_fits", "cancelled")


def test_who_had_said_no_before_it_was_cancelled_is_not_signed_up_by_it(cast, choir, now):
    comes(cast, choir, now)
    sign_up(choir, cast.edvard, state="no", by=cast.kari.user, now=now)
    cancelled(cast, choir, now, told=True)
    uncancel(choir, "", by=cast.marit.user, now=now + timedelta(hours=3))
    assert Participation.objects.get(citizen=cast.edvard).state == "no"


def test_those_whom_marit_does_not_see_come_back_by_the_job_and_their_contact_tells(cast, choir, now):
    theirs = comes(cast, choir, now, citizen=cast.stranger)
    cancelled(cast, choir, now, told=True)
    cancelled_at = choir.cancelled_at
    Occurrence.objects.filter(pk=choir.pk).update(cancelled_at=None)
    bring_back_the_rest(choir.pk, cancelled_at.isoformat(), "Likevel", cast.marit.user_id, now.isoformat())
    theirs.refresh_from_db()
    assert (theirs.state, Notice.objects.to_tell().get().about) == ("yes", "back")


def test_only_who_arranges_it_says_that_it_takes_place_after_all(cast, choir, web, now):
    comes(cast, choir, now)
    cancelled(cast, choir, now, told=True)
    page, after_all = (reverse(f"everyday:{name}", args=[choir.pk]) for name in ("occurrence", "after_all"))
    assert after_all not in web.be(cast.kari).get(page).text
    assert web.post(after_all, {"words": ""}).status_code == 403
    assert after_all in web.be(cast.marit).get(page).text
    assert web.post(after_all, {"words": "Likevel"}).url == reverse("everyday:to_tell")
    assert "blir noe av likevel" in web.get(reverse("everyday:to_tell")).text
    choir.refresh_from_db()
    assert choir.cancelled_at is None


def test_yes_after_a_no_looks_for_the_driver_again_and_proposes_the_same_one(cast, choir, web, now):
    place = comes(cast, choir, now)
    given = ride(cast, choir, place)
    sign_up(choir, cast.astrid, state="no", by=cast.kari.user, now=now)
    assert not HelpWanted.objects.open().exists()
    again = comes(cast, choir, now)

    wanted = HelpWanted.objects.open().get()
    assert (wanted.assignment, wanted.because, wanted.owner) == (given, "again", cast.kari)
    assert (again.starts, again.ends) == (given.starts, given.ends)  # from door to door, as before
    assert "Per Strand, som før" in web.be(cast.marit).get(reverse("everyday:volunteers")).text
    new = assignments.ask_another(wanted, cast.per, by=cast.marit.user, at=now)
    assert (new.state, new.pick_up_at, new.participation) == ("asked", given.pick_up_at, place)


def test_yes_after_the_driver_quit_too_and_at_the_new_time_if_it_was_moved_meanwhile(cast, choir, now):
    given = ride(cast, choir, comes(cast, choir, now))
    sign_up(choir, cast.astrid, state="no", by=cast.kari.user, now=now)
    assignments.stop(cast.per, by=cast.marit.user, on=day(0), at=now)
    later = timedelta(hours=2)
    move(choir, {"starts": choir.starts + later, "ends": choir.ends + later}, "", by=cast.marit.user, now=now)
    comes(cast, choir, now)
    wanted = HelpWanted.objects.open().get()
    wanted.assignment.refresh_from_db()
    assert (wanted.starts, wanted.assignment.pick_up_at) == (given.starts + later, given.pick_up_at + later)


def test_moved_to_when_the_driver_is_elsewhere_another_is_looked_for_at_the_new_time(cast, choir, now):
    given = ride(cast, choir, comes(cast, choir, now))
    later = timedelta(hours=5)
    assignments.ask(
        Assignment(
            volunteer=cast.per,
            citizen=cast.edvard,
            kind="company",
            starts=choir.starts + later,
            ends=choir.ends + later,
        )
    )
    move(choir, {"starts": choir.starts + later, "ends": choir.ends + later}, "", by=cast.marit.user, now=now)
    given.refresh_from_db()
    wanted = HelpWanted.objects.open().get()
    assert (given.state, wanted.because, wanted.starts) == ("cancelled", "moved", given.starts)
    assert given.pick_up_at == choir.starts - timedelta(minutes=20)
    assert Notice.objects.get(volunteer=cast.per).about == "no_longer_fits"


def test_moved_over_a_visit_the_person_is_asked_again_and_who_had_agreed_to_one_is_not(cast, choir, now):
    place = comes(cast, choir, now)
    on = Round.objects.get_or_create(work_list=cast.list1, on=day(5))[0]
    make_visit(cast.astrid, on, "14:15")
    act_as(cast.marit.user_id)
    later = timedelta(hours=3)
    move(choir, {"starts": choir.starts + later, "ends": choir.ends + later}, "", by=cast.marit.user, now=now)
    place.refresh_from_db()
    assert (place.state, place.starts, Notice.objects.get().about) == ("invited", choir.starts, "over_visit")

    comes(cast, choir, now)  # asked, and says yes in spite of it
    assert not Notice.objects.to_tell().exists()
    bit = timedelta(minutes=15)
    earlier = {"starts": choir.starts - bit, "ends": choir.ends - bit}
    move(choir, earlier, "", by=cast.marit.user, now=now + timedelta(hours=1))
    place.refresh_from_db()
    assert (place.state, Notice.objects.to_tell().get().about) == ("yes", "moved")
    act_as(None)


def test_the_job_asks_as_the_persons_contact_when_there_is_a_visit(cast, choir, now):
    place = comes(cast, choir, now)
    make_visit(cast.astrid, Round.objects.get_or_create(work_list=cast.list1, on=day(5))[0], "14:15")
    was, until, later = choir.starts, choir.ends, timedelta(hours=3)
    Occurrence.objects.filter(pk=choir.pk).update(starts=was + later, ends=until + later)
    reach_the_rest(choir.pk, was.isoformat(), until.isoformat(), "", None, now.isoformat())
    place.refresh_from_db()
    assert (place.state, Notice.objects.get().about) == ("invited", "over_visit")


def test_who_no_longer_fits_is_not_driven_either(cast, choir, now):
    given = ride(cast, choir, comes(cast, choir, now))
    later = timedelta(hours=6)
    bingo = arrange({"title": "Bingo", "starts": choir.starts + later, "minutes": 60}, by=None, now=now)
    comes(cast, bingo.occurrences.get(), now)
    move(choir, {"starts": choir.starts + later, "ends": choir.ends + later}, "", by=cast.marit.user, now=now)
    given.refresh_from_db()
    assert (given.state, HelpWanted.objects.exists()) == ("cancelled", False)
    assert Notice.objects.get(volunteer=cast.per).about == "cancelled"
