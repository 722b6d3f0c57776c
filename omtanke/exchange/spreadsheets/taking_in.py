"""Take files in: read them, compare them with the database, and write what may be written, all or nothing.

By default nothing of a file with errors is written, nor of a file that refers to what only such a file brings. With
`accept_good` the good rows are. Everything happens in one transaction: whoever kills the process in the middle finds
the data as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from omtanke.access.models import User
from omtanke.exchange.spreadsheets.columns import Row
from omtanke.exchange.spreadsheets.headings import Layout, lay_of
from omtanke.exchange.spreadsheets.kinds import IN_ORDER, KINDS
from omtanke.exchange.spreadsheets.known import Known
from omtanke.exchange.spreadsheets.reading import Sheet, SourceFile, read_sheets
from omtanke.exchange.spreadsheets.reports import Report, SheetReport
from omtanke.exchange.spreadsheets.rows import problems_of_layout, read_rows
from omtanke.exchange.spreadsheets.words import Unusable
from omtanke.exchange.spreadsheets.writing import write

ONE_IMPORT_AT_A_TIME = 7_126_001  # the number of a PostgreSQL advisory lock


class Progress(Protocol):
    def __call__(self, stage: str, done: int, of: int) -> None: ...


def say_nothing(stage: str, done: int, of: int) -> None:
    """The progress of whoever does not watch."""


@dataclass
class ReadSheet:
    """A sheet that was recognised: its rows, and its line of the report."""

    layout: Layout
    rows: list[Row]
    report: SheetReport


@dataclass
class ReadFiles:
    sheets: list[ReadSheet]
    unrecognised: list[tuple[str, str]]


def read_files(files: Sequence[SourceFile], progress: Progress = say_nothing) -> ReadFiles:
    """Read all files. Raises Unusable for the first with which nothing can be done."""
    read = ReadFiles([], [])
    for number, file in enumerate(files):
        progress("reading", number, len(files))
        sheets = read_sheets(file)
        recognised = [(sheet, layout) for sheet in sheets if (layout := lay_of(sheet, KINDS))]
        if not recognised:
            raise Unusable(file.name, UNRECOGNISED)
        read.sheets += [_read_sheet(sheet, layout) for sheet, layout in recognised]
        known = {sheet.name for sheet, _layout in recognised}
        read.unrecognised += [(file.name, sheet.name) for sheet in sheets if sheet.name not in known]
    return read


UNRECOGNISED = _("We recognise no headings in this file. The templates show which headings we know.")


def _read_sheet(sheet: Sheet, layout: Layout) -> ReadSheet:
    report = SheetReport(sheet.file, sheet.name, layout.kind.code, unknown_columns=list(layout.unknown))
    if layout.missing:
        report.refused = problems_of_layout(layout)
        return ReadSheet(layout, [], report)
    return ReadSheet(layout, list(read_rows(sheet, layout)), report)


@transaction.atomic
def take_in(
    read: ReadFiles,
    *,
    by: User | None,
    on: date,
    accept_good: bool = False,
    dry_run: bool = False,
    progress: Progress = say_nothing,
    afterwards: Callable[[Report], None] | None = None,
) -> Report:
    """Compare, and unless it is a dry run write. `afterwards` runs in the same transaction, after the writing.

    A dry run counts the rows that could be taken; a real one counts those that were.
    """
    if not dry_run:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    known = _examine(read.sheets, on, progress)
    report = Report([sheet.report for sheet in read.sheets], read.unrecognised)
    for sheet in read.sheets:
        _report_on(sheet)
    if dry_run:
        return report
    if not accept_good and not report.is_clean:
        known = _hold_back_faulty_files(read.sheets, known, on, progress)
    write(known.changes, by=by, progress=progress)
    if afterwards:
        afterwards(report)
    return report


def _examine(sheets: Sequence[ReadSheet], on: date, progress: Progress) -> Known:
    """Let every row have its say, kind by kind. Nothing is written."""
    known = Known(on)
    for number, kind in enumerate(IN_ORDER):
        progress("comparing", number, len(IN_ORDER))
        rows = [row for sheet in sheets if sheet.layout.kind is kind.KIND for row in sheet.rows]
        for row in rows:
            row.start_over()
        if rows:
            kind.take(rows, known)
    known.belongings.settle(known.citizens_by_id, known.units_by_id)
    return known


def _report_on(sheet: ReadSheet) -> None:
    refused = [problem for row in sheet.rows for problem in [*row.unreadable, *row.problems]]
    sheet.report.refused = [*problems_of_layout(sheet.layout), *refused]
    sheet.report.count(sheet.rows)


def _hold_back_faulty_files(sheets: Sequence[ReadSheet], known: Known, on: date, progress: Progress) -> Known:
    """Leave out the files with errors, then those that cannot do without them, until what is left stands by itself."""
    held = {sheet.report.file for sheet in sheets if sheet.report.refused}
    while held:
        rest = [sheet for sheet in sheets if sheet.report.file not in held]
        known = _examine(rest, on, progress)
        more = {sheet.report.file for sheet in rest if any(row.is_refused() for row in sheet.rows)}
        if not more:
            break
        held |= more
    for sheet in sheets:
        if sheet.report.file in held:
            sheet.report.hold_back()
        else:
            sheet.report.count(sheet.rows)
    return known
