"""`omtanke bench continuity`: fewer faces than a planner of drives, and never fewer than the rota allows.

The bound is compared with every choice there is on small cases; the whole command runs on the demo municipality.
"""

import json
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from itertools import combinations

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from omtanke.config.bench.continuity import Figures, Way, for_driving, measure, together
from omtanke.config.bench.continuity_bound import Demand, fewest_faces, smallest_cover
from omtanke.config.bench.continuity_peer import by_day
from omtanke.config.bench.continuity_rows import UnitDays
from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Carer, Pair, PairKind, Person, Problem, Shift, Task, Weights, Window
from omtanke.kernel.travel import Place

DAY = 1440.0
PEOPLE, CARERS = ("astrid", "edvard", "ruth"), ("kari", "ola", "siri")


def fortnight(days=4) -> UnitDays:
    """Three people each morning, three carers at work each day: everybody could have the same one every day."""
    places = {"unit:1": Place(67.9, 15.0), **{p: Place(67.9, 15.0 + 0.01 * n) for n, p in enumerate(PEOPLE, start=1)}}
    index = {name: n for n, name in enumerate(places)}
    away = [[abs(one - other) * 3.0 for other in index.values()] for one in index.values()]
    problem = Problem(
        places=tuple(places),
        travel=np.array(away),
        carers=tuple(Carer(carer) for carer in CARERS),
        shifts=tuple(
            Shift(f"{carer} {day}", carer, day * DAY + 450, day * DAY + 900, "unit:1", "unit:1")
            for day in range(days)
            for carer in CARERS
        ),
        tasks=tuple(
            Task(f"{person} {day}", person, 30, (Window(day * DAY + 540, day * DAY + 600),), person=person)
            for day in range(days)
            for person in PEOPLE
        ),
        persons=tuple(Person(person, known=frozenset(CARERS)) for person in PEOPLE),
        weights=Weights(),
    )
    return UnitDays("Nord", problem, places, Plan(unplaced=tuple(task.id for task in problem.tasks)))


def test_the_planner_sends_each_person_one_carer_and_the_bound_is_reached():
    figures = measure([fortnight()], 0.3, lambda _said: None)
    assert (figures.people, figures.visits, figures.bound) == (3, 12, 1.0)
    assert figures.way("planner").faces == 1.0
    assert figures.way("planner").unplaced == figures.way("PyVRP").unplaced == 0
    assert figures.way("lists of the staff").unplaced == 12
    assert figures.way("least driving").driving <= figures.way("planner").driving
    assert figures.way("planner, loose clock").faces == 1.0


def test_a_unit_with_more_visits_gets_more_seconds():
    said: list[str] = []
    measure([fortnight(2), fortnight(6)], 0.2, said.append)
    assert [line for line in said if "visits" in line] == [
        "Nord: 6 visits, 0.1 s of search in each way",
        "Nord: 18 visits, 0.3 s of search in each way",
    ]


def test_pyvrp_keeps_competences_and_lets_two_carers_meet():
    unit = fortnight(1)
    tasks = tuple(replace(t, competences=frozenset(["nurse"])) if "ruth" in t.id else t for t in unit.problem.tasks)
    lifts = (replace(tasks[0], id="lift one"), replace(tasks[0], id="lift two"))
    carers = tuple(replace(c, competences=frozenset(["nurse"])) if c.id == "ola" else c for c in unit.problem.carers)
    pair = Pair("lift one", "lift two", PairKind.TOGETHER)
    problem = replace(unit.problem, tasks=(*tasks, *lifts), carers=carers, pairs=(pair,))
    plan = by_day(for_driving(problem), 0.5)
    assert plan.unplaced == ()
    assert evaluate(problem, plan).faults == ()
    assert plan.shift_of()["ruth 0"] == "ola 0"
    assert plan.shift_of()["lift one"] != plan.shift_of()["lift two"]


