"""A volunteer's times, range and car can change after they have signed up. What is agreed stays; where it no longer
fits it is asked about, and nobody loses their company silently."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day, make_volunteer
from omtanke.everyday import assignments, what_they_can
from omtanke.everyday.models import Activity, Arena, Assignment, Availability, HelpWanted, Occurrence
from omtanke.everyday.what_they_can import change, could, find_another, in_doubt, it_stands
from omtanke.people.models import Hamlet

SOON = day(3)
EVERY_DAY = [(weekday, time(9), time(16)) for weekday in range(7)]
THEN = (SOON.weekday(), time(9), time(16))


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def per(cast):
    home = Hamlet.objects.create(name="Leinesfjord", latitude=67.95, longitude=15.05)
    cast.per.hamlet = home
    cast.per.save()
    Availability.objects.bulk_create(
        Availability(volunteer=cast.per, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in EVERY_DAY
    )
    return cast.per


@pytest.fixture
def ride(cast, per, now):
    """Per drives Astrid to the coffee, about ten kilometres away, and has said yes."""
    there = Arena.objects.create(name="Samfunnshuset", latitude=68.01, longitude=15.05)
    coffee = Activity.objects.create(title="Kaffe", starts=at("11:00", SOON), minutes=60, arena=there, unit=cast.nord)
    happens = Occurrence.objects.create(activity=coffee, starts=coffee.starts, ends=at("12:00", SOON))
    given = Assignment(volunteer=per, citizen=cast.astrid, occurrence=happens, kind="ride")
    given.starts, given.ends = at("10:30", SOON), at("12:30", SOON)
    assignments.accept(assignments.ask(given), by=per.user, at=now)
    return given


@pytest.mark.parametrize(
    ("facts", "spans", "doubts"),
    [
        ({}, [one for one in EVERY_DAY if one != THEN], ["time"]),
        ({}, [(SOON.weekday(), time(9), time(11, 30))], ["time"]),
        ({}, [(SOON.weekday(), time(9), time(11, 30)), (SOON.weekday(), time(11, 30), time(16))], []),
        ({"range_km": 5}, None, ["range"]),
        ({"has_car": False, "seats": 0}, None, ["car"]),
        ({"seats": 0}, None, ["seats"]),
        ({"range_km": 5, "has_car": False}, [], ["time", "range", "car"]),
        ({"languages": "Norsk, samisk", "interests": ["fishing"], "range_km": 15}, EVERY_DAY, []),
    ],
    ids=["other-days", "ends-too-early", "two-spans-that-meet", "nearer", "no-car", "no-seat", "all-at-once", "fits"],
)
def test_what_is_agreed_stays_and_what_no_longer_fits_says_why(per, ride, now, facts, spans, doubts):
    found = change(per, facts, spans, at=now)
    ride.refresh_from_db()
    assert (ride.state, ride.doubts) == ("accepted", doubts)
    assert [one.pk for one in found] == ([ride.pk] if doubts else [])
    assert not HelpWanted.objects.exists()


def test_what_never_fitted_is_not_doubted_and_what_fits_again_is_settled(per, ride, now):
    change(per, {}, [], at=now)
    it_stands(Assignment.objects.get())  # asked: he comes all the same
    change(per, {"times_a_month": 3}, [], at=now)
    assert in_doubt(now) == []
    change(per, {"range_km": 5}, at=now)
    assert [one.doubts for one in in_doubt(now)] == [["range"]]
    change(per, {"range_km": 40}, EVERY_DAY, at=now)
    assert in_doubt(now) == []


def test_another_is_looked_for_and_somebody_has_it(cast, per, ride, now):
    per.looked_after_by = cast.marit
    per.save()
    change(per, {"has_car": False}, at=now)
    find_another(ride, by=cast.marit.user, at=now)
    assert (Assignment.objects.get().state, HelpWanted.objects.open().get().owner) == ("cancelled", cast.marit)
    with pytest.raises(assignments.NotYourTurn):
        find_another(ride, by=cast.marit.user, at=now)
    with pytest.raises(assignments.NotYourTurn):
        it_stands(ride)


def test_what_whoever_changes_it_may_not_see_is_marked_by_the_job(cast, per, ride, now):
    before = what_they_can.Can.of(per)
    Availability.objects.filter(volunteer=per).delete()
    told = what_they_can.Can.from_job(before.for_job())
    assert told == before
    what_they_can.mark(per, told, at=now)
    assert Assignment.objects.get().doubts == ["time"]
    what_they_can.mark(per, told, at=now)
    assert Assignment.objects.get().doubts == ["time"]


def test_whoever_is_wanted_those_who_could_stand_first(cast, per, ride, web, now):
    find_another(ride, by=cast.marit.user, at=now)
    wanted = HelpWanted.objects.select_related("occurrence__activity__arena").get()
    near = make_volunteer("Siv Dahl", hamlet=per.hamlet)
    Availability.objects.create(volunteer=near, weekday=SOON.weekday(), starts=time(9), ends=time(16))
    without_car = make_volunteer("Odd Vik", hamlet=per.hamlet, has_car=False, seats=0)
    Availability.objects.create(volunteer=without_car, weekday=SOON.weekday(), starts=time(9), ends=time(16))
    never_then = make_volunteer("Åse Lie", hamlet=per.hamlet)
    assert [could(wanted, one) for one in (near, without_car, never_then)] == [True, False, False]
    page = web.be(cast.marit).get(reverse("everyday:volunteers")).text
    assert page.index("Kunne da") < page.index(f'<option value="{near.pk}"') < page.index('<optgroup label="Andre">')
    assert page.index('<optgroup label="Andre">') < page.index(f'<option value="{never_then.pk}"')


SAID = {"times_a_month": 3, "range_km": 30, "accompanies": 2, "has_car": "on", "seats": 2, "wheelchair_places": 0}


def test_per_changes_his_own_times_and_marit_sees_what_no_longer_fits_and_who_changed_it(cast, per, ride, web):
    mine, page = reverse("everyday:my_times"), reverse("everyday:volunteer_times", args=[per.pk])
    web.be(per.user)
    assert web.get(mine).status_code == 200
    weekday = (SOON.weekday() + 1) % 7
    bad = {**SAID, f"from_{weekday}": "12:00", f"to_{weekday}": "10:00"}
    assert web.post(mine, bad).status_code == 422
    said = {**SAID, f"day_{weekday}": ["evening"], f"from_{weekday}": "10:00", f"to_{weekday}": "12:30"}
    assert web.post(mine, {**said, "interests": ["fishing", "cards"]}).status_code == 302
    assert "Kommer du likevel?" in web.get(reverse("everyday:my_assignments")).text
    per.refresh_from_db()
    assert (per.interests, per.seats, per.range_km) == (["fishing", "cards"], 2, 30)
    assert [(one.weekday, one.starts, one.ends) for one in Availability.objects.filter(volunteer=per)] == [
        (weekday, time(10), time(12, 30)), (weekday, time(16), time(22))
    ]  # fmt: skip
    assert web.get(page).status_code == 403
    assert web.be(cast.kari).get(page).status_code == 403
    assert web.get(mine).status_code == 403

    register = web.be(cast.marit).get(reverse("everyday:volunteers")).text
    assert "Avtalt, men passer ikke lenger" in register
    assert "Kan ikke på den tida lenger" in register
    one = web.get(reverse("everyday:volunteer", args=[per.pk])).text
    assert "før: 20" in one
    assert "mandag 09:00–16:00" in one
    assert 'value="12:30"' in web.get(page).text
    settle = reverse("everyday:settle_doubt", args=[ride.pk])
    assert web.be(per.user).post(settle, {"answer": "stands"}).status_code == 403
    web.post(reverse("everyday:i_still_come", args=[ride.pk]))
    assert Assignment.objects.get().doubts == []


def test_a_new_hamlet_is_a_new_home(cast, per, ride, web):
    far = Hamlet.objects.create(name="Nordskot", latitude=67.82, longitude=14.73)
    page = reverse("everyday:change_volunteer", args=[per.pk])
    said = {"name": per.name, "phone": per.phone, "hamlet": far.pk}
    assert web.be(cast.marit).post(page, said).status_code == 302
    per.refresh_from_db()
    assert (per.latitude, Assignment.objects.get().doubts) == (67.82, ["range"])
