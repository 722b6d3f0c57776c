"""A leader sees in one look how the day stands: what nobody has, what is late, who is away. Facts, no ranking."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from omtanke.access.models import EmergencyAccess, Look
from omtanke.access.permissions import Role
from omtanke.access.roles import give_role
from omtanke.config.tests.cast import at, day, make_citizen, make_employee, make_list, make_shift, make_visit, today
from omtanke.insight.day import Day
from omtanke.visits.models import Absence, Round, Visit

EN = {"headers": {"accept-language": "en"}}


def the_day(cast, clock="10:00"):
    return Day(cast.nord, today(), at(clock))


def test_a_list_with_visits_that_nobody_has_is_shown_and_an_empty_one_is_not(cast):
    assert the_day(cast).free_lists == [cast.round1]
    Round.objects.update(taken_by=cast.kari)
    assert the_day(cast).free_lists == []


@pytest.mark.parametrize(("clock", "late"), [("09:40", 0), ("09:50", 1)], ids=["25 minutes after", "35 minutes after"])
def test_a_visit_should_have_begun_half_an_hour_after_its_time(cast, clock, late):
    assert len(the_day(cast, clock).late) == late


def test_a_visit_begun_or_not_done_is_no_longer_late(cast):
    other = make_visit(cast.edvard, cast.round1, "08:00")
    Visit.objects.filter(pk=cast.visit.pk).update(started_at=at("09:20"), done_by=cast.kari)
    Visit.objects.filter(pk=other.pk).update(not_done=Visit.NotDone.DECLINED)

    today_ = the_day(cast, "12:00")

    assert (today_.late, today_.not_done) == ([], [other])
    assert (today_.progress.all, today_.progress.under_way, today_.progress.not_done) == (2, 1, 1)
    assert today_.progress.to_come == 0


def test_who_is_away_is_not_counted_at_work(cast):
    for employee in (cast.kari, cast.ola):
        make_shift(employee)
    Absence.objects.create(employee=cast.ola, first_day=day(-1), last_day=day(1))

    (group,) = the_day(cast).staffing
    assert ([shift.employee for shift in group.shifts], group.away) == ([cast.kari], 1)
    assert [absence.employee for absence in the_day(cast).absences] == [cast.ola]


def test_people_without_contacts_are_counted(cast):
    assert (the_day(cast).without_primary, the_day(cast).without_secondary) == (1, 1)  # Edvard; Astrid has both


def test_the_page_shows_it_and_logs_whom_it_named(cast, web):
    Visit.objects.filter(pk=cast.visit.pk).update(not_done=Visit.NotDone.AWAY)
    page = web.be(cast.lars).get(reverse("insight:today"))
    assert "Liste 1" in page.text
    assert "Astrid N." in page.text
    assert list(Look.objects.values_list("citizen_id", "what")) == [(cast.astrid.pk, "insight:today")]


def test_emergency_access_waits_on_the_leaders_page_until_it_is_followed_up(cast, web):
    page = reverse("insight:today")
    waits = "1 emergency access to follow up"
    assert waits not in web.be(cast.lars).get(page, **EN).text

    opened = at("09:00") - timedelta(days=30)
    access = EmergencyAccess.objects.create(
        holder=cast.nils.user,
        citizen_id=cast.astrid.pk,
        unit_ids=[cast.nord.pk],
        words="Hun svarer ikke når jeg ringer på.",
        since=opened,
        until=opened + timedelta(hours=12),
    )
    seen = web.get(page, **EN)
    followups = reverse("access:emergency_followups")
    assert waits in seen.text
    assert f'hx-get="{followups}"' in seen.text
    assert "Hun svarer ikke" in web.get(followups, headers={"HX-Request": "true"}).text

    deed = reverse("access:follow_up", args=[access.pk])
    web.post(deed, {"verdict": "needed", "words": "Snakket med Nils; hun hadde falt."})
    assert waits not in web.get(page, **EN).text
    assert "Hun svarer ikke" not in web.get(followups, headers={"HX-Request": "true"}).text


def test_it_is_for_leaders_and_only_for_their_units(cast, web):
    page = reverse("insight:today")
    assert web.be(cast.kari).get(page).status_code == 403
    assert web.be(cast.liv).get(page).status_code == 403
    assert web.be(cast.lars).get(page, {"unit": cast.sør.pk}).status_code == 403
    assert web.get(page, {"unit": "x"}).status_code == 403


def test_a_leader_of_two_units_sees_which_of_them_has_free_lists(cast, web):
    give_role(cast.lars.user, Role.LEADER, unit_id=cast.sør.pk, by=None, on=today())
    make_visit(cast.stranger, Round.objects.create(work_list=make_list(cast.sør), on=today()))
    page = web.be(cast.lars).get(reverse("insight:today"), {"unit": cast.sør.pk})
    assert page.text.count("1 ledig liste") == 2
    assert page.context["day"].unit == cast.sør


def test_the_number_of_queries_does_not_grow_with_the_day(cast, web):
    long_ago = at("00:00") - timedelta(hours=2)
    Visit.objects.update(planned_start=long_ago)
    web.be(cast.lars).get(reverse("insight:today"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        web.get(reverse("insight:today"))
    for n in range(12):
        round_ = Round.objects.create(work_list=make_list(cast.nord, f"Liste {n + 3}"), on=today())
        visit = make_visit(make_citizen(f"Person{n}", "Ny", cast.nord), round_, "00:01")
        Visit.objects.filter(pk=visit.pk).update(planned_start=long_ago)
        employee = make_employee(f"Ansatt{n} Ny", cast.nord)
        make_shift(employee)
        Absence.objects.create(employee=employee, first_day=day(0))
    with CaptureQueriesContext(connection) as many:
        web.get(reverse("insight:today"))
    assert len(many) == len(few)
