"""Book what was looked at: line by line, each kept at once, safe to do again at any moment.

- What is over there is read anew first. A line that stands there as it should is booked, whoever wrote it: so a job
  that was killed after writing finds its own work.
- What has become of a line since somebody looked is not written over; it is told.
- What is sent is noted before it is sent. Whether it arrived is found out, never supposed.
"""

from __future__ import annotations

from datetime import datetime

from omtanke.exchange.tripletex.company import Company, Entry, Key
from omtanke.exchange.tripletex.errors import (
    AlreadyThere,
    ChangedThere,
    GivenUp,
    MonthLocked,
    NoAnswer,
    NotThere,
    Refused,
    TripletexSaysNo,
    Uncertain,
)
from omtanke.exchange.tripletex.look import Beat, matched
from omtanke.exchange.tripletex.matching import Unmatched, cost_of, who_and_where
from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun, NotebookExpense

State = Booked.State
STATES: dict[type[TripletexSaysNo], State] = {
    AlreadyThere: State.CHANGED_THERE,
    ChangedThere: State.CHANGED_THERE,
    NotThere: State.CHANGED_THERE,
    MonthLocked: State.LOCKED,
    Refused: State.REFUSED,
}


def book(run: HoursRun, company: Company, beat: Beat, *, now: datetime) -> None:
    """All that is to be done of the run. Raises GivenUp when nothing more can be tried; what is booked is kept."""
    lines = list(Booking.objects.of_run(run).to_do().select_related("employee__user").in_order())
    expenses = list(NotebookExpense.objects.of_run(run).to_do().select_related("employee__user").in_order())
    of = len(lines) + len(expenses)
    found = matched(lines, company, lambda _done, _of: beat(0, of))
    days = [key.on for key in found]
    there = company.entries([key.employee for key in found], min(days), max(days)) if found else {}
    for done, (key, line) in enumerate(found.items()):
        beat(done, of)
        _book_line(line, key, there.get(key), company, now)
    for done, expense in enumerate(expenses):
        beat(len(lines) + done, of)
        _book_expense(expense, company, now)


def _book_line(line: Booking, key: Key, entry: Entry | None, company: Company, now: datetime) -> None:
    if entry is not None and entry.hours == line.hours:
        _booked(line, entry, now)
    elif (entry.hours if entry else None) != line.there:
        _stands(line, State.CHANGED_THERE)
    elif entry is None and not line.hours:
        line.delete()
    else:
        _send(line, key, entry, company, now)


def _send(line: Booking, key: Key, entry: Entry | None, company: Company, now: datetime) -> None:
    """Note what is sent, send it, and note what came of it."""
    state, sent = State(line.state), line.sent
    line.sent, line.state = line.hours, State.UNSURE
    line.save(update_fields=["sent", "state"])
    try:
        written = _write(line, key, entry, company)
    except NoAnswer:
        raise  # it may have arrived: it stays unsure
    except GivenUp:
        line.sent = sent
        _stands(line, state)
        raise
    except tuple(STATES) as no:
        line.sent = sent
        _stands(line, _state_for(no), no.words if isinstance(no, Refused) else "")
        return
    if written is None:
        line.delete()
    else:
        _booked(line, written, now)


def _write(line: Booking, key: Key, entry: Entry | None, company: Company) -> Entry | None:
    """What stands there afterwards."""
    if entry is None:
        return company.create(key, line.hours)
    try:
        return _change(entry, line, company)
    except ChangedThere:
        # Only the version is another, and the hours are what was looked at: it is still the change somebody wants.
        again = company.entry(key)
        if again is None or again.hours not in {line.there, line.hours}:
            raise
        return again if again.hours == line.hours else _change(again, line, company)


def _change(entry: Entry, line: Booking, company: Company) -> Entry | None:
    if line.hours:
        return company.change(entry, line.hours)
    company.remove(entry)
    return None


def _booked(line: Booking, entry: Entry, now: datetime) -> None:
    line.state, line.words, line.booked_at = State.BOOKED, "", now
    line.sent = line.there = entry.hours
    line.external_id, line.version = entry.id, entry.version
    line.save()


def _stands(line: Booked, state: State, words: str = "") -> None:
    line.state, line.words = state, words
    line.save(update_fields=["state", "words", "sent"])


def _state_for(no: TripletexSaysNo) -> State:
    return next(state for kind, state in STATES.items() if isinstance(no, kind))


def _book_expense(expense: NotebookExpense, company: Company, now: datetime) -> None:
    """Make it unless it is there, and hand it in unless it is."""
    sent = expense.sent
    try:
        employee, project = who_and_where(expense, company)
        cost = cost_of(expense, company)
        found = company.expense(employee, project, expense.title)
        expense.sent, expense.state = expense.amount, State.UNSURE
        expense.save(update_fields=["sent", "state"])
        if found is None:
            found = company.create_expense(employee, project, expense.title, cost)
        if not found.delivered:
            company.deliver(found)
    except Unmatched as missing:
        _stands(expense, missing.state)
    except Uncertain:
        pass  # noted as unsure; the next time it is looked for
    except tuple(STATES) as no:
        expense.sent = sent
        _stands(expense, _state_for(no), no.words)
    else:
        expense.external_id, expense.state, expense.words, expense.booked_at = found.id, State.BOOKED, "", now
        expense.save()
