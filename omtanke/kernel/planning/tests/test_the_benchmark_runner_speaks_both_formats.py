"""Instances of both public formats are read, planned, and written as their validators want them."""

import json

import pytest

from ..__main__ import main
from ..benchmarks import load, solution, without_late_breaks
from ..cost import evaluate
from ..plan import Plan, Stop
from ..search import Cancelled, Effort, search

OLD = {
    "patients": [
        {"id": "p1", "time_window": [10, 60], "required_caregivers": [{"service": "s1"}]},
        {
            "id": "p2",
            "time_window": [20, 90],
            "required_caregivers": [{"service": "s1", "duration": 7}, {"service": "s2"}],
            "synchronization": {"type": "sequential", "distance": [5, 30]},
        },
    ],
    "services": [{"id": "s1", "default_duration": 10}, {"id": "s2", "default_duration": 12}],
    "caregivers": [{"id": "c1", "abilities": ["s1"]}, {"id": "c2", "abilities": ["s2", "s1"]}],
    "central_offices": [{"id": "d"}],
    "distances": [[0, 5, 8], [5, 0, 6], [8, 6, 0]],
}
NEW = {
    "metadata": {
        "time_window_met": "at_service_end",
        "cost_components": {"travel_time": 2, "total_tardiness": 3, "missed_lunch_break": 50, "max_idle_time": "HARD"},
    },
    "terminal_points": [{"id": "d", "distance_matrix_index": 0}],
    "patients": [
        {
            "id": "p1",
            "distance_matrix_index": 1,
            "required_services": [{"service": "s1", "duration": 20}],
            "time_windows": [{"start": 60, "end": 120}, {"start": 300, "end": 330}],
            "optional": False,
        }
    ],
    "services": [{"id": "s1", "default_duration": 10}],
    "caregivers": [
        {"id": "c1", "abilities": ["s1"], "working_shift": {"start": 30, "end": 400}, "lunch_break": True},
        {"id": "c2", "abilities": [], "working_shift": {"start": 200, "end": 400}, "lunch_break": True},
    ],
    "distances": [[0, 9], [9, 0]],
    "lunch_breaks": {"start": 180, "end": 300, "min_duration": 30},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "old.json").write_text(json.dumps(OLD))
    (tmp_path / "set" / "new.json").write_text(json.dumps(NEW))
    (tmp_path / "best-known.csv").write_text("instance,published_best\nset/old,10\n")
    return tmp_path


def test_the_cost_of_the_old_format_is_the_mean_of_its_three_parts(folder):
    found = search(load(folder / "set" / "old.json").problem, Effort(moves=5_000))

    amounts = found.cost.amounts
    assert found.cost.total == pytest.approx((amounts["driving"] + amounts["late"] + amounts["worst_late"]) / 3)


def test_a_service_that_has_to_end_in_its_window_begins_so_much_sooner(folder):
    case = load(folder / "set" / "new.json")

    assert [(w.opens, w.closes) for w in case.problem.tasks[0].windows] == [(60, 100), (300, 310)]


def test_a_written_solution_names_patients_services_and_lunches(folder):
    case = load(folder / "set" / "new.json")
    written = solution(case, search(case.problem, Effort(moves=5_000)).plan)

    stops = {r["caregiver_id"]: [s["service"] for s in r["locations"]] for r in written["routes"]}
    assert sorted(stops["c1"]) == ["lunch_break", "s1"]
    assert stops["c2"] == ["lunch_break"]


def test_a_lunch_too_late_to_count_is_not_written_and_one_in_time_is(folder):
    case = load(folder / "set" / "new.json")
    late = Plan({"c1": (Stop("p1", 300, 320, "p1/s1"), Stop("p1", 320, 350, None, 0))})
    in_time = Plan({"c1": (Stop("p1", 60, 80, "p1/s1"), Stop("p1", 180, 210, None, 0))})

    kept = without_late_breaks(case.problem, late)

    assert [stop.task for stop in kept.tours["c1"]] == ["p1/s1"]
    assert evaluate(case.problem, kept).amounts["missed_break"] == 1
    assert not evaluate(case.problem, kept).faults
    assert without_late_breaks(case.problem, in_time) == in_time


def test_the_runner_prints_one_object_and_writes_the_plans(folder, capsys):
    code = main([str(folder / "set"), "--seconds", "0.2", "--cores", "1", "--json", "--solutions", str(folder / "out")])

    rows = {row["instance"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert code == 0
    assert rows["set/old"]["published"] == 10
    assert "published" not in rows["set/new"]
    assert (folder / "out" / "set" / "old.json").exists()


def test_progress_is_told_and_the_search_can_be_stopped(folder):
    told = []

    def tell(progress):
        told.append(progress)
        if len(told) == 3:
            raise Cancelled

    found = search(load(folder / "set" / "old.json").problem, Effort(moves=10_000_000, seeds=(1, 2)), tell=tell)

    assert [progress.moves for progress in told] == sorted(progress.moves for progress in told)
    assert len(told) == 3
    assert len(found.plan.starts()) == 3
