"""The rota: two patterns of weekdays, odd and even weeks, and weekends in turn; a cycle of six weeks.

Everybody gets about as many shifts as their position asks for, never a day shift straight after an evening one, and
no two weekends in a row where it can be helped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache

from omtanke.config.demo.chance import chance
from omtanke.config.demo.places import CENTRE, HELP, HOUSING, LEIRANGER, NORD, NORDFOLD
from omtanke.config.demo.staff import STAFF, Person

CYCLE = 42
FULL_TIME = 4.73  # shifts of seven and a half hours a week
CLOCK: Mapping[str, tuple[time, time]] = {
    "D": (time(7, 30), time(15, 0)),
    "A": (time(14, 45), time(22, 15)),
    "N": (time(22, 0), time(7, 45)),
}
# How many are at work on which shift, by the kind of day; those hardest to fill first.
WEEKDAYS: Mapping[str, str] = {
    NORD: "AADDDD",
    NORDFOLD: "ADD",
    LEIRANGER: "ADD",
    HOUSING: "NAADD",
    CENTRE: "DD",
    HELP: "DDD",
}
WEEKENDS: Mapping[str, str] = {NORD: "AADDDD", NORDFOLD: "AD", LEIRANGER: "AD", HOUSING: "NADD", CENTRE: "D", HELP: ""}


def turn(on: date) -> int:
    """The day's place in the cycle; 0 is a Monday."""
    return (on.toordinal() - 1) % CYCLE


@dataclass
class _Plan:
    """Who works what on each day of the cycle."""

    works: dict[int, dict[str, str]] = field(default_factory=lambda: {day: {} for day in range(CYCLE)})
    given: Counter[str] = field(default_factory=Counter)

    def free(self, person: Person, day: int, code: str, in_a_row: int = 5) -> bool:
        today, before, after = (self.works[(day + step) % CYCLE].get(person.name) for step in (0, -1, 1))
        rested = not (code == "D" and before == "A") and not (code == "A" and after == "D")
        slept = (code == "N" or before != "N") and not (code == "N" and after in ("D", "A"))
        return today is None and rested and slept and self._in_a_row(person, day) <= in_a_row

    def _in_a_row(self, person: Person, day: int) -> int:
        """How many days in a row it would be."""
        row = 1
        for step in (1, -1):
            on = day + step
            while person.name in self.works[on % CYCLE] and row < CYCLE:
                row, on = row + 1, on + step
        return row

    def give(self, person: Person, day: int, code: str) -> None:
        self.works[day][person.name] = code
        self.given[person.name] += 1

    def weekend(self, person: Person, number: int) -> bool:
        saturday = number % 6 * 7 + 5
        return person.name in self.works[saturday] or person.name in self.works[saturday + 1]


@cache
def patterns(seed: int) -> Mapping[int, Mapping[str, str]]:
    """For each of the 42 days of the cycle: who has which shift (D, A, N)."""
    plan = _Plan()
    for unit in WEEKDAYS:
        people = [person for person in STAFF if person.unit == unit and person.works]
        for number in range(6):
            _weekend(plan, people, WEEKENDS[unit], number, seed)
        for day in (week * 7 + weekday for week in (0, 1) for weekday in range(5)):
            for code in WEEKDAYS[unit]:
                _weekday(plan, people, day, code, seed)
    return plan.works


def _weekend(plan: _Plan, people: list[Person], codes: str, number: int, seed: int) -> None:
    """Saturday and Sunday by the same person, whose turn it is."""
    source = chance(seed, "weekend", number, people[0].unit)
    for code in codes:
        days = (number * 7 + 5, number * 7 + 6)
        able = [p for p in people if code in p.works and all(plan.free(p, day, code) for day in days)]
        lazy = {p.name: (plan.weekend(p, number - 1), plan.given[p.name], source.random()) for p in able}
        if able:
            chosen = min(able, key=lambda p: lazy[p.name])
            for day in days:
                plan.give(chosen, day, code)


def _weekday(plan: _Plan, people: list[Person], day: int, code: str, seed: int) -> None:
    """One place on a weekday, the same in all odd or all even weeks, to whoever has most of their position left."""
    days = [day + weeks * 14 for weeks in range(3)]
    able: list[Person] = []
    for in_a_row in (5, 7):  # seven days in a row only where a place would stay empty
        able = able or [p for p in people if code in p.works and all(plan.free(p, d, code, in_a_row) for d in days)]
    source = chance(seed, "weekday", day, code, people[0].unit)

    def left(person: Person) -> tuple[float, float]:
        wanted = person.fraction / 100 * FULL_TIME * 6
        goes_on = plan.works[(day - 1) % CYCLE].get(person.name) == code
        return (wanted - plan.given[person.name]) / wanted + 0.15 * goes_on, source.random()

    if able:
        chosen = max(able, key=left)
        for d in days:
            plan.give(chosen, d, code)


def at_work(seed: int, on: date) -> dict[str, str]:
    """Who the rota puts at work on a day, and on which shift."""
    return dict(patterns(seed)[turn(on)])


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
