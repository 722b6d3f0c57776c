"""An answer that is lost, a worker that is killed: it is found out what arrived, and nothing is booked twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from omtanke.exchange.tripletex import jobs, runs
from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun, NotebookExpense
from omtanke.exchange.tripletex.tests.conftest import BORGHILD
from omtanke.exchange.tripletex.tests.fake import (
    lost_answer,
    no_answer,
    server_error,
    silence_after_the_work,
)

State, Run = Booked.State, HoursRun.State
ENTRY = "/timesheet/entry"
MARCH_2 = ("Arne", "2026-03-02", BORGHILD)


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
