"""Units: the parts of the service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.choices import UNIT_KIND
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.known import Known
from omtanke.people.models import Unit

KIND = Kind(
    "units",
    "Enheter,Enheter,Units,soner,avdelinger,områder,zoner,avdelningar,avdeling,enhet,unit,departments,tjenestesteder,"
    "organisasjon,enhetsregister",
    (
        Column(
            "code",
            "Enhetskode,Enhetskod,Unit code,kode,kod,code,enhetsnr,enhetsnummer,avdelingskode,avdelingsnr,sonekode,"
            "ansvar,koststed,org kode,enhets id,avdelingsnummer,kostnadsställe",
            values.text(30),
            ("NORD", "NORD", "NORTH"),
            _("The short name that other systems know the unit by. Never changes."),
        ),
        Column(
            "name",
            "Enhetsnavn,Enhetsnamn,Unit name,enhet,navn,namn,name,avdeling,avdelning,sone,zon,unit,avdelingsnavn,"
            "sonenavn,tjenestested,område,department,enhetens navn,navn på enhet",
            values.text(80),
            ("Nordsona", "Norra området", "North zone"),
        ),
        Column(
            "kind",
            "Type,Typ,Kind,enhetstype,enhetstyp,slag,type enhet,type tjeneste,tjenestetype,verksamhet,unit type",
            UNIT_KIND.read,
            ("Hjemmesykepleie sone", "Hemtjänstområde", "Home nursing zone"),
            choice=UNIT_KIND,
        ),
        Column(
            "phone",
            "Telefon,Telefon,Phone,tlf,telefonnummer,tlf nr,telefonnr,vakttelefon,mobil,telephone,tfn,vakttlf",
            values.phone,
            ("75 77 80 00", "0940-140 00", "75 77 80 00"),
        ),
        Column(
            "address",
            "Adresse,Adress,Address,besøksadresse,besöksadress,gateadresse,gatuadress,postadresse,street",
            values.text(120),
        ),
        Column("latitude", "Breddegrad,Latitud,Latitude,lat,nord,bredde", values.degrees(90)),
        Column("longitude", "Lengdegrad,Longitud,Longitude,lon,lng,long,øst,lengde", values.degrees(180)),
    ),
    needs=(("code", "name"),),
)
FIELDS = ("code", "name", "kind", "phone", "address", "latitude", "longitude")


def take(rows: Sequence[Row], known: Known) -> None:
    """A unit is recognised by its code, or else by its name."""
    for row in rows:
        code, name = row.get("code"), row.get("name")
        unit = known.units_by_code.get(fold(code or "")) or known.units.get(fold(name or code or ""))
        if row.is_refused():
            known.remember_refused(row, {fold(code or ""), fold(name or "")})
            continue
        unit = unit or Unit(code=code or _code_from(name, known), name=name or code)
        wanted = {field: row.values[field] for field in FIELDS if field in row.values}
        if code and fold(code) == fold(unit.code):
            wanted.pop("code")  # another way to write the same code is no change
        known.changes.settle(row, unit, wanted, columns={})
        if not row.is_refused():
            known.know_unit(unit)


def _code_from(name: str, known: Known) -> str:
    base = re.sub(r"\W+", "-", name.lower()).strip("-")[:26] or "unit"
    codes = {unit.code.casefold() for unit in known.units.values()}
    return next(code for n in range(1, 10_000) if (code := base if n == 1 else f"{base}-{n}").casefold() not in codes)


def give() -> Iterator[dict[str, Any]]:
    for unit in Unit.objects.order_by("code"):
        yield {field: getattr(unit, field) for field in FIELDS}
