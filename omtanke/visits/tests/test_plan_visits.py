"""From a decision to visits that recur. What somebody has begun, moved, marked or written about is never laid anew."""

from datetime import time, timedelta

import pytest

from omtanke.config.tests.cast import at, day, make_visit, today
from omtanke.visits.lay_out import lay_out
from omtanke.visits.models import Note, RecurringVisit, Round, Visit
from omtanke.visits.plan_visits import (
    AlreadyEnded,
    add_recurring,
    change_recurring,
    end_decision,
    end_recurring,
    planned_minutes,
    same_weeks,
)


@pytest.fixture
def laid_out(cast):
    """Astrid's morning visit on the ten days to come."""
    lay_out([cast.recurring], first=day(1), last=day(10))
    return cast


def clocks(cast, first=1, last=10):
    visits = Visit.objects.filter(citizen=cast.astrid, on__range=(day(first), day(last))).order_by("on")
    return [visit.planned_start for visit in visits]


def test_a_new_visit_lies_on_its_list_for_the_weeks_ahead(cast):
    made = add_recurring(
        cast.decision,
        by=cast.liv.user,
        on=today(),
        work_list=cast.list2,
        weekdays=[day(1).weekday()],
        starts=time(13, 0),
        minutes=20,
        what="Middag",
        since=day(1),
    )
    laid = made.visits.order_by("on")
    assert [visit.on for visit in laid] == [day(1), day(8), day(15), day(22)]
    assert {visit.round.work_list for visit in laid} == {cast.list2}


def test_a_change_from_a_day_on_leaves_the_days_before_and_everything_touched(laid_out):
    cast = laid_out
    moved = cast.recurring.visits.get(on=day(6))
    Visit.objects.filter(pk=moved.pk).update(planned_start=at("11:00", day(6)))
    marked = cast.recurring.visits.get(on=day(7))
    Visit.objects.filter(pk=marked.pk).update(not_done="hospital")
    written = cast.recurring.visits.get(on=day(8))
    Note.objects.create(citizen=cast.astrid, visit=written, author=cast.kari, text="Ta med ved.")

    new = change_recurring(
        cast.recurring, from_day=day(5), by=cast.liv.user, on=today(), starts=time(8, 0), work_list=cast.list2
    )

    assert clocks(cast, 3, 10) == [
        at("09:15", day(3)), at("09:15", day(4)),
        at("08:00", day(5)),
        at("11:00", day(6)), at("09:15", day(7)), at("09:15", day(8)),
        at("08:00", day(9)), at("08:00", day(10)),
    ]  # fmt: skip
    cast.recurring.refresh_from_db()
    assert (cast.recurring.until, new.since) == (day(5), day(5))
    assert Visit.objects.filter(pk__in=[moved.pk, marked.pk, written.pk], recurring=new).count() == 3


def test_both_parts_of_a_visit_of_two_stay_when_one_is_touched(cast):
    cast.recurring.second_list = cast.list2
    cast.recurring.save()
    lay_out([cast.recurring], first=day(1), last=day(2))
    Visit.objects.filter(on=day(1), second_carer=True).update(planned_start=at("09:30", day(1)))

    change_recurring(cast.recurring, from_day=day(1), by=None, on=today(), starts=time(8, 0))

    first, second = Visit.objects.filter(on=day(1)).order_by("second_carer")
    assert (first.planned_start, first.together_with) == (at("09:15", day(1)), second)
    assert {visit.planned_start for visit in Visit.objects.filter(on=day(2))} == {at("08:00", day(2))}


def test_a_visit_every_second_week_keeps_to_its_weeks_after_a_change(cast):
    monday = today() - timedelta(days=today().weekday())
    every_second = RecurringVisit(since=monday, every_weeks=2, weekdays=[0, 3])
    assert same_weeks(every_second, monday + timedelta(days=16)) == monday + timedelta(days=16)
    assert same_weeks(every_second, monday + timedelta(days=9)) == monday + timedelta(days=14)


def test_an_ended_visit_lies_no_longer_on_lists_and_what_is_begun_stays(laid_out):
    cast = laid_out
    begun = cast.recurring.visits.get(on=day(4))
    Visit.objects.filter(pk=begun.pk).update(started_at=at("09:20", day(4)), done_by=cast.kari)

    taken = end_recurring(cast.recurring, until=day(3), by=cast.liv.user, on=today())

    assert taken == 7
    assert list(cast.recurring.visits.order_by("on").values_list("on", flat=True)) == [day(1), day(2), day(4)]
    with pytest.raises(AlreadyEnded):
        end_recurring(cast.recurring, until=day(3), by=cast.lars.user, on=today())


