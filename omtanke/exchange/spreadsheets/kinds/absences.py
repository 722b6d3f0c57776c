"""When employees are away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.choices import ABSENCE_KIND
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.known import Known
from omtanke.visits.models import Absence

EMPLOYEE = (
    "Ansattnummer,Anställningsnummer,Employee number,ansattnr,ansatt,ansatt nr,anställningsnr,anställd,medarbeider,"
    "medarbetare,employee,employee no,employee id,ressursnummer,ressursnr,staff number,ansatt id,ansnr,anst nr,"
    "medarbeidernummer,lønnsnummer,e-post,epost,email,anstnr,personal,nr,ans nr,staff"
)
EMPLOYEE_NAME = (
    "Ansattes navn,Namn,Employee name,navn,name,ansattnavn,navn på ansatt,fullt navn,anställds namn,full name"
)
WHO = (
    Column("employee", EMPLOYEE, values.text(160), ("1001", "1001", "1001"), _("The number, e-mail or full name.")),
    Column("employee_name", EMPLOYEE_NAME, values.text(160), ("Kari Berg", "Karin Berg", "Karen Berg")),
)

KIND = Kind(
    "absences",
    "Fravær,Frånvaro,Absences,ferie,fraværsliste,permisjoner,sykefravær,ferieliste,semester,absence,leave,"
    "ferie og fravær,ledighet,borte,sjukfrånvaro,fravær og ferie",
    (
        *WHO,
        Column(
            "first_day",
            "Første dag,Första dag,First day,fra,fra dato,fom,fra og med,f.o.m.,från,från och med,startdato,from,start,"
            "start date,borte fra,fravær fra,startdatum,from date,fradato,dato fra,frånvaro från,fråndatum",
            values.day,
            ("22.12.2026", "2026-12-22", "22.12.2026"),
        ),
        Column(
            "last_day",
            "Siste dag,Sista dag,Last day,til,til dato,tom,til og med,t.o.m.,till,till och med,sluttdato,to,slutt,end,"
            "end date,borte til,fravær til,slutdatum,through,until,to date,tildato,dato til,frånvaro till,tilldatum,"
            "slut",
            values.day,
            ("02.01.2027", "2027-01-02", "02.01.2027"),
            _("Empty: nobody knows yet."),
            blank_means_none=True,
        ),
        Column(
            "kind",
            "Årsak,Orsak,Reason,type,typ,fraværstype,type fravær,frånvarotyp,kode,grunn,fraværsårsak,frånvaroorsak,"
            "kind,fraværskode,fraværsgrunn,absence type,typ av frånvaro,anledning",
            ABSENCE_KIND.read,
            ("Ferie", "Semester", "Holiday"),
            choice=ABSENCE_KIND,
        ),
    ),
    needs=(("employee", "employee_name"), ("first_day",)),
)


def take(rows: Sequence[Row], known: Known) -> None:
    """An absence is recognised by the employee and the first day."""
    absences = {(one.employee_id, one.first_day): one for one in Absence.objects.all().iterator(chunk_size=5000)}
    new: dict[tuple[int, Any], Absence] = {}
    for row in rows:
        employee = known.find_employee(row)
        first, last = row.get("first_day"), row.get("last_day")
        if first and last and last < first:
            row.refuse("last_day", _("The last day is before the first."))
        if employee is None or row.is_refused():
            continue
        absence = absences.get((employee.pk or 0, first)) or new.get((id(employee), first))
        if absence is None:
            absence = new[id(employee), first] = Absence(employee=employee, first_day=first)
        wanted = {"kind": row.values["kind"]} if "kind" in row.values else {}
        if "last_day" in row.headings:
            wanted["last_day"] = last
        known.changes.settle(row, absence, wanted or {"first_day": first}, columns={})


def give() -> Iterator[dict[str, Any]]:
    for one in Absence.objects.select_related("employee").order_by("first_day", "employee__number"):
        yield {
            "employee": one.employee.number,
            "employee_name": one.employee.name,
            "first_day": one.first_day,
            "last_day": one.last_day,
            "kind": one.kind,
        }
