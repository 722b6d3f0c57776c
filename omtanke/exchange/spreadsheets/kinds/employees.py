"""Employees, with what they are trained for. An e-mail address gives nobody a login."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.choices import COMPETENCE
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.known import Known
from omtanke.exchange.spreadsheets.names import folded, name_of
from omtanke.people.models import Employee

KIND = Kind(
    "employees",
    "Ansatte,Anställda,Employees,medarbeidere,medarbetare,personale,personal,staff,ansatt,personell,ansattliste,"
    "personalliste,ansattoversikt,vikarer",
    (
        Column(
            "number",
            "Ansattnummer,Anställningsnummer,Employee number,ansattnr,ansatt nr,anställningsnr,ans nr,ansnr,nr,nummer,"
            "ressursnummer,ressursnr,employee no,employee id,staff number,ansatt id,medarbeidernummer,personalnummer,"
            "lønnsnummer,lønnsnr,anst nr,anstnr,number,no",
            values.text(20),
            ("1001", "1001", "1001"),
            _("What the payroll knows the person by."),
        ),
        Column(
            "first_name",
            "Fornavn,Förnamn,First name,given name,forename,for og mellomnavn,firstname",
            values.text(80),
            ("Kari", "Karin", "Karen"),
        ),
        Column(
            "last_name",
            "Etternavn,Efternamn,Last name,surname,family name,familienavn,lastname,slektsnavn",
            values.text(80),
            ("Berg", "Berg", "Berg"),
        ),
        Column(
            "name",
            "Navn,Namn,Name,fullt navn,ansatt,anställd,medarbeider,medarbetare,full name,ansattnavn,employee name,"
            "navn på ansatt,employee,etternavn og fornavn,fornavn og etternavn,etternavn fornavn,fornavn etternavn",
            values.text(160),
            in_exports=False,
        ),
        Column(
            "title",
            "Stilling,Befattning,Title,stillingstittel,tittel,yrke,titel,job title,stillingsbetegnelse,yrkestittel,"
            "position,roll,profession,stillingskode tekst",
            values.text(60),
            ("Sykepleier", "Sjuksköterska", "Nurse"),
        ),
        Column(
            "email",
            "E-post,E-post,Email,epost,mail,e-mail,epostadresse,e postadress,mejl,jobb epost,email address,e post jobb",
            values.email,
            ("kari.berg@example.org",) * 3,
            _("Gives no login by itself."),
        ),
        Column(
            "phone",
            "Mobil,Mobil,Phone,telefon,tlf,mobiltelefon,mobilnummer,telefonnummer,tlf nr,mobilnr,mobile,cell,telefonnr,"
            "telephone,tfn,telefon mobil,mobilnummer jobb",
            values.phone,
            ("900 00 000", "070-123 45 67", "900 00 000"),
        ),
        Column(
            "unit",
            "Enhet,Enhet,Unit,avdeling,avdelning,sone,tjenestested,arbeidssted,arbetsplats,department,enhetskode,"
            "enhetskod,zon,unit code,avd,område,avdelingskode,hovedarbeidssted,ansvar,enhetsnavn,enhetsnamn,unit name",
            values.text(80),
            ("NORD", "NORD", "NORTH"),
            _("The unit's code or name."),
        ),
        Column(
            "competences",
            "Kompetanse,Kompetens,Competences,kompetanser,utdanning,utbildning,kvalifikasjoner,kompetenser,competence,"
            "qualifications,fagutdanning,utdanning kompetanse,kurs,skills,fag",
            COMPETENCE.read_several,
            ("Sykepleier, Førerkort", "Sjuksköterska, Körkort", "Registered nurse, Driving licence"),
            _("Several with a comma between."),
            choice=COMPETENCE,
        ),
        Column(
            "fraction",
            "Stillingsprosent,Tjänstgöringsgrad,Position percent,prosent,stillingsandel,stilling prosent,"
            "sysselsättningsgrad,procent,percent,stillings pst,stpst,stillingsbrøk,still %,stilling %,fte,position,"
            "fraction,st %,sysselsgrad,%",
            values.percent,
            ("80", "80", "80"),
            _("Percent of full time."),
        ),
        Column(
            "is_temp",
            "Vikar,Vikarie,Temp,er vikar,tilkallingsvikar,ringevikar,timvikarie,temporary,timeanställd,ekstravakt,"
            "is temp,timanställd",
            values.yes_or_no,
            ("Nei", "Nej", "No"),
        ),
        Column(
            "active",
            "Aktiv,Aktiv,Active,i arbeid,i tjänst,er aktiv,i arbete,ansatt nå,is active",
            values.yes_or_no,
            ("Ja", "Ja", "Yes"),
        ),
    ),
    needs=(("number", "email"), ("name", "first_name"), ("name", "last_name")),
)
FIELDS = ("number", "title", "email", "phone", "competences", "fraction", "is_temp", "active")


def take(rows: Sequence[Row], known: Known) -> None:
    """An employee is recognised by the number, or by the e-mail address where the sheet gives no number."""
    for row in rows:
        unit = known.find_unit(row, "unit")
        first, last = name_of(row)
        if not row.is_refused() and not (first and last):
            row.refuse("name", _("Both first and last name are needed."))
        employee = None if row.is_refused() else _find(row, known)
        if row.is_refused():
            email = row.get("email") or ""
            known.remember_refused(row, {fold(row.get("number") or ""), email, folded(first, last)})
            continue
        employee = employee or Employee(number=row.get("number") or _number_from(row.values["email"], known))
        wanted = {field: row.values[field] for field in FIELDS if field in row.values}
        if fold(employee.number) == fold(row.get("number") or ""):
            wanted.pop("number")  # another way to write the same number is no change
        wanted |= {"first_name": first, "last_name": last} | ({"unit": unit} if unit else {})
        known.changes.settle(row, employee, wanted, columns={"first_name": "first_name", "last_name": "last_name"})
        if not row.is_refused():
            known.know_employee(employee)


def _find(row: Row, known: Known) -> Employee | None:
    number, email = row.get("number"), row.get("email")
    by_number = known.employees.get(fold(number)) if number else None
    by_email = known.employees_by_email.get(email) if email else None
    if by_number and by_email and by_number is not by_email:
        row.refuse("email", _("The e-mail address is already that of employee %(number)s."), number=by_email.number)
    if not by_number and by_email and number and by_email._state.adding:
        row.refuse("email", _("The e-mail address is already that of employee %(number)s."), number=by_email.number)
    return by_number or by_email


def _number_from(email: str, known: Known) -> str:
    base = re.sub(r"[^\w.-]", "", email.partition("@")[0])[:16] or "employee"
    return next(
        number for n in range(1, 10_000) if fold(number := base if n == 1 else f"{base}-{n}") not in known.employees
    )


def give() -> Iterator[dict[str, Any]]:
    for employee in Employee.objects.select_related("unit").order_by("number"):
        yield {field: getattr(employee, field) for field in FIELDS} | {
            "first_name": employee.first_name,
            "last_name": employee.last_name,
            "unit": employee.unit.code if employee.unit else None,
            "fraction": employee.fraction if employee.fraction > 1 else f"{employee.fraction} %",  # 1 alone is a whole
        }
