"""Shifts from the rota, absences, and who steps in for those who are away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from omtanke.config.demo.chance import chance
from omtanke.config.demo.rota import CLOCK, WEEKDAYS, WEEKENDS, at_work
from omtanke.config.demo.staff import ALWAYS_TODAY, STAFF, TOR
from omtanke.people.models import Employee, Unit
from omtanke.visits.models import Absence, Shift
from omtanke.visits.plan_shifts import plan_shifts, take_out

WORKERS = {person.name: person for person in STAFF if person.works}
# Who is away, from and through so many days from today (None: nobody knows).
AWAY = (
    ("Ingunn Karlstad", -36, None, Absence.Kind.LEAVE),
    ("Geir Tømmervik", -2, 3, Absence.Kind.ILL),
    ("Wenche Husdal", 6, 19, Absence.Kind.HOLIDAY),
    ("Mette Ursfjord", -20, -14, Absence.Kind.HOLIDAY),
    ("Thea Forsmo", -9, -7, Absence.Kind.ILL),
    ("Anita Gjerde", 10, 11, Absence.Kind.COURSE),
    ("Camilla Ramsund", 13, 14, Absence.Kind.COURSE),
    ("Jonas Hellmo", -1, 1, Absence.Kind.ILL),
    ("Hassan Idris", 17, 24, Absence.Kind.HOLIDAY),
)
TOR_BEGAN = 9  # days ago: he has met few of the people yet


def send_away(employees: Mapping[str, Employee], on: date) -> None:
    Absence.objects.bulk_create(
        [
            Absence(
                employee=employees[name],
                first_day=on + timedelta(days=first),
                last_day=None if last is None else on + timedelta(days=last),
                kind=kind,
            )
            for name, first, last, kind in AWAY
        ]
    )


def plan(seed: int, employees: Mapping[str, Employee], *, first: date, last: date, new_since: date) -> None:
    """Plan the rota from `first` through `last`. Tor, the temp, begins on `new_since`."""
    away = list(Absence.objects.filter(first_day__lte=last).select_related("employee"))
    shifts: list[Shift] = []
    before: dict[str, str] = {}
    for on in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        absent = {a.employee.name for a in away if a.first_day <= on and (a.last_day is None or a.last_day >= on)}
        if on < new_since:
            absent.add(TOR)
        today = _with_stand_ins(seed, on, absent, before)
        shifts += [_shift(employees[name], code, on) for name, code in sorted(today.items())]
        before = today
    plan_shifts(shifts, by=None)


def _with_stand_ins(seed: int, on: date, absent: set[str], before: Mapping[str, str]) -> dict[str, str]:
    """The rota of a day, with somebody free in each absent one's place: a temp if there is one."""
    rota = at_work(seed, on)
    tomorrow = at_work(seed, on + timedelta(days=1))
    today = {name: code for name, code in rota.items() if name not in absent}
    for name, code in sorted(rota.items()):
        if name not in absent:
            continue
        able = [
            p
            for p in STAFF
            if p.unit == WORKERS[name].unit
            and code in p.works
            and p.name not in (*today, *absent)
            and not (code == "D" and before.get(p.name) in ("A", "N"))
            and not (code == "A" and before.get(p.name) == "N")
            and not (code in "AN" and tomorrow.get(p.name) == "D")
        ]
        if able:
            source = chance(seed, "stands in", on, name)
            today[min(able, key=lambda p: (not p.temp, source.random())).name] = code
    return today


def _shift(employee: Employee, code: str, on: date) -> Shift:
    starts, ends = CLOCK[code]
    until = on if ends > starts else on + timedelta(days=1)
    return Shift(employee=employee, unit_id=_unit(employee), starts=_at(on, starts), ends=_at(until, ends), code=code)


def _unit(employee: Employee) -> int:
    if employee.unit_id is None:
        raise LookupError(f"{employee} works nowhere.")
    return employee.unit_id


def _at(on: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, clock))


def be_at_work_today(employees: Mapping[str, Employee], on: date, units: Mapping[str, Unit]) -> None:
    """Kari and the others of the first page have a day shift today. A colleague takes the evening that one of them
    had, and where they are one too many by day, a colleague is off."""
    theirs = {s.employee.name: s for s in _of_day(on) if s.employee.name in ALWAYS_TODAY}
    moved = {name: shift for name, shift in theirs.items() if shift.code != "D"}
    lacking = [name for name in ALWAYS_TODAY if name not in theirs or name in moved]
    take_out(moved.values())
    plan_shifts([_shift(employees[name], "D", on) for name in lacking], by=None)
    for code, unit in units.items():
        left = [shift.code for name, shift in moved.items() if WORKERS[name].unit == code]
        added = sum(WORKERS[name].unit == code for name in lacking)
        by_day = [s for s in _of_day(on) if s.unit_id == unit.pk and s.code == "D"]
        too_many = min(added, max(0, len(by_day) - _places(code, on)))
        _make_room([s for s in by_day if s.employee.name not in ALWAYS_TODAY], too_many, left, on)


def _places(unit: str, on: date) -> int:
    return (WEEKENDS if on.weekday() > 4 else WEEKDAYS)[unit].count("D")


def _make_room(colleagues: list[Shift], too_many: int, left: list[str], on: date) -> None:
    """So many colleagues work on another shift that somebody left today, or are off."""
    going = sorted(colleagues, key=lambda s: not WORKERS[s.employee.name].works.startswith("DA"))
    needed = max(too_many, min(len(left), len(going)))
    take_out(going[:needed])
    plan_shifts([_shift(s.employee, code, on) for s, code in zip(going, left, strict=False)], by=None)


def _of_day(on: date) -> list[Shift]:
    return list(Shift.objects.filter(starts__date=on).select_related("employee").order_by("employee__number"))
