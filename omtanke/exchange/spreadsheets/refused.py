"""The refused rows of a report, as lines one can filter and take home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from omtanke.exchange.spreadsheets.exporting import cell_of
from omtanke.exchange.spreadsheets.reports import Report


@dataclass(frozen=True)
class Line:
    """Where a refused row stands, and why it cannot be taken."""

    file: str
    sheet: str
    row: int
    column: str
    why: str


def lines_of(report: Report, *, sheet: str = "", words: str = "") -> Sequence[Line]:
    """In the active language; only of one sheet, and only those that say `words`, where asked for."""
    lines = [
        Line(one.file, one.sheet, problem.row, problem.column, str(problem.why))
        for one in report.sheets
        if not sheet or sheet == f"{one.file}/{one.sheet}"
        for problem in one.refused
    ]
    wanted = words.casefold()
    return [line for line in lines if wanted in f"{line.column} {line.why} {line.row}".casefold()]


def sheets_of(report: Report) -> list[tuple[str, str]]:
    """Value and words of each sheet that has refused rows, for a filter."""
    faulty = [one for one in report.sheets if one.refused]
    files = {one.file for one in faulty}
    return [
        (f"{one.file}/{one.sheet}", one.sheet if len(files) == 1 else f"{one.file} · {one.sheet}") for one in faulty
    ]


def refused_workbook(lines: Iterable[Line]) -> BytesIO:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Refused rows"))
    for letter, width in zip("ABCDE", (28, 20, 8, 24, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    headings = []
    for heading in (_("File"), _("Sheet"), _("Row"), _("Column"), _("Why")):
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        headings.append(cell)
    sheet.append(headings)
    for line in lines:
        sheet.append([cell_of(sheet, value) for value in (line.file, line.sheet, line.row, line.column, line.why)])
    out = BytesIO()
    book.save(out)
    return out
