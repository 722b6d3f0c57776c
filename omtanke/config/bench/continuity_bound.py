"""The fewest faces that a rota allows, per person: provable, because it asks for less than any plan must give.

A plan that does every visit of a person sends, to each, somebody who is at work then and is trained for it; to a visit
of two, two different people. So the carers it sends in all *cover* these demands. The smallest set of carers that
covers them, found exactly for each person alone, is therefore a lower bound for every plan: it takes for granted that
everybody is free for this person, and that a carer does all visits of one time at once.

Who is at work then: the carer can be there when the visit is to begin, not more than `late` minutes after its window,
and is done before the latest end of the shift. With `late` at least as long as the latest visit of a plan, the bound
holds for that plan. Visits that a plan leaves out are asked for all the same; so a plan may lie under it by those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from ortools.sat.python import cp_model

from omtanke.kernel.planning.cost import may_do
from omtanke.kernel.planning.problem import PairKind, Person, Problem, Shift, Task

PATIENCE = 2.0  # of CP-SAT's own measure, in which a person's demands take some hundredths


@dataclass(frozen=True)
class Demand:
    """At least so many of these carers (as bits)."""

    carers: int
    least: int


def fewest_faces(problem: Problem, late: float = 0.0) -> dict[str, int]:
    """For each person the fewest different carers of any plan that does all their visits that somebody can do."""
    found = {}
    able = _able(problem, late)
    mates = {name: pair for pair in problem.pairs for name in (pair.first, pair.second)}
    by_person: dict[str, list[Task]] = {}
    for task in problem.tasks:
        if task.person is not None:
            by_person.setdefault(task.person, []).append(task)
    for person, tasks in by_person.items():
        demands = set()
        for task in tasks:
            demands.add(Demand(able[task.id], 1))
            pair = mates.get(task.id)
            if pair is not None and pair.kind is PairKind.TOGETHER and task.id == pair.first:
                demands.add(Demand(able[pair.first] | able[pair.second], 2))
        found[person] = smallest_cover(demand for demand in demands if demand.carers.bit_count() >= demand.least)
    return found


def _able(problem: Problem, late: float) -> dict[str, int]:
    """Per task those who could do it, as bits."""
    carers = {carer.id: carer for carer in problem.carers}
    bits = {carer.id: 1 << n for n, carer in enumerate(problem.carers)}
    persons: Mapping[str, Person] = {person.id: person for person in problem.persons}
    index, travel = problem.place_index(), problem.travel
    by_day: dict[int, list[Shift]] = {}
    for shift in problem.shifts:
        by_day.setdefault(shift.day, []).append(shift)
    able = {}
    for task in problem.tasks:
        there, who = index[task.place], 0
        days = {window.day for window in task.windows}
        for shift in (shift for day in days | {day - 1 for day in days} for shift in by_day.get(day, ())):
            soonest = shift.starts + travel[index[shift.start_place], there]
            back = travel[there, index[shift.end_place]]
            latest = shift.ends if shift.latest_end is None else shift.latest_end
            fits = any(
                max(soonest, window.opens) <= min(window.closes + late, latest - back - task.minutes)
                for window in task.windows
            )
            if fits and may_do(task, persons.get(task.person or ""), shift, carers[shift.carer]) is None:
                who |= bits[shift.carer]
        able[task.id] = who
    return able


def smallest_cover(demands: Iterable[Demand]) -> int:
    """How many carers meet all demands at least. Where CP-SAT cannot finish, what it has proven by then."""
    wanted = _without_what_follows(set(demands))
    if not wanted:
        return 0
    model = cp_model.CpModel()
    bits = {1 << n for n in range(max(demand.carers.bit_length() for demand in wanted))}
    chosen = {bit: model.new_bool_var(f"{bit}") for bit in sorted(bits) if any(bit & d.carers for d in wanted)}
    for demand in wanted:
        model.add(sum(taken for bit, taken in chosen.items() if bit & demand.carers) >= demand.least)
    model.minimize(sum(chosen.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_deterministic_time = 1, PATIENCE
    solver.solve(model)
    return ceil(solver.best_objective_bound - 1e-6)


def _without_what_follows(demands: set[Demand]) -> list[Demand]:
    """A demand follows from another that asks for as many of fewer carers. The strictest ones first."""
    kept = [
        one
        for one in demands
        if not any(
            other != one and other.carers & one.carers == other.carers and other.least >= one.least for other in demands
        )
    ]
    return sorted(kept, key=lambda demand: demand.carers.bit_count())
