"""Read the public benchmark instances, write solutions, compare with the best published costs.

HHCRSP instances are those of Mankowska et al. (2014) in the JSON form of iolab-uniud/hhcrsp; UHHC instances those of
Ceschia et al. (2026), iolab-uniud/uhhc. Their costs are ours with other weights, so `evaluate` agrees with their
validators.
"""

import csv
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from .compiled import build
from .construct import renew
from .plan import Plan
from .problem import Break, Carer, Pair, PairKind, Person, Problem, Shift, Task, Weights, Window
from .readout import drop_late_breaks, read_plan

FAR_AWAY = 100_000.0  # HHCRSP carers have no end of shift
NOTHING_COSTS = {
    name: 0.0 for name in vars(Weights()) if name not in ("unplaced", "broken", "broken_minutes", "skipped", "driving")
}
UHHC_NAMES = {
    "travel_time": "driving",
    "working_time": "working",
    "total_tardiness": "late",
    "highest_tardiness": "worst_late",
    "total_waiting_time": "waiting",
    "max_waiting_time": "worst_waiting",
    "total_extra_time": "overtime",
    "max_idle_time": "worst_idle",
    "workload_balance": "unfair",
    "caregiver_preferences": "not_preferred",
    "missed_lunch_break": "missed_break",
}
DEAR = 100_000.0  # for required tasks and for weights called HARD, whose breaking makes a solution infeasible
HARD_PER_UNIT = 1_000.0


@dataclass(frozen=True)
class Case:
    """One instance: the problem, and what is needed to write a solution that its own validator reads."""

    name: str
    problem: Problem
    services: Mapping[str, tuple[str, str]]  # task id -> patient id, service id


def load(path: Path) -> Case:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        data = json.load(file)
    name = f"{path.parent.name}/{path.name.split('.')[0]}"
    return _Reader(data, name).case()


