"""Hours are booked once: what was looked at, for whom and where it belongs, one at a time for each company."""

from datetime import date

import pytest
from django.utils import timezone

from omtanke.config.tests.cast import make_unit
from omtanke.exchange.tripletex import jobs, runs
from omtanke.exchange.tripletex.keys import company_of, departments_of, keys_to
from omtanke.exchange.tripletex.models import Booked, HoursRun
from omtanke.exchange.tripletex.tests.conftest import BORGHILD, FIRST, INTERNAL, LAST, OLGA
from omtanke.people.models import Unit

State, Run = Booked.State, HoursRun.State
ENTRY = "/timesheet/entry"
MARCH_2 = ("Arne", "2026-03-02", BORGHILD)


def test_looking_writes_nothing_and_booking_writes_what_was_looked_at(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.visit("2026-03-02 17:00", "2026-03-02 18:00")
    service.visit("2026-03-02 12:00", "2026-03-02 13:00", project=OLGA)
    service.visit("2026-03-03 10:00", "2026-03-03 12:00", senior=service.cast.turid, project=OLGA)

    run = hours.look()
    assert (run.state, run.compared, hours.there()) == (Run.READY, True, {})
    assert set(hours.stand().values()) == {State.NEW}

    assert hours.book(run).state == Run.DONE
    assert hours.there() == {
        MARCH_2: 2.5,
        ("Arne", "2026-03-02", OLGA): 1.0,
        ("Turid", "2026-03-03", OLGA): 2.0,
    }
    assert set(hours.stand().values()) == {State.BOOKED}
    assert {one["comment"] for one in tripletex.books.entries.values()} == {""}


def test_looking_and_booking_again_changes_nothing(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    hours.book()
    assert hours.there() == {MARCH_2: 1.5}
    assert tripletex.count("POST", ENTRY) == 1


def test_what_was_not_work_is_not_booked(hours, service):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.visit("2026-03-03 10:00", "2026-03-03 10:00")
    service.visit("2026-03-04 10:00", "2026-03-04 11:00", began_at=None, ended_at=None, not_done_because="Syk")
    service.visit("2026-03-05 10:00", "2026-03-05 11:00", began_at=None, ended_at=None)
    service.visit("2026-03-06 10:00", "2026-03-06 11:00", ended_at=None)
    service.visit("2026-02-28 10:00", "2026-02-28 11:00")
    run = hours.look()
    assert set(hours.stand()) == {MARCH_2}
    assert run.unfinished == 1


def test_a_visit_over_the_last_midnight_gives_each_month_its_part(hours, service):
    service.visit("2026-03-31 23:00", "2026-04-01 01:30")
    hours.book()
    assert hours.there() == {("Arne", "2026-03-31", BORGHILD): 1.0}
    hours.book(hours.look(date(2026, 4, 1), date(2026, 4, 30)))
    assert hours.there() == {("Arne", "2026-03-31", BORGHILD): 1.0, ("Arne", "2026-04-01", BORGHILD): 1.5}


def test_a_meeting_is_work_of_everybody_who_was_there_on_the_services_own_project(hours, service):
    service.meeting("2026-03-10 10:00", 75, also_there=[service.cast.arne])
    hours.book()
    assert hours.there() == {("Arne", "2026-03-10", INTERNAL): 1.25, ("Hilde", "2026-03-10", INTERNAL): 1.25}


def test_a_notebook_is_an_expense_handed_in_once(hours, service, tripletex):
    meeting = service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    hours.book()
    hours.book()
    (expense,) = tripletex.books.expenses.values()
    assert (expense["title"], expense["state"]) == (f"Notatbok (Omtanke {meeting.pk})", "DELIVERED")
    assert expense["costs"][0]["amountCurrencyIncVat"] == 89.9
    assert expense["costs"][0]["date"] == "2026-03-10"
    assert expense["project"]["id"] == tripletex.projects[INTERNAL]
    assert expense["employee"]["id"] == tripletex.people[service.cast.hilde.pk]
    assert tripletex.count("PUT", "/travelExpense/:deliver") == 1


def test_without_tokens_the_lines_are_there_and_nothing_can_be_booked(hours, service, tripletex, settings):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    settings.TRIPLETEX_EMPLOYEE_TOKENS = {"": ""}
    run = hours.look()
    assert (run.state, run.compared, hours.stand()) == (Run.READY, False, {MARCH_2: State.UNCOMPARED})
    with pytest.raises(runs.NotReady):
        runs.ask_to_book(run, now=timezone.now())
    assert tripletex.asked == []


def test_one_at_a_time_for_each_company_and_only_what_was_looked_at_last(hours, service, cast):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    old = hours.look()
    with pytest.raises(runs.TooLong):
        runs.ask_to_look(cast.seniorene, FIRST, date(2026, 12, 31), by=cast.hilde.user, now=timezone.now())
    waiting = runs.ask_to_look(cast.seniorene, FIRST, LAST, by=cast.hilde.user, now=timezone.now())
    with pytest.raises(runs.AlreadyOnItsWay):
        runs.ask_to_look(cast.seniorene, FIRST, LAST, by=cast.hilde.user, now=timezone.now())
    with pytest.raises(runs.NotReady):
        runs.ask_to_book(old, now=timezone.now())
    jobs.look_run(run_id=waiting.pk)
    jobs.look_run(run_id=waiting.pk)  # a job that comes twice
    assert HoursRun.objects.get(pk=waiting.pk).state == Run.READY


def test_two_departments_of_one_company_share_a_day(hours, service, cast):
    service.meeting("2026-03-10 10:00", 60, also_there=[cast.arne])
    other = service.meeting("2026-03-10 14:00", 30, also_there=[cast.arne])
    vest = make_unit("Vest", Unit.Kind.VISIT_SERVICE)
    type(other).objects.filter(pk=other.pk).update(department=vest)
    hours.book()
    assert hours.there()["Arne", "2026-03-10", INTERNAL] == 1.5
    run = runs.ask_to_look(vest, FIRST, LAST, by=cast.hilde.user, now=timezone.now())
    jobs.look_run(run_id=run.pk)
    assert hours.stand()["Arne", "2026-03-10", INTERNAL] == State.BOOKED
    other.delete()
    hours.book()
    assert hours.there()["Arne", "2026-03-10", INTERNAL] == 1.0


def test_a_department_with_a_token_of_its_own_is_another_company(cast, settings):
    settings.TRIPLETEX_CONSUMER_TOKEN = "consumer"
    settings.TRIPLETEX_EMPLOYEE_TOKENS = {"": "all", "SENIORENE": "own"}
    assert company_of(cast.seniorene) == "SENIORENE"
    assert keys_to("SENIORENE").employee_token == "own"
    assert keys_to("").employee_token == "all"
    assert departments_of("SENIORENE") == [cast.seniorene]
    assert departments_of("") == []
