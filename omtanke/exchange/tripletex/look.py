"""The dry run: what our visits say, beside what stands in Tripletex. Nothing is written over there.

Without tokens the lines are there all the same, uncompared: for the CSV file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from omtanke.exchange.tripletex.company import Company, Entry, Key
from omtanke.exchange.tripletex.gather import notebooks, unfinished, worked
from omtanke.exchange.tripletex.hours import Line
from omtanke.exchange.tripletex.keys import departments_of
from omtanke.exchange.tripletex.matching import Unmatched, cost_of, key_of, who_and_where
from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun, NotebookExpense

State = Booked.State
type Beat = Callable[[int, int], None]


def look(run: HoursRun, company: Company | None, beat: Beat) -> None:
    """Bring the run's lines up to date and say how each stands. Raises GivenUp when Tripletex cannot be asked."""
    bring_lines(run)
    bring_notebooks(run)
    HoursRun.objects.filter(pk=run.pk).update(unfinished=unfinished(run.unit, run.first, run.last))
    lines = list(Booking.objects.of_run(run).select_related("employee__user"))
    expenses = list(NotebookExpense.objects.of_run(run).select_related("employee__user"))
    if company is None:
        for model in (Booking, NotebookExpense):
            model.objects.of_run(run).exclude(state=State.BOOKED).update(state=State.UNCOMPARED)
        return
    compare_lines(lines, company, beat)
    for done, expense in enumerate(expenses):
        beat(len(lines) + done, len(lines) + len(expenses))
        _compare_expense(expense, company)


@transaction.atomic
def bring_lines(run: HoursRun) -> None:
    """Lines as the visits say now. One whose visits are gone stays with no hours until it is gone over there too."""
    every = worked(departments_of(run.company), run.first, run.last)
    said = {line: what for line, what in every.items() if run.unit_id in what.departments}
    known = {
        (line.on, line.employee_id, line.project_number, line.activity): line
        for line in Booking.objects.of_run(run).select_for_update()
    }
    for line, what in said.items():
        Booking.objects.update_or_create(
            company=run.company,
            employee_id=line.employee_id,
            on=line.on,
            project_number=line.project,
            activity=line.activity,
            defaults={"hours": what.hours, "departments": what.departments},
        )
        known.pop((line.on, line.employee_id, line.project, line.activity), None)
    for key, gone in known.items():
        elsewhere = every.get(Line(*key))
        if elsewhere:  # another department's work is still in it
            Booking.objects.filter(pk=gone.pk).update(hours=elsewhere.hours)
        elif gone.sent is None:
            gone.delete()
        else:
            Booking.objects.filter(pk=gone.pk).update(hours=0)


@transaction.atomic
def bring_notebooks(run: HoursRun) -> None:
    known = {one.meeting_id: one for one in NotebookExpense.objects.of_run(run).select_for_update()}
    for notebook in notebooks(run.unit, run.first, run.last):
        NotebookExpense.objects.update_or_create(
            meeting_id=notebook.meeting_id,
            defaults={
                "company": run.company,
                "departments": [run.unit_id],
                "employee_id": notebook.employee_id,
                "on": notebook.on,
                "amount": notebook.amount,
            },
        )
        known.pop(notebook.meeting_id, None)
    for gone in known.values():
        if gone.sent is None:
            gone.delete()
        else:
            NotebookExpense.objects.filter(pk=gone.pk).update(amount=0)


def matched(lines: Iterable[Booking], company: Company, beat: Beat) -> dict[Key, Booking]:
    """Those that Tripletex knows where to put; the others keep what is missing as their state."""
    found: dict[Key, Booking] = {}
    every = list(lines)
    for done, line in enumerate(every):
        beat(done, len(every))
        try:
            found[key_of(line, company)] = line
        except Unmatched as missing:
            line.state, line.words = missing.state, ""
            line.save(update_fields=["state", "words"])
    return found


def compare_lines(lines: list[Booking], company: Company, beat: Beat) -> None:
    found = matched(lines, company, beat)
    if not found:
        return
    days = [key.on for key in found]
    there = company.entries([key.employee for key in found], min(days), max(days))
    for key, line in found.items():
        stand(line, there.get(key))


def stand(line: Booking, entry: Entry | None) -> None:
    """How a line stands beside what is over there; nothing here and nothing there is no line any more."""
    if line.state == State.UNSURE and entry is not None and entry.hours != line.sent:
        line.sent = line.there  # what we sent did not arrive: it is as it was
    if not line.hours and (entry is None or line.sent is None):
        line.delete()
        return
    line.there = entry.hours if entry else None
    line.external_id, line.version = (entry.id, entry.version) if entry else (None, None)
    line.state, line.words = _state_of(line, entry), ""
    if line.state == State.BOOKED:
        line.sent = line.hours
    line.save()


def _state_of(line: Booking, entry: Entry | None) -> State:
    if entry is not None and entry.hours == line.hours:
        return State.BOOKED
    if entry is not None and entry.locked:
        return State.LOCKED
    if entry is None:
        return State.LOCKED if line.state == State.LOCKED else State.NEW  # a locked month shows when something is sent
    return State.CHANGE if line.hours else State.REMOVE


def _compare_expense(expense: NotebookExpense, company: Company) -> None:
    """Sent already? By its title, which carries the number of the meeting."""
    try:
        employee, project = who_and_where(expense, company)
        cost_of(expense, company)
    except Unmatched as missing:
        expense.state, expense.words = missing.state, ""
        expense.save(update_fields=["state", "words"])
        return
    found = company.expense(employee, project, expense.title)
    expense.external_id, expense.words = (found.id if found else None), ""
    if found is None:
        expense.state, expense.sent = State.NEW, None
    elif expense.sent not in {None, expense.amount}:
        expense.state = State.OTHER_AMOUNT
    else:
        expense.state, expense.sent = (State.BOOKED if found.delivered else State.NEW), expense.amount
    if not expense.amount and found is None:
        expense.delete()
    else:
        expense.save()
