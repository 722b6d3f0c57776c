"""Decisions of the allocation office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.care.models import Decision
from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.choices import SERVICE
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.kinds.relatives import ABOUT
from omtanke.exchange.spreadsheets.known import Known
from omtanke.people.models import Citizen, Unit

WEEK = 7 * 24 * 60

KIND = Kind(
    "decisions",
    "Vedtak,Beslut,Decisions,vedtaksliste,biståndsbeslut,vedtak liste,tjenester,insatser,vedtaksoversikt,services,"
    "tjenestevedtak,biståndsbedömning",
    (
        Column(
            "reference",
            "Saksnummer,Ärendenummer,Reference,vedtaksnummer,vedtaksnr,vedtak nr,referanse,saksnr,sak nr,"
            "beslutsnummer,referens,ärendenr,vedtak id,vedtaks id,case number,decision number,ref,journalpost,"
            "arkivsak,decision id,vedtaksreferanse,decision reference,id,vedtak,beslutsnr,ref nr,besluts id,"
            "diarienummer",
            values.text(40),
            ("2026/1234", "2026/1234", "2026/1234"),
            _("What the office knows the decision by. Never changes."),
        ),
        *ABOUT,
        Column(
            "service",
            "Tjeneste,Insats,Service,tjenestetype,type tjeneste,ytelse,vedtakstype,type vedtak,tiltak,insatstyp,"
            "tjänst,bistånd,service type,type,beslutstyp,iplos tjeneste,tjenestenavn",
            SERVICE.read,
            ("Hjemmesykepleie", "Hemsjukvård", "Home nursing"),
            choice=SERVICE,
        ),
        Column(
            "unit",
            "Enhet,Enhet,Unit,avdeling,avdelning,sone,utfører,utførerenhet,utförare,tjenestested,department,"
            "enhetskode,zon,enhetskod,unit code,ansvarlig enhet,provider,utøver,enhetsnavn,enhetsnamn,unit name,område",
            values.text(80),
            ("NORD", "NORD", "NORTH"),
            _("The unit's code or name. Empty: the unit the person belongs to."),
        ),
        Column(
            "minutes_per_week",
            "Minutter per uke,Minuter per vecka,Minutes a week,min per uke,min/uke,minutter pr uke,min pr uke,"
            "minutes per week,minutter uke,omfang minutter,min uke,minuter vecka,min vecka,vedtakstid,"
            "vedtakstid minutter,minutter,minuter,minutes,ukeminutter,tid min uke,innvilget minutter per uke,"
            "beviljade minuter per vecka",
            values.whole_number(0, WEEK),
            ("210", "210", "210"),
        ),
        Column(
            "hours_per_week",
            "Timer per uke,Timmar per vecka,Hours a week,timer pr uke,t/uke,timer uke,hours per week,timmar vecka,"
            "timer i uken,omfang timer,timer,timmar,hours,tim vecka,t pr uke,innvilget timer per uke,vedtakstimer",
            values.hours_as_minutes,
            in_exports=False,
        ),
        Column(
            "purpose",
            "Formål,Syfte,Purpose,mål,begrunnelse,beskrivelse,hva,formål med vedtaket,hensikt,mål for tjenesten,"
            "beskrivning,description,kommentar,goal",
            values.long_text,
            ("Klare morgenstellet selv", "Klara morgonrutinen själv", "Manage the morning herself"),
        ),
        Column(
            "decided_on",
            "Vedtaksdato,Beslutsdatum,Decided,vedtatt,besluttet,beslutad,decided on,vedtatt dato,dato vedtak,"
            "decision date,dato for vedtak",
            values.day,
            ("01.11.2026", "2026-11-01", "01.11.2026"),
        ),
        Column(
            "since",
            "Fra dato,Från och med,From,fra,gjelder fra,startdato,start,f.o.m.,från,fom,fra og med,gäller från,"
            "valid from,start date,oppstart,since,startdatum,iverksatt,begynner,iverksettelsesdato,gyldig fra,"
            "from date,fradato",
            values.day,
            ("15.11.2026", "2026-11-15", "15.11.2026"),
        ),
        Column(
            "last_day",
            "Til og med,Till och med,Through,til,til dato,gjelder til,sluttdato,slutt,t.o.m.,till,tom,gäller till,"
            "valid to,end date,slutdatum,until,to,opphør,utløper,avsluttes,stopp,gyldig til,stoppdato,last day,"
            "tildato,opphørsdato,siste dag,slut",
            values.day,
            explain=_("The last day it holds. Empty: no end is set."),
            blank_means_none=True,
        ),
    ),
    needs=(
        ("reference",),
        ("citizen_id", "citizen_name"),
        ("service",),
        ("minutes_per_week", "hours_per_week"),
        ("since",),
    ),
)


def take(rows: Sequence[Row], known: Known) -> None:
    """A decision is recognised by its reference."""
    decisions = {fold(one.reference): one for one in Decision.objects.all().iterator(chunk_size=5000)}
    for row in rows:
        citizen = known.find_citizen(row)
        unit = known.find_unit(row, "unit")
        if citizen is None or row.is_refused():
            continue
        decision = decisions.get(fold(row.values["reference"]))
        unit = unit or _unit_of(row, citizen, decision, known)
        _check(row, decision, citizen)
        if row.is_refused() or unit is None:
            continue
        if decision is None:
            decision = decisions[fold(row.values["reference"])] = Decision(reference=row.values["reference"])
        columns = {"minutes_per_week": "hours_per_week"} if "minutes_per_week" not in row.headings else {}
        known.changes.settle(
            row,
            decision,
            _wanted(row, citizen, unit),
            columns={**columns, "until": "last_day", "citizen": "citizen_id"},
        )


def _wanted(row: Row, citizen: Citizen, unit: Unit) -> dict[str, Any]:
    minutes = row.get("minutes_per_week")
    wanted = {
        "citizen": citizen,
        "unit": unit,
        "service": row.values["service"],
        "minutes_per_week": row.get("hours_per_week") if minutes is None else minutes,
        "since": row.values["since"],
    }
    wanted |= {field: row.values[field] for field in ("purpose", "decided_on") if field in row.values}
    if "last_day" in row.headings:
        last_day = row.get("last_day")
        wanted["until"] = last_day and last_day + timedelta(days=1)
    return wanted


def _unit_of(row: Row, citizen: Citizen, decision: Decision | None, known: Known) -> Unit | None:
    """Where the sheet names no unit: the one it had, or the only one that the person belongs to."""
    if decision and decision.unit_id:
        return known.units_by_id[decision.unit_id]
    units = known.belongings.units_of(citizen, known.units_by_id)
    if len(units) != 1:
        row.refuse("unit", _("Which unit? The person does not belong to exactly one."))
        return None
    return units[0]


def _check(row: Row, decision: Decision | None, citizen: Citizen) -> None:
    last_day, since = row.get("last_day"), row.values["since"]
    if last_day and last_day < since:
        row.refuse("last_day", _("The last day is before the first."))
    if "last_day" not in row.headings and decision and decision.until and decision.until <= since:
        row.refuse("since", _("The decision ended before this day."))
    if decision and decision.pk and decision.citizen_id != citizen.pk:
        row.refuse("reference", _("This reference is already that of a decision for somebody else."))


def give() -> Iterator[dict[str, Any]]:
    for one in Decision.objects.select_related("citizen", "unit").order_by("reference").iterator(chunk_size=2000):
        yield {
            "reference": one.reference,
            "citizen_id": one.citizen.national_id,
            "citizen_name": one.citizen.name,
            "citizen_born": one.citizen.born,
            "service": one.service,
            "unit": one.unit.code,
            "minutes_per_week": one.minutes_per_week,
            "purpose": one.purpose,
            "decided_on": one.decided_on,
            "since": one.since,
            "last_day": one.until and one.until - timedelta(days=1),
        }
