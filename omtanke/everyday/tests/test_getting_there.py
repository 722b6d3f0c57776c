"""Whoever is signed up by hand is asked how they get there; whoever must drive or come along is looked for from the
moment they have the place, by somebody with a name, and no longer than they have it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from omtanke.config.tests.cast import at, day, make_volunteer
from omtanke.everyday.arrange import arrange, cancel, move, uncancel
from omtanke.everyday.assignments import accept, ask_another
from omtanke.everyday.getting_there import GettingThere, supposed_way
from omtanke.everyday.models import Arena, Assignment, HelpWanted, Participation
from omtanke.everyday.needs import note_needs
from omtanke.everyday.sign_up import sign_up
from omtanke.everyday.tasks import offer_seats_at

NEEDS_DRIVER = GettingThere("driver")
WITH_COMPANY = GettingThere("driver", company=True)


@pytest.fixture
def now():
    return at("08:00")


@pytest.fixture
def hall(db):
    """About ten kilometres by road from Astrid."""
    return Arena.objects.create(name="Samfunnshuset", latitude=68.01, longitude=15.05)


@pytest.fixture
def dinner(cast, now, hall):
    facts = {"title": "Middag", "starts": at("13:00", day(2)), "minutes": 90, "unit": cast.nord, "arena": hall}
    return arrange(facts, by=None, now=now).occurrences.get()


def says(cast, dinner, now, state="yes", way=NEEDS_DRIVER, citizen=None, by=None):
    who = by or cast.marit
    return sign_up(dinner, citizen or cast.astrid, state=state, by=who.user, now=now, getting_there=way)


def wanted():
    return [(one.kind, one.owner) for one in HelpWanted.objects.open().order_by("-kind")]


def test_a_driver_is_looked_for_from_door_to_door_and_marit_asks_per(cast, dinner, now):
    place = says(cast, dinner, now, way=WITH_COMPANY)
    assert wanted() == [("ride", cast.marit), ("company", cast.marit)]
    assert timedelta(minutes=5) < dinner.starts - place.starts < timedelta(minutes=30)

    ride, company = HelpWanted.objects.order_by("-kind")
    given = ask_another(ride, cast.per, by=cast.marit.user, at=now)
    assert (given.starts, given.ends, given.pick_up_at) == (place.starts, place.ends, place.starts)
    with_her = ask_another(company, make_volunteer("Siv Dahl"), by=cast.marit.user, at=now)
    assert (with_her.starts, with_her.ends) == (dinner.starts, dinner.ends)
    says(cast, dinner, now, way=WITH_COMPANY)  # said once more: nobody is looked for twice
    assert (wanted(), Assignment.objects.count()) == ([], 2)


def test_kari_may_not_ask_volunteers_so_marit_who_arranges_has_it(cast, dinner, now):
    says(cast, dinner, now, by=cast.kari)
    assert wanted() == [("ride", cast.marit)]


@pytest.mark.parametrize("way", [GettingThere("walks"), GettingThere("own"), GettingThere("driven", "Tone, datter")])
def test_another_way_is_found_and_whoever_was_asked_need_not_come(cast, dinner, now, way):
    says(cast, dinner, now, way=WITH_COMPANY)
    given = ask_another(HelpWanted.objects.get(kind="ride"), cast.per, by=cast.marit.user, at=now)
    place = says(cast, dinner, now, way=way)
    given.refresh_from_db()
    assert (given.state, wanted()) == ("cancelled", [])
    assert (place.starts, place.way, place.driven_by) == (dinner.starts, way.way, way.driven_by)


def test_it_is_withdrawn_when_the_place_is_given_up_and_looked_for_again_when_she_comes_after_all(cast, dinner, now):
    says(cast, dinner, now)
    says(cast, dinner, now, state="no", way=None)
    assert wanted() == []
    says(cast, dinner, now, way=None)
    assert wanted() == [("ride", cast.marit)]


def test_cancelled_nobody_is_looked_for_moved_at_the_new_time_and_after_all_again(cast, dinner, now):
    place = says(cast, dinner, now)
    later = {"starts": dinner.starts + timedelta(hours=2), "ends": dinner.ends + timedelta(hours=2)}
    move(dinner, later, "", by=cast.marit.user, now=now)
    assert HelpWanted.objects.get().starts == place.starts + timedelta(hours=2)
    cancel(dinner, "Kokken er syk", by=cast.marit.user, now=now + timedelta(hours=1))
    assert wanted() == []
    uncancel(dinner, "", by=cast.marit.user, now=now + timedelta(hours=2))
    assert wanted() == [("ride", cast.marit)]


def test_who_waits_needs_nobody_yet_and_from_when_there_is_a_place_somebody_drives(cast, dinner, now):
    dinner.activity.seats = 1
    dinner.activity.save()
    says(cast, dinner, now, citizen=cast.edvard, way=GettingThere("walks"))
    says(cast, dinner, now, state="waiting")
    assert wanted() == []
    says(cast, dinner, now, citizen=cast.edvard, state="no", way=None)
    offer_seats_at(dinner.pk)
    assert Participation.objects.get(citizen=cast.astrid).state == "invited"
    assert wanted() == [("ride", cast.marit)]


def test_what_is_asked_first_is_what_she_said_before_or_needs_and_nobody_is_driven_next_door(cast, dinner, hall, now):
    ways = lambda: supposed_way(cast.astrid, dinner, Participation.objects.first(), day(0))  # noqa: E731
    assert ways() == GettingThere("driver")  # over eighty
    note_needs(cast.astrid, ["company"], said_by="self", by=cast.kari.user, at=now)
    assert ways() == GettingThere("own", company=True)
    note_needs(cast.astrid, ["ride"], said_by="self", by=cast.kari.user, at=now)
    Arena.objects.filter(pk=hall.pk).update(latitude=67.951)
    dinner.activity.arena.refresh_from_db()
    assert ways() == GettingThere("walks")
    says(cast, dinner, now, way=GettingThere("driven", "Tone"))
    assert ways() == GettingThere("driven", "Tone")


def test_on_the_page_the_way_is_asked_and_marit_sees_who_is_looked_for(cast, dinner, web):
    page = reverse("everyday:sign_up", args=[dinner.pk])
    yes = {"citizen": cast.astrid.pk, "state": "yes"}
    web.be(cast.kari)
    assert "Hvordan kommer Astrid seg dit" in web.get(f"{page}?citizen={cast.astrid.pk}").text
    assert web.post(page, yes).status_code == 422
    assert web.post(page, {**yes, "way": "driven"}).status_code == 422  # who?
    assert not Participation.objects.exists()
    assert web.post(page, {**yes, "way": "driver"}).status_code == 302
    assert "Marit Lund finner noen som kan kjøre" in web.get(reverse("everyday:occurrence", args=[dinner.pk])).text
    assert web.get(reverse("everyday:volunteers")).status_code == 403

    calendar, waits = reverse("everyday:calendar"), "1 gang trengs det noen som kjører eller blir med."
    assert waits not in web.get(calendar).text  # Kari does not look after volunteers
    assert "Ingen er spurt ennå." in web.be(cast.marit).get(reverse("everyday:volunteers")).text
    assert waits in web.get(calendar).text
    assert "1 frivillig har ingen som følger opp ennå." in web.get(calendar).text
    wanted = HelpWanted.objects.get()
    web.post(reverse("everyday:ask_another", args=[wanted.pk]), {"volunteer": cast.per.pk})
    assert waits not in web.get(calendar).text
    given = Assignment.objects.get()
    accept(given, by=cast.per.user, at=dinner.starts - timedelta(days=1))
    assert "Per Strand kjører" in web.get(reverse("everyday:occurrence", args=[dinner.pk])).text
    assert web.post(page, {"citizen": cast.astrid.pk, "state": "no"}).status_code == 302
    given.refresh_from_db()
    assert given.state == "cancelled"
