"""Citizens, and the units they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.identity_numbers import born_by
from omtanke.exchange.spreadsheets.known import SEVERAL, Known
from omtanke.exchange.spreadsheets.names import folded, name_of
from omtanke.people.models import Belonging, Citizen, Hamlet

ID_HEADINGS = (
    "Fødselsnummer,Personnummer,National identity number,fnr,fødselsnr,personnr,fødsels og personnummer,"
    "national id,fnr dnr,fødselsnummer d nummer,d nummer,dnr,pnr,person nr,ssn,fødsels nr,fødselsnummer 11 siffer,"
    "personnummer 12 siffror,national identity no,personal number,f nr,fødselsnummer dnummer"
)
BORN_HEADINGS = (
    "Født,Född,Born,fødselsdato,födelsedatum,date of birth,birth date,f dato,fdato,birthdate,dob,født dato,fødd"
)

KIND = Kind(
    "citizens",
    "Brukere,Brukare,Citizens,innbyggere,invånare,tjenestemottakere,pasienter,beboere,bruker,brukerliste,klienter,"
    "clients,patienter,boende,brukerregister,users,residents,brukeroversikt,personer,persons,people,tjänstemottagare",
    (
        Column("national_id", ID_HEADINGS, values.identity_number, ("010190 12345", "19121212-1212", "010190 12345")),
        Column(
            "first_name",
            "Fornavn,Förnamn,First name,given name,forename,for og mellomnavn,firstname",
            values.text(80),
            ("Astrid", "Astrid", "Astrid"),
        ),
        Column(
            "last_name",
            "Etternavn,Efternamn,Last name,surname,family name,familienavn,lastname,slektsnavn",
            values.text(80),
            ("Nilsen", "Nilsson", "Nelson"),
        ),
        Column(
            "name",
            "Navn,Namn,Name,fullt navn,bruker,brukare,innbygger,full name,brukernavn,brukers navn,pasient,beboer,"
            "citizen,tjenestemottaker,client,navn på bruker,etternavn og fornavn,fornavn og etternavn,"
            "etternavn fornavn,fornavn etternavn",
            values.text(160),
            in_exports=False,
        ),
        Column(
            "called",
            "Kalles,Kallas,Called,tilnavn,kallenavn,tilltalsnamn,liker å bli kalt,nickname,vil bli kalt,preferred name",
            values.text(40),
        ),
        Column("born", BORN_HEADINGS, values.born, ("04.05.1939", "1939-05-04", "04.05.1939"), _("As 22.11.1939.")),
        Column(
            "phone",
            "Telefon,Telefon,Phone,tlf,mobil,mobiltelefon,telefonnummer,tlf nr,mobilnr,mobilnummer,telefonnr,telephone,"
            "mobile,tfn,telefon privat,telefon mobil",
            values.phone,
            ("75 77 80 00", "0940-140 00", "75 77 80 00"),
        ),
        Column(
            "address",
            "Adresse,Adress,Address,gateadresse,gatuadress,bostedsadresse,bostadsadress,street,vei,boadresse,"
            "street address,folkeregistrert adresse,hjemmeadresse",
            values.text(120),
            ("Fjordveien 1", "Fjordvägen 1", "Fjord Road 1"),
        ),
        Column(
            "postal_code",
            "Postnummer,Postnr,Postal code,postnr,postnummer,post nr,zip,postcode,zip code,p nr",
            values.postal_code,
            ("8283", "123 45", "8283"),
        ),
        Column(
            "town",
            "Poststed,Ort,Town,sted,postort,city,post sted,tettsted",
            values.text(60),
            ("Leinesfjord", "Vilhelmina", "Leinesfjord"),
        ),
        Column(
            "postal_place",
            "Postnummer og sted,Postnummer och ort,Postal code and town,postnr og sted,postnr sted,postadresse,"
            "postnr og poststed,postnr poststed,postadress,postnummer og poststed",
            values.postal_place,
            in_exports=False,
        ),
        Column("hamlet", "Grend,By,Hamlet,bygd,grendelag,village,tettsted grend,grend bygd,bygda", values.text(80)),
        Column("latitude", "Breddegrad,Latitud,Latitude,lat,bredde", values.degrees(90)),
        Column("longitude", "Lengdegrad,Longitud,Longitude,lon,lng,long,lengde", values.degrees(180)),
        Column("language", "Språk,Språk,Language,morsmål,modersmål,mother tongue,talespråk", values.text(40)),
        Column(
            "memory_loss",
            "Trenger påminnelser,Behöver påminnelser,Needs reminders,kognitiv svikt,hukommelsessvikt,demens,"
            "memory loss,demenssjukdom,trenger påminning,kognitiv svikt demens",
            values.yes_or_no,
            ("Nei", "Nej", "No"),
        ),
        Column(
            "vulnerable",
            "Skånes for nye ansikter,Skonas från nya ansikten,Spare new faces,sårbar,vulnerable,sårbar for nye,skånes",
            values.yes_or_no,
            ("Nei", "Nej", "No"),
        ),
        Column(
            "unit",
            "Enhet,Enhet,Unit,avdeling,avdelning,sone,tjenestested,department,enhetskode,enhetskod,zon,unit code,avd,"
            "enheter,område,distrikt,hjemmesykepleiesone,units,enhetsnavn,enhetsnamn,unit name,tilhører,"
            "sonetilhørighet",
            values.text(200),
            ("NORD", "NORD", "NORTH"),
            _("The unit's code or name; several with a semicolon between."),
        ),
        Column(
            "unit_since",
            "Tilhører fra,Tillhör från,Belongs since,enhet fra,i enheten fra,tilhører siden,unit since,i enhet fra",
            values.day,
        ),
    ),
    needs=(("name", "first_name"), ("name", "last_name"), ("national_id", "born")),
)
WHERE = ("address", "postal_code", "town", "latitude", "longitude")
FIELDS = ("national_id", "called", "born", "phone", *WHERE, "language", "memory_loss", "vulnerable")


def take(rows: Sequence[Row], known: Known) -> None:
    """A citizen is recognised by the national identity number, or by name and birth date."""
    for row in rows:
        units = known.find_units(row, "unit")
        first, last = name_of(row)
        if not row.is_refused() and not (first and last):
            row.refuse("name", _("Both first and last name are needed."))
        _complete(row)
        citizen = None if row.is_refused() else _find(row, known, first, last)
        if row.is_refused():
            known.remember_refused(row, {row.get("national_id"), f"{folded(first, last)} {row.get('born')}"})
            continue
        citizen = citizen or Citizen()
        wanted = {field: row.values[field] for field in FIELDS if field in row.values}
        wanted |= {"first_name": first, "last_name": last} | _hamlet(row, known)
        known.changes.settle(row, citizen, wanted, columns=_columns(row))
        if not row.is_refused():
            known.know_citizen(citizen)
            if units:
                known.belongings.wish(row, citizen, units, since=row.get("unit_since"))


def _complete(row: Row) -> None:
    """What one column tells about another: the birth date stands in the identity number, the place beside its code."""
    number, born = row.get("national_id"), row.get("born")
    told = born_by(number) if number else None
    if told and born and told != born:
        row.refuse("born", _("The birth date and the national identity number do not agree."))
    elif told:
        row.values["born"] = told
    if row.get("postal_place"):
        code, town = row.values["postal_place"]
        row.values.setdefault("postal_code", code)
        row.values.setdefault("town", town)


def _find(row: Row, known: Known, first: str, last: str) -> Citizen | None:
    number, born = row.get("national_id"), row.get("born")
    if number and (citizen := known.citizens.get(number)):
        return citizen
    namesakes = known.citizens_by_name.get((folded(first, last), born), [])
    # Somebody with another identity number is somebody else.
    possible = [citizen for citizen in namesakes if not (number and citizen.national_id)]
    if len(possible) > 1:
        row.refuse("name", SEVERAL)
    if not possible and not number and not born:
        row.refuse("national_id", _("A national identity number or a birth date is needed to know who this is."))
    return possible[0] if possible else None


def _hamlet(row: Row, known: Known) -> dict[str, Hamlet]:
    name = row.get("hamlet")
    if not name:
        return {}
    if fold(name) not in known.hamlets:
        hamlet = known.hamlets[fold(name)] = Hamlet(name=name)
        known.changes.add(hamlet)
    return {"hamlet": known.hamlets[fold(name)]}


def _columns(row: Row) -> dict[str, str]:
    """Which column a field came from, where it was not its own."""
    told_by = {"first_name": "name", "last_name": "name", "postal_code": "postal_place", "town": "postal_place"}
    return {field: column for field, column in told_by.items() if field not in row.headings}


def give() -> Iterator[dict[str, Any]]:
    units: dict[int, list[Belonging]] = {}
    for belonging in Belonging.objects.current().select_related("unit").order_by("unit__code"):
        units.setdefault(belonging.citizen_id, []).append(belonging)
    people = Citizen.objects.select_related("hamlet").order_by("sort_name", "pk")
    for citizen in people.iterator(chunk_size=2000):
        current = units.get(citizen.pk, [])
        yield {field: getattr(citizen, field) for field in FIELDS} | {
            "first_name": citizen.first_name,
            "last_name": citizen.last_name,
            "hamlet": citizen.hamlet.name if citizen.hamlet else None,
            "unit": "; ".join(belonging.unit.code for belonging in current),
            "unit_since": min((belonging.since for belonging in current), default=None),
        }
