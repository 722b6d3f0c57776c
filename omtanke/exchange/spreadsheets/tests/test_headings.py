"""A sheet is recognised by its name and its headings, in three languages, in any order, with synonyms."""

import pytest

from omtanke.exchange.spreadsheets.columns import Kind
from omtanke.exchange.spreadsheets.exporting import columns_out
from omtanke.exchange.spreadsheets.headings import lay_of
from omtanke.exchange.spreadsheets.kinds import KINDS
from omtanke.exchange.spreadsheets.reading import Sheet, SourceFile, read_sheets
from omtanke.exchange.spreadsheets.templates_for_office import template_workbook


def laid(name: str, *rows: list[str]):
    return lay_of(Sheet("a.xlsx", name, list(enumerate(rows, start=1))), KINDS)


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_what_an_export_writes_is_recognised_whatever_the_sheet_is_called(kind: Kind, language):
    headings = [column.heading(language) for column in columns_out(kind)]
    for name in (kind.title(language), kind.code, "Ark1"):
        layout = laid(name, headings)
        assert layout.kind is kind
        assert sorted(layout.columns, key=layout.columns.get) == [column.name for column in columns_out(kind)]


@pytest.mark.parametrize(
    ("name", "headings", "kind"),
    [
        ("Ark1", ["Ansatt", "Dato", "Vakt", "Fra", "Til"], "shifts"),
        ("Ark1", ["ANSATTNR ", "Dato", "Arbeidstid"], "shifts"),
        ("Ark1", ["Ansattnr", "Fra", "Til", "Fraværsårsak"], "absences"),
        ("uke 48", ["Navn", "Fnr.", "Sone", "Postnr. og sted"], "citizens"),
        ("Medarbetare", ["Namn", "Anst.nr", "Befattning"], "employees"),
        ("Sheet1", ["Case number", "National ID", "Service type", "Hours per week", "From"], "decisions"),
        ("Pårørende 2026", ["Bruker", "Født", "Navn", "Relasjon"], "relatives"),
        ("Soner", ["Kode", "Navn"], "units"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_real_lists_are_recognised(name, headings, kind):
    layout = laid(name, ["Steigen kommune – utskrift 22.11.2026"], headings, ["1", "2", "3", "4", "5"])
    assert (layout.kind.code, layout.row, layout.missing) == (kind, 2, ())


def test_navn_is_the_citizen_where_another_column_is_the_relative():
    layout = laid("Pårørende", ["Fødselsnummer", "Navn", "Pårørende", "Mobil"])
    assert layout.headings["citizen_name"] == "Navn"
    assert layout.headings["name"] == "Pårørende"
    assert laid("Pårørende", ["Bruker", "Navn"]).headings["name"] == "Navn"


def test_unknown_columns_are_named_and_do_no_harm():
    layout = laid("Ansatte", ["Ansattnr", "Fornavn", "Etternavn", "Skostørrelse"])
    assert (layout.unknown, layout.missing) == (("Skostørrelse",), ())


@pytest.mark.parametrize("rows", [[["Hei", "på deg"]], [["Handleliste"], ["Melk", "Brød"]]])
def test_what_is_no_list_of_ours_is_not_taken_for_one(rows):
    assert laid("Ark1", *rows) is None


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_the_template_is_recognised_and_its_explanations_are_left_alone(language):
    sheets = read_sheets(SourceFile("mal.xlsx", template_workbook(language).getvalue()))
    kinds = [layout.kind.code if (layout := lay_of(sheet, KINDS)) else None for sheet in sheets]
    assert kinds == [*(kind.code for kind in KINDS), None]
