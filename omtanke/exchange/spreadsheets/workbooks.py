"""Read .xlsx: first look at the package from outside, then stream its sheets.

A workbook is a zip. What it unpacks to is known before it is unpacked, so a bomb is refused without being opened; the
zip module never hands out more than the size that was declared.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_noop as _
from openpyxl import load_workbook

from omtanke.exchange.spreadsheets.reading import (
    MACROS,
    MOST_COLUMNS,
    NO_SPREADSHEET,
    Fault,
    Formula,
    Raw,
    Sheet,
    SourceFile,
    numbered,
)
from omtanke.exchange.spreadsheets.words import Unusable

MOST_UNPACKED = 300 * 1024 * 1024
MOST_IN_MEMORY = 60 * 1024 * 1024  # parts that openpyxl keeps whole: shared texts, styles
MOST_PARTS = 2_000
STEEPEST = 200  # honest sheets pack 10 to 40 times
STEEP_FROM = 20 * 1024 * 1024


def read_workbook(file: SourceFile) -> list[Sheet]:
    """The visible sheets that have something in them. Raises Unusable."""
    _refuse_dangerous_package(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which we do not use
            book = load_workbook(BytesIO(file.content), read_only=True, data_only=False, keep_links=False)
            try:
                visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                sheets = [Sheet(file.name, s.title, list(numbered(_rows(s), file.name, s.title))) for s in visible]
            finally:
                book.close()
    except Unusable:
        raise
    except Exception as error:  # whatever a broken package makes the library stumble over, it says one thing to us
        raise Unusable(
            file.name, _("The Excel file is damaged. Open it in Excel, save it anew, and try again.")
        ) from error
    return [sheet for sheet in sheets if sheet.rows]


def _refuse_dangerous_package(file: SourceFile) -> None:
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            _refuse_bomb(file, parts)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unusable(file.name, MACROS)
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise Unusable(file.name, _kind_of_package(names))
            if b"macroEnabled" in package.read("[Content_Types].xml"):
                raise Unusable(file.name, MACROS)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise Unusable(
            file.name, _("The Excel file is damaged or cut off. Fetch it once more and try again.")
        ) from error


def _refuse_bomb(file: SourceFile, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    in_memory = max((p.file_size for p in parts if not p.filename.startswith("xl/worksheets/")), default=0)
    steep = unpacked > STEEP_FROM and unpacked / packed > STEEPEST
    if unpacked > MOST_UNPACKED or in_memory > MOST_IN_MEMORY or len(parts) > MOST_PARTS or steep:
        raise Unusable(file.name, BOMB, size=unpacked // (1024 * 1024))


BOMB = _("The file unpacks to %(size)d MB, which no spreadsheet of people should. We did not open it.")


def _kind_of_package(names: set[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return _("This is an OpenDocument file. Save it as .xlsx.")
    if any(name.endswith("workbook.bin") for name in names):
        return _("This is a binary Excel file (.xlsb). Save it as .xlsx.")
    return NO_SPREADSHEET


def _rows(sheet: Any) -> Iterator[list[Raw]]:
    sheet.reset_dimensions()  # what the file says about its own size is often wrong
    for cells in sheet.iter_rows():
        row = [_raw(cell) for cell in cells[:MOST_COLUMNS]]
        while row and row[-1] is None:
            row.pop()
        yield row


def _raw(cell: Any) -> Raw:
    kind, value = cell.data_type, cell.value
    if kind == "f":
        return Formula()
    if kind == "e":
        return Fault(str(value))
    if isinstance(value, str):
        return value.strip() or None
    raw: Raw = value
    return raw
