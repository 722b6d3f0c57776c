"""Put into use, a draft's tours become the lists; staff still take them themselves, and it can be taken back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day, make_list, make_shift, make_visit
from omtanke.planning import accept, change
from omtanke.planning.make import make
from omtanke.planning.models import Draft, DraftVisit
from omtanke.planning.tests.draft_of import made
from omtanke.visits.edit_lists import SomebodyWasFirst
from omtanke.visits.models import Round, Visit
from omtanke.visits.share_out import take_list

State = Draft.State


def use(cast, draft, days=None, carers=None):
    return accept.accept(draft, days or draft.days, carers, by=cast.liv.user, today=day(0))


def lists():
    """Which visit lies on which list, and when."""
    rows = Visit.objects.filter(on__gte=day(1)).select_related("round__work_list")
    return {visit.pk: (visit.round.work_list.name, visit.planned_start) for visit in rows}


def place(cast, draft, visit, shift, starts):
    DraftVisit.objects.filter(draft=draft, visit=visit).update(shift=shift, starts=starts)


def test_each_tour_takes_the_list_that_most_of_its_visits_lie_on(tomorrow):
    second = make_visit(tomorrow.edvard, tomorrow.round2, "11:00")
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.olas, at("09:20", day(1)))
    place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, at("10:20", day(1)))
    place(tomorrow, draft, second, tomorrow.olas, at("11:00", day(1)))

    use(tomorrow, draft)

    assert lists() == {
        tomorrow.morning.pk: ("Liste 2", at("09:20", day(1))),
        tomorrow.edvards.pk: ("Liste 2", at("10:20", day(1))),
        second.pk: ("Liste 2", at("11:00", day(1))),
    }


def test_the_list_is_proposed_for_the_carer_and_taken_by_nobody(tomorrow):
    draft = made(tomorrow)

    use(tomorrow, draft)

    tomorrow.round1.refresh_from_db()
    assert (tomorrow.round1.proposed_for, tomorrow.round1.taken_by) == (tomorrow.kari, None)
    draft.refresh_from_db()
    assert draft.state == State.ACCEPTED


def test_people_are_told_whole_five_minutes_and_nothing_new_for_less(tomorrow):
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.karis, at("09:18", day(1)))
    place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, at("09:53", day(1)))

    use(tomorrow, draft)

    assert lists()[tomorrow.morning.pk][1] == at("09:15", day(1))
    assert lists()[tomorrow.edvards.pk][1] == at("09:55", day(1))


def test_a_tour_more_than_there_are_lists_gets_an_extra_one(tomorrow):
    third = make_visit(tomorrow.edvard, tomorrow.round1, "12:00")
    tors = make_shift(tomorrow.tor, day(1))
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.karis, tomorrow.morning.planned_start)
    place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, tomorrow.edvards.planned_start)
    place(tomorrow, draft, third, tors, third.planned_start)

    use(tomorrow, draft)

    assert sorted(name for name, _starts in lists().values()) == ["Ekstra 1", "Liste 1", "Liste 2"]
    assert set(Round.objects.filter(on=day(1)).values_list("proposed_for", flat=True)) == {
        tomorrow.kari.pk,
        tomorrow.ola.pk,
        tomorrow.tor.pk,
    }


def test_a_list_that_somebody_has_taken_goes_to_nobody_elses_tour(tomorrow):
    Round.objects.filter(pk=tomorrow.round1.pk).update(taken_by=tomorrow.ola, taken_at=timezone.now())
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.karis, tomorrow.morning.planned_start)
    place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, tomorrow.edvards.planned_start)

    use(tomorrow, draft)

    assert lists()[tomorrow.morning.pk][0] == "Liste 2"
    assert lists()[tomorrow.edvards.pk][0] == "Liste 1"


def test_what_has_no_place_and_lies_in_the_way_is_to_be_shared_out_and_not_lost(tomorrow):
    left = make_visit(tomorrow.edvard, tomorrow.round1, "12:00")
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.karis, tomorrow.morning.planned_start)
    place(tomorrow, draft, left, None, None)

    use(tomorrow, draft)

    assert lists()[left.pk] == ("Å fordele", at("12:00", day(1)))


def test_a_day_at_a_time_it_is_in_use_in_part(tomorrow):
    later = Round.objects.create(work_list=tomorrow.list1, on=day(2))
    visit = make_visit(tomorrow.astrid, later, "09:15")
    make_shift(tomorrow.kari, day(2))
    draft = made(tomorrow)
    Draft.objects.filter(pk=draft.pk).update(last=day(2), state=State.WAITING)
    make(draft.pk)
    draft.refresh_from_db()

    use(tomorrow, draft, [day(1)])

    draft.refresh_from_db()
    later.refresh_from_db()
    assert (draft.state, later.proposed_for) == (State.PARTLY, None)
    assert accept.days_in_use(draft) == {day(1)}
    use(tomorrow, draft, [day(2)])
    draft.refresh_from_db()
    assert draft.state == State.ACCEPTED
    assert draft.visits.get(visit=visit).accepted_at


def test_only_one_carers_tour(tomorrow):
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, at("10:30", day(1)))

    use(tomorrow, draft, carers=[tomorrow.kari.pk])

    draft.refresh_from_db()
    assert draft.state == State.PARTLY
    assert lists()[tomorrow.edvards.pk] == ("Liste 2", at("09:30", day(1)))


def test_undo_puts_the_lists_back_as_they_lay(tomorrow):
    before = lists()
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.olas, at("10:30", day(1)))
    used = use(tomorrow, draft)
    assert lists() != before

    accept.undo_acceptance(used, by=tomorrow.liv.user, today=day(0))

    draft.refresh_from_db()
    assert lists() == before
    assert draft.state == State.READY
    assert not Round.objects.exclude(proposed_for=None).exists()


def test_nothing_is_undone_when_somebody_has_taken_or_edited_a_list_since(tomorrow):
    draft = made(tomorrow)
    used = use(tomorrow, draft)
    tomorrow.round1.refresh_from_db()
    take_list(tomorrow.round1, by=tomorrow.kari, at=timezone.now())

    with pytest.raises(SomebodyWasFirst):
        accept.undo_acceptance(used, by=tomorrow.liv.user, today=day(0))
    assert tomorrow.round1.proposed_for == tomorrow.kari


def test_what_is_on_the_lists_is_not_moved_in_the_draft_any_more(tomorrow):
    draft = made(tomorrow)
    use(tomorrow, draft)

    with pytest.raises(change.InUse):
        change.move_visit(
            draft, tomorrow.morning.pk, tomorrow.olas.pk, at=None, stays=False, by=tomorrow.liv.user, on=day(0)
        )


def test_kari_sees_that_the_list_is_suggested_for_her_and_ola_sees_for_whom(web, tomorrow):
    draft = made(tomorrow)
    make_list(tomorrow.nord, "Liste 3")
    page = reverse("planning:use_draft", args=[draft.pk])
    assert web.be(tomorrow.kari).post(page, {"day": [f"{day(1)}"]}).status_code == 403
    assert web.be(tomorrow.nils).post(page, {"day": [f"{day(1)}"]}).status_code == 403

    assert "Liste 1" in web.be(tomorrow.liv).get(page).content.decode()
    web.post(page, {"day": [f"{day(1)}"]})

    share_out = f"{reverse('visits:share_out')}?on={day(1)}"
    karis = web.be(tomorrow.kari).get(share_out).content.decode()
    assert "Foreslått for deg i planen: her møter du dem du er kontakt for." in karis
    assert "Foreslått for Kari Berg i planen." in web.be(tomorrow.ola).get(share_out).content.decode()
