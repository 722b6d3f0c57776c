"""How long does a whole municipality take to come in, and how much memory?

Makes a workbook of the asked size (fictional people, valid synthetic identity numbers), imports it into a scratch
database with `omtanke import` as an operator would, twice, and measures the process from outside. The bar: 10,000
citizens with decisions and a month's rota within a minute and 500 MB; the second time nothing changes.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from openpyxl import Workbook
from stdnum.no import fodselsnummer

from omtanke.exchange.spreadsheets.exporting import columns_out
from omtanke.exchange.spreadsheets.kinds import IN_ORDER

SCRATCH = "omtanke_bench_import"
SECONDS_AT_MOST, MB_AT_MOST = 60, 500
UNITS = 40
SERVICES = ("Hjemmesykepleie", "Praktisk bistand", "Trygghetsalarm", "Matombringing")
FIRST = ("Astrid", "Edvard", "Signe", "Håkon", "Ragnhild", "Olav", "Borghild", "Åse", "Kåre", "Gudrun")
LAST = ("Nilsen", "Moen", "Sørli", "Berg", "Lind", "Ås", "Dahl", "Øvergård", "Pedersen", "Hågensen")
TIMES = (("07:30", "15:00", "D"), ("14:30", "22:00", "A"), ("21:45", "07:45", "N"))


@dataclass(frozen=True)
class Measured:
    """One run of `omtanke import`: what it printed is summed up over the sheets."""

    seconds: float
    peak_mb: int
    exit_code: int
    taken: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class Figures:
    """What was measured; `again` is the same file once more."""

    citizens: int
    shifts: int
    file_mb: float
    first: Measured
    again: Measured

    @property
    def holds(self) -> bool:
        quick = all(run.seconds <= SECONDS_AT_MOST and run.peak_mb <= MB_AT_MOST for run in (self.first, self.again))
        whole = self.first.exit_code == self.again.exit_code == 0 and not self.again.taken and not self.again.changed
        return quick and whole

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"holds": self.holds}


def measure(citizens: int = 10_000, employees: int = 1_500, shifts_each: int = 20) -> Figures:
    """Import a made-up municipality into a scratch database, then the same file again."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "municipality.xlsx"
        make_workbook(file, citizens=citizens, employees=employees, shifts_each=shifts_each)
        environment = os.environ | {"DATABASE_URL": _fresh_database(), "OMTANKE_SYNTHETIC_IDENTITY_NUMBERS": "yes"}
        try:
            subprocess.run([*_omtanke(), "migrate", "-v", "0"], env=environment, check=True)  # noqa: S603 - our own
            runs = [_import(file, environment) for _time in ("first", "again")]
        finally:
            _drop_database()
        return Figures(citizens, employees * shifts_each, round(file.stat().st_size / 1e6, 1), *runs)


def make_workbook(path: Path, *, citizens: int, employees: int, shifts_each: int, first: date | None = None) -> None:
    """The whole municipality as one workbook; the same for the same numbers."""
    book = Workbook(write_only=True)
    chance = random.Random(1)  # noqa: S311 - made-up people need no secret
    people = list(_people(citizens, chance))
    rows = {
        "units": _units(),
        "employees": _employees(employees, chance),
        "citizens": iter(people),
        "relatives": _relatives(people),
        "decisions": _decisions(people, chance),
        "shifts": _shifts(employees, shifts_each, first or date(2026, 12, 1)),
        "absences": iter(()),
    }
    for module in IN_ORDER:
        kind = module.KIND
        sheet = book.create_sheet(kind.title("nb"))
        columns = columns_out(kind)
        sheet.append([column.heading("nb") for column in columns])
        for row in rows[kind.code]:
            sheet.append([row.get(column.name) for column in columns])
    book.save(path)


type Cells = dict[str, str | int | date | None]


def _units() -> Iterator[Cells]:
    for number in range(UNITS):
        yield {"code": f"U{number:02d}", "name": f"Sone {number:02d}", "kind": "Sone", "phone": "75 77 80 00"}


