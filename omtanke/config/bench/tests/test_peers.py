"""The planners beside ours get the same problem and give a plan by the same rules."""

import sys

import numpy as np
import pytest

from omtanke.config.bench.peers.finishing import finished
from omtanke.config.bench.peers.or_tools_routing import plan_by_routing
from omtanke.config.bench.peers.pyvrp_two_phase import PyVRPMissing, plan_by_driving
from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.problem import Carer, Pair, PairKind, Problem, Shift, Task, Window

PLACES = ("base", "north", "south")
ROADS = np.array([[0.0, 10.0, 10.0], [10.0, 0.0, 20.0], [10.0, 20.0, 0.0]])
CARE = frozenset({"care"})
NURSE = frozenset({"care", "nurse"})


def day(*tasks, pairs=()):
    carers = (Carer("kari", NURSE), Carer("ola", CARE))
    shifts = tuple(Shift(f"{carer.id}-day", carer.id, 480, 960, "base", "base") for carer in carers)
    return Problem(PLACES, ROADS, carers, shifts, tasks, pairs)


def visit(name, place, opens=500.0, closes=900.0, needs=CARE):
    return Task(name, place, 30, (Window(opens, closes),), needs)


def test_pyvrp_drives_each_way_once():
    problem = day(*(visit(f"{place}{n}", place) for place in ("north", "south") for n in range(3)))

    plan = plan_by_driving(problem, 0.2)

    assert evaluate(problem, plan).amounts["driving"] == 40
    assert (plan.unplaced, evaluate(problem, plan).faults) == ((), ())


def test_pyvrp_keeps_competence_and_brings_two_carers_at_one_time():
    lift = (visit("lift", "north"), visit("hold", "north"))
    problem = day(visit("insulin", "south", needs=NURSE), *lift, pairs=(Pair("lift", "hold", PairKind.TOGETHER),))

    plan = plan_by_driving(problem, 0.4)

    assert plan.shift_of()["insulin"] == "kari-day"
    assert {plan.shift_of()["lift"], plan.shift_of()["hold"]} == {"kari-day", "ola-day"}
    assert plan.starts()["lift"] == plan.starts()["hold"]
    assert evaluate(problem, plan).faults == ()


def test_what_nobody_may_do_is_left_out_and_told():
    plan = plan_by_driving(day(visit("surgery", "north", needs=frozenset({"surgeon"})), visit("walk", "south")), 0.1)

    assert plan.unplaced == ("surgery",)
    assert set(plan.starts()) == {"walk"}


def test_without_pyvrp_it_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyvrp", None)

    with pytest.raises(PyVRPMissing, match="requirements/dev"):
        plan_by_driving(day(visit("walk", "south")), 0.1)


def test_or_tools_brings_two_carers_at_one_time_and_keeps_competence():
    lift = (visit("lift", "north"), visit("hold", "north"))
    problem = day(visit("insulin", "south", needs=NURSE), *lift, pairs=(Pair("lift", "hold", PairKind.TOGETHER),))

    plan = plan_by_routing(problem, 0.3)

    assert plan.shift_of()["insulin"] == "kari-day"
    assert {plan.shift_of()["lift"], plan.shift_of()["hold"]} == {"kari-day", "ola-day"}
    assert evaluate(problem, plan).faults == ()


def test_what_a_peer_left_over_comes_where_it_costs_least():
    problem = day(*(visit(f"{place}{n}", place) for place in ("north", "south") for n in range(2)))

    plan = finished(problem, {"kari-day": [("north0", 510.0), ("north1", 540.0)], "ola-day": [("south0", 510.0)]})

    assert plan.shift_of()["south1"] == "ola-day"
    assert plan.unplaced == ()


def test_two_that_a_peer_could_not_bring_together_are_brought_together():
    pair = Pair("lift", "hold", PairKind.TOGETHER)
    problem = day(visit("lift", "north"), visit("hold", "north"), pairs=(pair,))

    plan = finished(problem, {"kari-day": [("lift", 510.0)], "ola-day": [("hold", 700.0)]}, {"lift", "hold"})

    assert plan.starts()["lift"] == plan.starts()["hold"]
    assert evaluate(problem, plan).faults == ()
