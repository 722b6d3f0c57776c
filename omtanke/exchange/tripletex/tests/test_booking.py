"""Hours are booked once, whatever happens on the way: what was looked at, never twice, never over somebody's head."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from omtanke.befriending.models import Order
from omtanke.config.tests.cast import make_unit
from omtanke.exchange.tripletex import jobs, runs
from omtanke.exchange.tripletex.keys import company_of, departments_of, keys_to
from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun, NotebookExpense
from omtanke.exchange.tripletex.tests.conftest import BORGHILD, FIRST, INTERNAL, LAST, OLGA
from omtanke.exchange.tripletex.tests.fake import (
    lost_answer,
    no_answer,
    server_error,
    silence_after_the_work,
    too_many,
)
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


@pytest.mark.parametrize("trouble", [lost_answer, silence_after_the_work, server_error(502, carried_out=True)], ids=str)
def test_an_answer_that_is_lost_books_nothing_twice(hours, service, tripletex, trouble):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    run = hours.look()
    tripletex.next("POST", ENTRY, trouble)
    tripletex.next("POST", "/travelExpense", trouble)
    assert hours.book(run).state == Run.DONE
    assert set(hours.stand().values()) == {State.BOOKED}
    assert len(tripletex.books.entries) == 2
    assert [one["state"] for one in tripletex.books.expenses.values()] == ["DELIVERED"]


def test_what_was_not_carried_out_is_tried_again(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    run = hours.look()
    tripletex.next("POST", ENTRY, no_answer, server_error(500))
    hours.book(run)
    assert hours.there() == {MARCH_2: 1.5}


def test_an_expense_without_an_answer_is_not_sent_again_before_somebody_has_looked(hours, service, tripletex):
    service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    run = hours.look()
    tripletex.next("POST", "/travelExpense", no_answer)
    hours.book(run)
    assert NotebookExpense.objects.get().state == State.UNSURE
    assert tripletex.count("POST", "/travelExpense") == 1
    hours.book()
    assert NotebookExpense.objects.get().state == State.BOOKED
    assert len(tripletex.books.expenses) == 1


def test_an_expense_whose_handing_in_was_lost_is_handed_in_once(hours, service, tripletex):
    service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    run = hours.look()
    tripletex.next("PUT", "/travelExpense/:deliver", lost_answer)
    hours.book(run)
    assert NotebookExpense.objects.get().state == State.UNSURE
    hours.look()
    assert NotebookExpense.objects.get().state == State.BOOKED
    assert tripletex.count("PUT", "/travelExpense/:deliver") == 1


def test_an_expense_that_is_sent_is_told_when_its_amount_changes_and_not_sent_anew(hours, service, tripletex):
    meeting = service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    hours.book()
    type(meeting).objects.update(notebook_cost=Decimal("98.90"))
    hours.book()
    assert NotebookExpense.objects.get().state == State.OTHER_AMOUNT
    assert len(tripletex.books.expenses) == 1


class Killed(BaseException):
    """The worker's machine loses its power."""


def test_a_worker_killed_after_writing_finds_its_own_work(hours, service, tripletex, monkeypatch):
    for day in ("02", "03", "04"):
        service.visit(f"2026-03-{day} 10:00", f"2026-03-{day} 11:30")
    run = hours.look()
    runs.ask_to_book(run, now=timezone.now())
    send, sent = jobs.Company.create, []

    def killed_after_the_second(company, key, worked):
        entry = send(company, key, worked)
        sent.append(entry)
        if len(sent) == 2:
            raise Killed
        return entry

    with monkeypatch.context() as dying:
        dying.setattr(jobs.Company, "create", killed_after_the_second)
        with pytest.raises(Killed):
            jobs.book_run(run_id=run.pk)
    assert list(hours.stand().values()).count(State.BOOKED) == 1
    assert len(tripletex.books.entries) == 2

    _take_up_again(run)
    assert set(hours.stand().values()) == {State.BOOKED}
    assert (len(tripletex.books.entries), tripletex.count("POST", ENTRY)) == (3, 3)


