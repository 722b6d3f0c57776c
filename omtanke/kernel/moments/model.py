"""The month as a mixed integer program: exact about everything that is counted, silent about the order of pick-ups.

Leaving out the order (and how long people sit in a shared car) makes it a relaxation: every plan that can be carried
out is a solution of it, so what it cannot exceed, no plan can. That is what the proven bound means.

Rides and company are not modelled person by person. People at one happening who have the same possible drivers are
alike, so a class of people shares one flow per driver; with whole people and whole outings the flow is whole by itself
(it is a transportation problem), and need not be asked to be. A cover for each person, "if I am fetched, one of those
who could fetch me is out", keeps its relaxation from sending an eighth of a volunteer to each of eight places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.problem import Choice, Happening, Person, Problem

type Key = tuple[int, int]  # helper, happening
type RideKey = tuple[int, bool, tuple[int, ...], tuple[int, int]]  # with the neighbourhood they live in
NEIGHBOURHOOD = (20.0, 8.0)  # parts of a degree north and east: some five kilometres


@dataclass
class Flow:
    """People at one happening who can be helped by the same volunteers, and how many each volunteer takes."""

    happening: int
    wheelchair: bool
    people: list[int] = field(default_factory=list)
    by_helper: dict[int, int] = field(default_factory=dict)  # helper → column


@dataclass
class Model:
    """Columns and rows as plain lists, for whichever solver."""

    choices: list[Choice] = field(default_factory=list)
    choice_columns: list[int] = field(default_factory=list)
    levels: list[tuple[int, int, int]] = field(default_factory=list)  # person, level, column
    outings: dict[Key, int] = field(default_factory=dict)
    rides: dict[RideKey, Flow] = field(default_factory=dict)
    company: dict[tuple[int, tuple[int, ...]], Flow] = field(default_factory=dict)
    switches: list[tuple[int, int, int]] = field(default_factory=list)  # happening, column, ride it lets through
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float]] = field(default_factory=list)
    entries: tuple[list[int], list[int], list[float]] = field(default_factory=lambda: ([], [], []))

    def column(self, upper: float, *, whole: bool) -> int:
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def row(self, low: float, high: float, columns: list[int], values: list[float] | float = 1.0) -> None:
        weights = values if isinstance(values, list) else [values] * len(columns)
        rows, cols, vals = self.entries
        rows.extend([len(self.rows)] * len(columns))
        cols.extend(columns)
        vals.extend(weights)
        self.rows.append((low, high))

    def objective(self) -> np.ndarray:
        return np.zeros(len(self.upper))


def build(problem: Problem, fits: Fits, candidates: list[Choice]) -> Model:
    """The program for these candidates. A candidate nobody can help with has no column."""
    model = Model()
    for choice in candidates:
        person, happening = problem.person[choice.person], problem.happening[choice.happening]
        drivers = fits.drivers(person, happening) if fits.is_driven(person, happening) else None
        companions = fits.companions(person, happening) if person.needs_company else None
        if drivers == () or companions == ():
            continue
        model.choices.append(choice)
        model.choice_columns.append(model.column(1.0, whole=True))
        _join_flows(model, person, happening, drivers, companions)
    _people(model, problem)
    _seats(model, problem)
    _helpers(model, problem)
    _flows(model, problem)
    return model


def _join_flows(
    model: Model,
    person: Person,
    happening: Happening,
    drivers: tuple[int, ...] | None,
    companions: tuple[int, ...] | None,
) -> None:
    column = model.choice_columns[-1]
    if drivers is not None:
        key = happening.id, person.wheelchair, drivers, _neighbourhood(person)
        model.rides.setdefault(key, Flow(happening.id, person.wheelchair)).people.append(column)
    if companions is not None:
        model.company.setdefault((happening.id, companions), Flow(happening.id, wheelchair=False)).people.append(column)


def _neighbourhood(person: Person) -> tuple[int, int]:
    if person.home is None:
        return 0, 0
    north, east = NEIGHBOURHOOD
    return round(person.home.latitude * north), round(person.home.longitude * east)


def _people(model: Model, problem: Problem) -> None:
    """Each wish once, one outing a day, so many in the month; and the levels by which fairness counts."""
    by_wish: dict[Key, list[int]] = defaultdict(list)
    by_day: dict[Key, list[int]] = defaultdict(list)
    by_person: dict[int, list[int]] = defaultdict(list)
    for choice, column in zip(model.choices, model.choice_columns, strict=True):
        by_wish[choice.person, choice.wish].append(column)
        by_day[choice.person, problem.happening[choice.happening].day].append(column)
        by_person[choice.person].append(column)
    for columns in [*by_wish.values(), *by_day.values()]:
        if len(columns) > 1:
            model.row(0, 1, columns)
    for key, columns in by_person.items():
        person = problem.person[key]
        steps = [model.column(1.0, whole=False) for _n in range(min(person.most, len(columns)))]
        model.levels += [(key, person.had + 1 + n, step) for n, step in enumerate(steps)]
        model.row(0, 0, columns + steps, [1.0] * len(columns) + [-1.0] * len(steps))


def _seats(model: Model, problem: Problem) -> None:
    by_happening: dict[int, list[int]] = defaultdict(list)
    for choice, column in zip(model.choices, model.choice_columns, strict=True):
        by_happening[choice.happening].append(column)
    for key, columns in by_happening.items():
        seats = problem.happening[key].seats
        if seats is not None and seats < len(columns):
            model.row(0, seats, columns)


def _helpers(model: Model, problem: Problem) -> None:
    """A volunteer is out so many times, once a day."""
    by_helper: dict[int, list[int]] = defaultdict(list)
    by_day: dict[Key, list[int]] = defaultdict(list)
    wanted = {(helper, key[0]) for key in model.rides for helper in key[2]}
    wanted |= {(helper, key[0]) for key in model.company for helper in key[1]}
    for helper, happening in sorted(wanted):
        column = model.outings[helper, happening] = model.column(1.0, whole=True)
        by_helper[helper].append(column)
        by_day[helper, problem.happening[happening].day].append(column)
    for helper, columns in by_helper.items():
        if len(columns) > problem.helper[helper].times:
            model.row(0, problem.helper[helper].times, columns)
    for columns in by_day.values():
        if len(columns) > 1:
            model.row(0, 1, columns)


def _flows(model: Model, problem: Problem) -> None:
    seated: dict[Key, list[int]] = defaultdict(list)
    wheeled: dict[Key, list[int]] = defaultdict(list)
    beside: dict[Key, list[int]] = defaultdict(list)
    for (happening, wheelchair, helpers, _home), flow in model.rides.items():
        _flow(model, flow, helpers, wheeled if wheelchair else seated, happening)
    for (happening, helpers), flow in model.company.items():
        _flow(model, flow, helpers, beside, happening)
    for room, of in ((seated, "seats"), (wheeled, "wheelchair_places"), (beside, "accompanies")):
        for key, columns in room.items():
            most = float(getattr(problem.helper[key[0]], of))
            model.row(-np.inf, 0, [*columns, model.outings[key]], [1.0] * len(columns) + [-most])


def _flow(model: Model, flow: Flow, helpers: tuple[int, ...], room: dict[Key, list[int]], happening: int) -> None:
    for helper in helpers:
        flow.by_helper[helper] = model.column(float(len(flow.people)), whole=False)
        room[helper, happening].append(flow.by_helper[helper])
    taking = list(flow.by_helper.values())
    model.row(0, 0, flow.people + taking, [1.0] * len(flow.people) + [-1.0] * len(taking))
    out = [model.outings[helper, happening] for helper in helpers]
    for column in flow.people:
        model.row(-np.inf, 0, [column, *out], [1.0] + [-1.0] * len(out))


@dataclass(frozen=True)
class Clash:
    """Two neighbourhoods whose people cannot share this volunteer's car to this: somebody would sit too long."""

    helper: int
    happening: int
    one: RideKey
    other: RideKey


def ride_keys(model: Model) -> dict[int, RideKey]:
    """By the column of a choice, the flow its person is in."""
    return {column: key for key, flow in model.rides.items() for column in flow.people}


def keep_apart(model: Model, clashes: set[Clash]) -> None:
    """The car goes to one of the two or to the other. This narrows the plan that is sought, never what is proven."""
    for clash in sorted(clashes, key=lambda one: (one.happening, one.helper, one.one, one.other)):
        first = model.rides[clash.one].by_helper[clash.helper]
        second = model.rides[clash.other].by_helper[clash.helper]
        switch = model.column(1.0, whole=True)
        model.switches.append((clash.happening, switch, first))
        model.row(-np.inf, 0, [first, switch], [1.0, -model.upper[first]])
        model.row(-np.inf, model.upper[second], [second, switch], [1.0, model.upper[second]])
