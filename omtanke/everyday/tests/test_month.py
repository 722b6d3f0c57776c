"""A month is planned from wishes; nobody who said no is in it; people decide, and asking loses nobody."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.access.permissions import Role
from omtanke.access.roles import end_role, give_role
from omtanke.config.tests.cast import make_citizen, make_volunteer
from omtanke.everyday import month_steer
from omtanke.everyday.models import (
    Activity,
    Arena,
    Assignment,
    Availability,
    MatchingNo,
    MonthChoice,
    MonthPlan,
    Occurrence,
    Participation,
    Wish,
)
from omtanke.everyday.month_make import make
from omtanke.everyday.say_wish import say_wish
from omtanke.visits.models import Round, Visit


def next_month() -> date:
    return (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)


def offered(title: str, interest: str, on: int, seats: int | None = None) -> Occurrence:
    arena, _new = Arena.objects.get_or_create(name="Samfunnshuset", latitude=67.96, longitude=15.05)
    starts = timezone.make_aware(datetime.combine(next_month() + timedelta(days=on), datetime.min.time()))
    starts += timedelta(hours=11)
    activity = Activity.objects.create(
        title=title, interests=[interest], starts=starts, minutes=90, arena=arena, seats=seats
    )
    return Occurrence.objects.create(activity=activity, starts=starts, ends=starts + timedelta(minutes=90))


def wished(cast, citizen, words: str, interest: str) -> Wish:
    return say_wish(citizen, words, by=cast.kari.user, at=timezone.now(), interest=interest)


@pytest.fixture
def driver(cast):
    """Per can come any day."""
    for weekday in range(7):
        Availability.objects.create(volunteer=cast.per, weekday=weekday, starts="08:00", ends="20:00")
    cast.per.latitude, cast.per.longitude = 67.95, 15.06
    cast.per.save()
    return cast.per


def planned(cast, before: MonthPlan | None = None, by=None, units=None) -> MonthPlan:
    plan = MonthPlan.objects.create(
        first=next_month(), last=next_month() + timedelta(days=27), begins_from=before, asked_by=by
    )
    plan.units.set([cast.nord] if units is None else units)
    make(plan.pk)
    plan.refresh_from_db()
    assert plan.state == "ready"
    return plan


def test_a_wish_becomes_a_proposal_with_a_driver_and_one_without_an_offer_has_its_reason(cast, driver):
    offered("Kor", "singing", 9)
    sing, fish = wished(cast, cast.astrid, "synge", "singing"), wished(cast, cast.edvard, "fiske", "fishing")
    plan = planned(cast)

    choice = plan.choices.get()
    assert (choice.wish, choice.driver, choice.stop_number) == (sing, driver, 1)
    assert choice.leaves_at < choice.occurrence.starts
    assert [(one.wish, one.why) for one in plan.unmet.all()] == [(fish, "not_offered")]


def test_whoever_said_no_to_being_matched_is_never_in_it_until_they_say_yes_again(cast, driver):
    offered("Kor", "singing", 9)
    wished(cast, cast.astrid, "synge", "singing")
    month_steer.say_no(cast.astrid, says_no=True, by=cast.kari.user, at=timezone.now())
    plan = planned(cast)
    assert (plan.choices.count(), plan.unmet.count()) == (0, 0)

    month_steer.say_no(cast.astrid, says_no=False, by=cast.kari.user, at=timezone.now())
    assert planned(cast).choices.count() == 1


def test_who_says_no_after_the_plan_was_made_is_not_asked(cast, driver):
    offered("Kor", "singing", 9)
    wished(cast, cast.astrid, "synge", "singing")
    plan = planned(cast)
    month_steer.say_no(cast.astrid, says_no=True, by=cast.kari.user, at=timezone.now())

    assert month_steer.invite(plan, by=cast.marit.user, at=timezone.now()).invited == 0
    assert not Participation.objects.exists()


def test_what_is_pinned_stays_and_what_is_taken_out_stays_away(cast, driver):
    for day in (9, 16):
        offered("Kor", "singing", day, seats=1)
    for citizen in (cast.astrid, cast.edvard):
        wished(cast, citizen, "synge", "singing")
    plan = planned(cast)
    pinned, out = plan.choices.order_by("pk")
    month_steer.pin(pinned, pinned=True)
    month_steer.take_out(out, out=True)
    again = planned(cast, plan)

    kept = again.choices.filter(taken_out=False)
    assert kept.filter(wish=pinned.wish, occurrence=pinned.occurrence, pinned=True).exists()
    assert not kept.filter(wish=out.wish, occurrence=out.occurrence).exists()


def test_asking_invites_the_person_asks_the_driver_and_offers_the_wish_once(cast, driver):
    offered("Kor", "singing", 9)
    wish = wished(cast, cast.astrid, "synge", "singing")
    plan = planned(cast)
    asked = month_steer.invite(plan, by=cast.marit.user, at=timezone.now())

    assert (asked.invited, asked.not_possible, asked.without_help) == (1, [], [])
    place = Participation.objects.get()
    assert (place.state, place.wish, place.citizen) == ("invited", wish, cast.astrid)
    given = Assignment.objects.get()
    assert (given.kind, given.state, given.volunteer, given.pick_up_at) == ("ride", "asked", driver, place.starts)
    wish.refresh_from_db()
    assert wish.state == "offered"
    with pytest.raises(month_steer.NotNow):
        month_steer.invite(plan, by=cast.marit.user, at=timezone.now())
    with pytest.raises(month_steer.NotNow):
        month_steer.pin(plan.choices.get(), pinned=True)


def test_a_seat_that_went_to_somebody_else_in_the_meantime_is_told_about_and_not_given_twice(cast, driver):
    there = offered("Kor", "singing", 9, seats=1)
    wished(cast, cast.astrid, "synge", "singing")
    plan = planned(cast)
    Participation.objects.create(citizen=cast.edvard, occurrence=there, starts=there.starts, ends=there.ends)
    asked = month_steer.invite(plan, by=cast.marit.user, at=timezone.now())

    assert [one.citizen for one in asked.not_possible] == [cast.astrid]
    assert Participation.objects.count() == 1


def test_a_volunteer_who_is_out_already_that_day_is_not_proposed(cast, driver):
    there = offered("Kor", "singing", 9)
    other = make_volunteer("Unni Vik", latitude=67.95, longitude=15.04)
    Assignment.objects.create(
        volunteer=driver, citizen=cast.edvard, kind="company", starts=there.starts, ends=there.ends
    )
    wished(cast, cast.astrid, "synge", "singing")
    assert planned(cast).unmet.get().why == "no_driver"

    Availability.objects.create(volunteer=other, weekday=there.starts.weekday(), starts="08:00", ends="20:00")
    assert planned(cast).choices.get().driver == other


def test_what_somebody_goes_to_every_week_anyway_does_not_use_up_their_month(cast, driver):
    there = offered("Kor", "singing", 9)
    wish = wished(cast, cast.astrid, "synge", "singing")
    for day in (1, 3, 5):
        habit = offered("Trim", "exercise", day)
        Participation.objects.create(citizen=cast.astrid, occurrence=habit, starts=habit.starts, ends=habit.ends)
    assert planned(cast).choices.get().occurrence == there

    Participation.objects.update(wish=wish)
    assert planned(cast).unmet.get().why == "enough"


def test_what_one_more_would_give_is_told(cast):
    offered("Kor", "singing", 9)
    cast.astrid.hamlet = None
    wished(cast, cast.astrid, "synge", "singing")
    from omtanke.people.models import Hamlet

    cast.astrid.hamlet = Hamlet.objects.create(name="Leinesfjord", latitude=67.95, longitude=15.05)
    cast.astrid.save()
    gain = planned(cast).gains.get()

    assert (gain.kind, gain.hamlet.name, gain.wishes) == ("volunteer", "Leinesfjord", 1)


def test_the_month_is_marits_to_plan_and_not_a_carers_or_another_units(cast, web, driver):
    offered("Kor", "singing", 9)
    wished(cast, cast.astrid, "synge", "singing")
    plan = planned(cast)

    assert "Astrid Nilsen" in web.be(cast.marit).get(plan.get_absolute_url()).text
    assert "«synge»" in web.get(plan.get_absolute_url() + "?by=person").text
    assert web.be(cast.kari).get(plan.get_absolute_url()).status_code == 403
    assert web.be(cast.eva).get(plan.get_absolute_url()).status_code == 403
    assert web.be(driver.user).get(plan.get_absolute_url()).status_code == 403
    assert MonthChoice.objects.count() == 1


def test_several_units_are_planned_together_by_whoever_may_plan_in_each_of_them(cast, web, driver):
    """Wishes of both units share the seats of one evening; the plan is nobody's who may plan in one of them only."""
    choir, ask = offered("Kor", "singing", 9, seats=1), reverse("everyday:ask_for_month")
    elsewhere = give_role(
        cast.marit.user, Role.ACTIVITY_COORDINATOR, unit_id=cast.sør.pk, by=None, on=timezone.localdate()
    )
    far = make_citizen("Frida", "Sund", cast.sør)
    for citizen in (cast.astrid, far):
        wished(cast, citizen, "synge", "singing")
    asked = web.be(cast.marit).post(ask, {"unit": "all", "month": f"{next_month():%Y-%m}"})
    both = MonthPlan.objects.get()
    make(both.pk)

    assert asked.url == both.get_absolute_url()
    assert (both.choices.get().occurrence, both.unmet.get().why) == (choir, "full")
    page = web.get(f"{both.get_absolute_url()}?by=person").text
    assert "Astrid Nilsen" in page
    assert "Frida Sund" in page
    assert both.get_absolute_url() in web.get(reverse("everyday:months")).text
    assert both.get_absolute_url() not in web.get(f"{reverse('everyday:months')}?unit={cast.nord.pk}").text
    end_role(elsewhere, by=cast.lars.user, on=timezone.localdate())

    assert web.get(both.get_absolute_url()).status_code == 403
    assert web.post(ask, {"unit": cast.sør.pk, "month": f"{next_month():%Y-%m}"}).status_code == 403
    assert both.get_absolute_url() not in web.get(reverse("everyday:months")).text
    both.units.clear()
    assert web.get(both.get_absolute_url()).status_code == 403


