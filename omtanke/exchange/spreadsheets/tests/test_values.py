# ruff: noqa: DTZ001 - cells of Excel have no time zone
"""Cells are read as offices write them; what cannot be meant is refused."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from omtanke.exchange.spreadsheets import choices, values
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.identity_numbers import born_by
from omtanke.exchange.spreadsheets.reading import Fault, Formula
from omtanke.exchange.spreadsheets.tests.office import identity_number
from omtanke.exchange.spreadsheets.words import Unreadable

NOVEMBER = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("reader", "raw", "value"),
    [
        *(
            (values.day, raw, NOVEMBER)
            for raw in (
                "22.11.2026",
                "2026-11-22",
                "22/11/2026",
                "22.11.26",
                " 22. november 2026 ",
                "20261122",
                "2026-11-22 00:00:00",
                datetime(2026, 11, 22),
                NOVEMBER,
                46348,
                46348.0,
            )
        ),
        (values.born, "4.5.39", date(1939, 5, 4)),
        (values.born, "4.5.1912", date(1912, 5, 4)),
        *(
            (values.clock, raw, time(7, 30))
            for raw in (
                "07:30",
                "7.30",
                "0730",
                "kl. 7:30",
                "07:30:00",
                time(7, 30),
                0.3125,
                datetime(1900, 1, 1, 7, 30),
                730,
                timedelta(hours=7, minutes=30),
            )
        ),
        (values.clock, "24:00", time(0)),
        (values.clock, 7, time(7)),
        *((values.span, raw, (time(7, 30), time(15))) for raw in ("07:30-15:00", "0730–15", "7.30 til 15.00")),
        (values.moment, "22.11.2026 07:30", datetime(2026, 11, 22, 7, 30)),
        (values.number, "1 234,5", Decimal("1234.5")),
        *((values.percent, raw, 80) for raw in ("80", "80 %", "80,0", 0.8, 80, "0,8")),
        (values.percent, 1, 100),
        (values.hours_as_minutes, "3,5 t", 210),
        (values.hours_as_minutes, "3:30", 210),
        *((values.yes_or_no, raw, True) for raw in ("Ja", "x", 1, True, "YES")),
        *((values.yes_or_no, raw, False) for raw in ("nei", 0, False, "-", "Nej")),
        (values.email, " Kari@Example.ORG ", "kari@example.org"),
        (values.postal_code, 150, "0150"),
        (values.postal_code, "N-8283", "8283"),
        (values.postal_code, "12345", "123 45"),
        (values.postal_place, "8283 Leinesfjord", ("8283", "Leinesfjord")),
        (values.text(20), "  Kari\u00a0 Anne\u200b ", "Kari Anne"),
        (values.text(20), 1001.0, "1001"),
    ],
)
def test_a_cell_is_understood(reader, raw, value):
    assert reader(raw) == value


@pytest.mark.parametrize(
    "raw", ["75778000", "75 77 80 00", "+47 75 77 80 00", "004775778000", 75778000, "tlf 75778000"]
)
def test_a_phone_number_is_kept_in_one_way_however_it_was_written(raw):
    assert values.phone(raw) == "75 77 80 00"


def test_a_norwegian_mobile_number_is_grouped_as_people_say_it():
    assert values.phone("90000000") == values.phone("+47 90 00 00 00") == "900 00 000"


def test_a_phone_number_of_another_country_keeps_its_country():
    assert values.phone("+46 70 123 45 67") == "+46 70 123 45 67"


@pytest.mark.parametrize(
    ("reader", "raw"),
    [
        (values.day, "31.02.2026"),
        (values.day, "i morgen"),
        (values.day, "01.01.0026"),
        (values.born, "01.01.2140"),
        (values.clock, "25:00"),
        (values.clock, 7.5),
        (values.span, "07:30"),
        (values.percent, "120"),
        (values.percent, "-5"),
        (values.phone, "ukjent"),
        (values.phone, "12"),
        (values.email, "kari(at)example"),
        (values.number, "NaN"),
        (values.yes_or_no, "kanskje"),
        (values.text(3), "lang"),
        (values.text(30), Formula()),
        (values.text(30), Fault("#N/A")),
        (choices.COMPETENCE.read, "rørlegger"),
    ],
)
def test_what_cannot_be_meant_is_refused(reader, raw):
    with pytest.raises(Unreadable):
        reader(raw)


BORN = date(1939, 5, 4)


def test_a_fodselsnummer_may_have_spaces_or_have_lost_its_zero_in_excel():
    number = identity_number(BORN)
    assert values.identity_number(f"{number[:6]} {number[6:]}") == number
    assert values.identity_number(f" {number[:6]}-{number[6:]}") == number
    assert number.startswith("0")
    assert values.identity_number(int(number)) == number
    assert born_by(number) == BORN


def test_a_d_number_and_a_synthetic_number_tell_the_birth_date(settings):
    settings.SYNTHETIC_IDENTITY_NUMBERS = True
    for number in (identity_number(BORN, add_to_day=40), identity_number(BORN, add_to_month=80)):
        assert born_by(values.identity_number(number)) == BORN


def test_synthetic_numbers_are_refused_where_real_people_are(settings):
    settings.SYNTHETIC_IDENTITY_NUMBERS = False
    with pytest.raises(Unreadable):
        values.identity_number(identity_number(BORN, add_to_month=80))


@pytest.mark.parametrize("raw", ["19121212-1212", "191212121212", "121212+1212"])
def test_a_swedish_personnummer_is_kept_with_its_century(raw):
    assert values.identity_number(raw) == "191212121212"
    assert born_by("191212121212") == date(1912, 12, 12)


def test_a_wrong_digit_is_noticed():
    number = identity_number(BORN)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for raw in (wrong, "191212121213", "12345", "ukjent"):
        with pytest.raises(Unreadable):
            values.identity_number(raw)


def test_several_competences_in_one_cell_come_in_the_order_of_the_codes():
    assert choices.COMPETENCE.read_several("Førerkort og spl.") == ["nurse", "driver"]


@pytest.mark.parametrize(
    "choice",
    [choices.COMPETENCE, choices.SERVICE, choices.UNIT_KIND, choices.TIE_KIND, choices.CLOSENESS, choices.ABSENCE_KIND],
)
def test_no_word_stands_for_two_things(choice):
    words = [fold(word) for listed in choice.words.values() for word in set(listed.split(","))]
    of_two = {
        word for word in words if len({c for c, ws in choice.words.items() if word in map(fold, ws.split(","))}) > 1
    }
    assert not of_two