def _employees(count: int, chance: random.Random) -> Iterator[Cells]:
    for number in range(count):
        yield {
            "number": f"E{number:05d}",
            "first_name": chance.choice(FIRST),
            "last_name": f"{chance.choice(LAST)} {_letters(number)}",
            "email": f"ansatt{number}@example.org",
            "phone": f"9{number:07d}",
            "unit": f"U{number % UNITS:02d}",
            "competences": "Helsefagarbeider, Førerkort",
            "fraction": 80,
        }


def _people(count: int, chance: random.Random) -> Iterator[Cells]:
    day, serial = date(1930, 1, 1), 0
    for number in range(count):
        while not (identity := _identity(day, serial)):
            serial += 1
        born, serial = day, serial + 1
        if serial > 400:
            day, serial = day + timedelta(days=1), 0
        yield {
            "national_id": f"{identity[:6]} {identity[6:]}",
            "first_name": chance.choice(FIRST),
            "last_name": f"{chance.choice(LAST)} {_letters(number)}",
            "born": born,
            "phone": f"7{number:07d}",
            "address": f"Fjordveien {number}",
            "postal_code": "8283",
            "town": "Leinesfjord",
            "unit": f"U{number % UNITS:02d}",
        }


def _relatives(people: list[Cells]) -> Iterator[Cells]:
    for number, person in enumerate(people):
        yield {
            "citizen_id": person["national_id"],
            "name": f"Eva {person['last_name']}",
            "relation": "datter",
            "phone": f"4{number:07d}",
            "call_first": "Ja",
        }


def _decisions(people: list[Cells], chance: random.Random) -> Iterator[Cells]:
    for number, person in enumerate(people):
        yield {
            "reference": f"2026/{number}",
            "citizen_id": person["national_id"],
            "service": chance.choice(SERVICES),
            "unit": person["unit"],
            "minutes_per_week": chance.randrange(30, 900, 15),
            "since": date(2026, 11, 1),
        }


def _shifts(employees: int, each: int, first: date) -> Iterator[Cells]:
    for number in range(employees):
        starts, ends, code = TIMES[number % len(TIMES)]
        for turn in range(each):
            day = first + timedelta(days=turn + turn // 3)
            yield {"employee": f"E{number:05d}", "day": day, "starts": starts, "ends": ends, "code": code}


def _letters(number: int) -> str:
    """A name of its own for each number: no two people share name and birth date."""
    letters = ""
    while number or not letters:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return letters.capitalize()


def _identity(day: date, serial: int) -> str | None:
    """A synthetic fødselsnummer (month + 80); None where the serial number gives no check digits."""
    digits = f"{day.day:02d}{day.month + 80:02d}{day.year % 100:02d}{serial:03d}"
    for check in (fodselsnummer.calc_check_digit1, fodselsnummer.calc_check_digit2):
        digit = check(digits)
        if len(digit) != 1:
            return None
        digits += digit
    return digits


def _omtanke() -> list[str]:
    return [sys.executable, "-m", "omtanke"]


def _import(file: Path, environment: dict[str, str]) -> Measured:
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([*_omtanke(), "import", str(file), "--json"], env=environment, stdout=out)  # noqa: S603
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        out.seek(0)
        sheets = json.load(out)["sheets"]
    sums = {name: sum(sheet[name] for sheet in sheets) for name in ("taken", "changed", "unchanged")}
    refused = sum(len(sheet["refused"]) for sheet in sheets)
    return Measured(round(seconds, 1), usage.ru_maxrss // 1024, process.returncode, **sums, refused=refused)


def _fresh_database() -> str:
    _drop_database()
    with psycopg.connect(database_url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {SCRATCH}")
    return database_url(SCRATCH)


def _drop_database() -> None:
    with psycopg.connect(database_url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)")


def database_url(name: str) -> str:
    """The address of a database on the server that this process uses."""
    used = settings.DATABASES["default"]
    user = used["USER"] + (f":{used['PASSWORD']}" if used["PASSWORD"] else "")
    host, port = used["HOST"], f":{used['PORT']}" if used["PORT"] else ""
    if host.startswith("/"):
        return f"postgresql://{user}@{port}/{name}?host={host}"
    return f"postgresql://{user}@{host}{port}/{name}"