def test_the_rota_bounds_the_faces():
    problem = fortnight(2).problem
    apart = tuple(s for s in problem.shifts if s.id in ("kari 0", "ola 1"))
    assert fewest_faces(replace(problem, shifts=apart)) == dict.fromkeys(PEOPLE, 2)
    late = tuple(replace(s, starts=s.starts + 240) for s in problem.shifts)
    assert fewest_faces(replace(problem, shifts=late)) == dict.fromkeys(PEOPLE, 0)  # nobody can, so nobody is needed
    assert fewest_faces(replace(problem, shifts=late), late=120) == dict.fromkeys(PEOPLE, 1)
    two = Pair("astrid 0", "astrid 1", PairKind.TOGETHER)
    assert fewest_faces(replace(problem, pairs=(two,)))["astrid"] == 2


demands = st.lists(st.builds(Demand, st.integers(1, 63), st.integers(1, 2)), max_size=6)


@settings(max_examples=40, deadline=None)
@given(demands)
def test_no_smaller_set_of_carers_meets_all_demands(wanted):
    wanted = [demand for demand in wanted if demand.carers.bit_count() >= demand.least]
    least = next(
        number
        for number in range(7)
        for chosen in combinations([1 << n for n in range(6)], number)
        if all((sum(chosen) & demand.carers).bit_count() >= demand.least for demand in wanted)
    )
    assert smallest_cover(wanted) == least


@pytest.mark.parametrize("one_unit", [True, False])
def test_several_towns_stand_side_by_side_or_as_one(one_unit):
    units = together([[fortnight(1)], [fortnight(1)]], one_unit=one_unit)
    assert len(units) == (1 if one_unit else 2)
    names = [task.id for unit in units for task in unit.problem.tasks]
    assert len(set(names)) == len(names) == 6
    if one_unit:
        travel, index = units[0].problem.travel, units[0].problem.place_index()
        assert travel[index["0:astrid"], index["1:astrid"]] == 0
        assert travel[index["0:unit:1"], index["1:ruth"]] == travel[index["1:unit:1"], index["0:ruth"]] > 0


def way(name, faces, driving):
    return Way(name, faces, 8, 9, 0, 0.3, driving, 0, 0, 1.0)


@pytest.mark.parametrize(
    ("faces", "driving", "bound", "holds", "possible"),
    [(4, 1040, 3, True, True), (4.1, 1000, 3, False, True), (4, 1060, 3, False, True), (5, 1000, 4.5, False, False)],
    ids=["both hold", "too many faces", "too much driving", "the rota does not allow it"],
)
def test_a_bar_that_is_broken_is_told_and_so_is_one_that_cannot_hold(faces, driving, bound, holds, possible):
    figures = Figures(100, 2000, 6, [way("planner", faces, driving), way("PyVRP", 8, 1000)], bound, 0.0)
    assert (figures.holds, figures.half_is_possible) == (holds, possible)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [({}, True), ({"late": 301}, False), ({"unplaced": 3}, False), ({"faces": 4.1}, False), ({"driving": 1060}, False)],
    ids=["all hold", "later than PyVRP", "more left out", "too many faces", "too much driving"],
)
def test_with_a_loose_clock_it_may_be_as_late_as_pyvrp_and_no_later(changes, holds):
    loose = replace(way("planner, loose clock", 4, 1040), late=300, unplaced=2)
    theirs = replace(way("PyVRP", 8, 1000), late=300, unplaced=2)
    assert Figures(100, 2000, 6, [replace(loose, **changes), theirs], 3, 0.0).holds_loosely is holds


def test_the_whole_command_on_the_demo_municipality(django_db_setup, monkeypatch):
    monkeypatch.setenv("OMTANKE_DEMO", "1")
    said = StringIO()
    options = ["--days", "1", "--seconds", "0.2", "--json"]
    with suppress(SystemExit):  # one day in a fifth of a second does not have to hold the bar
        call_command("bench", "continuity", *options, stdout=said, stderr=StringIO())
    told = json.loads(said.getvalue())
    assert told["visits"] > 80
    ways = ["planner", "planner, loose clock", "least driving", "PyVRP", "lists of the staff"]
    assert [way["name"] for way in told["ways"]] == ways
    assert all(way["faces"] >= 1 for way in told["ways"])
    assert told["fewest_faces_the_rota_allows"] <= told["ways"][0]["faces"]
