"""What Tripletex does not know or does not accept is told by its kind; the others are booked, and it goes on later."""

from datetime import date

import pytest
from django.utils import timezone

from omtanke.befriending.models import Order
from omtanke.exchange.tripletex import jobs, runs
from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun
from omtanke.exchange.tripletex.tests.conftest import BORGHILD, OLGA
from omtanke.exchange.tripletex.tests.fake import (
    server_error,
    too_many,
)

State, Run = Booked.State, HoursRun.State
ENTRY = "/timesheet/entry"
MARCH_2 = ("Arne", "2026-03-02", BORGHILD)


def test_what_tripletex_does_not_know_is_told_by_its_kind_and_the_rest_is_booked(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.visit("2026-03-03 10:00", "2026-03-03 11:00", senior=service.ivar)
    unknown = service.visit("2026-03-04 10:00", "2026-03-04 11:00", project=OLGA, senior=service.cast.turid)
    Order.objects.filter(pk=unknown.order_id).update(project_number="99999")
    hours.book()
    assert hours.there() == {MARCH_2: 1.5}
    assert hours.stand() == {
        MARCH_2: State.BOOKED,
        ("Ivar", "2026-03-03", BORGHILD): State.NO_EMPLOYEE,
        ("Turid", "2026-03-04", "99999"): State.NO_PROJECT,
    }
    Order.objects.filter(pk=unknown.order_id).update(project_number="")
    tripletex.books.allowed[tripletex.projects[BORGHILD]] = set()
    service.visit("2026-03-05 10:00", "2026-03-05 11:00")
    hours.look()
    assert hours.stand()["Turid", "2026-03-04", ""] == State.NO_NUMBER
    assert hours.stand()["Arne", "2026-03-05", BORGHILD] == State.NO_ACTIVITY


def test_a_part_of_an_address_or_a_name_is_not_enough(hours, service, tripletex):
    email = service.cast.arne.user.email
    tripletex.books.employs("Bjarne Solli", f"bj{email}")
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    (entry,) = tripletex.books.entries.values()
    assert entry["employee"]["id"] == tripletex.people[service.cast.arne.pk]
    assert entry["activity"]["id"] == tripletex.omsorg


def test_two_addresses_of_one_person_are_fine_and_of_two_people_are_told(hours, service, tripletex):
    arne = service.cast.arne
    arne.email = "arne.solli@work.example.org"
    arne.save()
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.look()
    assert hours.stand() == {MARCH_2: State.NEW}
    tripletex.books.employs("Arne Sollid", "Arne.Solli@Work.example.org")
    hours.look()
    assert hours.stand() == {MARCH_2: State.TWO_EMPLOYEES}


def test_what_is_refused_says_why_and_does_not_stop_the_others(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.visit("2026-03-03 10:00", "2026-03-03 11:30")
    run = hours.look()
    tripletex.books.projects[tripletex.projects[BORGHILD]]["closed_from"] = date(2026, 3, 3)
    hours.book(run)
    assert hours.there() == {MARCH_2: 1.5}
    refused = Booking.objects.get(state=State.REFUSED)
    assert refused.words == "project.id: Prosjektet er avsluttet."


@pytest.mark.parametrize(
    ("troubles", "expected"),
    [
        ([server_error()] * 3, HoursRun.Trouble.NO_ANSWER),
        ([too_many(3600)], HoursRun.Trouble.BUSY),
    ],
    ids=["errors of theirs", "too many requests"],
)
def test_when_nothing_more_can_be_tried_it_stops_and_goes_on_later(hours, service, tripletex, troubles, expected):
    for day in ("02", "03"):
        service.visit(f"2026-03-{day} 10:00", f"2026-03-{day} 11:30")
    run = hours.look()
    tripletex.next("POST", ENTRY, *troubles)
    stopped = hours.book(run)
    assert (stopped.state, stopped.trouble, hours.there()) == (Run.STOPPED, expected, {})
    runs.begin_again(stopped, now=timezone.now())
    jobs.book_run(run_id=run.pk)
    assert len(hours.there()) == 2
    assert set(hours.stand().values()) == {State.BOOKED}


def test_wrong_tokens_are_told_and_nothing_is_lost(hours, service, settings):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    settings.TRIPLETEX_EMPLOYEE_TOKENS = {"": "wrong"}
    run = hours.look()
    assert (run.state, run.trouble) == (Run.STOPPED, HoursRun.Trouble.NOT_LET_IN)
    assert hours.stand() == {MARCH_2: State.UNCOMPARED}
