"""What people need: packages of decisions with the visits they give, and who needs what.

A package's windows say when the visits may lie; `diary.py` finds the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from omtanke.care.models import Service
from omtanke.config.demo.chance import chance
from omtanke.config.demo.places import CENTRE, HELP, HOUSING, LEIRANGER, NORD, NORDFOLD
from omtanke.people.models import Competence

DAILY, WORKDAYS, WEEKLY = 7, 5, 1
DAY, EVENING, NIGHT = "D", "A", "N"


@dataclass(frozen=True)
class Need:
    """A visit that recurs. `times` a week; `every` so many weeks; between `earliest` and `latest`."""

    what: str
    minutes: int
    times: int
    earliest: time
    latest: time
    part: str = DAY
    every: int = 1
    two: bool = False
    competence: str = ""
    service: Service = Service.HOME_NURSING
    purpose: str = ""


HELP_SERVICE = Service.PRACTICAL_HELP
NEEDS: Mapping[str, Need] = {
    "morning": Need(
        "Morgenstell og frokost",
        30,
        DAILY,
        time(7, 45),
        time(11, 0),
        purpose="Komme seg opp og i gang, og gjøre mest mulig selv.",
    ),
    "stockings": Need(
        "Støttestrømper og medisin",
        15,
        DAILY,
        time(7, 45),
        time(11, 30),
        purpose="Klare seg hjemme med litt hjelp om morgenen.",
    ),
    "breakfast": Need(
        "Frokost og medisin",
        20,
        DAILY,
        time(7, 45),
        time(11, 0),
        purpose="Få i seg frokost og ta medisinen til rett tid.",
    ),
    "midday": Need("Middag og en prat", 20, DAILY, time(11, 30), time(14, 0), purpose="Et varmt måltid og selskap."),
    "noon": Need("Lunsj og medisin", 15, DAILY, time(11, 15), time(14, 0), purpose="Mat og medisin midt på dagen."),
    "company": Need(
        "Kaffe og samtale",
        30,
        WEEKLY,
        time(12, 30),
        time(14, 30),
        purpose="Ha noen å snakke med, og komme seg ut når været tillater det.",
    ),
    "walk": Need("Gåtur sammen", 30, WEEKLY, time(12, 0), time(14, 30), purpose="Holde seg på beina og se folk."),
    "evening": Need(
        "Kveldsstell", 25, DAILY, time(18, 0), time(22, 0), EVENING, purpose="Trygg kveld og en god natts søvn."
    ),
    "supper": Need(
        "Kveldsmat og medisin",
        15,
        DAILY,
        time(16, 30),
        time(21, 0),
        EVENING,
        purpose="Ta kveldsmedisinen og få i seg mat.",
    ),
    "shower": Need("Dusj", 45, WEEKLY, time(9, 30), time(14, 0), purpose="Holde seg ren og vel."),
    "wound": Need(
        "Sårstell", 25, 3, time(9, 0), time(14, 0), competence=Competence.WOUND_CARE, purpose="At såret på leggen gror."
    ),
    "dosett": Need(
        "Fylle dosett",
        20,
        WEEKLY,
        time(10, 0),
        time(14, 30),
        competence=Competence.MEDICATION,
        purpose="Ta medisinene riktig på egen hånd.",
    ),
    "insulin": Need(
        "Blodsukker og insulin",
        15,
        DAILY,
        time(7, 40),
        time(9, 30),
        competence=Competence.MEDICATION,
        purpose="Stabilt blodsukker.",
    ),
    "two": Need(
        "Forflytning og stell, to ansatte",
        30,
        DAILY,
        time(10, 0),
        time(13, 30),
        two=True,
        purpose="Komme trygt opp i stolen hver dag.",
    ),
    "training": Need(
        "Trene på trappa", 30, 2, time(10, 0), time(14, 30), purpose="Komme seg ut til postkassa uten følge."
    ),
    "night": Need("Tilsyn", 10, DAILY, time(22, 30), time(23, 50), NIGHT, purpose="Være trygg om natta."),
    "activity": Need("Aktivitet i fellesstua", 60, 3, time(10, 30), time(14, 0), purpose="Ha noe å glede seg til."),
    "cleaning": Need(
        "Rengjøring",
        90,
        WEEKLY,
        time(8, 0),
        time(14, 30),
        every=2,
        service=HELP_SERVICE,
        purpose="Et rent og trivelig hjem.",
    ),
    "floors": Need(
        "Gulvvask og bad",
        60,
        WEEKLY,
        time(8, 0),
        time(14, 30),
        every=2,
        service=HELP_SERVICE,
        purpose="Klare resten av huset selv.",
    ),
    "shopping": Need(
        "Handletur sammen",
        75,
        WEEKLY,
        time(8, 30),
        time(14, 0),
        service=HELP_SERVICE,
        purpose="Velge maten sin selv og treffe folk på butikken.",
    ),
    "laundry": Need(
        "Klesvask og sengetøy",
        45,
        WEEKLY,
        time(8, 0),
        time(14, 30),
        every=2,
        service=HELP_SERVICE,
        purpose="Rene klær og rent sengetøy.",
    ),
}

# What those put together from parts need, by where they belong. Dealt out in turn.
PACKAGES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    NORD: (
        ("stockings", "noon", "shower"),
        ("morning", "noon", "supper", "shower"),
        ("dosett", "walk"),
        ("breakfast", "midday", "evening", "shower"),
        ("stockings", "supper"),
        ("wound", "dosett"),
        ("morning", "noon", "shower", "company"),
        ("insulin", "noon", "supper", "shower"),
        ("dosett", "shower"),
        ("breakfast", "midday", "evening"),
    ),
    NORDFOLD: (
        ("stockings", "shower"),
        ("morning", "supper", "shower"),
        ("dosett", "walk"),
        ("wound", "shower"),
        ("breakfast", "evening", "shower"),
        ("dosett", "company"),
    ),
    LEIRANGER: (
        ("morning", "evening", "shower"),
        ("dosett", "shower"),
        ("stockings", "company"),
        ("dosett", "shower"),
        ("breakfast", "supper"),
        ("wound", "dosett"),
        ("training", "dosett"),
    ),
    HOUSING: (
        ("morning", "midday", "evening", "shower", "night"),
        ("morning", "evening", "shower"),
        ("breakfast", "supper", "activity"),
        ("morning", "evening", "shower", "activity", "night"),
    ),
    CENTRE: (("breakfast", "activity"), ("morning", "midday", "shower"), ("stockings", "activity")),
    HELP: (
        ("cleaning", "shopping"),
        ("floors", "laundry"),
        ("cleaning",),
        ("shopping", "floors"),
        ("cleaning", "laundry"),
        ("shopping",),
    ),
}


def packages(seed: int, unit: str, count: int) -> list[tuple[str, ...]]:
    """So many packages for the people of a unit: each in turn, in an order of its own."""
    source = chance(seed, "packages", unit)
    turns = [PACKAGES[unit][number % len(PACKAGES[unit])] for number in range(count)]
    source.shuffle(turns)
    return turns
