"""Granted against delivered time per person, for those who handle decisions in the unit, and for nobody else."""

from datetime import timedelta

import pytest

from omtanke.access.models import Look
from omtanke.care.models import Decision, Service
from omtanke.config.tests.cast import at, make_citizen, make_visit, today
from omtanke.insight.delivered import Period, of_unit, week_by_week
from omtanke.kernel.delivered import Cause, Drift
from omtanke.visits.models import Round, Visit


@pytest.fixture
def weeks(cast):
    """Four whole weeks in which Astrid got 20 minutes each morning of the 30 that were planned and granted."""
    cast.period = Period.of_weeks(4, today())
    for n in range(28):
        on = cast.period.first + timedelta(days=n)
        cast.last = done(cast, cast.astrid, on, minutes=20)
    return cast


def done(cast, citizen, on, *, minutes, planned=30, decision=None, second=False):
    round_, _new = Round.objects.get_or_create(work_list=cast.list1, on=on)
    visit = make_visit(citizen, round_, "09:00", planned)
    Visit.objects.filter(pk=visit.pk).update(
        decision=decision or cast.decision,
        second_carer=second,
        done_by=cast.kari,
        started_at=at("09:00", on),
        ended_at=at("09:00", on) + timedelta(minutes=minutes),
    )
    return visit


def of_astrid(cast):
    (row,) = [row for row in of_unit(cast.nord.pk, cast.period) if row.citizen == cast.astrid]
    return row.weekly


def test_the_minutes_of_visits_done_stand_beside_those_granted(weeks):
    weekly = of_astrid(weeks)
    assert (weekly.granted, weekly.planned, weekly.delivered) == (210, 210, 140)
    assert (weekly.drift, weekly.cause) == (Drift.LESS, Cause.SHORTER)


def test_a_visit_by_two_counts_once_and_this_weeks_visits_not_yet(weeks):
    done(weeks, weeks.astrid, weeks.period.first, minutes=20, second=True)
    done(weeks, weeks.astrid, weeks.period.until, minutes=20)
    assert of_astrid(weeks).delivered == 140


def test_a_visit_that_somebody_forgot_to_end_counts_as_planned(weeks):
    Visit.objects.filter(pk=weeks.last.pk).update(ended_at=at("09:00", weeks.last.on) + timedelta(hours=9))
    assert of_astrid(weeks).delivered == pytest.approx(142.5)


def test_visits_not_done_are_counted_by_their_reason(weeks):
    morning = Visit.objects.filter(citizen=weeks.astrid, ended_at__isnull=False).order_by("on")
    some = list(morning.values_list("pk", flat=True)[:14])
    Visit.objects.filter(pk__in=some).update(started_at=None, ended_at=None, done_by=None, not_done="hospital")
    weekly = of_astrid(weeks)
    assert weekly.not_done == {"hospital": 14}
    assert weekly.cause == Cause.NOT_DONE


def test_granted_time_counts_the_days_on_which_the_decision_held(weeks):
    Decision.objects.filter(pk=weeks.decision.pk).update(until=weeks.period.first + timedelta(days=14))
    assert of_astrid(weeks).granted == 105


def test_week_by_week_tells_when_it_changed(weeks):
    Visit.objects.filter(on__gte=weeks.period.until - timedelta(days=7)).update(ended_at=None)
    by_week = week_by_week(weeks.astrid.pk, None, weeks.period)
    assert [(granted, delivered) for _monday, granted, delivered in by_week] == [
        (210, 140), (210, 140), (210, 140), (210, 0),
    ]  # fmt: skip


def test_liv_sees_who_drifts_and_why_and_is_logged_and_others_are_refused(weeks, web):
    shown = web.be(weeks.liv).get("/delivered/").content.decode()
    assert "Astrid Nilsen" in shown
    assert "3 t 30 min" in shown
    assert "2 t 20 min" in shown
    assert Look.objects.filter(what="insight:delivered", citizen_id=weeks.astrid.pk).exists()
    assert web.get(f"/delivered/?unit={weeks.sør.pk}").status_code == 403
    assert web.get("/delivered/?weeks=12").status_code == 200
    for carer in (weeks.kari, weeks.nils, weeks.petra):
        assert web.be(carer).get("/delivered/").status_code == 403


def test_one_person_has_a_page_and_a_panel_and_a_stranger_neither(weeks, web):
    address = f"/citizens/{weeks.astrid.pk}/delivered/"
    page = web.be(weeks.liv).get(address + "?weeks=4").content.decode()
    assert "2 t 20 min" in page
    panel = web.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel
    assert web.get(f"/citizens/{weeks.stranger.pk}/delivered/").status_code == 404
    assert web.be(weeks.kari).get(address).status_code == 403


def test_a_unit_is_asked_for_as_often_with_thirty_people_as_with_one(
    weeks, web, django_assert_num_queries, django_assert_max_num_queries
):
    web.be(weeks.liv).get("/delivered/")
    with django_assert_max_num_queries(25) as few:
        web.get("/delivered/")
    for number in range(30):
        citizen = make_citizen("A", f"B{number}", weeks.nord)
        decision = Decision.objects.create(
            reference=f"D{number}", citizen=citizen, unit=weeks.nord, service=Service.HOME_NURSING,
            minutes_per_week=60, since=weeks.period.first,
        )  # fmt: skip
        done(weeks, citizen, weeks.period.first, minutes=50, decision=decision)
    with django_assert_num_queries(len(few)):
        web.get("/delivered/")


def test_weeks_before_visits_were_kept_here_are_not_counted_as_nothing_given(weeks):
    period = Period.of_weeks(12, today(), known_since=weeks.period.first + timedelta(days=2))
    assert (period.first, period.weeks) == (weeks.period.first + timedelta(days=7), 3)
    assert Period.of_weeks(12, today(), known_since=today()).weeks == 1
