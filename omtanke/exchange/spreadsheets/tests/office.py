"""What a municipal office would send: workbooks and text files, made on the spot; and valid identity numbers."""

from __future__ import annotations

import csv
import io
from datetime import date

from openpyxl import Workbook
from stdnum.no import fodselsnummer

from omtanke.config.tests.cast import today
from omtanke.exchange.spreadsheets.reading import SourceFile
from omtanke.exchange.spreadsheets.reports import Report
from omtanke.exchange.spreadsheets.taking_in import read_files, take_in


def workbook(
    sheets: dict[str, list[list[object]]], name: str = "kommunen.xlsx", *, texts_with_signs: bool = False
) -> SourceFile:
    """`texts_with_signs`: a text that begins with = is a text, as when it was typed with an apostrophe."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cell in (cell for cells in sheet.iter_rows() for cell in cells if texts_with_signs):
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return SourceFile(name, out.getvalue())


def text_file(
    name: str, rows: list[list[object]], *, encoding: str = "utf-8", delimiter: str = ";", newline: str = "\r\n"
) -> SourceFile:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return SourceFile(name, out.getvalue().encode(encoding))


def identity_number(
    born: date = date(1939, 5, 4), *, add_to_day: int = 0, add_to_month: int = 0, serial: int = 300
) -> str:
    """A Norwegian number with right check digits: D-numbers add 40 to the day, synthetic ones 80 to the month."""
    while True:
        digits = f"{born.day + add_to_day:02d}{born.month + add_to_month:02d}{born.year % 100:02d}{serial:03d}"
        one = fodselsnummer.calc_check_digit1(digits)
        two = fodselsnummer.calc_check_digit2(digits + one) if len(one) == 1 else "10"
        if len(two) == 1:
            return digits + one + two
        serial += 1


def bring(*files: SourceFile, accept_good: bool = False, dry_run: bool = False) -> Report:
    return take_in(read_files(files), by=None, on=today(), accept_good=accept_good, dry_run=dry_run)


def counts(report: Report) -> dict[str, tuple[int, int, int, int]]:
    """New, changed, unchanged and refused rows of each kind."""
    return {s.kind: (s.taken, s.changed, s.unchanged, s.rows_refused) for s in report.sheets}


def refusals(report: Report) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, str(p.why)) for sheet in report.sheets for p in sheet.refused]


UNITS: list[list[object]] = [["Kode", "Navn", "Type"], ["NORD", "Nordsona", "Sone"], ["SØR", "Sørsona", "sone"]]
EMPLOYEES: list[list[object]] = [
    ["Ansattnr", "Navn", "Enhet", "Kompetanse", "Stilling %"],
    [1001, "Berg, Kari", "nordsona", "Sykepleier; førerkort", 0.8],
    ["1002", "Ola Lind", "SØR", "hfa", "50 %"],
]