def _take_up_again(run):
    """As the worker does when a run has been silent for long."""
    HoursRun.objects.update(beat_at=timezone.now() - timedelta(minutes=10))
    jobs.take_up_again(timestamp=0)
    jobs.book_run(run_id=run.pk)


def test_what_a_killed_worker_left_is_taken_up_again(hours, service, tripletex, monkeypatch):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    run = hours.look()
    runs.ask_to_book(run, now=timezone.now())
    with monkeypatch.context() as dying:
        dying.setattr(Booking, "save", _killed_once_written(tripletex))
        with pytest.raises(Killed):
            jobs.book_run(run_id=run.pk)
    assert (hours.there(), hours.stand()) == ({MARCH_2: 1.5}, {MARCH_2: State.UNSURE})

    _take_up_again(run)
    assert (hours.there(), hours.stand()) == ({MARCH_2: 1.5}, {MARCH_2: State.BOOKED})
    assert tripletex.count("POST", ENTRY) == 1
    assert HoursRun.objects.get(pk=run.pk).state == Run.DONE


def _killed_once_written(tripletex):
    save = Booking.save

    def saved(line, **how):
        if tripletex.books.entries:
            raise Killed
        save(line, **how)

    return saved


def test_a_visit_corrected_after_booking_changes_the_entry_by_its_version(hours, service, tripletex):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    visit.ended_at += timedelta(hours=1)
    visit.save()
    run = hours.look()
    assert hours.stand() == {MARCH_2: State.CHANGE}
    assert not Booking.objects.get().written_by_others
    hours.book(run)
    assert hours.there() == {MARCH_2: 2.5}
    assert (tripletex.count("POST", ENTRY), [one["version"] for one in tripletex.books.entries.values()]) == (1, [1])


@pytest.mark.parametrize("trouble", [lost_answer, no_answer], ids=str)
def test_a_change_whose_answer_is_lost_is_made_once(hours, service, tripletex, trouble):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    visit.ended_at += timedelta(hours=1)
    visit.save()
    run = hours.look()
    (number,) = tripletex.books.entries
    tripletex.next("PUT", f"{ENTRY}/{number}", trouble)
    hours.book(run)
    assert (hours.there(), hours.stand()) == ({MARCH_2: 2.5}, {MARCH_2: State.BOOKED})
    assert tripletex.books.entries[number]["version"] == 1


def test_a_visit_that_is_gone_takes_its_hours_away_and_leaves_the_rest(hours, service):
    morning = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    evening = service.visit("2026-03-02 17:00", "2026-03-02 18:00")
    hours.book()
    evening.delete()
    hours.book()
    assert hours.there() == {MARCH_2: 1.5}
    morning.delete()
    run = hours.look()
    assert hours.stand() == {MARCH_2: State.REMOVE}
    hours.book(run)
    assert (hours.there(), hours.stand()) == ({}, {})


@pytest.mark.parametrize("trouble", [lost_answer, no_answer], ids=str)
def test_taking_away_too_survives_a_lost_answer(hours, service, tripletex, trouble):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    visit.delete()
    run = hours.look()
    (number,) = tripletex.books.entries
    tripletex.next("DELETE", f"{ENTRY}/{number}", trouble)
    hours.book(run)
    assert (hours.there(), hours.stand()) == ({}, {})


def test_taking_away_that_never_gets_an_answer_is_not_forgotten(hours, service, tripletex):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    visit.delete()
    run = hours.look()
    (number,) = tripletex.books.entries
    tripletex.next("DELETE", f"{ENTRY}/{number}", *[no_answer] * 3)
    assert hours.book(run).trouble == HoursRun.Trouble.NO_ANSWER
    assert hours.stand() == {MARCH_2: State.UNSURE}
    hours.book()
    assert (hours.there(), hours.stand()) == ({}, {})


