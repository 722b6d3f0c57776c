"""Primary and secondary contacts for nearly everybody, with what they open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from omtanke.access import grants
from omtanke.access.models import Reason
from omtanke.care.contacts import midnight
from omtanke.care.models import NamedContact, Reminder
from omtanke.config.demo.chance import chance
from omtanke.config.demo.residents import Person
from omtanke.config.demo.staff import KARI, OLA, STAFF
from omtanke.config.demo.vivid import ASTRID
from omtanke.people.models import Employee

PRIMARY, SECONDARY = NamedContact.Role.PRIMARY, NamedContact.Role.SECONDARY
KARIS = 4  # Kari is the primary contact of Astrid and three more
LACK_PRIMARY, LACK_SECONDARY = 4, 7  # so many have none yet


def name_contacts(seed: int, people: list[Person], employees: Mapping[str, Employee], on: date) -> None:
    """Begin everybody's contacts, some of them years ago."""
    contacts = [
        contact for person, pair in _pairs(seed, people) for contact in _rows(seed, person, pair, employees, on)
    ]
    NamedContact.objects.bulk_create(contacts)
    Reminder.objects.bulk_create(_told(seed, contacts, on))
    grants.begin([_opening(contact) for contact in contacts if contact.employee.user_id], by=None)


def _told(seed: int, contacts: list[NamedContact], on: date) -> list[Reminder]:
    """When each citizen was last told who the contacts are: mostly in time, now and then a little late."""
    one_of_each = {contact.citizen_id: contact for contact in reversed(contacts)}
    return [
        Reminder(
            citizen_id=contact.citizen_id,
            told_by=contact.employee,
            on=on - timedelta(days=chance(seed, "told", contact.citizen.name).randint(0, 15 if forgets else 98)),
        )
        for contact in one_of_each.values()
        for forgets in [contact.citizen.memory_loss]
    ]


def _pairs(seed: int, people: list[Person]) -> list[tuple[Person, tuple[str, str]]]:
    """For each citizen the names of the primary and the secondary contact; empty where there is none."""
    load: Counter[str] = Counter()
    pairs = []
    lacking = chance(seed, "lacking").sample(
        [p for p in people if p.life.name != ASTRID], LACK_PRIMARY + LACK_SECONDARY
    )
    without = {p.life.name: number < LACK_PRIMARY for number, p in enumerate(lacking)}
    for person in people:
        primary = _next(seed, person, load, ())
        secondary = OLA if person.life.name == ASTRID else _next(seed, person, load, (primary,))
        lacks = without.get(person.life.name)
        pair = ("" if lacks else primary, "" if lacks is False else secondary)
        load.update(name for name in pair if name)
        pairs.append((person, pair))
    return pairs


def _next(seed: int, person: Person, load: Counter[str], but: tuple[str, ...]) -> str:
    """Whoever of the unit has fewest for the size of their position; Kari first, until she has hers."""
    if not but and person.life.unit == STAFF[0].unit and load[KARI] < KARIS:
        return KARI
    source = chance(seed, "contact", person.life.name)
    able = [
        p
        for p in STAFF
        if p.unit == person.life.unit and p.works not in ("", "N") and not p.temp and p.name not in (*but, KARI)
    ]
    return min(able, key=lambda p: (round(load[p.name] / p.fraction, 3), source.random())).name


def _rows(
    seed: int, person: Person, pair: tuple[str, str], employees: Mapping[str, Employee], on: date
) -> list[NamedContact]:
    source = chance(seed, "contact since", person.life.name)
    rows = [
        NamedContact(
            citizen=person.citizen,
            employee=employees[name],
            role=role,
            since=on - timedelta(days=source.randint(60, 900)),
        )
        for name, role in zip(pair, (PRIMARY, SECONDARY), strict=True)
        if name
    ]
    if rows and (person.life.name == ASTRID or source.random() < 0.2):
        rows.append(_before(source, person, pair, rows[0], employees))
    return rows


def _before(
    source: Random, person: Person, pair: tuple[str, str], now: NamedContact, employees: Mapping[str, Employee]
) -> NamedContact:
    """Somebody was it before, and handed over."""
    able = [p.name for p in STAFF if p.unit == person.life.unit and p.works and not p.temp and p.name not in pair]
    return NamedContact(
        citizen=person.citizen,
        employee=employees[source.choice(able)],
        role=now.role,
        since=now.since - timedelta(days=source.randint(200, 700)),
        until=now.since,
    )


def _opening(contact: NamedContact) -> grants.Opening:
    return grants.Opening(
        contact.employee.user_id or 0,
        Reason.CONTACT,
        grants.cause(contact),
        citizen_id=contact.citizen_id,
        since=midnight(contact.since),
        until=midnight(contact.until) if contact.until else None,
    )