class _Reader:
    def __init__(self, data: Mapping[str, Any], name: str) -> None:
        self.data, self.name = data, name
        self.unified = "terminal_points" in data
        self.meta = data.get("metadata", {})
        self.at_end = self.meta.get("time_window_met") == "at_service_end"
        self.durations = {s["id"]: s.get("default_duration") for s in data["services"]}
        self.offices = data.get("terminal_points") or data.get("departing_points") or data["central_offices"]
        self.services: dict[str, tuple[str, str]] = {}

    def case(self) -> Case:
        tasks: list[Task] = []
        pairs: list[Pair] = []
        for patient in self.data["patients"]:
            own = self.tasks_of(patient)
            tasks += own
            if len(own) > 2:
                raise ValueError(f"{self.name}: {patient['id']} needs more than two services")
            if len(own) == 2:
                pairs.append(self.pair_of(patient, own))
        carers = tuple(Carer(c["id"], frozenset(c["abilities"])) for c in self.data["caregivers"])
        persons = tuple(self.person_of(patient) for patient in self.data["patients"])
        problem = Problem(
            places=tuple(self.rows()),
            travel=self.travel(),
            carers=carers,
            shifts=tuple(self.shift_of(carer) for carer in self.data["caregivers"]),
            tasks=tuple(tasks),
            pairs=tuple(pairs),
            persons=persons,
            weights=self.weights(),
        )
        return Case(self.name, problem, self.services)

    def rows(self) -> dict[str, int]:
        """Place names with their rows in the matrix; patients follow the offices where no index is given."""
        rows = {o["id"]: o.get("distance_matrix_index", i) for i, o in enumerate(self.offices)}
        for i, patient in enumerate(self.data["patients"]):
            rows[patient["id"]] = patient.get("distance_matrix_index", i + len(self.offices))
        return rows

    def travel(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        rows = list(self.rows().values())
        return np.array(self.data["distances"], dtype=np.float64)[np.ix_(rows, rows)]

    def tasks_of(self, patient: Mapping[str, Any]) -> list[Task]:
        needs = patient.get("required_services") or patient["required_caregivers"]
        skip = self.weight("optional_patients") if patient.get("optional") else None
        tasks = []
        for number, need in enumerate(needs):
            minutes = float(need.get("duration") or self.durations[need["service"]])
            task = Task(
                id=f"{patient['id']}/{need['service']}",
                place=patient["id"],
                minutes=minutes,
                windows=self.windows_of(patient, minutes),
                competences=frozenset([need["service"]]),
                person=patient["id"],
                skip_cost=skip if number == 0 or skip is None else 0.0,
            )
            self.services[task.id] = (patient["id"], need["service"])
            tasks.append(task)
        return tasks

    def windows_of(self, patient: Mapping[str, Any], minutes: float) -> tuple[Window, ...]:
        """Where the service has to *end* in its window, it has to begin so much sooner."""
        given = patient.get("time_windows") or [patient["time_window"]]
        ends = [(w["start"], w["end"]) if isinstance(w, dict) else tuple(w) for w in given]
        return tuple(Window(float(a), float(b) - (minutes if self.at_end else 0.0)) for a, b in ends)

    def pair_of(self, patient: Mapping[str, Any], tasks: list[Task]) -> Pair:
        first, second = (task.id for task in tasks)
        sync = patient.get("synchronization") or {}
        kinds = {"simultaneous": PairKind.TOGETHER, "sequential": PairKind.SEQUENTIAL}
        kind = kinds.get(sync.get("type", ""), PairKind.INDEPENDENT)
        if kind is not PairKind.SEQUENTIAL:
            return Pair(first, second, kind)
        gap = sync.get("distance") or (0, 0)
        least, most = (gap["min"], gap["max"]) if isinstance(gap, dict) else gap
        return Pair(first, second, kind, float(least), float(most))

    def person_of(self, patient: Mapping[str, Any]) -> Person:
        preferred = patient.get("preferred_caregivers")
        return Person(
            id=patient["id"],
            preferred=None if preferred is None else frozenset(preferred),
            incompatible=frozenset(patient.get("incompatible_caregivers") or ()),
        )

    def shift_of(self, carer: Mapping[str, Any]) -> Shift:
        shift = carer.get("working_shift") or {"start": 0.0, "end": FAR_AWAY}
        office = carer.get("departing_point") or carer.get("starting_point_id") or self.offices[0]["id"]
        lunch = self.data.get("lunch_breaks") if carer.get("lunch_break") else None
        breaks: tuple[Break, ...] = ()
        if lunch:
            minutes = float(lunch["min_duration"])
            breaks = (Break(float(lunch["start"]), float(lunch["end"]) - (minutes if self.at_end else 0), minutes),)
        ends_at = carer.get("arrival_point") or carer.get("starting_point_id") or self.offices[0]["id"]
        return Shift(carer["id"], carer["id"], float(shift["start"]), float(shift["end"]), office, ends_at, breaks)

    def weight(self, name: str) -> float:
        given = self.meta.get("cost_components", {}).get(name, 0.0)
        return HARD_PER_UNIT if given == "HARD" else float(given)

    def weights(self) -> Weights:
        plain = replace(Weights(), **NOTHING_COSTS, unplaced=DEAR, broken=3 * DEAR, broken_minutes=HARD_PER_UNIT)
        if not self.unified:
            third = 1 / 3
            return replace(plain, driving=third, late=third, worst_late=third)
        return replace(plain, **{ours: self.weight(theirs) for theirs, ours in UHHC_NAMES.items()})


def without_late_breaks(problem: Problem, plan: Plan) -> Plan:
    """The plan without breaks that come too late to count. A carer is glad of a late one; the validators forbid it."""
    board, numbers = build(problem, 1, plan, complete=False)
    if not drop_late_breaks(board):
        return plan
    renew(board.b)
    return read_plan(problem, numbers, board)


def solution(case: Case, plan: Plan) -> dict[str, Any]:
    """The plan in the validators' form. Shifts without tasks still take their lunch, at the office."""
    routes = []
    for shift in case.problem.shifts:
        stops = plan.tours.get(shift.id, ())
        locations = []
        for stop in stops:
            patient, service = case.services[stop.task] if stop.task else (stop.place, "lunch_break")
            locations.append({"patient": patient, "service": service, "start": stop.start, "end": stop.end})
        if not any(stop.task for stop in stops):
            locations = [
                {"patient": shift.start_place, "service": "lunch_break", "start": begin, "end": begin + pause.minutes}
                for pause in shift.breaks
                if (begin := max(pause.opens, shift.starts)) <= pause.closes
            ]
        routes.append({"caregiver_id": shift.carer, "locations": locations})
    return {"routes": routes}


def best_known(path: Path) -> dict[str, float]:
    """Best published costs by instance name, from a file with the columns instance and published_best."""
    with path.open(newline="") as file:
        return {row["instance"]: float(row["published_best"]) for row in csv.DictReader(file)}
