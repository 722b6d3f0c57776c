"""A run as its page shows it: a summary, what needs somebody first, and each person's lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omtanke.exchange.tripletex.models import Booked, Booking, HoursRun, NotebookExpense
from omtanke.people.models import Employee

State = Booked.State

# What it means and what to do, in the order in which it is best mended.
WHAT_TO_DO: dict[State, tuple[str | Promise, str | Promise]] = {
    State.NO_NUMBER: (
        _("An order has no project number"),
        _("Write the number on the order, then look again. Until then these hours are not booked."),
    ),
    State.NO_EMPLOYEE: (
        _("Tripletex knows nobody with this e-mail address"),
        _("Write the same address here and in Tripletex, then look again."),
    ),
    State.TWO_EMPLOYEES: (
        _("The e-mail addresses belong to several people in Tripletex"),
        _("The address at work and the one for logging in must mean one person. Mend it there, then look again."),
    ),
    State.NO_PROJECT: (
        _("Tripletex has no project with this number"),
        _("Check the number on the order, or have the project made in Tripletex. Then look again."),
    ),
    State.NO_ACTIVITY: (
        _("The activity is not open on the project"),
        _("Open it on the project in Tripletex for these people, then look again."),
    ),
    State.NO_CATEGORY: (
        _("Tripletex has no such cost category or payment type"),
        _("Whoever runs Omtanke sets their names. The notebooks wait until then."),
    ),
    State.REFUSED: (
        _("Tripletex did not accept it"),
        _("It says why, in its own words. Mend it there, then look again."),
    ),
    State.CHANGED_THERE: (
        _("Somebody changed it in Tripletex after you looked"),
        _("Nothing was written over. Look again to see what stands there now."),
    ),
    State.UNSURE: (
        _("The answer from Tripletex was lost"),
        _("Book again in some minutes: we look first whether it is there, so nothing is booked twice."),
    ),
    State.OTHER_AMOUNT: (
        _("A notebook was sent with another amount"),
        _("We cannot change an expense that is sent. Mend it by hand in Tripletex."),
    ),
}


@dataclass
class Trouble:
    """Lines that wait for the same thing."""

    what: str | Promise
    to_do: str | Promise
    lines: list[Booking | NotebookExpense] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(str(line.employee) for line in self.lines))

    @property
    def projects(self) -> list[str]:
        return list(dict.fromkeys(getattr(line, "project_number", "") for line in self.lines if line))

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys(line.words for line in self.lines if line.words))


@dataclass
class LockedMonth:
    month: date
    lines: list[Booking] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(str(line.employee) for line in self.lines))


@dataclass
class OnePerson:
    employee: Employee
    lines: list[Booking] = field(default_factory=list)

    @property
    def hours(self) -> Decimal:
        return sum((line.hours for line in self.lines), Decimal())

    @property
    def days(self) -> int:
        return len({line.on for line in self.lines if line.hours})

    @property
    def waits(self) -> bool:
        """Is there something that somebody must do first?"""
        return any(line.state in WHAT_TO_DO or line.state == State.LOCKED for line in self.lines)


class Shown:
    """Everything of a run, read once."""

    def __init__(self, run: HoursRun) -> None:
        self.lines = list(Booking.objects.of_run(run).select_related("employee__user").in_order())
        self.notebooks = list(NotebookExpense.objects.of_run(run).select_related("employee__user").in_order())

    def count(self, *states: State) -> int:
        return sum(1 for line in self.every() if line.state in states)

    def every(self) -> Iterable[Booking | NotebookExpense]:
        yield from self.lines
        yield from self.notebooks

    @property
    def counts(self) -> dict[str, int]:
        """For the summary. What is locked or unsure is tried again too."""
        return {state.value: self.count(state) for state in State}

    @property
    def to_do(self) -> int:
        return self.count(*Booked.TO_DO)

    @property
    def hours(self) -> Decimal:
        return sum((line.hours for line in self.lines), Decimal())

    @property
    def people(self) -> list[OnePerson]:
        by_person: dict[int, OnePerson] = {}
        for line in self.lines:
            by_person.setdefault(line.employee_id, OnePerson(line.employee)).lines.append(line)
        return list(by_person.values())

    @property
    def troubles(self) -> list[Trouble]:
        found = {state: Trouble(*said) for state, said in WHAT_TO_DO.items()}
        for line in self.every():
            if line.state in found:
                found[State(line.state)].lines.append(line)
        return [trouble for trouble in found.values() if trouble.lines]

    @property
    def locked(self) -> list[LockedMonth]:
        months: dict[date, LockedMonth] = {}
        for line in self.lines:
            if line.state == State.LOCKED:
                first = line.on.replace(day=1)
                months.setdefault(first, LockedMonth(first)).lines.append(line)
        return list(months.values())

    @property
    def written_by_others(self) -> list[Booking]:
        return [line for line in self.lines if line.state == State.CHANGE and line.written_by_others]
