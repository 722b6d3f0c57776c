"""Give out what the database holds, in the shape in which it is taken in."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from omtanke.exchange.spreadsheets.columns import Column, Kind, printed
from omtanke.exchange.spreadsheets.kinds import IN_ORDER
from omtanke.exchange.spreadsheets.reading import Raw

EXCEL_ROWS = 1_048_576
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")


class TooManyRows(Exception):
    """A sheet of Excel cannot hold them."""


def columns_out(kind: Kind) -> list[Column]:
    return [column for column in kind.columns if column.in_exports]


def rows_out(module: Any, language: str) -> Iterator[list[Raw]]:
    """The rows of a kind, as cells, in the order of its columns."""
    columns = columns_out(module.KIND)
    for values in module.give():
        yield [printed(values.get(column.name), column, language) for column in columns]


def export_workbook(path: Path, language: str) -> None:
    """One .xlsx with a sheet for each kind. Raises TooManyRows."""
    book = Workbook(write_only=True)
    for module in IN_ORDER:
        sheet = book.create_sheet(module.KIND.title(language))
        write_headings(sheet, module.KIND, language)
        for number, row in enumerate(rows_out(module, language), start=2):
            if number > EXCEL_ROWS:
                raise TooManyRows
            sheet.append([cell_of(sheet, value) for value in row])
    with _in_place_of(path) as out:
        book.save(out)


def export_texts(folder: Path, language: str) -> None:
    """A folder with one .csv for each kind: UTF-8 with BOM and semicolons, as Nordic Excel opens it."""
    folder.mkdir(parents=True, exist_ok=True)
    for module in IN_ORDER:
        with _in_place_of(folder / f"{module.KIND.code}.csv") as raw:
            lines = [[column.heading(language) for column in columns_out(module.KIND)]]
            raw.write(b"\xef\xbb\xbf")
            _write_lines(raw, lines)
            _write_lines(raw, ([_as_text(cell) for cell in row] for row in rows_out(module, language)))


def write_headings(sheet: Any, kind: Kind, language: str) -> None:
    sheet.freeze_panes = "A2"
    cells = []
    for number, column in enumerate(columns_out(kind), start=1):
        heading = column.heading(language)
        sheet.column_dimensions[get_column_letter(number)].width = max(12, len(heading) + 3)
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)


def cell_of(sheet: Any, value: Raw) -> Any:
    """A cell; a text that begins like a formula stays a text."""
    if isinstance(value, str) and value.startswith("="):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    if isinstance(value, date) and not isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "dd.mm.yyyy"
        return cell
    return value


def _as_text(value: Raw) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"  # Excel would compute it; reading takes the sign away again
    return "" if value is None else str(value)


def _write_lines(raw: IO[bytes], lines: Any) -> None:
    class Encoded:
        def write(self, text: str) -> None:
            raw.write(text.encode())

    csv.writer(Encoded(), delimiter=";", lineterminator="\r\n").writerows(lines)


@contextmanager
def _in_place_of(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside, readable by its owner only, and put it in place when it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
