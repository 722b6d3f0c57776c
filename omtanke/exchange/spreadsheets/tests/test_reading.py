"""Files are judged before they are opened, and read as offices save them."""

import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from omtanke.exchange.spreadsheets import reading, workbooks
from omtanke.exchange.spreadsheets.reading import Formula, SourceFile, read_sheets
from omtanke.exchange.spreadsheets.tests.office import UNITS, text_file, workbook
from omtanke.exchange.spreadsheets.words import Unusable


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_files_are_read_in_every_way_offices_save_them(encoding, delimiter):
    sheet = read_sheets(text_file("enheter.csv", UNITS, encoding=encoding, delimiter=delimiter))[0]
    assert (sheet.name, sheet.rows[2]) == ("enheter", (3, ["SØR", "Sørsona", "sone"]))


def test_rows_have_the_numbers_that_the_office_sees():
    rows = [["Enheter i Steigen"], [], *UNITS[:2], [], UNITS[2]]
    assert [number for number, _cells in read_sheets(text_file("a.csv", rows))[0].rows] == [1, 3, 4, 6]
    assert [number for number, _cells in read_sheets(workbook({"Enheter": rows}))[0].rows] == [1, 3, 4, 6]


def test_a_line_that_only_tells_excel_the_delimiter_is_no_row():
    file = SourceFile("a.csv", b"sep=,\r\nKode,Navn\r\nN,Nord\r\n")
    assert read_sheets(file)[0].rows == [(1, ["Kode", "Navn"]), (2, ["N", "Nord"])]


def test_formulas_are_seen_and_leading_zeros_kept():
    file = SourceFile("a.csv", b'Kode;Navn\r\n="007";=A1&"x"\r\n')
    assert read_sheets(file)[0].rows[1] == (2, ["007", Formula()])
    assert read_sheets(workbook({"A": [["Kode"], ["=1+1"]]}))[0].rows[1] == (2, [Formula()])


def test_hidden_sheets_stay_hidden():
    book = Workbook()
    book.active.append(["Kode"])
    book.create_sheet("Skjult").append(["hemmelig"])
    book["Skjult"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [sheet.name for sheet in read_sheets(SourceFile("a.xlsx", out.getvalue()))] == ["Sheet"]


def macro_workbook() -> bytes:
    content = workbook({"Enheter": UNITS}).content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zip_of(parts | {"xl/vbaProject.bin": b"x"})


WORKBOOK = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
BOMB = WORKBOOK | {"xl/worksheets/sheet1.xml": b"0" * (30 * 1024 * 1024)}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("tom.csv", b"  \r\n", "empty"),
        ("bombe.xlsx", zip_of(BOMB), "unpacks to 30 MB"),
        ("makro.xlsm", b"PK\x03\x04", "macros"),
        ("makro.xlsx", macro_workbook(), "macros"),
        ("gammel.xls", OLD, "old Excel format"),
        ("låst.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("bilde.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "not a spreadsheet"),
        ("tekst.xlsx", b"Kode;Navn", "not an Excel file"),
        ("annet.zip", zip_of({"a.txt": b"x"}), "not a spreadsheet"),
        ("calc.ods", zip_of({"mimetype": b"x", "content.xml": b"x"}), "OpenDocument"),
        ("kuttet.xlsx", workbook({"A": UNITS}).content[:-400], "damaged"),
        ("ødelagt.xlsx", zip_of(WORKBOOK | {"xl/worksheets/sheet1.xml": b"<x"}), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_refused_in_plain_words(name, content, why):
    with pytest.raises(Unusable) as refused, translation.override("en"):
        read_sheets(SourceFile(name, content))
    with translation.override("en"):
        assert why in str(refused.value)
        assert name in str(refused.value)


def test_a_file_of_200_mb_is_refused_by_its_size_alone():
    with pytest.raises(Unusable), translation.override("en"):
        reading.refuse_too_large("stor.xlsx", 200 * 1024 * 1024)


def test_a_bomb_is_never_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "load_workbook", lambda *_args, **_kwargs: pytest.fail("opened"))
    with pytest.raises(Unusable):
        read_sheets(SourceFile("bombe.xlsx", zip_of(BOMB)))


def test_a_workbook_that_lies_about_its_size_is_read_whole():
    content = workbook({"Enheter": UNITS}).content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:A1"')
    assert b'"A1:A1"' in sheet
    lying = SourceFile("a.xlsx", zip_of(parts | {"xl/worksheets/sheet1.xml": sheet}))
    assert read_sheets(lying)[0].rows[2] == (3, ["SØR", "Sørsona", "sone"])
