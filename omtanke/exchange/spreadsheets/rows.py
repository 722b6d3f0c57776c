"""From a sheet and its layout to rows of values, and what could not be read, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.columns import Place, Problem, Row
from omtanke.exchange.spreadsheets.headings import Layout
from omtanke.exchange.spreadsheets.reading import Raw, Sheet
from omtanke.exchange.spreadsheets.words import Unreadable, Words


def read_rows(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """Every row below the headings that says something in a column we know."""
    for number, cells in sheet.rows:
        if number < layout.first_row or _repeats_headings(cells, layout):
            continue
        row = _read_row(Place(sheet.file, sheet.name, number), cells, layout)
        if row:
            yield row


def problems_of_layout(layout: Layout) -> list[Problem]:
    """Columns that a sheet of this kind cannot do without."""
    return [Problem(layout.row, heading_of(layout, group[0]), Words(MISSING_COLUMN)) for group in layout.missing]


def heading_of(layout: Layout, name: str) -> str:
    """The heading as the office wrote it, or the one we would write."""
    return layout.headings.get(name) or layout.kind.by_name[name].heading(str(get_language() or "nb")[:2])


MISSING_COLUMN = _("This column is missing, so no row of the sheet can be taken.")
EMPTY = _("The cell is empty.")


def _read_row(place: Place, cells: list[Raw], layout: Layout) -> Row | None:
    row = Row(layout.kind, place, {}, layout.headings)
    is_empty = True
    for name, index in layout.columns.items():
        raw = cells[index] if index < len(cells) else None
        column = layout.kind.by_name[name]
        if raw is None or raw == "":
            if column.blank_means_none:
                row.values[name] = None
            continue
        is_empty = False
        try:
            value = column.read(raw)
        except Unreadable as error:
            row.unreadable.append(Problem(place.row, layout.headings[name], error.words))
        else:
            if not _says_nothing(value):
                row.values[name] = value
    if is_empty:
        return None
    _note_what_is_missing(row, layout)
    return row


def _says_nothing(value: Any) -> bool:
    return isinstance(value, str | list) and not value


def _note_what_is_missing(row: Row, layout: Layout) -> None:
    faulty = {problem.column for problem in row.unreadable}
    for group in layout.kind.needs:
        present = [name for name in group if name in layout.columns]
        said = [name for name in present if row.get(name) is not None or layout.headings[name] in faulty]
        if present and not said:
            row.unreadable.append(Problem(row.place.row, layout.headings[present[0]], Words(EMPTY)))


def _repeats_headings(cells: list[Raw], layout: Layout) -> bool:
    """Lists printed over several pages repeat their headings."""
    said = [cells[index] if index < len(cells) else None for index in layout.columns.values()]
    return said == list(layout.headings.values())
