"""The demo municipality's next fortnight as problems of the planner, and as its staff kept the lists.

Run in a process of its own by `bench continuity`, on a database of its own: what is asked and what was done are written
to a file for the process that plans.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Problem
from omtanke.kernel.travel import Place


@dataclass(frozen=True)
class UnitDays:
    """A unit's days: what is asked, where its places lie, and the plan of those who shared the lists out themselves."""

    unit: str
    problem: Problem
    spots: Mapping[str, Place | None]
    lists: Plan


def renamed(unit: UnitDays, mark: str) -> UnitDays:
    """The same days with a mark before every name, so that several towns can stand side by side."""

    def all_of(names: Iterable[str]) -> frozenset[str]:
        return frozenset(f"{mark}{name}" for name in names)

    def one(name: str | None) -> str | None:
        return None if name is None else f"{mark}{name}"

    problem = replace(
        unit.problem,
        places=tuple(f"{mark}{place}" for place in unit.problem.places),
        carers=tuple(replace(carer, id=f"{mark}{carer.id}") for carer in unit.problem.carers),
        shifts=tuple(
            replace(
                shift,
                id=f"{mark}{shift.id}",
                carer=f"{mark}{shift.carer}",
                start_place=f"{mark}{shift.start_place}",
                end_place=f"{mark}{shift.end_place}",
                list_name=one(shift.list_name),
                recent_lists=all_of(shift.recent_lists),
            )
            for shift in unit.problem.shifts
        ),
        tasks=tuple(
            replace(
                task,
                id=f"{mark}{task.id}",
                place=f"{mark}{task.place}",
                person=one(task.person),
                known_carer=one(task.known_carer),
                list_name=one(task.list_name),
            )
            for task in unit.problem.tasks
        ),
        pairs=tuple(replace(p, first=f"{mark}{p.first}", second=f"{mark}{p.second}") for p in unit.problem.pairs),
        orders=tuple(replace(o, first=f"{mark}{o.first}", then=f"{mark}{o.then}") for o in unit.problem.orders),
        persons=tuple(
            replace(
                person,
                id=f"{mark}{person.id}",
                primary=one(person.primary),
                secondary=one(person.secondary),
                known=all_of(person.known),
                faces=all_of(person.faces),
            )
            for person in unit.problem.persons
        ),
    )
    tours = {
        f"{mark}{shift}": tuple(replace(s, place=f"{mark}{s.place}", task=one(s.task)) for s in stops)
        for shift, stops in unit.lists.tours.items()
    }
    spots = {f"{mark}{place}": spot for place, spot in unit.spots.items()}
    return UnitDays(unit.unit, problem, spots, Plan(tours))


def gather(seed: int, on: date, days: int) -> list[UnitDays]:
    """Load the demo as it is on a day, ask what the days after it need, and let its staff live through them."""
    from omtanke.config.demo.load import When, load
    from omtanke.kernel.travel import place_of
    from omtanke.people.models import Citizen, Unit
    from omtanke.planning.as_lists import as_lists_stand
    from omtanke.planning.from_rows import case_for, place_id
    from omtanke.visits.models import Round

    load(seed=seed, when=When.of(on))
    first, last = on + timedelta(days=1), on + timedelta(days=days)
    cases = {unit.name: case_for(unit, first, last, on=on) for unit in Unit.objects.all()}
    load(seed=seed, when=When.of(last + timedelta(days=1)))
    took = dict(Round.objects.filter(on__range=(first, last)).values_list("pk", "taken_by_id"))
    found = []
    for unit, case in cases.items():
        for visit in case.visits.values():
            visit.round.taken_by_id = took[visit.round_id]
        if case.problem.tasks:
            rows: list[Unit | Citizen] = [*case.units, *case.citizens.values()]
            spots = {place_id(row): place_of(row) for row in rows}
            found.append(UnitDays(unit, case.problem, spots, as_lists_stand(case)))
    return found


def main(seed: str, on: str, days: str, file: str) -> None:
    import django

    django.setup()
    with Path(file).open("wb") as out:
        pickle.dump(gather(int(seed), date.fromisoformat(on), int(days)), out)


if __name__ == "__main__":
    from omtanke.config.bench import continuity_rows  # so that what is pickled has the name it is read back by

    continuity_rows.main(*sys.argv[1:])
