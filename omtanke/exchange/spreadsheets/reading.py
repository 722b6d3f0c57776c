"""From files to sheets of raw cells, with the row numbers that the office sees.

A file is judged before it is opened: how large it is, and what it really is (never by its name alone).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.words import Unusable

LARGEST_FILE = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Formula:
    """A cell that computes its value. What Excel last computed may be stale, so it is not taken."""


@dataclass(frozen=True)
class Fault:
    """A cell in which Excel shows an error, as #N/A."""

    shown: str


type Raw = str | int | float | bool | datetime | date | time | timedelta | Formula | Fault | None


@dataclass(frozen=True)
class SourceFile:
    """One file as it came in: its name in the report, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet that have something in them, by the number the office sees."""

    file: str
    name: str
    rows: list[tuple[int, list[Raw]]]


def read_sheets(file: SourceFile) -> list[Sheet]:
    """The sheets of a file. Raises Unusable where nothing can be done with it."""
    from omtanke.exchange.spreadsheets.text_files import read_text_file
    from omtanke.exchange.spreadsheets.workbooks import read_workbook

    refuse_what_is_no_spreadsheet(file)
    if file.content[:4] == b"PK\x03\x04":
        return read_workbook(file)
    return [read_text_file(file)]


def refuse_what_is_no_spreadsheet(file: SourceFile) -> None:
    refuse_too_large(file.name, len(file.content))
    head, ending = file.content[:8], Path(file.name).suffix.lower()
    if not file.content.strip(b"\x00\xef\xbb\xbf\xff\xfe \r\n\t"):
        raise Unusable(file.name, _("The file is empty."))
    if ending in {".xlsm", ".xltm", ".xlam", ".xlsb"}:
        raise Unusable(file.name, MACROS)
    if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unusable(file.name, _locked_or_old(file.content))
    if ending in {".xlsx", ".xltx"} and head[:2] != b"PK":
        raise Unusable(file.name, _("The name says .xlsx, but this is not an Excel file."))
    if head[:4] != b"PK\x03\x04" and ending not in {".csv", ".tsv", ".txt", ""}:
        raise Unusable(file.name, NO_SPREADSHEET)


def refuse_too_large(name: str, size: int) -> None:
    """Raises Unusable; called with the size alone before a file is read into memory."""
    if size > LARGEST_FILE:
        raise Unusable(
            name,
            _("The file is %(size)d MB; the largest we take is %(limit)d MB. Divide it into several files."),
            size=size // (1024 * 1024),
            limit=LARGEST_FILE // (1024 * 1024),
        )


def _locked_or_old(content: bytes) -> str:
    # A workbook with a password is an old-style container with the encrypted package inside.
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("The file is locked with a password. Save it without one and try again.")
    return _("This is the old Excel format (.xls). Open it and save it as .xlsx.")


MACROS = _("The file has macros, which we never open. Save it as an ordinary .xlsx.")
NO_SPREADSHEET = _("This is not a spreadsheet we can read. We take .xlsx and .csv.")


def numbered(rows: Iterator[list[Raw]], file: str, sheet: str) -> Iterator[tuple[int, list[Raw]]]:
    """Give rows their numbers and leave out the empty ones. Raises Unusable where there are too many."""
    taken = 0
    for number, cells in enumerate(rows, start=1):
        if not any(cell is not None and cell != "" for cell in cells):
            continue
        taken += 1
        if taken > MOST_ROWS:
            raise Unusable(
                file,
                _("The sheet “%(sheet)s” has more than %(limit)d rows. Divide it into several files."),
                sheet=sheet,
                limit=MOST_ROWS,
            )
        yield number, cells
