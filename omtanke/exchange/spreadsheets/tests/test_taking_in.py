# ruff: noqa: DTZ001 - cells of Excel have no time zone
"""Rows become people, decisions and shifts; once more changes nothing; what cannot be taken is named."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from omtanke.access.models import Grant, Reason
from omtanke.care.models import Decision
from omtanke.config.tests.cast import at, day, make_shift
from omtanke.exchange.spreadsheets.tests.office import (
    EMPLOYEES,
    UNITS,
    bring,
    counts,
    identity_number,
    refusals,
    text_file,
    workbook,
)
from omtanke.people.models import Belonging, Citizen, Employee, Tie, Unit
from omtanke.visits.models import Absence, Shift

ASTRID = identity_number(date(1939, 5, 4))
EDVARD = identity_number(date(1941, 5, 4), add_to_day=40)
CITIZENS = [
    ["Brukere pr. november"],
    [],
    ["Navn", " FØDSELSNR. ", "Sone", "Telefon", "Postnr og sted"],
    ["Astrid Nilsen", f"{ASTRID[:6]} {ASTRID[6:]}", "Nordsona", "75778010", "8283 Leinesfjord"],
    [],
    ["Moen, Edvard", EDVARD, "sør", None, None],
]
RELATIVES = [["Fnr", "Navn", "Relasjon", "Mobil", "Ring først"], [ASTRID, "Eva Nilsen", "datter", "901 00 000", "x"]]
DECISIONS = [
    ["Vedtaksnr", "Fnr", "Tjeneste", "Timer per uke", "Fra", "Til og med"],
    ["V1", ASTRID, "Hjemmespl", "3,5", "01.11.2026", None],
    ["V2", EDVARD, "praktisk bistand", 2, datetime(2026, 11, 1), "31.12.2027"],
]
ROTA = [
    ["Ansatt", "Dato", "Kode", "Fra", "Til"],
    [1001, datetime(2026, 12, 1), "D", time(7, 30), time(15)],
    ["Lind, Ola", "01.12.2026", "N", "22:30", "07:30"],
]
ABSENCES = [["Ansattnr", "Fra", "Til", "Årsak"], [1002, "22.12.2026", None, "Ferie"]]
ALL = {
    "Enheter": UNITS,
    "Personale": EMPLOYEES,
    "Brukere": CITIZENS,
    "Pårørende": RELATIVES,
    "Vedtak": DECISIONS,
    "Turnus": ROTA,
    "Fravær": ABSENCES,
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def steigen(db):
    bring(workbook(ALL))


def test_a_whole_municipality_comes_in_and_once_more_changes_nothing(db):
    first, again = bring(workbook(ALL)), bring(workbook(ALL))
    sizes = {"units": 2, "employees": 2, "citizens": 2, "relatives": 1, "decisions": 2, "shifts": 2, "absences": 1}
    assert counts(first) == {kind: (size, 0, 0, 0) for kind, size in sizes.items()}
    assert counts(again) == {kind: (0, 0, size, 0) for kind, size in sizes.items()}


def test_what_came_in_is_what_the_office_wrote(steigen):
    kari = Employee.objects.get(number="1001")
    assert (kari.name, kari.unit.code, kari.competences, kari.fraction) == (
        "Kari Berg",
        "NORD",
        ["nurse", "driver"],
        80,
    )
    assert kari.user is None
    astrid = Citizen.objects.get(national_id=ASTRID)
    assert (astrid.born, astrid.phone, astrid.town) == (date(1939, 5, 4), "75 77 80 10", "Leinesfjord")
    assert [b.unit.code for b in astrid.belongings.current()] == ["NORD"]
    eva = Tie.objects.get()
    assert (eva.citizen, eva.kind, eva.call_first, eva.is_next_of_kin) == (astrid, "family", True, True)
    v1, v2 = Decision.objects.order_by("reference")
    assert (v1.minutes_per_week, v1.unit.code, v1.until) == (210, "NORD", None)
    assert (v2.service, v2.until) == ("practical_help", date(2028, 1, 1))
    night = Shift.objects.get(employee__number="1002")
    assert night.ends - night.starts == timedelta(hours=9)
    assert Absence.objects.get().kind == "holiday"


def test_a_changed_file_changes_what_it_says_anew_and_takes_nothing_away(steigen):
    rows = [
        ["Fornavn", "Etternavn", "Ansattnr", "Telefon"],
        ["Kari", "Berg-Lie", 1001, None],
        ["Per", "Ny", 1003, None],
    ]
    assert counts(bring(workbook({"Ansatte": rows}))) == {"employees": (1, 1, 0, 0)}
    kari = Employee.objects.get(number="1001")
    assert (kari.last_name, kari.unit.code, kari.fraction) == ("Berg-Lie", "NORD", 80)
    assert Employee.objects.filter(number="1002").exists()


def test_nothing_of_a_file_with_errors_is_written_unless_the_good_is_asked_for(db):
    units = [*UNITS, [None, None, "sone"]]
    report = bring(workbook({"Enheter": units, "Ansatte": EMPLOYEES}))
    assert counts(report) == {"units": (0, 0, 0, 1), "employees": (0, 0, 0, 0)}
    assert (Unit.objects.count(), Employee.objects.count()) == (0, 0)
    assert refusals(report) == [(4, "Kode", "The cell is empty.")]
    report = bring(workbook({"Enheter": units, "Ansatte": EMPLOYEES}), accept_good=True)
    assert counts(report) == {"units": (2, 0, 0, 1), "employees": (2, 0, 0, 0)}


def test_a_clean_file_is_taken_beside_one_with_errors_and_one_that_needs_that_one_waits(db):
    units = text_file("units.csv", UNITS)
    people = text_file("citizens.csv", [*CITIZENS, ["Uten Noe", None, None, None, None]])
    report = bring(units, people, text_file("decisions.csv", DECISIONS))
    assert counts(report) == {"units": (2, 0, 0, 0), "citizens": (0, 0, 0, 1), "decisions": (0, 0, 0, 0)}
    assert [sheet.held_back for sheet in report.sheets] == [False, True, True]
    assert (Unit.objects.count(), Citizen.objects.count(), Decision.objects.count()) == (2, 0, 0)


def test_a_dry_run_counts_what_could_be_taken_and_writes_nothing(db):
    report = bring(workbook({"Enheter": [*UNITS, [None, None, "sone"]]}), dry_run=True)
    assert (counts(report), Unit.objects.count()) == ({"units": (2, 0, 0, 1)}, 0)


def test_the_same_person_twice_is_one_and_a_contradiction_is_named(db):
    rows = [
        ["Navn", "Fnr", "Telefon", "Kalles"],
        ["Astrid Nilsen", ASTRID, "75778010", None],
        ["Nilsen, Astrid", f"{ASTRID[:6]}-{ASTRID[6:]}", None, "Asta"],
        ["Astrid Nilsen", ASTRID, "75778099", None],
    ]
    report = bring(workbook({"Brukere": rows}), accept_good=True)
    assert counts(report) == {"citizens": (1, 1, 0, 1)}
    said = "Row 2 of “Brukere” is about the same and says something else here."
    assert refusals(report) == [(4, "Telefon", said)]
    assert Citizen.objects.get().called == "Asta"


def test_a_person_known_by_name_and_birth_date_gets_the_identity_number_later(steigen):
    first = [["Navn", "Født", "Sone"], ["Signe Sørli", "01.02.1936", "NORD"]]
    assert counts(bring(workbook({"Brukere": first}))) == {"citizens": (1, 0, 0, 0)}
    later = [["Navn", "Fnr"], ["Signe Sørli", identity_number(date(1936, 2, 1))]]
    assert counts(bring(workbook({"Brukere": later}))) == {"citizens": (0, 1, 0, 0)}
    assert Citizen.objects.filter(last_name="Sørli").count() == 1


def test_every_row_that_cannot_be_taken_is_named_with_row_column_and_why(steigen):
    rows = [
        ["Navn", "Fødselsnr", "Født", "Sone"],
        ["Ola Feil", ASTRID[:-1] + str((int(ASTRID[-1]) + 1) % 10), None, "NORD"],
        ["Ola Dato", None, "31.02.1940", "NORD"],
        ["Ola Sone", None, "01.02.1940", "Nordsoma"],
        ["Ola", None, "01.02.1940", None],
        ["Astrid Nilsen", ASTRID, "05.05.1939", None],
        ["=A1", None, "01.02.1940", None],
    ]
    assert refusals(bring(workbook({"Brukere": rows}))) == [
        (2, "Fødselsnr", "The check digits of the national identity number do not add up. Is a digit wrong?"),
        (3, "Født", "There is no such date as “31.02.1940”."),
        (4, "Sone", "We know no unit “Nordsoma”. Did you mean “Nordsona”?"),
        (5, "Navn", "Both first and last name are needed."),
        (6, "Født", "The birth date and the national identity number do not agree."),
        (7, "Navn", "The cell holds a formula. Copy the column and paste it back as values."),
    ]


def test_a_row_that_refers_to_a_refused_one_says_so(db):
    people = [["Navn", "Fnr", "Sone"], ["Astrid Nilsen", ASTRID, "Ingensteds"]]
    report = bring(workbook({"Brukere": people, "Pårørende": RELATIVES}))
    assert refusals(report)[1] == (2, "Fnr", "This refers to row 2 of “Brukere”, which cannot be taken.")


def test_reasons_are_told_in_the_language_of_the_reader(db):
    report = bring(workbook({"Brukere": [["Navn", "Født"], ["Ola Lind", "31.02.1940"]]}))
    why = report.sheets[0].refused[0].why
    for language, said in (("nb", "Datoen «31.02.1940» finnes ikke."), ("sv", "Datumet ”31.02.1940” finns inte.")):
        with translation.override(language):
            assert str(why) == said


# Where people belong


def test_somebody_who_moves_leaves_the_old_unit(steigen):
    bring(workbook({"Brukere": [["Navn", "Fnr", "Sone"], ["Edvard Moen", EDVARD, "NORD"]]}))
    bring(workbook({"Vedtak": [*DECISIONS[:1], ["V2", EDVARD, "praktisk bistand", 2, "01.11.2026", "10.11.2026"]]}))
    report = bring(workbook({"Brukere": [["Navn", "Fnr", "Sone"], ["Edvard Moen", EDVARD, "NORD"]]}))
    assert counts(report) == {"citizens": (0, 1, 0, 0)}
    assert [b.unit.code for b in Belonging.objects.current().filter(citizen__national_id=EDVARD)] == ["NORD"]


def test_a_running_decision_brings_the_person_into_its_unit_and_holds_them_there(steigen):
    decisions = [[*DECISIONS[0], "Utfører"], ["V3", ASTRID, "Praktisk bistand", 1, "01.11.2026", None, "SØR"]]
    bring(workbook({"Vedtak": decisions}))
    astrid = Citizen.objects.get(national_id=ASTRID)
    assert {b.unit.code for b in astrid.belongings.current()} == {"NORD", "SØR"}
    assert counts(bring(workbook({"Brukere": CITIZENS})))["citizens"] == (0, 0, 2, 0)


# Relatives


def test_who_is_called_first_changes_hands_and_is_never_two(steigen):
    heading = ["Fnr", "Pårørende", "Ring først"]
    two = [heading, [ASTRID, "Eva Nilsen", "x"], [ASTRID, "Per Nilsen", "x"]]
    assert refusals(bring(workbook({"Pårørende": two}))) == [
        (3, "Ring først", "Only one can be called first; row 2 is already.")
    ]
    other = [heading, [ASTRID, "Per Nilsen", "ja"], [ASTRID, "Eva Nilsen", None]]
    assert counts(bring(workbook({"Pårørende": other}))) == {"relatives": (1, 1, 0, 0)}
    assert [tie.name for tie in Tie.objects.filter(call_first=True)] == ["Per Nilsen"]


def test_a_relative_finds_the_citizen_by_name_and_birth_date(steigen):
    rows = [
        ["Bruker", "Født", "Pårørende"],
        ["Moen, Edvard", "04.05.1941", "Ida Moen"],
        ["Edvard Moen", None, "Bo Moen"],
    ]
    report = bring(workbook({"Pårørende": rows}), accept_good=True)
    assert (counts(report)["relatives"], refusals(report)[0][:2]) == ((1, 0, 0, 1), (3, "Bruker"))


# The rota


def rota(*rows: list[object]):
    return workbook({"Turnus": [["Ansatt", "Dato", "Tid", "Kode"], *rows]})


def test_shifts_open_the_unit_for_those_who_can_log_in(cast):
    number = cast.kari.number
    bring(rota([number, day(3), "07:30-15:00", "D"]))
    shift = Shift.objects.get(employee=cast.kari, starts=at("07:30", day(3)))
    grant = Grant.objects.get(holder=cast.kari.user, because=f"visits.shift:{shift.pk}")
    assert (grant.reason, grant.unit_id, shift.unit) == (Reason.SHIFT, cast.nord.pk, cast.nord)


def test_overlapping_shifts_and_unknown_employees_are_refused(cast):
    make_shift(cast.ola, day(3), "14:00", "22:00")
    report = bring(
        rota(
            [cast.kari.number, day(3), "07:30-15:00", "D"],
            ["Kari Berg", day(3), "14:30-22", "A"],
            [cast.ola.number, day(4), "07:30-15", "D"],
            [cast.ola.number, day(2), "22-15", "N"],
            ["X99", day(3), "07:30-15", "D"],
            [cast.nils.number, day(3), "15-36:00", "D"],
        ),
        accept_good=True,
    )
    assert counts(report) == {"shifts": (2, 0, 0, 4)}
    assert sorted((row, column) for row, column, _why in refusals(report)) == [
        (3, "Tid"),
        (5, "Tid"),
        (6, "Ansatt"),
        (7, "Tid"),
    ]
    shown = timezone.localtime(at("14:00", day(3)))
    assert any(f"{shown:%d.%m.%Y %H:%M}" in why for _row, _column, why in refusals(report))


def test_a_shift_that_moved_within_its_day_is_changed_and_keeps_what_it_opened(cast):
    bring(rota([cast.kari.number, day(3), "07:30-15:00", "D"]))
    shift = Shift.objects.get(employee=cast.kari)
    report = bring(rota([cast.kari.number, day(3), "08:00-16:00", "D"]))
    assert counts(report) == {"shifts": (0, 1, 0, 0)}
    shift.refresh_from_db()
    assert shift.starts == at("08:00", day(3))
    assert Grant.objects.filter(because=f"visits.shift:{shift.pk}").count() == 1


def test_two_shifts_of_a_day_may_pass_through_each_others_old_places(cast):
    bring(rota([cast.kari.number, day(3), "07-11", "D"], [cast.kari.number, day(3), "12-16", "A"]))
    report = bring(rota([cast.kari.number, day(3), "08-12:30", "D"], [cast.kari.number, day(3), "13-17", "A"]))
    assert counts(report) == {"shifts": (0, 2, 0, 0)}


def test_an_absence_gets_its_last_day_and_loses_it_again(steigen):
    with_end = [*ABSENCES[:1], [1002, "22.12.2026", "02.01.2027", "Ferie"]]
    assert counts(bring(workbook({"Fravær": with_end}))) == {"absences": (0, 1, 0, 0)}
    assert Absence.objects.get().last_day == date(2027, 1, 2)
    bring(workbook({"Fravær": ABSENCES}))
    assert Absence.objects.get().last_day is None
    wrong = [*ABSENCES[:1], [1002, "22.12.2026", "02.01.2026", "Ferie"]]
    assert refusals(bring(workbook({"Fravær": wrong}))) == [(2, "Til", "The last day is before the first.")]


def test_an_email_address_gives_nobody_a_login(db):
    rows = [["E-post", "Navn"], ["kari@example.org", "Kari Berg"], ["ola@example.org", "Ola Lind"]]
    bring(workbook({"Ansatte": rows}))
    assert list(Employee.objects.values_list("number", "user").order_by("number")) == [("kari", None), ("ola", None)]
    assert counts(bring(workbook({"Ansatte": rows}))) == {"employees": (0, 0, 2, 0)}
