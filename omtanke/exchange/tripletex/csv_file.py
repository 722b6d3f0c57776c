"""The same lines as files, for those without Tripletex' API.

Tripletex documents no fixed layout for hours, so it is our own (docs/operations.md): semicolons, decimal comma, ISO
dates, UTF-8 with a mark so that Excel reads it. Headings are Norwegian, as Tripletex is. Nothing names a customer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings

from omtanke.exchange.tripletex.models import Booking, NotebookExpense

HOURS = ["Ansattnummer", "E-post", "Dato", "Prosjektnummer", "Aktivitet", "Timer"]
NOTEBOOKS = ["Ansattnummer", "E-post", "Dato", "Prosjektnummer", "Tekst", "Beløp"]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def hours_file(lines: Iterable[Booking]) -> str:
    rows = [[*_who(line), line.project_number, line.activity, _decimal(line.hours)] for line in lines if line.hours]
    return _file(HOURS, rows)


def notebooks_file(expenses: Iterable[NotebookExpense]) -> str:
    project = settings.TRIPLETEX_INTERNAL_PROJECT
    rows = [[*_who(one), project, one.title, _decimal(one.amount)] for one in expenses if one.amount]
    return _file(NOTEBOOKS, rows)


def _who(line: Booking | NotebookExpense) -> list[str]:
    employee = line.employee
    email = employee.email or (employee.user.email if employee.user else "")
    return [employee.number, email, line.on.isoformat()]


def _decimal(figure: Decimal) -> str:
    return f"{figure:.2f}".replace(".", ",")


def _file(heading: list[str], rows: Iterable[list[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return "\ufeff" + written.getvalue()


def _harmless(cell: str) -> str:
    """Excel computes what begins like a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
