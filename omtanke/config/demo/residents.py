"""Everybody of sixty or more: the hundred with services, and the 766 whom the service has never met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pgtrigger
from django.db import connection

from omtanke.care.contacts import midnight
from omtanke.config.demo import decisions, names, numbers
from omtanke.config.demo.chance import chance
from omtanke.config.demo.lives_elsewhere import LIVES as ELSEWHERE
from omtanke.config.demo.lives_nord import LIVES as IN_NORD
from omtanke.config.demo.places import (
    BY_NAME,
    CENTRE,
    HELP,
    HOUSING,
    LEIRANGER,
    NORD,
    NORDFOLD,
    VILLAGES,
    House,
    Village,
    home_of,
    house,
)
from omtanke.config.demo.portraits import Composer
from omtanke.config.demo.vivid import Life
from omtanke.people.models import Belonging, Citizen, Hamlet, Portrait, Tie, Unit

IN_ALL = 866
LIVES = (*IN_NORD, *ELSEWHERE)
# Saving would say that all of them were written just now.
WRITTEN = """
UPDATE people_portrait SET updated_at = painted.at FROM unnest(%s::bigint[], %s::timestamptz[]) AS painted(id, at)
WHERE people_portrait.id = painted.id
"""
# How many each unit has; of the zones' people some have practical help besides.
BELONG: Mapping[str, int] = {NORD: 26, NORDFOLD: 12, LEIRANGER: 14, HOUSING: 12, CENTRE: 6, HELP: 30}
HELP_TOO: Mapping[str, int] = {NORD: 15, NORDFOLD: 7, LEIRANGER: 9}


@dataclass
class Person:
    """Somebody with services, as they stand in the database."""

    life: Life
    citizen: Citizen
    units: list[str]


class Registry:
    """Makes citizens with names and numbers that nobody else has."""

    def __init__(self, seed: int, on: date, hamlets: Mapping[str, Hamlet]) -> None:
        self.seed, self.on, self.hamlets = seed, on, hamlets
        self.taken_numbers: set[str] = set()
        self.taken_names = {life.name for life in LIVES} | {near.name for life in LIVES for near in life.near}
        self.with_services = {life.name.split()[0] for life in LIVES}  # first names, which differ
        self.pools = {
            (woman, old): (names.women if woman else names.men)(seed, old=old)
            for woman in (True, False)
            for old in (True, False)
        }

    def name(self, *, woman: bool, age: int, of_their_own: bool = False) -> str:
        """A name that nobody has; `of_their_own`: not even the first name is somebody else's who has services."""
        for first, last in self.pools[woman, age >= 74]:
            name = f"{first} {last}"
            if name not in self.taken_names and not (of_their_own and first in self.with_services):
                self.taken_names.add(name)
                return name
        raise LookupError("There are no names left.")

    def citizen(self, name: str, where: House, *, woman: bool, age: int) -> Citizen:
        source = chance(self.seed, "citizen", name)
        born = _born(self.on, age, source)
        number = next(n for n in numbers.national_ids(born, woman=woman, source=source) if n not in self.taken_numbers)
        self.taken_numbers.add(number)
        first, last = name.split(" ", 1)
        return Citizen(
            first_name=first,
            last_name=last,
            national_id=number,
            born=born,
            phone=numbers.landline(source) if source.random() < 0.3 else numbers.mobile(source),
            address=where.address,
            postal_code=where.village.postal_code,
            town=where.village.town,
            hamlet=self.hamlets[where.village.name],
            latitude=where.latitude,
            longitude=where.longitude,
            language="norsk",
        )


def _born(on: date, age: int, source: Random) -> date:
    """A birthday that makes somebody so old on the day."""
    latest = on.replace(year=on.year - age, day=min(on.day, 28))
    return latest - timedelta(days=source.randint(1, 360))


def with_services(seed: int, registry: Registry, units: Mapping[str, Unit], on: date) -> list[Person]:
    """The hundred, with belongings, portraits and circles."""
    lives = list(_lives(seed, registry))
    flats = {HOUSING: iter(range(1, 99)), CENTRE: iter(range(1, 99))}
    people = []
    for life in lives:
        where = (
            home_of(life.unit, next(flats[life.unit]))
            if life.unit in flats
            else house(seed, life.name, BY_NAME[life.village])
        )
        citizen = registry.citizen(life.name, where, woman=life.woman, age=life.age)
        citizen.called, citizen.memory_loss, citizen.vulnerable = life.called, life.memory_loss, life.vulnerable
        citizen.language = life.language or "norsk"
        people.append(Person(life, citizen, _units(life)))
    Citizen.objects.bulk_create([person.citizen for person in people])
    _belong(seed, people, units, on)
    _paint(seed, people, on)
    Tie.objects.bulk_create([tie for person in people for tie in _ties(seed, person)])
    return people


