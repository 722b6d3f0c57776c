"""The administrator brings in the office's own spreadsheet: sees first what would happen, then takes it in."""

import re

import pytest

WORKER = True

MESSY = """Liste over ansatte;;;;
;;;;
 Ansattnr ;FORNAVN;Etternavn;Enhet;Kompetanse
9001;Ragnhild;Solbakk;Nord-Steigen;sykepleier
9002;Per-Arne;Ytterøy;Nord-Steigen;helsefagarbeider
9003;Uten;Enhet;Ukjent sone;assistent
"""


@pytest.fixture
def office_file(tmp_path):
    file = tmp_path / "ansatte.csv"
    file.write_bytes(MESSY.encode("windows-1252"))
    return file


def test_anne_previews_a_messy_file_and_takes_in_what_is_good(somebody, omtanke, office_file):
    anne = somebody("anne")
    anne.goes_to("/imports/")
    anne.finds_the_page_accessible()
    anne.page.locator("input[type=file]").set_input_files(str(office_file))
    anne.presses("Se på filene")
    anne.page.get_by_text("Ukjent sone").first.wait_for()
    anne.finds_the_page_accessible()
    anne.takes_a_picture("import")
    assert omtanke.execute("SELECT count(*) FROM people_employee WHERE number IN ('9001', '9002')")[0][0] == 0

    anne.page.get_by_role("button", name="Ta inn").first.click()
    # Exactly these words: "waits to be taken in" has them too.
    anne.page.locator("span.ds-tag", has_text=re.compile(r"^Tatt inn$")).wait_for()
    assert omtanke.execute("SELECT count(*) FROM people_employee WHERE number IN ('9001', '9002')")[0][0] == 2
    anne.finds_the_page_accessible()


def test_what_is_no_spreadsheet_is_refused_clearly(somebody, tmp_path):
    picture = tmp_path / "bilde.xlsx"
    picture.write_bytes(b"\x89PNG not a workbook")
    anne = somebody("anne", width=390)
    anne.goes_to("/imports/")
    anne.page.locator("input[type=file]").set_input_files(str(picture))
    anne.presses("Se på filene")
    anne.page.get_by_text("bilde.xlsx").first.wait_for()
    anne.finds_the_page_accessible()


def test_kari_is_refused_the_imports(somebody):
    kari = somebody("kari")
    assert kari.page.request.get(f"{kari.base}/imports/").status == 403
