"""The month as a mixed integer program, exact about everything that is counted.

What it says of cars is what `cars.py` knows: a car goes with one block of people who can share it, and every set that
can ride together lies in a block. So every plan that can be carried out is a solution of it, and what it cannot exceed,
no plan can: that is what the proven bound means. The order of pick-ups is found when a solution is read out.

Rides and company are not modelled person by person. People at one happening whom the same cars could fetch, in the same
blocks, are alike, so a class of people shares one flow per driver; with whole people and whole outings the flow is
whole by itself (it is a transportation problem), and need not be asked to be. A cover for each person, "if I am
fetched, one of those who could fetch me is out", keeps its relaxation from sending an eighth of a volunteer to each of
eight places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from omtanke.kernel.moments.cars import Block, Car, Cars
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.problem import Choice, Problem

type Key = tuple[int, int]
type Sides = tuple[tuple[int, tuple[int, ...]], ...]  # drivers, each with the blocks of their car one is in
type RideKey = tuple[int, bool, Sides]  # happening, wheelchair, who could drive


@dataclass
class Flow:
    """People at one happening who can be helped by the same volunteers, and how many each volunteer takes."""

    happening: int
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
    blocks: dict[Car, list[tuple[Block, int]]] = field(default_factory=dict)  # of cars that have several: columns
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


def build(problem: Problem, fits: Fits, candidates: list[Choice], cars: Cars) -> Model:
    """The program for these candidates. A candidate nobody can help with has no column."""
    model, sides = Model(), _sides(cars)
    for choice in candidates:
        person, happening = problem.person[choice.person], problem.happening[choice.happening]
        drivers = fits.drivers(person, happening) if fits.is_driven(person, happening) else None
        companions = fits.companions(person, happening) if person.needs_company else None
        if drivers == () or companions == ():
            continue
        model.choices.append(choice)
        model.choice_columns.append(model.column(1.0, whole=True))
        if drivers is not None:
            key = happening.id, person.wheelchair, sides[person.id, happening.id]
            _join(model.rides, key, Flow(happening.id), model.choice_columns[-1])
        if companions is not None:
            _join(model.company, (happening.id, companions), Flow(happening.id), model.choice_columns[-1])
    _people(model, problem)
    _seats(model, problem)
    _helpers(model, problem)
    _cars(model, cars)
    _never(model, cars)
    _flows(model, problem)
    return model


def _sides(cars: Cars) -> dict[Key, Sides]:
    """By person and happening, which cars could fetch them, and in which blocks."""
    found: dict[Key, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
    for (helper, happening), blocks in sorted(cars.blocks.items()):
        member: dict[int, list[int]] = defaultdict(list)
        for number, block in enumerate(blocks):
            for person in block:
                member[person].append(number)
        for person, numbers in member.items():
            found[person, happening].append((helper, tuple(numbers)))
    return {key: tuple(sides) for key, sides in found.items()}


def _join[K](flows: dict[K, Flow], key: K, empty: Flow, column: int) -> None:
    flows.setdefault(key, empty).people.append(column)


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
    wanted = {(helper, key[0]) for key in model.rides for helper, _blocks in key[2]}
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


def _cars(model: Model, cars: Cars) -> None:
    """A car that is out goes with one of its blocks."""
    for car, blocks in sorted(cars.blocks.items()):
        if len(blocks) > 1 and car in model.outings:
            model.blocks[car] = [(block, model.column(1.0, whole=True)) for block in blocks]
            columns = [column for _block, column in model.blocks[car]]
            model.row(-np.inf, 0, [*columns, model.outings[car]], [1.0] * len(columns) + [-1.0])


def _never(model: Model, cars: Cars) -> None:
    """People who cannot share a car do not all come, unless another who could fetch one of them is out as well."""
    choices: dict[Key, list[int]] = defaultdict(list)
    drivers: dict[Key, set[int]] = defaultdict(set)
    for choice, column in zip(model.choices, model.choice_columns, strict=True) if cars.never else ():
        choices[choice.person, choice.happening].append(column)
    for (helper, happening), blocks in cars.blocks.items() if cars.never else ():
        for person in frozenset.union(*blocks):
            drivers[person, happening].add(helper)
    for (helper, happening), people in sorted(cars.never, key=lambda one: (one[0], sorted(one[1]))):
        others = sorted(set().union(*(drivers[person, happening] for person in people)) - {helper})
        come = [column for person in sorted(people) for column in choices[person, happening]]
        out = [model.outings[other, happening] for other in others if (other, happening) in model.outings]
        model.row(-np.inf, len(people) - 1, come + out, [1.0] * len(come) + [-1.0] * len(out))


def _flows(model: Model, problem: Problem) -> None:
    seated: dict[Key, list[int]] = defaultdict(list)
    wheeled: dict[Key, list[int]] = defaultdict(list)
    beside: dict[Key, list[int]] = defaultdict(list)
    for (happening, wheelchair, sides), flow in model.rides.items():
        out = {helper: _ways(model, (helper, happening), numbers) for helper, numbers in sides}
        _flow(model, flow, out, wheeled if wheelchair else seated)
        for helper, ways in out.items():
            if (helper, happening) in model.blocks:
                room = problem.helper[helper].wheelchair_places if wheelchair else problem.helper[helper].seats
                most = float(min(room, len(flow.people)))
                model.row(-np.inf, 0, [flow.by_helper[helper], *ways], [1.0] + [-most] * len(ways))
    for (happening, helpers), flow in model.company.items():
        _flow(model, flow, {helper: [model.outings[helper, happening]] for helper in helpers}, beside)
    for room_of, of in ((seated, "seats"), (wheeled, "wheelchair_places"), (beside, "accompanies")):
        for key, columns in room_of.items():
            most = float(getattr(problem.helper[key[0]], of))
            model.row(-np.inf, 0, [*columns, model.outings[key]], [1.0] * len(columns) + [-most])


def _ways(model: Model, car: Car, numbers: tuple[int, ...]) -> list[int]:
    """What must be chosen for this car to come to people in these of its blocks: one of these columns."""
    blocks = model.blocks.get(car)
    return [model.outings[car]] if blocks is None else [blocks[number][1] for number in numbers]


def _flow(model: Model, flow: Flow, out: dict[int, list[int]], room: dict[Key, list[int]]) -> None:
    for helper in out:
        flow.by_helper[helper] = model.column(float(len(flow.people)), whole=False)
        room[helper, flow.happening].append(flow.by_helper[helper])
    taking = list(flow.by_helper.values())
    model.row(0, 0, flow.people + taking, [1.0] * len(flow.people) + [-1.0] * len(taking))
    covers = [column for columns in out.values() for column in columns]
    for column in flow.people:
        model.row(-np.inf, 0, [column, *covers], [1.0] + [-1.0] * len(covers))
