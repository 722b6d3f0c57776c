"""A made-up municipality for `omtanke bench moments`: how its people live, what is offered, and who helps.

The figures are what the demo's municipality and its volunteer centre look like, the same for every size and seed;
docs/moments.md tells them. What grows is the municipality: a longer coast with more hamlets of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from random import Random

from omtanke.kernel.moments.problem import MINUTES_A_DAY, Happening, Helper, Person, Problem, Span, Wanted
from omtanke.kernel.travel import Place

DAYS = 30
PEOPLE_OF_A_HAMLET = 40
PEOPLE_TO_A_HELPER = 8
PEOPLE_TO_AN_ACTIVITY = 12
INTERESTS = 40  # of the bank's 80, those that something can be arranged for
KM_BETWEEN_HAMLETS, KM_WITHIN = 7.0, 1.2
NEEDS = (("step_free", 0.35), ("hearing_loop", 0.15), ("toilet", 0.2))
PLACE_HAS = (("step_free", 0.8), ("hearing_loop", 0.5), ("toilet", 0.85))
EVENING, FORENOON, AFTERNOON = 18 * 60, 11 * 60, 14 * 60


@dataclass(frozen=True)
class Hamlet:
    place: Place
    weight: float


def municipality(citizens: int, seed: int) -> Problem:
    """A month of so many people with wishes."""
    chance = Random(f"{citizens}/{seed}")  # noqa: S311 - a made-up municipality, not a secret
    hamlets = _hamlets(chance, max(4, citizens // PEOPLE_OF_A_HAMLET))
    popular = [1.0 / (place + 3) for place in range(INTERESTS)]
    helpers = tuple(_helper(chance, n, hamlets, popular) for n in range(max(4, citizens // PEOPLE_TO_A_HELPER)))
    activities = max(6, citizens // PEOPLE_TO_AN_ACTIVITY)
    happenings = tuple(one for n in range(activities) for one in _activity(chance, n, hamlets, popular))
    return Problem(
        people=tuple(_person(chance, n, hamlets, popular, helpers) for n in range(citizens)),
        happenings=happenings,
        helpers=helpers,
    )


def _hamlets(chance: Random, number: int) -> list[Hamlet]:
    """Along a coast from south to north, some large, most small."""
    north, found = 67.0, []
    for _n in range(number):
        north += chance.uniform(0.5, 1.5) * KM_BETWEEN_HAMLETS / 111.0
        place = Place(north, 14.9 + chance.gauss(0, 6.0) / (111.0 * cos(radians(north))))
        found.append(Hamlet(place, chance.choice([1, 1, 2, 3, 6, 12])))
    return found


def _house(chance: Random, hamlets: list[Hamlet]) -> Place:
    hamlet = chance.choices(hamlets, [one.weight for one in hamlets])[0]
    spread = KM_WITHIN / 111.0
    return Place(
        hamlet.place.latitude + chance.gauss(0, spread),
        hamlet.place.longitude + chance.gauss(0, spread / cos(radians(hamlet.place.latitude))),
    )


def _interest(chance: Random, popular: list[float]) -> str:
    return f"i{chance.choices(range(INTERESTS), popular)[0]}"


def _person(
    chance: Random, number: int, hamlets: list[Hamlet], popular: list[float], helpers: tuple[Helper, ...]
) -> Person:
    home = _house(chance, hamlets)
    wishes = tuple(
        Wanted(number * 10 + rank, frozenset({_interest(chance, popular)}), 10 - 2 * rank)
        for rank in range(chance.choice([1, 2, 3, 3, 4, 5]))
    )
    wheelchair = chance.random() < 0.08
    needs = {code for code, share in NEEDS if chance.random() < share} | ({"step_free"} if wheelchair else set())
    return Person(
        id=number,
        home=home,
        wishes=wishes,
        needs=frozenset(needs),
        most=chance.choice([2, 3, 4]),
        busy=_visits(chance),
        needs_company=chance.random() < 0.35,
        needs_ride=wheelchair or chance.random() < 0.6,
        wheelchair=wheelchair,
        says_no=chance.random() < 0.03,
        language=chance.choices(["", "se", "uk"], [0.94, 0.03, 0.03])[0],
        knows=frozenset(one.id for one in chance.sample(helpers, k=min(len(helpers), chance.choice([0, 0, 1, 2])))),
        had=chance.choice([0, 0, 0, 1, 1, 2]),
        furthest=chance.choice([30, 45, 60]),
    )


def _visits(chance: Random) -> tuple[Span, ...]:
    """Home care at its times, and now and then a week away."""
    starts = chance.choice([0, 8 * 60 + 30, 10 * 60, 13 * 60, 19 * 60])
    days = chance.sample(range(DAYS), k=chance.choice([4, 8, 30]))
    busy = [(day * MINUTES_A_DAY + starts, day * MINUTES_A_DAY + starts + 40) for day in sorted(days) if starts]
    if chance.random() < 0.08:
        first = chance.randrange(DAYS - 7)
        busy.append((first * MINUTES_A_DAY, (first + 7) * MINUTES_A_DAY))
    return tuple(busy)


def _activity(chance: Random, number: int, hamlets: list[Hamlet], popular: list[float]) -> list[Happening]:
    """Something on a weekday, weekly, every second week or once in the month."""
    hamlet = chance.choices(hamlets, [one.weight for one in hamlets])[0]
    codes = frozenset(_interest(chance, popular) for _n in range(chance.choice([1, 1, 2])))
    has = frozenset(code for code, share in PLACE_HAS if chance.random() < share)
    weekday, clock = chance.randrange(6), chance.choice([FORENOON, FORENOON, AFTERNOON, EVENING])
    long, seats = chance.choice([60, 90, 120]), chance.choice([None, 6, 10, 15, 20, 30])
    every = chance.choice([7, 7, 14, 28])
    return [
        Happening(
            id=number * 10 + turn,
            activity=number,
            starts=day * MINUTES_A_DAY + clock,
            ends=day * MINUTES_A_DAY + clock + long,
            place=hamlet.place,
            interests=codes,
            has=has,
            seats=seats,
        )
        for turn, day in enumerate(range(weekday, DAYS, every))
    ]


def _helper(chance: Random, number: int, hamlets: list[Hamlet], popular: list[float]) -> Helper:
    """Free on some weekdays, by day, in the evening, or both."""
    weekdays = chance.sample(range(7), k=chance.choice([1, 2, 2, 3, 5]))
    starts, ends = chance.choice([(9 * 60, 16 * 60), (9 * 60, 16 * 60), (16 * 60, 22 * 60), (9 * 60, 22 * 60)])
    has_car = chance.random() < 0.75
    return Helper(
        id=number,
        home=_house(chance, hamlets),
        free=tuple(
            (day * MINUTES_A_DAY + starts, day * MINUTES_A_DAY + ends) for day in range(DAYS) if day % 7 in weekdays
        ),
        times=chance.choice([1, 2, 2, 3, 4]),
        range_km=chance.choice([10, 20, 30, 40]),
        seats=chance.choice([2, 3, 3, 4]) if has_car else 0,
        wheelchair_places=1 if has_car and chance.random() < 0.12 else 0,
        accompanies=chance.choice([1, 2, 2, 3]),
        languages=frozenset({"nb"} | ({chance.choice(["se", "uk", "en"])} if chance.random() < 0.25 else set())),
        interests=frozenset(_interest(chance, popular) for _n in range(3)),
    )
