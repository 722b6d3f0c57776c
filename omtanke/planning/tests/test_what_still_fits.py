"""What has changed since a draft was made stays as people left it; the rest of the draft is used; nothing is lost."""

from datetime import timedelta

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.config.tests.cast import at, day, make_shift, make_visit
from omtanke.planning import accept
from omtanke.planning.basis import with_these_anew
from omtanke.planning.meanwhile import What, since_made
from omtanke.planning.models import Draft
from omtanke.planning.tests.draft_of import made
from omtanke.planning.tests.test_a_draft_becomes_lists import lists, place, use
from omtanke.visits.absences import register_absence
from omtanke.visits.models import Absence, Shift, Visit

State = Draft.State


@pytest.fixture
def draft(tomorrow):
    """Astrid and Edvard change carers; a third visit of Edvard's is left with Ola."""
    tomorrow.dinner = make_visit(tomorrow.edvard, tomorrow.round2, "12:00")
    draft = made(tomorrow)
    place(tomorrow, draft, tomorrow.morning, tomorrow.karis, at("10:15", day(1)))
    place(tomorrow, draft, tomorrow.edvards, tomorrow.olas, at("10:30", day(1)))
    place(tomorrow, draft, tomorrow.dinner, tomorrow.olas, at("12:30", day(1)))
    return draft


def by(who, **changes):
    """Somebody changes these visits, as a request of theirs does."""
    return pghistory.context(user=who.user.pk, **changes)


def test_a_visit_that_is_not_done_is_left_out_and_all_others_are_used(tomorrow, draft):
    with by(tomorrow.lars):
        Visit.objects.filter(pk=tomorrow.edvards.pk).update(not_done="hospital")

    (gone,) = since_made(draft).visits
    assert (gone.what, gone.list_name, gone.citizen, gone.who) == (What.GONE, "Liste 2", tomorrow.edvard, "Lars Holm")
    use(tomorrow, draft)

    assert lists()[tomorrow.morning.pk] == ("Liste 1", at("10:15", day(1)))
    assert lists()[tomorrow.dinner.pk] == ("Liste 2", at("12:30", day(1)))
    assert lists()[tomorrow.edvards.pk] == ("Liste 2", at("09:30", day(1)))  # as it lay


def test_a_visit_that_was_taken_out_still_has_a_name(tomorrow, draft):
    pk = tomorrow.edvards.pk
    with by(tomorrow.lars):
        tomorrow.edvards.delete()

    (gone,) = since_made(draft).visits
    assert (gone.citizen, gone.visit, gone.was, gone.who) == (
        tomorrow.edvard,
        None,
        ("Liste 2", at("09:30", day(1))),
        "Lars Holm",
    )
    use(tomorrow, draft)
    assert pk not in lists()
    assert lists()[tomorrow.morning.pk] == ("Liste 1", at("10:15", day(1)))


def test_a_new_visit_stays_where_it_is_on_a_list_that_is_used(tomorrow, draft):
    new = make_visit(tomorrow.astrid, tomorrow.round2, "13:00")

    (change,) = since_made(draft).visits
    assert (change.what, change.visit) == (What.NEW, new)
    used = use(tomorrow, draft)

    assert lists()[new.pk] == ("Liste 2", at("13:00", day(1)))  # not sent to be shared out
    assert used.undo["stayed"] == [new.pk]


def test_what_somebody_has_moved_since_stays_there_with_the_second_carers_half(tomorrow, draft):
    Visit.objects.filter(pk=tomorrow.morning.pk).update(together_with=tomorrow.dinner)
    Visit.objects.filter(pk=tomorrow.dinner.pk).update(together_with=tomorrow.morning)
    with by(tomorrow.lars):
        Visit.objects.filter(pk=tomorrow.morning.pk).update(round=tomorrow.round2, planned_start=at("11:00", day(1)))

    use(tomorrow, draft)

    assert lists() == {
        tomorrow.morning.pk: ("Liste 2", at("11:00", day(1))),
        tomorrow.dinner.pk: ("Liste 2", at("12:00", day(1))),
        tomorrow.edvards.pk: ("Liste 2", at("10:30", day(1))),
    }
    draft.refresh_from_db()
    assert draft.state == State.PARTLY
    (change,) = since_made(draft).visits  # it is still told, and what the draft itself has moved is not
    assert (change.what, change.was) == (What.CHANGED, ("Liste 1", at("09:15", day(1))))


def test_the_tour_of_somebody_who_is_away_now_is_left_out(tomorrow, draft):
    register_absence(tomorrow.ola, Absence.Kind.ILL, first_day=day(1), last_day=day(1), on=day(0))

    (change,) = since_made(draft).shifts
    assert (change.what, change.employee, change.away, change.visits) == (What.GONE, tomorrow.ola, True, 2)
    use(tomorrow, draft)

    assert lists()[tomorrow.morning.pk] == ("Liste 1", at("10:15", day(1)))
    assert lists()[tomorrow.edvards.pk] == ("Liste 2", at("09:30", day(1)))
    assert lists()[tomorrow.dinner.pk] == ("Liste 2", at("12:00", day(1)))


