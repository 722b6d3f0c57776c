"""Where it is full somebody can wait; a place that becomes free is offered in turn, and never silently."""

from datetime import timedelta

import pytest
from django.urls import reverse

from omtanke.access.need_to_know import act_as
from omtanke.config.tests.cast import at, day, make_citizen, make_contact, make_visit
from omtanke.everyday.arrange import arrange
from omtanke.everyday.models import Activity, Notice, Participation
from omtanke.everyday.sign_up import HasRoom, HasVisit, sign_up
from omtanke.everyday.tasks import offer_free_seats, offer_seats_at
from omtanke.everyday.waiting_list import in_turn, offer_seats
from omtanke.visits.models import Round


@pytest.fixture
def now():
    return at("08:00", day(-1))


@pytest.fixture
def dinner(cast, now):
    facts = {"title": "Middag", "starts": at("13:00", day(2)), "minutes": 90, "seats": 1, "unit": cast.nord}
    return arrange(facts, by=None, now=now).occurrences.get()


def says(cast, citizen, occurrence, state, now, **more):
    return sign_up(occurrence, citizen, state=state, by=cast.marit.user, now=now, **more)


def waits(cast, dinner, now):
    """Edvard has the one place; Astrid waits, and then Signe of another unit."""
    with pytest.raises(HasRoom):
        says(cast, cast.astrid, dinner, "waiting", now)
    says(cast, cast.edvard, dinner, "yes", now)
    for hours, citizen in enumerate((cast.astrid, cast.stranger), start=1):
        says(cast, citizen, dinner, "waiting", now + timedelta(hours=hours))


def test_a_place_that_is_given_up_is_kept_for_whoever_waited_longest_and_her_contact_is_to_ask(cast, dinner, now):
    waits(cast, dinner, now)
    assert offer_seats(dinner, at=now) == []  # nobody has left
    says(cast, cast.edvard, dinner, "no", now)
    offer_seats_at(dinner.pk)

    notice = Notice.objects.get()
    assert (notice.citizen, notice.about, notice.teller, notice.told_at) == (
        cast.astrid, "seat", cast.kari.user, None
    )  # fmt: skip
    assert [one.citizen for one in in_turn(dinner)] == [cast.stranger]
    assert Participation.objects.get(citizen=cast.astrid).state == "invited"
    offer_seats_at(dinner.pk)  # once more does nothing: the place is kept
    assert Notice.objects.count() == 1


def test_her_no_offers_it_to_the_next_and_is_the_answer_to_the_offer(cast, dinner, now):
    contact = make_contact(cast.stranger, cast.nils)
    waits(cast, dinner, now)
    says(cast, cast.edvard, dinner, "no", now)
    offer_seats_at(dinner.pk)
    says(cast, cast.astrid, dinner, "no", now)
    offer_seats_at(dinner.pk)

    assert Notice.objects.get(citizen=cast.astrid).told_by == cast.marit.user
    assert Notice.objects.to_tell().get().teller == contact.employee.user


def test_who_is_somewhere_else_then_keeps_their_turn_and_the_next_is_asked(cast, dinner, now):
    waits(cast, dinner, now)
    bingo = arrange({"title": "Bingo", "starts": dinner.starts, "minutes": 60}, by=None, now=now).occurrences.get()
    says(cast, cast.astrid, bingo, "yes", now)
    says(cast, cast.edvard, dinner, "no", now)
    offer_seats_at(dinner.pk)
    assert Notice.objects.get().citizen == cast.stranger
    assert [one.citizen for one in in_turn(dinner)] == [cast.astrid]


def test_more_room_is_found_by_the_sweep(cast, dinner, now):
    waits(cast, dinner, now)
    Activity.objects.update(seats=3)
    assert offer_free_seats() == 2
    assert offer_free_seats() == 0


def test_yes_after_an_offer_is_asked_about_the_visit_as_any_new_yes(cast, dinner, now):
    waits(cast, dinner, now)
    says(cast, cast.edvard, dinner, "no", now)
    offer_seats_at(dinner.pk)
    make_visit(cast.astrid, Round.objects.get_or_create(work_list=cast.list1, on=day(2))[0], "13:15")
    act_as(cast.marit.user_id)
    with pytest.raises(HasVisit):
        says(cast, cast.astrid, dinner, "yes", now)
    assert says(cast, cast.astrid, dinner, "yes", now, knowing_of_visits=True).state == "yes"
    act_as(None)


def test_the_page_offers_to_wait_only_where_it_is_full_and_shows_the_line_to_those_who_see_them(cast, dinner, web, now):
    sign, page = reverse("everyday:sign_up", args=[dinner.pk]), reverse("everyday:occurrence", args=[dinner.pk])
    chosen = f"{sign}?citizen={cast.astrid.pk}"
    assert 'value="waiting"' not in web.be(cast.marit).get(chosen).text
    says(cast, cast.edvard, dinner, "yes", now)
    assert 'value="waiting"' in web.get(chosen).text
    assert web.post(sign, {"citizen": cast.astrid.pk, "way": "walks", "state": "yes"}).status_code == 422
    assert web.post(sign, {"citizen": cast.astrid.pk, "way": "walks", "state": "waiting"}).status_code == 302
    says(cast, cast.stranger, dinner, "waiting", now)

    seen = web.get(page).text
    assert "Venter på plass, den som har ventet lengst først" in seen
    assert "Astrid N." in seen
    assert "Signe" not in seen  # she belongs to another unit
    assert web.be(cast.per.user).get(page).status_code == 403


def test_waiting_takes_no_place_and_blocks_nothing(cast, dinner, now):
    waits(cast, dinner, now)
    other = arrange({"title": "Tur", "starts": dinner.starts, "minutes": 60}, by=None, now=now).occurrences.get()
    assert says(cast, cast.astrid, other, "yes", now).state == "yes"
    assert says(cast, make_citizen("Odd", "Vik", cast.nord), dinner, "no", now).state == "no"
