"""A workbook for offices that begin from nothing: headings, an example, and what each column means."""

from __future__ import annotations

from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font

from omtanke.exchange.spreadsheets.choices import LANGUAGES
from omtanke.exchange.spreadsheets.columns import Column, Kind
from omtanke.exchange.spreadsheets.exporting import columns_out, write_headings
from omtanke.exchange.spreadsheets.kinds import KINDS


def template_workbook(language: str) -> BytesIO:
    """One sheet for each kind, and a last one that explains. The examples are to be overwritten."""
    book = Workbook(write_only=True)
    with override(language):
        for kind in KINDS:
            sheet = book.create_sheet(kind.title(language))
            write_headings(sheet, kind, language)
            example = [column.example[LANGUAGES.index(language)] or None for column in columns_out(kind)]
            cells = [WriteOnlyCell(sheet, value) for value in example]
            cells[0].comment = Comment(_("This row is an example. Write over it."), "Omtanke")
            sheet.append(cells)
        _explain(book, language)
    out = BytesIO()
    book.save(out)
    return out


def _explain(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(_("Explanations"))
    for letter, width in zip("ABCD", (18, 34, 14, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    title = WriteOnlyCell(sheet, _("What the columns mean. Their order is free, and those you do not need can go."))
    title.font = Font(bold=True)
    sheet.append([title])
    sheet.append([])
    for kind in KINDS:
        for column in columns_out(kind):
            must = _("needed") if _is_needed(kind, column) else ""
            sheet.append([kind.title(language), column.heading(language), must, _meaning(column, language)])


def _is_needed(kind: Kind, column: Column) -> bool:
    return any(group[0] == column.name or group == ("name", column.name) for group in kind.needs)


def _meaning(column: Column, language: str) -> str:
    said = [_(column.explain)] if column.explain else []
    if column.choice:
        said.append(_("One of: %(words)s.") % {"words": ", ".join(column.choice.labels(language))})
    return " ".join(said)