def without_services(seed: int, registry: Registry, count: int) -> None:
    """Those whom nobody visits; most of them are well."""
    source = chance(seed, "residents")
    weights = [village.weight for village in VILLAGES]
    ages = list(range(60, 106))
    by_age = [max(1, 106 - age) ** 2 for age in ages]
    citizens = []
    for _ in range(count):
        woman, age = source.random() < 0.52, source.choices(ages, by_age)[0]
        name = registry.name(woman=woman, age=age)
        village = source.choices(VILLAGES, weights)[0]
        citizens.append(registry.citizen(name, house(seed, name, village), woman=woman, age=age))
    Citizen.objects.bulk_create(citizens, batch_size=500)


def _lives(seed: int, registry: Registry) -> Iterator[Life]:
    """Those written by hand first, then as many as each unit lacks."""
    yield from LIVES
    composer = Composer(seed)
    for unit, count in BELONG.items():
        source = chance(seed, "people", unit)
        known = [life for life in LIVES if life.unit == unit]
        missing = count - len(known)
        packages = decisions.packages(seed, unit, missing)
        too = HELP_TOO.get(unit, 0) - sum(HELP in _units(life) for life in known)
        for number, needs in enumerate(packages):
            woman, age = source.random() < 0.6, source.randint(76, 97)
            village = _village(unit, source)
            extra = source.choice(decisions.PACKAGES[HELP]) if number < too else ()
            name = registry.name(woman=woman, age=age, of_their_own=True)
            yield composer.life(name, village, unit, (*needs, *extra), woman=woman, age=age)


def _village(unit: str, source: Random) -> Village:
    """Where somebody of a unit lives."""
    if unit in (HOUSING, CENTRE):
        return home_of(unit, 0).village
    choice = [village for village in VILLAGES if unit in (HELP, village.zone)]
    return source.choices(choice, [village.weight for village in choice])[0]


def _units(life: Life) -> list[str]:
    """The unit somebody belongs to, and practical help where they have it besides."""
    helped = any(decisions.NEEDS[need].service == decisions.HELP_SERVICE for need in life.needs)
    return [life.unit, HELP] if helped and life.unit != HELP else [life.unit]


def _belong(seed: int, people: list[Person], units: Mapping[str, Unit], on: date) -> None:
    Belonging.objects.bulk_create(
        [
            Belonging(
                citizen=person.citizen,
                unit=units[code],
                since=on - timedelta(days=chance(seed, "belongs", person.life.name, code).randint(1000, 2600)),
            )
            for person in people
            for code in person.units
        ]
    )


def _paint(seed: int, people: list[Person], on: date) -> None:
    """Their portraits, written down on some day of the last year or two."""
    portraits = Portrait.objects.bulk_create([_portrait(person) for person in people])
    written = [
        midnight(on) - timedelta(hours=chance(seed, "portrait", p.life.name).randint(50, 14_000)) for p in people
    ]
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(WRITTEN, [[portrait.pk for portrait in portraits], written])


def _portrait(person: Person) -> Portrait:
    life = person.life
    return Portrait(
        citizen=person.citizen,
        what_matters=life.what_matters,
        talk_about=life.talk_about,
        avoid=life.avoid,
        good_to_know=life.good_to_know,
        i_do_myself=life.i_do_myself,
        life_story=life.life_story,
    )


def _ties(seed: int, person: Person) -> Iterator[Tie]:
    for near in person.life.near:
        source = chance(seed, "tie", person.life.name, near.name)
        yield Tie(
            citizen=person.citizen,
            name=near.name,
            kind=near.kind,
            relation=near.relation,
            closeness=near.close,
            contributes=near.contributes,
            phone=numbers.mobile(source) if near.phone else "",
            lives_in=near.lives_in,
            is_next_of_kin=near.kin,
            call_first=near.first,
        )
