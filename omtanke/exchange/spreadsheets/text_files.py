"""Read .csv as offices save it: UTF-8 with or without BOM, UTF-16 from Excel, or Windows-1252; `;` `,` tab or `|`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.reading import (
    MOST_COLUMNS,
    NO_SPREADSHEET,
    Formula,
    Raw,
    Sheet,
    SourceFile,
    numbered,
)
from omtanke.exchange.spreadsheets.words import Unusable

DELIMITERS = ";\t,|"
LONGEST_CELL = 100_000
# Excel's way to keep leading zeros in a .csv: ="00123"
QUOTED = re.compile(r'^="([^"]*)"$')


def read_text_file(file: SourceFile) -> Sheet:
    """The one sheet of a .csv, named as the file without its ending. Raises Unusable."""
    text = _decoded(file)
    name = Path(file.name).stem
    delimiter, text = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return Sheet(file.name, name, list(numbered(_rows(lines), file.name, name)))
    except csv.Error as error:
        raise Unusable(
            file.name, _("Line %(line)d of the file cannot be read as a table."), line=lines.line_num
        ) from error


def _decoded(file: SourceFile) -> str:
    content = file.content
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    elif b"\x00" in content:
        raise Unusable(file.name, NO_SPREADSHEET)
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter that divides the first rows most and most evenly; and the text without Excel's `sep=` line."""
    if match := re.match(r"sep=(.)\r?\n", text):
        return match[1], text[match.end() :]  # Excel does not show that line as a row
    head = [line for line in text.splitlines()[:60] if line.strip()]

    def columns(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter, strict=False)]
        wide = [width for width in widths if width > 1]
        return max((wide.count(width) * (width - 1) for width in set(wide)), default=0)

    return max(DELIMITERS, key=columns), text


def _rows(lines: Iterator[list[str]]) -> Iterator[list[Raw]]:
    for line in lines:
        yield [_raw(cell) for cell in line[:MOST_COLUMNS]]


def _raw(cell: str) -> Raw:
    text = cell.strip()
    if match := QUOTED.match(text):
        text = match[1].strip()
    elif text.startswith("=") and len(text) > 1:
        return Formula()
    elif text.startswith("'") and text[1:2] in set("=+-@\t\r'"):
        text = text[1:]  # how an export keeps Excel from computing a text
    return text or None
