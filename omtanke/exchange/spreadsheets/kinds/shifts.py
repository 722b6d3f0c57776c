"""The rota: who is at work when, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.kinds.absences import WHO
from omtanke.exchange.spreadsheets.known import Known
from omtanke.people.models import Employee, Unit
from omtanke.visits.models import Shift

LONGEST = timedelta(hours=36)

KIND = Kind(
    "shifts",
    "Turnus,Schema,Rota,vakter,vaktliste,pass,arbeidsplan,turnusplan,skift,shifts,bemanningsplan,vaktplan,"
    "arbetsschema,roster,tjenesteplan,ukeplan,schedule,bemanning,arbetspass,vakt,shift",
    (
        *WHO,
        Column(
            "day",
            "Dato,Datum,Date,dag,day,vaktdato,arbeidsdag,arbetsdag,dato vakt,skiftdato,shift date,startdato,startdatum",
            values.day,
            ("23.11.2026", "2026-11-23", "23.11.2026"),
        ),
        Column(
            "starts",
            "Fra,Från,From,start,fra kl,starttid,begynner,fra klokken,frå,starts,start time,kl fra,vakt fra,börjar,"
            "fra tid,tid fra,starttidspunkt,vaktstart,klokken fra,begin,oppmøte,inn,from time,fra og med",
            values.moment,
            ("07:30", "07:30", "07:30"),
        ),
        Column(
            "ends",
            "Til,Till,To,slutt,til kl,sluttid,slutter,til klokken,sluttid,ends,end,end time,kl til,vakt til,slutar,"
            "til tid,tid til,sluttidspunkt,vaktslutt,klokken til,slutttid,slut,ut,to time,slutt tid,til og med",
            values.moment,
            ("15:00", "15:00", "15:00"),
            _("Earlier than the start: the next day."),
        ),
        Column(
            "span",
            "Tid,Tid,Time,klokkeslett,arbeidstid,arbetstid,vakttid,tidsrom,tidspunkt,hours,fra til,fra-til,klokkeslag,"
            "kl,working hours,skifttid,times,tider",
            values.span,
            in_exports=False,
        ),
        Column(
            "code",
            "Vaktkode,Passkod,Shift code,kode,kod,vakt,vakttype,skift,pass,code,vaktkategori,shift,skiftkode,"
            "turnuskode,passtyp,vaktbetegnelse",
            values.text(10),
            ("D", "D", "D"),
        ),
        Column(
            "unit",
            "Enhet,Enhet,Unit,avdeling,avdelning,sone,tjenestested,arbeidssted,arbetsplats,department,enhetskode,"
            "enhetskod,zon,unit code,avd,område,enhetsnavn,enhetsnamn,unit name,sted",
            values.text(80),
            ("NORD", "NORD", "NORTH"),
            _("The unit's code or name. Empty: the employee's own unit."),
        ),
    ),
    needs=(("employee", "employee_name"), ("starts", "span"), ("ends", "span")),
)


@dataclass(frozen=True)
class Period:
    starts: datetime
    ends: datetime

    def overlaps(self, other: Period | Shift) -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass
class Claim:
    """What a row says: this employee is at work then, there."""

    row: Row
    employee: Employee
    period: Period
    unit: Unit | None
    shift: Shift | None = None


def take(rows: Sequence[Row], known: Known) -> None:
    """A shift is recognised by the employee and its start; a moved one as the shift of that day which it overlaps."""
    placed = [(row, known.find_employee(row), known.find_unit(row, "unit"), _period(row)) for row in rows]
    claims = [
        Claim(row, employee, period, unit or _own_unit(row, employee, known))
        for row, employee, unit, period in placed
        if employee and period and not row.is_refused()
    ]
    rota = Rota([claim for claim in claims if not claim.row.is_refused()])
    for claim in rota.claims:
        claim.shift = rota.find(claim)
    for claim in rota.claims:
        if clash := rota.clash(claim):
            _refuse_clash(claim.row, clash)
        else:
            _take_one(claim, known)


def _own_unit(row: Row, employee: Employee, known: Known) -> Unit | None:
    unit: Unit | None = employee._state.fields_cache.get("unit") or known.units_by_id.get(employee.unit_id or 0)
    if unit is None:
        row.refuse("unit", _("Which unit? The employee has none of their own."))
    return unit


def _take_one(claim: Claim, known: Known) -> None:
    row, period = claim.row, claim.period
    assert claim.shift is not None  # noqa: S101 - found just before
    wanted: dict[str, Any] = {"starts": period.starts, "ends": period.ends, "unit": claim.unit}
    wanted |= {"code": row.values["code"]} if "code" in row.values else {}
    columns = {} if "ends" in row.headings else {"starts": "span", "ends": "span"}
    known.changes.settle(row, claim.shift, wanted, columns=columns)


def _refuse_clash(row: Row, clash: Claim | Shift) -> None:
    column = "starts" if "starts" in row.headings else "span"
    if isinstance(clash, Shift):
        since = f"{timezone.localtime(clash.starts):%d.%m.%Y %H:%M}"
        row.refuse(column, _("The employee is at work then already, from %(since)s."), since=since)
    else:
        place = clash.row.place
        row.refuse(column, AT_WORK_BY_ROW, row=place.row, sheet=place.sheet)


AT_WORK_BY_ROW = _("The employee is at work then already, by row %(row)d of “%(sheet)s”.")


class Rota:
    """The shifts of the employees and days in question: those there are, and those the rows claim."""

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims
        self._claimed: dict[int, list[Claim]] = defaultdict(list)
        self._shifts: dict[int, list[Shift]] = defaultdict(list)
        self._of_start: dict[tuple[int, datetime], Shift] = {}
        self._taken: dict[int, Claim] = {}
        for claim in claims:
            self._claimed[id(claim.employee)].append(claim)
        employees = {claim.employee.pk: claim.employee for claim in claims if claim.employee.pk}
        if employees:
            first = min(claim.period.starts for claim in claims) - LONGEST
            last = max(claim.period.ends for claim in claims) + LONGEST
            self._load(employees, first, last)

    def _load(self, employees: dict[int, Employee], first: datetime, last: datetime) -> None:
        for shift in Shift.objects.filter(employee__in=employees, starts__range=(first, last)).iterator(5000):
            shift.employee = employees[shift.employee_id]
            self._shifts[id(shift.employee)].append(shift)
            self._of_start[id(shift.employee), shift.starts] = shift

    def find(self, claim: Claim) -> Shift | None:
        """The shift that a row is about; a new one for the first row that says so."""
        key = (id(claim.employee), claim.period.starts)
        shift = self._of_start.get(key)
        if shift is None:
            moved = [one for one in self._shifts[key[0]] if self._is_moved(one, claim)]
            shift = min(moved, key=lambda one: abs(one.starts - key[1]), default=Shift(employee=claim.employee))
            self._of_start[key] = shift
        self._taken.setdefault(id(shift), claim)
        return shift

    def _is_moved(self, shift: Shift, claim: Claim) -> bool:
        """Not where a row says it starts, but overlapping a row's shift that starts on the same day."""
        same_day = timezone.localtime(shift.starts).date() == timezone.localtime(claim.period.starts).date()
        said = any(other.period.starts == shift.starts for other in self._claimed[id(claim.employee)])
        return same_day and not said and id(shift) not in self._taken and claim.period.overlaps(shift)

    def clash(self, claim: Claim) -> Claim | Shift | None:
        """What the employee would be doing at the same time: an earlier row, or a shift that no row speaks of."""
        key = id(claim.employee)
        for other in self._claimed[key]:
            if other is claim:
                break
            if other.shift is not claim.shift and not other.row.is_refused() and claim.period.overlaps(other.period):
                return other
        untouched = (shift for shift in self._shifts[key] if id(shift) not in self._taken)
        return next((shift for shift in untouched if claim.period.overlaps(shift)), None)