def test_a_visit_moved_to_another_project_moves_its_hours(hours, service):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    Order.objects.filter(pk=visit.order_id).update(project_number=OLGA)
    hours.book()
    assert hours.there() == {("Arne", "2026-03-02", OLGA): 1.5}


def test_hours_that_somebody_wrote_by_hand_are_shown_before_they_are_changed(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    tripletex.books.has_entry(
        tripletex.people[service.cast.arne.pk], tripletex.projects[BORGHILD], tripletex.omsorg, date(2026, 3, 2), 4
    )
    run = hours.look()
    line = Booking.objects.get()
    assert (line.state, line.there, line.written_by_others) == (State.CHANGE, Decimal(4), True)
    hours.book(run)
    assert hours.there() == {MARCH_2: 1.5}


def test_hours_written_by_hand_after_the_look_are_not_written_over(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    run = hours.look()
    tripletex.books.has_entry(
        tripletex.people[service.cast.arne.pk], tripletex.projects[BORGHILD], tripletex.omsorg, date(2026, 3, 2), 4
    )
    hours.book(run)
    assert (hours.there(), hours.stand()) == ({MARCH_2: 4}, {MARCH_2: State.CHANGED_THERE})
    hours.book()
    assert hours.there() == {MARCH_2: 1.5}


def test_hours_written_in_the_very_moment_are_found_by_the_refusal(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    run = hours.look()
    tripletex.before = _in_between(tripletex, service, 4)
    hours.book(run)
    assert (hours.there(), hours.stand()) == ({MARCH_2: 4}, {MARCH_2: State.CHANGED_THERE})


def _in_between(tripletex, service, worked):
    def before(method, path):
        if (method, path) == ("POST", ENTRY) and not tripletex.books.entries:
            arne, project = tripletex.people[service.cast.arne.pk], tripletex.projects[BORGHILD]
            tripletex.books.has_entry(arne, project, tripletex.omsorg, date(2026, 3, 2), worked)

    return before


@pytest.mark.parametrize(("there", "expected"), [(1.5, State.BOOKED), (9, State.CHANGED_THERE)], ids=str)
def test_another_version_of_the_same_hours_is_changed_and_other_hours_not(hours, service, tripletex, there, expected):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    visit.ended_at += timedelta(hours=1)
    visit.save()
    run = hours.look()

    def somebody_saves(method, _path):
        if method == "PUT" and not tripletex.touched:
            tripletex.touched = True
            (entry,) = tripletex.books.entries.values()
            entry.update(version=entry["version"] + 1, hours=there)

    tripletex.touched, tripletex.before = False, somebody_saves
    hours.book(run)
    assert hours.stand() == {MARCH_2: expected}
    assert hours.there() == {MARCH_2: 2.5 if expected == State.BOOKED else 9}


def test_a_month_locked_after_the_look_is_told_and_booked_when_it_is_open(hours, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.visit("2026-04-02 10:00", "2026-04-02 11:30")
    run = hours.look(FIRST, date(2026, 4, 30))
    tripletex.books.locked_months.add((2026, 3))
    assert hours.book(run).state == Run.DONE
    april = ("Arne", "2026-04-02", BORGHILD)
    assert (hours.there(), hours.stand()) == ({april: 1.5}, {MARCH_2: State.LOCKED, april: State.BOOKED})
    hours.look()
    assert hours.stand()[MARCH_2] == State.LOCKED
    tripletex.books.locked_months.clear()
    hours.book()
    assert hours.there() == {MARCH_2: 1.5, april: 1.5}


def test_an_entry_in_a_locked_month_is_told_already_when_looking(hours, service, tripletex):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    hours.book()
    tripletex.books.locked_months.add((2026, 3))
    hours.look()
    assert hours.stand() == {MARCH_2: State.BOOKED}
    visit.ended_at += timedelta(hours=1)
    visit.save()
    hours.look()
    assert hours.stand() == {MARCH_2: State.LOCKED}


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
