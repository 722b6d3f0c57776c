"""What is corrected after it was booked changes the entry by its version, never over somebody's head, never in a locked
month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from omtanke.befriending.models import Order
from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun, NotebookExpense
from omtanke.exchange.tripletex.tests.conftest import BORGHILD, FIRST, OLGA

State, Run = Booked.State, HoursRun.State
ENTRY = "/timesheet/entry"
MARCH_2 = ("Arne", "2026-03-02", BORGHILD)


def test_an_expense_that_is_sent_is_told_when_its_amount_changes_and_not_sent_anew(hours, service, tripletex):
    meeting = service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    hours.book()
    type(meeting).objects.update(notebook_cost=Decimal("98.90"))
    hours.book()
    assert NotebookExpense.objects.get().state == State.OTHER_AMOUNT
    assert len(tripletex.books.expenses) == 1


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
