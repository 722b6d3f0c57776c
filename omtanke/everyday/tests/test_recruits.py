"""Where volunteers are needed: by hamlet and interest, from who needs a ride and whose range reaches there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import make_volunteer
from omtanke.everyday.needs import note_needs
from omtanke.everyday.recruits import recruits
from omtanke.everyday.say_wish import say_wish
from omtanke.people.models import Hamlet


@pytest.fixture
def hamlets(cast):
    """Astrid lives in Leines, Edvard far away in Nordfold; both wish to sing and to be fetched."""
    near = Hamlet.objects.create(name="Leines", latitude=67.95, longitude=15.05)
    far = Hamlet.objects.create(name="Nordfold", latitude=67.76, longitude=15.20)
    for citizen, hamlet in ((cast.astrid, near), (cast.edvard, far)):
        citizen.hamlet = hamlet
        citizen.save()
        say_wish(citizen, "Synge", by=cast.kari.user, at=timezone.now(), interest="choir")
        note_needs(citizen, ["ride", "company"], said_by="self", by=cast.kari.user, at=timezone.now())
    cast.per.seats = 0
    cast.per.save()
    return near, far


def by_name():
    return {one.hamlet.name: one for one in recruits(timezone.localdate())}


def test_a_ride_is_missing_where_no_car_reaches_and_not_where_one_does(cast, hamlets):
    assert [one.rides_short for one in by_name().values()] == [1, 1]
    make_volunteer("Unni Vik", latitude=67.95, longitude=15.04, range_km=10, interests=["choir"])

    found = by_name()
    assert (found["Leines"].rides_short, found["Leines"].drivers, found["Leines"].is_short) == (0, 1, False)
    assert (found["Nordfold"].rides_short, found["Nordfold"].drivers, found["Nordfold"].is_short) == (1, 0, True)
    assert (found["Leines"].interests, [n for _what, n in found["Nordfold"].interests]) == ([], [1])


def test_who_has_stopped_or_waits_to_begin_drives_nobody(cast, hamlets):
    make_volunteer("Unni Vik", latitude=67.95, longitude=15.04, talked_on=None)
    make_volunteer("Odd Vik", latitude=67.95, longitude=15.04, stopped_on=timezone.localdate())
    assert by_name()["Leines"].drivers == 0


def test_it_is_for_those_who_look_after_volunteers_and_counts_whom_they_see(cast, hamlets, web):
    page = reverse("everyday:where_needed")
    seen = web.be(cast.marit).get(page).text
    assert "Leines" in seen
    assert "Astrid" not in seen
    for refused in (cast.kari, cast.eva, cast.per.user):
        assert web.be(refused).get(page).status_code == 403
