"""The planners beside ours get the same problem and give a plan by the same rules."""

import sys

import numpy as np
import pytest

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
