"""Lists are taken by those at work, one winner each time; a list of another unit opens that unit while it lasts."""

from datetime import timedelta

import pytest

from omtanke.access.models import Grant, Reason
from omtanke.config.tests.cast import at, day, make_list, make_shift
from omtanke.visits.models import Round, Visit
from omtanke.visits.share_out import AlreadyTaken, NotAtWork, NotTheirs, VisitUnderWay, give_back, hand_out, take_list

MORNING = at("07:30")


@pytest.fixture
def at_work(cast):
    make_shift(cast.kari)
    make_shift(cast.ola)
    make_shift(cast.nils)
    return cast


def list_grants(employee):
    return Grant.objects.filter(holder=employee.user, reason=Reason.LIST).order_by("pk")


def test_kari_takes_a_free_list_and_ola_is_told_that_she_has_it(at_work):
    take_list(at_work.round1, by=at_work.kari, at=MORNING)

    with pytest.raises(AlreadyTaken) as told:
        take_list(Round.objects.get(pk=at_work.round1.pk), by=at_work.ola, at=MORNING)
    assert told.value.by == at_work.kari
    assert Round.objects.get(pk=at_work.round1.pk).taken_by == at_work.kari


def test_taking_ones_own_list_again_changes_nothing(at_work):
    take_list(at_work.round1, by=at_work.kari, at=MORNING)
    take_list(at_work.round1, by=at_work.kari, at=MORNING + timedelta(hours=1))
    assert Round.objects.get(pk=at_work.round1.pk).taken_at == MORNING


def test_a_list_is_taken_only_by_somebody_at_work_while_it_runs(at_work):
    make_shift(at_work.tor, starts="15:30", ends="22:00")
    with pytest.raises(NotAtWork):
        take_list(at_work.round1, by=at_work.tor, at=MORNING)
    assert Round.objects.get(pk=at_work.round1.pk).taken_by is None


def test_at_work_in_the_unit_a_list_opens_nothing_more(at_work):
    take_list(at_work.round1, by=at_work.kari, at=MORNING)
    assert not list_grants(at_work.kari).exists()


def test_a_list_of_another_unit_opens_that_unit_until_it_is_given_back(at_work):
    take_list(at_work.round1, by=at_work.nils, at=MORNING)
    grant = list_grants(at_work.nils).get()
    assert (grant.unit_id, grant.since, grant.until) == (at_work.nord.pk, MORNING, at("15:00") + timedelta(hours=4))

    give_back(Round.objects.get(pk=at_work.round1.pk), at_work.nils, at=at("09:00"))
    grant.refresh_from_db()
    assert grant.until == at("09:00")


def test_a_list_taken_anew_is_a_new_line_in_the_ledger(at_work):
    take_list(at_work.round1, by=at_work.nils, at=MORNING)
    give_back(at_work.round1, at_work.nils, at=at("09:00"))
    take_list(at_work.round1, by=at_work.nils, at=at("10:00"))

    first, second = list_grants(at_work.nils)
    assert (first.since, first.until) == (MORNING, at("09:00"))
    assert (second.since, second.until) == (at("10:00"), at("19:00"))


def test_somebody_called_in_is_handed_a_list_and_sees_the_people_on_it(at_work, web):
    hand_out(at_work.round1, at_work.tor, by=at_work.liv.user, at=MORNING)

    round1 = Round.objects.get(pk=at_work.round1.pk)
    assert (round1.taken_by, round1.handed_out_by) == (at_work.tor, at_work.liv)
    assert list_grants(at_work.tor).get().given_by == at_work.liv.user


def test_what_is_handed_out_is_not_taken_from_whoever_has_it(at_work):
    take_list(at_work.round1, by=at_work.kari, at=MORNING)
    with pytest.raises(AlreadyTaken):
        hand_out(at_work.round1, at_work.tor, by=at_work.liv.user, at=MORNING)


def test_a_list_for_tomorrow_opens_the_unit_twelve_hours_before(at_work):
    tomorrow = Round.objects.create(work_list=at_work.list1, on=day(1))
    hand_out(tomorrow, at_work.nils, by=at_work.liv.user, at=at("10:00"))
    assert list_grants(at_work.nils).get().since == at("07:30", day(1)) - timedelta(hours=12)


def test_a_night_list_ends_on_the_next_day(at_work):
    night = Round.objects.create(work_list=make_list(at_work.nord, "Natt", "22:00", "07:30"), on=day(0))
    assert night.ends_at == at("07:30", day(1))


def test_a_list_is_not_given_back_in_the_middle_of_a_visit_or_by_somebody_who_does_not_have_it(at_work):
    take_list(at_work.round1, by=at_work.kari, at=MORNING)
    Visit.objects.filter(pk=at_work.visit.pk).update(started_at=at("09:15"), done_by=at_work.kari)
    with pytest.raises(VisitUnderWay):
        give_back(at_work.round1, at_work.kari, at=at("09:20"))
    with pytest.raises(NotTheirs):
        give_back(at_work.round1, at_work.ola, at=at("09:20"))


def test_nils_sees_nobody_of_nord_before_he_has_a_list_there_and_after_he_gave_it_back(at_work, web):
    page = f"/rounds/{at_work.round1.pk}/"
    nils = web.be(at_work.nils)
    assert "Astrid" not in nils.get(page).content.decode()

    nils.post(f"/rounds/{at_work.round1.pk}/take/")
    assert Round.objects.get(pk=at_work.round1.pk).taken_by == at_work.nils
    assert "Astrid" in nils.get(page).content.decode()

    nils.post(f"/rounds/{at_work.round1.pk}/give-back/")
    assert "Astrid" not in nils.get(page).content.decode()