@pytest.mark.parametrize(("ends", "fits"), [("14:00", True), ("12:00", False)])
def test_a_shorter_shift_keeps_its_tour_only_if_all_of_it_fits(tomorrow, draft, ends, fits):
    Shift.objects.filter(pk=tomorrow.olas.pk).update(ends=at(ends, day(1)))

    (change,) = since_made(draft).shifts
    assert (change.what, change.visits) == (What.CHANGED, 0 if fits else 2)
    use(tomorrow, draft)

    assert lists()[tomorrow.dinner.pk][1] == at("12:30" if fits else "12:00", day(1))


def test_one_more_at_work_is_told_and_changes_nothing(tomorrow, draft):
    make_shift(tomorrow.tor, day(1))

    (change,) = since_made(draft).shifts
    assert (change.what, change.employee, change.visits) == (What.NEW, tomorrow.tor, 0)
    use(tomorrow, draft)
    draft.refresh_from_db()
    assert draft.state == State.ACCEPTED


def test_the_day_going_on_is_no_change(tomorrow, draft):
    start = at("09:20", day(1))
    Visit.objects.filter(pk=tomorrow.morning.pk).update(done_by=tomorrow.kari, started_at=start)
    assert not since_made(draft)
    Visit.objects.filter(pk=tomorrow.morning.pk).update(ended_at=start + timedelta(minutes=30))
    assert not since_made(draft)


def test_one_undo_takes_it_back_and_what_somebody_changed_stays_changed(tomorrow, draft):
    with by(tomorrow.lars):
        Visit.objects.filter(pk=tomorrow.morning.pk).update(planned_start=at("11:00", day(1)))
    before = lists()
    used = use(tomorrow, draft)
    assert lists() != before

    accept.undo_acceptance(used, by=tomorrow.liv.user, today=day(0))

    assert lists() == before
    draft.refresh_from_db()
    (change,) = since_made(draft).visits
    assert change.visit == tomorrow.morning
    assert change.who == "Lars Holm"


def test_used_a_second_time_one_is_told_who_was_first(tomorrow, draft):
    use(tomorrow, draft)

    with pytest.raises(accept.InUseAlready) as told:
        use(tomorrow, draft)
    assert told.value.change.by == tomorrow.liv.user


def test_a_second_tour_does_not_take_the_list_of_one_that_is_used(tomorrow, draft):
    use(tomorrow, draft, carers=[tomorrow.kari.pk])
    Visit.objects.filter(pk__in=[tomorrow.edvards.pk, tomorrow.dinner.pk]).update(round=tomorrow.round1)
    draft.made_from = with_these_anew(draft.made_from, [tomorrow.edvards.pk, tomorrow.dinner.pk])
    draft.save()  # as if the draft had been made so

    use(tomorrow, draft, carers=[tomorrow.ola.pk])

    assert lists()[tomorrow.morning.pk][0] == "Liste 1"
    assert lists()[tomorrow.edvards.pk][0] == "Liste 2"


def test_liv_reads_what_has_changed_who_did_it_and_what_comes_of_it(web, tomorrow, draft):
    with by(tomorrow.lars):
        Visit.objects.filter(pk=tomorrow.edvards.pk).update(not_done="hospital")
        Visit.objects.filter(pk=tomorrow.morning.pk).update(round=tomorrow.round2)
    make_visit(tomorrow.astrid, tomorrow.round2, "13:00")
    register_absence(tomorrow.kari, Absence.Kind.ILL, first_day=day(1), last_day=day(1), on=day(0))
    page = reverse("planning:use_draft", args=[draft.pk])

    text = web.be(tomorrow.liv).get(page).content.decode()

    assert "1 av 2 besøk kan tas i bruk slik utkastet har dem." in text
    for words in ("På sykehus", "Lars Holm", "er nytt", "er borte", "Det blir liggende der det er nå", "Edvard M."):
        assert words in text
    told = web.post(page, {"day": [f"{day(1)}"]}, follow=True).content.decode()
    assert "2 besøk ligger der noen har lagt dem etter at utkastet ble laget." in told
    assert web.be(tomorrow.kari).get(page).status_code == 403
    assert web.be(tomorrow.nils).get(page).status_code == 403


def test_a_draft_of_days_on_which_another_is_in_use_says_so_and_ticks_none_of_them(web, tomorrow, draft):
    other = made(tomorrow)
    Draft.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    page, ticked = reverse("planning:use_draft", args=[other.pk]), f'value="{day(1)}" checked'
    assert ticked in web.be(tomorrow.liv).get(page).text
    used = use(tomorrow, draft)

    text = web.get(page).text

    assert "Et annet utkast for disse dagene er i bruk" in text
    assert reverse("planning:draft", args=[draft.pk]) in text
    assert ticked not in text
    assert ticked in web.get(page, {"look": "1", "day": f"{day(1)}"}).text  # whoever means it ticks it
    accept.undo_acceptance(used, by=tomorrow.liv.user, today=day(0))
    assert ticked in web.get(page).text


def test_a_draft_from_before_this_was_kept_is_planned_again_first(web, tomorrow, draft):
    Draft.objects.filter(pk=draft.pk).update(made_from=None)
    before = lists()

    with pytest.raises(accept.MadeBeforeItWasKept):
        use(tomorrow, draft)
    page = web.be(tomorrow.liv).get(reverse("planning:use_draft", args=[draft.pk])).content.decode()
    assert "Planlegg på nytt først" in page
    assert lists() == before