def test_a_no_is_noted_on_the_persons_page_and_seen_there(cast, web):
    page = reverse("everyday:citizen_everyday", args=[cast.astrid.pk])
    answer = web.be(cast.kari).post(reverse("everyday:say_no_to_matching", args=[cast.astrid.pk]), {"answer": "no"})

    assert answer.url == page
    assert MatchingNo.objects.get().noted_by == cast.kari.user
    assert 'value="yes"' in web.get(page).text
    assert web.be(cast.nils).post(reverse("everyday:say_no_to_matching", args=[cast.astrid.pk])).status_code == 404


def test_a_visit_is_in_the_way_as_whoever_asked_for_the_plan_may_know(cast, driver):
    there = offered("Kor", "singing", 9)
    wished(cast, cast.astrid, "synge", "singing")
    on = timezone.localdate(there.starts)
    visit = Visit.objects.create(
        citizen=cast.astrid,
        round=Round.objects.create(work_list=cast.list1, on=on),
        on=on,
        planned_start=there.starts + timedelta(minutes=15),
        minutes=30,
        what="Lunsj",
    )
    assert planned(cast, by=cast.marit.user).unmet.get().why == "busy"
    visit.delete()
    assert planned(cast, by=cast.marit.user).choices.get().occurrence == there


def test_what_one_more_seat_would_give_is_told_in_words(cast, driver, web):
    offered("Kor", "singing", 9, seats=1)
    for citizen in (cast.astrid, cast.edvard):
        wished(cast, citizen, "synge", "singing")
    plan = planned(cast)
    gain = plan.gains.get(kind="seat")
    assert (gain.occurrence.activity.title, gain.wishes) == ("Kor", 1)
    said = web.be(cast.marit).get(plan.get_absolute_url(), headers={"accept-language": "nb"}).text
    assert "En plass til på Kor" in said
    assert "minst 1 ønske til" in said