def _period(row: Row) -> Period | None:
    """From when to when, in the municipality's time. Refuses what cannot be."""
    on, span = row.get("day"), row.get("span")
    starts, ends = (row.get("starts"), row.get("ends")) if span is None else span
    if row.is_refused() or starts is None or ends is None:
        return None
    if isinstance(starts, time) and on is None:
        row.refuse("day", _("The day is missing."))
        return None
    begin = starts if isinstance(starts, datetime) else datetime.combine(on, starts)
    end = ends if isinstance(ends, datetime) else _after(begin, ends)
    if not begin < end <= begin + LONGEST:
        row.refuse(
            "ends" if "ends" in row.headings else "span", _("The shift must end after it starts, within 36 hours.")
        )
        return None
    return Period(timezone.make_aware(begin), timezone.make_aware(end))


def _after(begin: datetime, clock: time) -> datetime:
    """The next time that the clock shows this: an end earlier than the start is on the next day."""
    day: date = begin.date() if clock > begin.time() else begin.date() + timedelta(days=1)
    return datetime.combine(day, clock)


def give() -> Iterator[dict[str, Any]]:
    shifts = Shift.objects.select_related("employee", "unit").order_by("starts", "employee__number")
    for shift in shifts.iterator(chunk_size=5000):
        starts, ends = timezone.localtime(shift.starts), timezone.localtime(shift.ends)
        yield {
            "employee": shift.employee.number,
            "employee_name": shift.employee.name,
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time() if ends - starts < timedelta(days=1) else ends.replace(tzinfo=None),
            "code": shift.code,
            "unit": shift.unit.code,
        }
