"""Made-up towns of any size for measuring the planner: one weekday of home care, all costs on.

A town is a square with room for a place every kilometre and a half or so, so that a larger town is wider, not denser.
People have one to three visits of 10 to 60 minutes, most in the morning, with an hour or so in which they may begin.
One in twenty visits takes two carers, one in eight is medicine at a set time, one in four needs a nurse. Carers start
at the base of their district, by day or in the evening, with half an hour of lunch; two in five are nurses. Everybody
has two contacts and some known faces, all of the own district; one in eight is vulnerable.
"""

import math

import numpy as np

from omtanke.kernel.planning.problem import Break, Carer, Pair, PairKind, Person, Problem, Shift, Task, Window

VISITS_A_CARER = 25 / 3  # as in a city of 5,000 visits and 600 carers
KM_A_PLACE, MINUTES_A_KM, MINUTES_TO_PARK = 0.75, 1.7, 2.0
PLACES_A_DISTRICT = 60
VISITS_A_PERSON = 1.7
DAY, NOON, EVENING, NIGHT = 7.5 * 60, 11.0 * 60, 15.0 * 60, 22.0 * 60
EVENING_SHARE = 0.3
CARE, NURSE = frozenset({"care"}), frozenset({"care", "nurse"})


def town(visits: int, carers: int | None = None, *, seed: int = 1) -> Problem:
    """A town with so many visits; the same seed makes the same town."""
    return _Town(visits, carers or round(visits / VISITS_A_CARER), np.random.default_rng(seed)).problem()


class _Town:
    def __init__(self, visits: int, carers: int, rng: np.random.Generator) -> None:
        self.rng, self.visits, self.carers = rng, visits, carers
        self.people = max(1, round(visits / VISITS_A_PERSON))
        side = KM_A_PLACE * math.sqrt(self.people)
        self.districts = max(1, round(self.people / PLACES_A_DISTRICT))
        bases = rng.uniform(0, side, (self.districts, 2))
        homes = rng.uniform(0, side, (self.people, 2))
        self.district_of = np.argmin(np.linalg.norm(homes[:, None] - bases[None], axis=2), axis=1)
        points = np.concatenate([bases, homes])
        self.travel = MINUTES_A_KM * np.linalg.norm(points[:, None] - points[None], axis=2) + MINUTES_TO_PARK
        np.fill_diagonal(self.travel, 0.0)
        self.nurse = rng.random(carers) < 0.4
        self.evening = rng.random(carers) < EVENING_SHARE
        share = np.bincount(self.district_of, minlength=self.districts) / self.people
        self.home_district = np.searchsorted(np.cumsum(share)[:-1], (np.arange(carers) + 0.5) / carers)

    def problem(self) -> Problem:
        tasks, pairs = self.tasks()
        places = tuple(f"base {d}" for d in range(self.districts)) + tuple(f"home {p}" for p in range(self.people))
        return Problem(
            places,
            self.travel,
            tuple(Carer(f"carer {c}", NURSE if self.nurse[c] else CARE) for c in range(self.carers)),
            tuple(self.shift(c) for c in range(self.carers)),
            tasks,
            pairs,
            persons=tuple(self.person(p) for p in range(self.people)),
        )

    def shift(self, c: int) -> Shift:
        base = f"base {self.home_district[c]}"
        if self.evening[c]:
            return Shift(f"shift {c}", f"carer {c}", EVENING, NIGHT, base, base, (Break(1080.0, 1170.0, 30.0),))
        return Shift(f"shift {c}", f"carer {c}", DAY, EVENING + 30, base, base, (Break(NOON, 750.0, 30.0),))

    def person(self, p: int) -> Person:
        own = np.flatnonzero(self.home_district == self.district_of[p])
        known = self.rng.permutation(own if len(own) else np.arange(self.carers))[:6]
        names = [f"carer {c}" for c in known]
        return Person(
            f"person {p}",
            primary=names[0],
            secondary=names[1] if len(names) > 1 else None,
            known=frozenset(names[2:]),
            faces=frozenset(names[1:4]),
            vulnerable=bool(self.rng.random() < 0.125),
        )

    def tasks(self) -> tuple[tuple[Task, ...], tuple[Pair, ...]]:
        tasks: list[Task] = []
        pairs: list[Pair] = []
        whose = np.concatenate([np.arange(self.people), self.rng.integers(0, self.people, self.visits)])[: self.visits]
        for n, p in enumerate(whose.tolist()):
            task = self.task(f"visit {n}", p)
            tasks.append(task)
            if self.rng.random() < 0.05:
                second = Task(f"second at {n}", task.place, task.minutes, task.windows, CARE, task.person)
                tasks.append(second)
                pairs.append(Pair(task.id, second.id, PairKind.TOGETHER))
        return tuple(tasks), tuple(pairs)

    def task(self, name: str, p: int) -> Task:
        rng = self.rng
        medicine = bool(rng.random() < 0.125)
        if rng.random() < EVENING_SHARE:
            opens = rng.uniform(EVENING + 15, NIGHT - 120)
        else:
            opens = rng.triangular(DAY + 15, DAY + 75, EVENING - 60)
        minutes = 10.0 if medicine else float(rng.choice([15, 20, 30, 45, 60], p=[0.2, 0.3, 0.3, 0.15, 0.05]))
        wide = 30.0 if medicine else float(rng.choice([45, 60, 90, 120]))
        needs = NURSE if medicine or rng.random() < 0.15 else CARE
        opens = 5.0 * round(opens / 5)
        window = Window(opens, opens + wide)
        return Task(name, f"home {p}", minutes, (window,), needs, f"person {p}", medicine_critical=medicine)
