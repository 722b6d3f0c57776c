"""`omtanke import` and `omtanke export`: what they print, and how they end."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from omtanke.exchange.spreadsheets.tests.office import EMPLOYEES, UNITS, text_file, workbook
from omtanke.people.models import Unit


@pytest.fixture
def on_disk(tmp_path: Path):
    def write(*files) -> list[str]:
        for file in files:
            (tmp_path / file.name).write_bytes(file.content)
        return [str(tmp_path / file.name) for file in files]

    return write


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        call_command("import_spreadsheets", *arguments, "--language", "en")
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


def test_all_taken_ends_with_0_and_json_has_exactly_its_shape(db, on_disk, capsys):
    code, out, _err = run(capsys, *on_disk(workbook({"Enheter": UNITS, "Ansatte": EMPLOYEES})), "--json")
    assert code == 0
    sheet = {"file": "kommunen.xlsx", "taken": 2, "changed": 0, "unchanged": 0, "refused": []}
    assert json.loads(out) == {
        "sheets": [
            sheet | {"sheet": "Enheter", "kind": "units"},
            sheet | {"sheet": "Ansatte", "kind": "employees"},
        ]
    }


def test_some_refused_ends_with_1_and_names_them(db, on_disk, capsys):
    paths = on_disk(text_file("units.csv", [*UNITS, ["SØR2", "Sør", "romstasjon"]]))
    code, out, err = run(capsys, *paths, "--json")
    refused = json.loads(out)["sheets"][0]["refused"]
    assert (code, refused) == (1, [{"row": 4, "column": "Type", "why": "We do not know “romstasjon”."}])
    assert "Nothing was written of units.csv" in err
    assert not Unit.objects.exists()
    code, out, _err = run(capsys, *paths, "--accept-good")
    assert (code, Unit.objects.count()) == (1, 2)
    assert "2 new, 0 changed, 0 unchanged, 1 refused" in out
    assert "row 4 · Type: We do not know “romstasjon”." in out


def test_unusable_ends_with_2_says_why_and_json_stays_json(db, on_disk, capsys):
    bad = text_file("notat.csv", [["Hei"], ["Dette er et notat"]])
    code, out, err = run(capsys, *on_disk(workbook({"Enheter": UNITS}), bad), "--json")
    assert code == 2
    assert json.loads(out)["sheets"] == []
    assert json.loads(out)["error"] == err.strip()
    assert err.startswith("notat.csv: We recognise no headings")
    assert not Unit.objects.exists()
    assert run(capsys, "/finnes/ikke.xlsx")[0] == 2


def test_a_dry_run_writes_nothing(db, on_disk, capsys):
    code, out, _err = run(capsys, *on_disk(workbook({"Enheter": UNITS})), "--dry-run")
    assert (code, Unit.objects.count()) == (0, 0)
    assert "2 new" in out


def test_a_folder_stands_for_the_spreadsheets_in_it(db, on_disk, capsys, tmp_path):
    on_disk(text_file("units.csv", UNITS), text_file("employees.csv", EMPLOYEES), text_file("notat.md", [["x"]]))
    code, out, _err = run(capsys, str(tmp_path))
    assert (code, out.count("2 new")) == (0, 2)


def test_export_writes_what_import_knows(cast, tmp_path, capsys):
    call_command("export_spreadsheets", str(tmp_path / "alt.xlsx"), "--language", "sv")
    call_command("export_spreadsheets", str(tmp_path / "csv"), "--language", "nb")
    capsys.readouterr()
    for path in (tmp_path / "alt.xlsx", tmp_path / "csv"):
        code, out, _err = run(capsys, str(path), "--json")
        sheets = json.loads(out)["sheets"]
        assert (code, len(sheets), sum(sheet["taken"] + sheet["changed"] for sheet in sheets)) == (0, 7, 0)
