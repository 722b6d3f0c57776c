"""Export gives back the shape that import takes: what comes out and goes in again, in whatever messy form, is known."""

import csv
import io
import random
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omtanke.config.tests.cast import day, make_shift
from omtanke.exchange.spreadsheets.bench import make_workbook
from omtanke.exchange.spreadsheets.exporting import columns_out, export_texts, export_workbook, rows_out
from omtanke.exchange.spreadsheets.kinds import IN_ORDER
from omtanke.exchange.spreadsheets.reading import SourceFile
from omtanke.exchange.spreadsheets.sources import files_at
from omtanke.exchange.spreadsheets.tests.office import bring, counts, workbook
from omtanke.people.models import Citizen, Employee, Tie
from omtanke.visits.models import Absence


@pytest.fixture
def municipality(cast):
    """The cast, with texts that make trouble in spreadsheets."""
    make_shift(cast.kari, day(1))
    make_shift(cast.ola, day(1), "22:30", "23:59")
    Absence.objects.create(employee=cast.tor, first_day=day(5), last_day=None, kind="ill")
    Citizen.objects.filter(pk=cast.edvard.pk).update(called="=1+1", address='Vegen 1; "oppe"', phone="+46 70 123 45 67")
    Tie.objects.create(citizen=cast.edvard, name="Ida Moen", kind="other", contributes="-handler, +og 'mer'")
    Employee.objects.filter(pk=cast.kari.pk).update(competences=["nurse", "driver"], fraction=1)
    cast.decision.purpose = "Først dette.\nSå det."
    cast.decision.save()
    return cast


def all_unchanged(report) -> bool:
    return not any(sheet.taken or sheet.changed or sheet.refused for sheet in report.sheets)


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_what_was_exported_is_known_when_it_comes_back(municipality, tmp_path: Path, language):
    export_workbook(tmp_path / "alt.xlsx", language)
    export_texts(tmp_path / "csv", language)
    for path in (tmp_path / "alt.xlsx", tmp_path / "csv"):
        report = bring(*files_at([str(path)]))
        assert all_unchanged(report), counts(report)
        assert {kind: found[2] for kind, found in counts(report).items()} == {
            "units": 2, "employees": 7, "citizens": 3, "relatives": 2, "decisions": 1, "shifts": 2, "absences": 1,
        }  # fmt: skip


def test_an_empty_database_takes_in_what_another_gave_out(municipality, tmp_path: Path):
    export_workbook(tmp_path / "before.xlsx", "nb")
    before = {module.KIND.code: list(rows_out(module, "nb")) for module in IN_ORDER}
    files = files_at([str(tmp_path / "before.xlsx")])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE people_unit, people_employee, people_citizen, access_grant CASCADE")
    bring(*files)
    for module in IN_ORDER:
        after = list(rows_out(module, "nb"))
        differing = [(a, b) for a, b in zip(before[module.KIND.code], after, strict=True) if a != b]
        assert not differing


def test_exports_are_for_their_owners_eyes_only(municipality, tmp_path: Path):
    export_workbook(tmp_path / "alt.xlsx", "nb")
    assert (tmp_path / "alt.xlsx").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["alt.xlsx"]


class Mess:
    """One way to make a tidy sheet messy; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def headings(self, module, columns, language):
        kind = module.KIND
        return [self.worn(self.chance.choice(self._names(kind, column, language))) for column in columns]

    def _names(self, kind, column, language):
        from omtanke.exchange.spreadsheets.folding import fold

        sure = [name for name in column.names.split(",") if len(kind.by_heading[fold(name)]) == 1]
        return [*sure, column.heading(language)]

    def worn(self, heading: str) -> str:
        wear = [
            str.upper,
            str.lower,
            str.title,
            lambda h: f"  {h} ",
            lambda h: f"{h} *",
            lambda h: h.replace(" ", "  "),
        ]
        return self.chance.choice([*wear, lambda h: f"{h} (se veiledning)", lambda h: f"{h}:"])(heading)

    def cell(self, value, *, as_text: bool):
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            forms = [
                value.isoformat(),
                f"{value:%d.%m.%Y}",
                f"{value.day}.{value.month}.{value.year}",
                f"{value:%d/%m/%Y}",
            ]
            return self.chance.choice(forms if as_text else [*forms, value, datetime.combine(value, time())])
        if isinstance(value, time):
            forms = [f"{value:%H:%M}", f"{value:%H.%M}", f"{value:%H%M}", f"kl. {value:%H:%M}"]
            return self.chance.choice(forms if as_text else [*forms, value])
        if as_text and isinstance(value, str) and value[:1] in "=+-'":
            return f"'{value}"
        return f" {value} " if isinstance(value, str) and self.chance.random() < 0.2 else value

    def sheet(self, module, language: str, *, as_text: bool) -> list[list[object]]:
        columns = columns_out(module.KIND)
        order = self.chance.sample(range(len(columns)), len(columns))
        heading = self.headings(module, [columns[i] for i in order], language)
        rows = [[self.cell(row[i], as_text=as_text) for i in order] for row in rows_out(module, language)]
        self.chance.shuffle(rows)
        with_gaps = [line for row in rows for line in ([row, []] if self.chance.random() < 0.2 else [row])]
        title = [[f"{module.KIND.title(language)} – utskrift"], []] if self.chance.random() < 0.5 else []
        return [*title, heading, *with_gaps]


def messy_files(seed: int, language: str, form: str, encoding: str, delimiter: str) -> list[SourceFile]:
    mess = Mess(seed)
    sheets = {m.KIND.title(language): mess.sheet(m, language, as_text=form == "csv") for m in IN_ORDER}
    if form == "xlsx":
        return [workbook(sheets, texts_with_signs=True)]
    files = []
    for title, rows in sheets.items():
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        files.append(SourceFile(f"{title}.csv", out.getvalue().encode(encoding)))
    return files


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    language=st.sampled_from(["nb", "sv", "en"]),
    form=st.sampled_from(["xlsx", "csv"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    delimiter=st.sampled_from([";", ",", "\t"]),
)
def test_however_messy_the_same_content_changes_nothing(municipality, seed, language, form, encoding, delimiter):
    with transaction.atomic():
        report = bring(*messy_files(seed, language, form, encoding, delimiter))
        assert all_unchanged(report), [sheet.as_printed() for sheet in report.sheets if sheet.refused or sheet.changed]
        assert sum(sheet.unchanged for sheet in report.sheets) == 18


def test_the_benchs_municipality_comes_in_whole_and_is_known_the_second_time(db, settings, tmp_path: Path):
    settings.SYNTHETIC_IDENTITY_NUMBERS = True
    make_workbook(tmp_path / "bench.xlsx", citizens=30, employees=6, shifts_each=4)
    files = files_at([str(tmp_path / "bench.xlsx")])
    first, again = bring(*files), bring(*files)
    assert counts(first)["shifts"] == (24, 0, 0, 0)
    assert (first.is_clean, first.rows_to_write) == (True, 40 + 6 + 30 * 3 + 24)
    assert all_unchanged(again)
