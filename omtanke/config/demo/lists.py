"""The work lists, and everybody's decisions as visits that recur on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from omtanke.care.models import Decision
from omtanke.config.demo.chance import chance
from omtanke.config.demo.decisions import DAY, EVENING, HELP_SERVICE, NEEDS, NIGHT, Need
from omtanke.config.demo.diary import Diary, first_time
from omtanke.config.demo.places import CENTRE, HELP, HOUSING, LEIRANGER, NORD, NORDFOLD
from omtanke.config.demo.residents import Person
from omtanke.config.demo.rota import monday
from omtanke.kernel.travel import Place
from omtanke.people.models import Unit
from omtanke.visits.models import PartOfDay, RecurringVisit, WorkList

HOURS: Mapping[str, tuple[str, time, time]] = {
    DAY: (PartOfDay.DAY, time(7, 30), time(15, 0)),
    EVENING: (PartOfDay.EVENING, time(15, 0), time(22, 0)),
    NIGHT: (PartOfDay.NIGHT, time(22, 0), time(7, 30)),
}


@dataclass(frozen=True)
class Plan:
    """A list to be: its unit, name and part of the day, the villages it goes to first, and whether weekends too."""

    unit: str
    name: str
    part: str = DAY
    villages: tuple[str, ...] = ()
    weekends: bool = True


WEST, NORTH, ISLAND = ("Leinesfjord", "Saursfjord"), ("Bogøy", "Bogen", "Røtnes", "Holmåk"), ("Laskestad", "Steigen")
PLANS = (
    Plan(NORD, "Liste 1", villages=("Leinesfjord",)),
    Plan(NORD, "Liste 2", villages=WEST),
    Plan(NORD, "Liste 3", villages=NORTH),
    Plan(NORD, "Liste 4", villages=ISLAND),
    Plan(NORD, "Kveld 1", EVENING, WEST),
    Plan(NORD, "Kveld 2", EVENING, NORTH + ISLAND),
    Plan(NORDFOLD, "Liste 1"),
    Plan(NORDFOLD, "Liste 2", weekends=False),
    Plan(NORDFOLD, "Kveld", EVENING),
    Plan(LEIRANGER, "Liste 1"),
    Plan(LEIRANGER, "Liste 2", weekends=False),
    Plan(LEIRANGER, "Kveld", EVENING),
    Plan(HOUSING, "Liste 1"),
    Plan(HOUSING, "Liste 2"),
    Plan(HOUSING, "Kveld", EVENING),
    Plan(HOUSING, "Natt", NIGHT),
    Plan(CENTRE, "Dagliste"),
    Plan(HELP, "Rute 1", villages=WEST, weekends=False),
    Plan(HELP, "Rute 2", villages=NORTH + ISLAND, weekends=False),
    Plan(HELP, "Rute 3", villages=("Nordfold", "Breivik", "Åbornes"), weekends=False),
)
# Decisions that have just come from the allocation office and have no place on a list yet; so many.
NO_PLACE_YET = 3


class Placing:
    """Puts everybody's needs on lists, one after the other, where there is room."""

    def __init__(self, seed: int, units: Mapping[str, Unit], on: date) -> None:
        self.seed, self.units, self.on = seed, units, on
        self.begins = monday(on - timedelta(weeks=8))
        rows = WorkList.objects.bulk_create(
            [
                WorkList(unit=units[plan.unit], name=plan.name, part_of_day=part, starts=starts, ends=ends)
                for plan in PLANS
                for part, starts, ends in [HOURS[plan.part]]
            ]
        )
        self.rows = dict(zip(PLANS, rows, strict=True))
        self.diaries = {plan: Diary() for plan in PLANS}

    def everybody(self, people: list[Person]) -> None:
        """Make all decisions and recurring visits. Those every day find their times first, then those now and then."""
        made = [
            (person, service, self._decision(person, service)) for person in people for service in _services(person)
        ]
        waiting = {id(decision) for decision in _newest(self.seed, made)}
        for _person, _service, decision in made:
            if id(decision) in waiting:
                decision.decided_on, decision.since = self.on - timedelta(days=2), self.on - timedelta(days=1)
        Decision.objects.bulk_create([decision for _person, _service, decision in made])
        wanted = [
            (person, need, decision)
            for person, service, decision in made
            if id(decision) not in waiting
            for need in _needs(person, service)
        ]
        wanted.sort(key=lambda row: (not row[1].two, -row[1].times, row[1].every))
        found = [self._place(person, need, decision) for person, need, decision in wanted]
        RecurringVisit.objects.bulk_create([visit for visit in found if visit])

    def _decision(self, person: Person, service: str) -> Decision:
        source = chance(self.seed, "decision", person.life.name, service)
        needs = _needs(person, service)
        minutes = sum(need.minutes * need.times * (2 if need.two else 1) / need.every for need in needs)
        since = self.begins - timedelta(days=source.randint(10, 900))
        return Decision(
            reference=f"{since.year}/{source.randint(1000, 9999)}-{person.citizen.pk}{service[:1].upper()}",
            citizen=person.citizen,
            unit=self.units[HELP if service == HELP_SERVICE else person.life.unit],
            service=service,
            minutes_per_week=round(minutes * granted(self.seed, person) / 5) * 5,
            purpose=needs[0].purpose,
            decided_on=since - timedelta(days=source.randint(5, 20)),
            since=since,
        )

    def _place(self, person: Person, need: Need, decision: Decision) -> RecurringVisit | None:
        """The first list, days and time where this fits; None when every list is full."""
        where = Place(person.citizen.latitude or 0.0, person.citizen.longitude or 0.0)
        for earliest, latest in ((need.earliest, need.latest), HOURS_LEFT[need.part]):
            for plans in self._lists(person, need):
                for days in self._days(need, plans):
                    starts = first_time([self.diaries[p] for p in plans], days, need.minutes, where, earliest, latest)
                    if starts:
                        return self._visit(person, need, decision, plans, days, starts)
        return None

    def _visit(
        self, person: Person, need: Need, decision: Decision, plans: list[Plan], days: tuple[int, ...], starts: time
    ) -> RecurringVisit:
        return RecurringVisit(
            citizen=person.citizen,
            decision=decision,
            work_list=self.rows[plans[0]],
            second_list=self.rows[plans[1]] if need.two else None,
            weekdays=sorted({day % 7 for day in days}),
            every_weeks=need.every,
            starts=starts,
            minutes=need.minutes,
            what=need.what,
            competence=need.competence,
            since=self.begins + timedelta(weeks=days[0] // 7) if need.every == 2 else self.begins,
        )

    def _lists(self, person: Person, need: Need) -> Iterator[list[Plan]]:
        """Lists to try, the one that goes to the person's village first; two of them for two carers."""
        unit = HELP if need.service == HELP_SERVICE else person.life.unit
        able = [p for p in PLANS if p.unit == unit and p.part == need.part and (p.weekends or need.times < 7)]
        able.sort(key=lambda p: (person.life.village not in p.villages, self.diaries[p].load() // 120))
        if not need.two:
            yield from ([plan] for plan in able)
        else:
            yield from ([one, other] for one in able for other in able if one != other)

    def _days(self, need: Need, plans: list[Plan]) -> list[tuple[int, ...]]:
        """Sets of days to try, of the 14 of two weeks; the emptiest first."""
        if need.times == 7:
            return [tuple(range(14))]
        if need.times in (2, 3):
            sets = {2: ((1, 3), (0, 3), (1, 4)), 3: ((0, 2, 4), (1, 3, 4))}[need.times]
            return [tuple(day + week for week in (0, 7) for day in days) for days in sets]
        weekdays = sorted(range(5), key=lambda day: sum(len(self.diaries[plan].days[day]) for plan in plans))
        if need.every == 2:
            return [(day + week,) for day in weekdays for week in (0, 7)]
        return [(day, day + 7) for day in weekdays]


HOURS_LEFT = {
    DAY: (time(7, 40), time(14, 50)),
    EVENING: (time(15, 15), time(22, 0)),
    NIGHT: (time(22, 5), time(23, 59)),
}


def granted(seed: int, person: Person) -> float:
    """What the decision grants, compared with the visits planned for it: for some it has drifted."""
    return chance(seed, "granted", person.life.name).choices((1.0, 0.75, 1.3), (80, 12, 8))[0]


def _needs(person: Person, service: str) -> list[Need]:
    return [NEEDS[need] for need in person.life.needs if NEEDS[need].service == service]


def _services(person: Person) -> list[str]:
    return list(dict.fromkeys(NEEDS[need].service for need in person.life.needs))


def _newest(seed: int, made: list[tuple[Person, str, Decision]]) -> list[Decision]:
    """The decisions that wait for a place: practical help for people of Nord-Steigen."""
    able = [d for person, service, d in made if service == HELP_SERVICE and person.life.unit == NORD]
    return chance(seed, "no place yet").sample(able, NO_PLACE_YET)
