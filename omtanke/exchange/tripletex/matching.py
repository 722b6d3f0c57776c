"""Which employee, project and activity of Tripletex a line means; and if none, which of them it is that fails."""

from __future__ import annotations

from django.conf import settings

from omtanke.exchange.tripletex.company import Company, Key, NotOne, SeveralOfThem, same
from omtanke.exchange.tripletex.models import Booked, Booking, NotebookExpense

State = Booked.State


class Unmatched(Exception):
    """`state` says what is missing over there."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


def key_of(line: Booking, company: Company) -> Key:
    """Raises Unmatched, and what errors.py has."""
    if not line.project_number:
        raise Unmatched(State.NO_NUMBER)
    employee, project = _employee(line, company), _project(line.project_number, company)
    try:
        activity = company.activity(line.activity, project, employee, line.on)
    except (NotOne, SeveralOfThem) as error:
        raise Unmatched(State.NO_ACTIVITY) from error
    return Key(employee, line.on, activity, project)


def who_and_where(notebook: NotebookExpense, company: Company) -> tuple[int, int]:
    """The employee and the service's own project. Raises Unmatched, and what errors.py has."""
    return _employee(notebook, company), _project(settings.TRIPLETEX_INTERNAL_PROJECT, company)


def cost_of(notebook: NotebookExpense, company: Company) -> dict[str, object]:
    """Raises Unmatched, and what errors.py has."""
    return {
        "date": notebook.on.isoformat(),
        "costCategory": {"id": _described(company.cost_category(), settings.TRIPLETEX_COST_CATEGORY)},
        "paymentType": {"id": _described(company.payment_type(), settings.TRIPLETEX_PAYMENT_TYPE)},
        "amountCurrencyIncVat": float(notebook.amount),
    }


def _employee(line: Booked, company: Company) -> int:
    """By the address they are employed with or the one they log in with: both may be known, if they mean the same."""
    login = line.employee.user.email if line.employee.user else ""
    emails = frozenset(email.strip().lower() for email in (line.employee.email, login) if email.strip())
    try:
        return company.employee(emails)
    except NotOne as error:
        raise Unmatched(State.NO_EMPLOYEE) from error
    except SeveralOfThem as error:
        raise Unmatched(State.TWO_EMPLOYEES) from error


def _project(number: str, company: Company) -> int:
    try:
        return company.project(number)
    except (NotOne, SeveralOfThem) as error:
        raise Unmatched(State.NO_PROJECT) from error


def _described(known: list[tuple[int, str]], wanted: str) -> int:
    found = [number for number, description in known if same(description, wanted)]
    if len(found) != 1:
        raise Unmatched(State.NO_CATEGORY)
    return found[0]
