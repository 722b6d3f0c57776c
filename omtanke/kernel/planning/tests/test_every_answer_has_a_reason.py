"""Explanations are exact: the price named for an alternative is what the plan costs when it is done."""

from dataclasses import replace

import numpy as np
import pytest

from ..cost import evaluate
from ..example import small_example
from ..explain import Because, Explainer, what_if, with_longer_shift, with_one_more
from ..problem import Carer, Pair, PairKind, Problem, Shift, Task, Window
from ..search import Effort, search

EFFORT = Effort(moves=30_000)


@pytest.fixture(scope="module")
def problem():
    return small_example()


@pytest.fixture(scope="module")
def explainer(problem):
    return Explainer(problem, search(problem, EFFORT).plan)


def test_the_price_of_an_alternative_is_what_its_plan_costs(problem, explainer):
    asked = 0
    for task in problem.tasks:
        for one in explainer.alternatives(task.id, most=None):
            if one.rule is None:
                asked += 1
                assert evaluate(problem, one.plan).total == pytest.approx(explainer.cost.total + one.cost)
                assert sum(d.cost for d in one.differences) == pytest.approx(one.cost, abs=0.05)
                assert one.plan.shift_of()[task.id] == one.shift
    assert asked > 5


def test_no_single_task_could_stand_cheaper_elsewhere(problem, explainer):
    for task in problem.tasks:
        assert all(one.cost >= -0.01 for one in explainer.alternatives(task.id))


def test_asking_changes_nothing(problem, explainer):
    first = explainer.alternatives("walk", most=None)

    assert explainer.alternatives("walk", most=None) == first


def test_a_rule_is_named_before_any_price(explainer):
    assert explainer.why_not("insulin", "ola").rule == "competence"
    assert explainer.why_not("bandage", "siri").rule in ("competence", "incompatible")
    assert explainer.why_not("meeting", "ola").rule == "pinned"


def test_the_two_carers_of_a_visit_are_not_one(explainer):
    doers = explainer.plan.shift_of()
    mate = doers["lift-two"]

    assert next(a for a in explainer.alternatives("lift-one", most=None) if a.shift == mate).rule == "two carers"


def test_a_place_nobody_reaches_is_the_reason_for_every_shift(explainer):
    assert "far-away" in explainer.plan.unplaced
    rules = {one.rule for one in explainer.why_not_placed("far-away")}
    assert rules <= {"unreachable", "incompatible"}
    assert "unreachable" in rules


def test_a_start_is_explained_back_to_something_that_nobody_moves(problem, explainer):
    for task in explainer.plan.starts():
        chain = explainer.why_so_late(task)
        assert chain[0].task == task
        assert chain[-1].because in (Because.WINDOW, Because.SHIFT, Because.SAVED_WAITING, Because.BREAK)


def two_in_a_row():
    road = np.array([[0.0, 10.0], [10.0, 0.0]])
    tasks = (
        Task("first", "home", 30, (Window(480, 480, hard=True),)),
        Task("second", "home", 30, (Window(480, 490),)),
    )
    return Problem(("base", "home"), road, (Carer("kari"),), (Shift("day", "kari", 420, 900, "base", "base"),), tasks)


def test_the_second_of_two_is_late_because_of_the_first():
    problem = two_in_a_row()
    explainer = Explainer(problem, search(problem, EFFORT).plan)

    chain = explainer.why_so_late("second")

    assert [(c.because, c.behind) for c in chain] == [(Because.BEFORE, "first"), (Because.WINDOW, None)]
    assert chain[0].minutes_late == pytest.approx(20.0)


def test_one_who_waits_for_a_colleague_waits_for_her_way():
    road = np.array([[0.0, 10.0, 40.0], [10.0, 0.0, 30.0], [40.0, 30.0, 0.0]])
    tasks = (Task("one", "home", 30, (Window(0, 900),)), Task("two", "home", 30, (Window(0, 900),)))
    shifts = (Shift("near", "kari", 420, 900, "base", "base"), Shift("far", "ola", 420, 900, "cabin", "cabin"))
    problem = Problem(
        ("base", "home", "cabin"),
        road,
        (Carer("kari"), Carer("ola")),
        shifts,
        tasks,
        pairs=(Pair("one", "two", PairKind.TOGETHER),),
    )
    explainer = Explainer(problem, search(problem, EFFORT).plan)
    near = next(task for task, shift in explainer.plan.shift_of().items() if shift == "near")

    chain = explainer.why_so_late(near)

    assert [c.because for c in chain] == [Because.MATE, Because.SHIFT]
    assert chain[1].behind == "far"


def test_one_more_carer_or_a_longer_shift_can_be_asked_for(problem, explainer):
    more = with_one_more(
        problem, Carer("mona", frozenset({"nurse", "care"})), replace(problem.shifts[0], id="mona", carer="mona")
    )
    longer = with_longer_shift(problem, "siri-monday", 30)

    for changed in (more, longer):
        answer = what_if(problem, explainer.plan, changed, EFFORT)
        assert sum(d.cost for d in answer.differences) == pytest.approx(answer.cost, abs=0.05)


def test_a_placed_task_has_no_reason_for_not_being_placed(explainer):
    with pytest.raises(ValueError, match="is placed"):
        explainer.why_not_placed("insulin")