def test_a_decision_that_ends_takes_its_visits_along_and_one_that_holds_on_gets_them_back(laid_out):
    cast = laid_out
    Visit.objects.filter(recurring=cast.recurring, on=day(2)).update(not_done="away")

    end_decision(cast.decision, until=day(2), by=cast.liv.user, on=today())
    assert list(cast.decision.visits.filter(on__gte=day(1)).order_by("on").values_list("on", flat=True)) == [
        day(1),
        day(2),
    ]
    end_decision(cast.decision, until=None, by=cast.liv.user, on=today())
    assert cast.decision.visits.filter(on__range=(day(1), day(10))).count() == 10


def test_planned_minutes_count_a_visit_by_two_once_and_every_second_week_half(cast):
    once = RecurringVisit(minutes=30, weekdays=[0, 1], every_weeks=1, second_list=cast.list2)
    rare = RecurringVisit(minutes=60, weekdays=[4], every_weeks=2)
    assert planned_minutes([once, rare]) == 90


def asked(cast, **other):
    return {
        "what": "Middag", "weekdays": [0, 2], "every_weeks": 1, "starts": "13:00", "minutes": 20,
        "work_list": cast.list2.pk, "since": day(1).isoformat(), **other,
    }  # fmt: skip


def test_liv_finds_a_place_and_sees_planned_beside_granted_and_kari_and_nils_may_not(cast, web):
    page = f"/decisions/{cast.decision.pk}/visits/add/"
    for carer in (cast.kari, cast.nils):
        assert web.be(carer).post(page, asked(cast)).status_code == 403
    assert web.be(cast.liv).post(page, asked(cast)).headers["Location"] == f"/decisions/{cast.decision.pk}/"

    shown = web.get(f"/decisions/{cast.decision.pk}/visits/").content.decode()
    assert "4 t 10 min" in shown  # seven mornings of 30 minutes and two dinners of 20
    assert "3 t 30 min" in shown


def test_what_lies_on_the_list_then_is_shown_while_choosing_and_nothing_is_saved(cast, web):
    make_visit(cast.edvard, Round.objects.create(work_list=cast.list2, on=day(1)), "12:50", 30)
    page = f"/decisions/{cast.decision.pk}/visits/add/"
    filled = asked(cast, weekdays=[day(1).weekday()])
    shown = web.be(cast.liv).post(page, {**filled, "show": "1"}).content.decode()
    assert "Edvard M." in shown
    fragment = web.get(f"/decisions/{cast.decision.pk}/visits/load/", filled).content.decode()
    assert "Edvard M." in fragment
    assert RecurringVisit.objects.count() == 1


def test_a_list_of_another_unit_cannot_be_chosen_and_the_same_list_not_twice(cast, web):
    foreign = type(cast.list1).objects.create(unit=cast.sør, name="Sør 1", starts=time(8), ends=time(15))
    page = f"/decisions/{cast.decision.pk}/visits/add/"
    assert web.be(cast.liv).post(page, asked(cast, work_list=foreign.pk)).status_code == 200
    again = web.post(page, asked(cast, second_list=cast.list2.pk)).content.decode()
    assert "ds-error-summary" in again
    assert "Middag" in again
    assert RecurringVisit.objects.count() == 1


def test_liv_changes_and_ends_a_recurring_visit_on_its_pages(laid_out, web):
    cast = laid_out
    weekdays = list(range(7))
    changed = asked(cast, starts="08:30", weekdays=weekdays, since=day(5).isoformat(), what="Morgenstell", minutes=30)
    web.be(cast.liv).post(f"/recurring/{cast.recurring.pk}/change/", changed)
    assert clocks(cast, 4, 6) == [at("09:15", day(4)), at("08:30", day(5)), at("08:30", day(6))]

    new = RecurringVisit.objects.latest("pk")
    web.post(f"/recurring/{new.pk}/end/", {"last_day": day(5).isoformat()})
    assert clocks(cast, 4, 8) == [at("09:15", day(4)), at("08:30", day(5))]
    assert web.be(cast.nils).post(f"/recurring/{new.pk}/end/", {"last_day": day(2)}).status_code == 403


def test_one_page_says_who_has_no_place(cast, web):
    cast.recurring.delete()
    cast.secondary.delete()
    shown = web.be(cast.liv).get("/no-place/").content.decode()
    assert "Vedtak uten besøk" in shown
    assert "Uten sekundærkontakt" in shown
    assert "Uten primærkontakt" not in shown
    assert "Liste 1" in shown  # today's visit lies there, and nobody has it
    assert web.be(cast.nils).get("/no-place/").status_code == 403


def test_the_panel_on_the_page_of_decisions_names_those_without_visits(cast, web):
    assert "Astrid" not in web.be(cast.liv).get("/no-place/decisions/").content.decode()
    cast.recurring.delete()
    assert "Astrid Nilsen" in web.get("/no-place/decisions/").content.decode()
