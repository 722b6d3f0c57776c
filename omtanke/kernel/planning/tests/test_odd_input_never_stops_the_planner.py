"""Whatever is asked, what can be placed is placed, and the rest has a reason."""

from dataclasses import replace

import numpy as np
import pytest

from ..explain import Explainer
from ..problem import Break, Carer, OddProblem, Order, Pair, PairKind, Person, Problem, Shift, Task, Weights, Window
from ..search import Effort, search

EFFORT = Effort(moves=5_000)
ROADS = np.array([[0.0, 10.0, 10.0], [10.0, 0.0, 5.0], [10.0, 5.0, 0.0]])
KARI = Carer("kari", frozenset({"care"}))
DAY = Shift("day", "kari", 480, 960, "base", "base")


def problem(*tasks, **changes):
    asked = Problem(("base", "home", "cabin"), ROADS, (KARI,), (DAY,), tasks)
    return replace(asked, **changes)


def visit(name="visit", place="home", opens=500.0, closes=900.0, **more):
    hard = more.pop("hard", False)
    return Task(name, place, 30, (Window(opens, closes, hard),), **more)


def reasons(asked, name):
    found = search(asked, EFFORT)
    assert name in found.plan.unplaced
    assert found.cost.faults == ()
    return {one.rule for one in Explainer(asked, found.plan).why_not_placed(name)}


def test_without_carers_nothing_is_placed():
    found = search(problem(visit(), carers=(), shifts=()), EFFORT)

    assert found.plan.unplaced == ("visit",)
    assert found.cost.amounts["unplaced"] == 1


def test_without_tasks_the_plan_is_empty():
    found = search(problem(), EFFORT)

    assert (found.plan.tours, found.plan.unplaced) == ({}, ())


def test_with_nothing_at_all_there_is_still_a_plan():
    nothing = Problem((), np.zeros((0, 0)), (), (), ())

    assert search(nothing, EFFORT).cost.total == 0


def test_a_competence_that_nobody_has_is_named():
    assert reasons(problem(visit(), visit("surgery", competences=frozenset({"surgeon"}))), "surgery") == {"competence"}


def test_a_shift_without_length_takes_nothing():
    asked = problem(visit(), shifts=(replace(DAY, ends=DAY.starts),))

    assert reasons(asked, "visit") == {"no time"}


def test_a_shift_that_ends_before_it_starts_takes_nothing():
    assert reasons(problem(visit(), shifts=(replace(DAY, ends=0.0),)), "visit") == {"no time"}


def test_a_hard_window_before_the_shift_is_named():
    assert reasons(problem(visit(opens=100, closes=200, hard=True), visit("other")), "visit") == {"window before shift"}


def test_a_soft_window_before_the_shift_means_late_as_soon_as_possible():
    found = search(problem(visit(opens=100, closes=200)), EFFORT)

    assert found.plan.starts() == {"visit": 490.0}


def test_a_place_nobody_reaches_is_named():
    roads = ROADS.copy()
    roads[2, :2] = roads[:2, 2] = np.inf

    assert reasons(problem(visit(), visit("far", "cabin"), travel=roads), "far") == {"unreachable"}


def test_a_base_from_which_nobody_reaches_anything_places_nothing():
    roads = np.full((3, 3), np.inf)

    assert reasons(problem(visit(), travel=roads), "visit") == {"unreachable"}


def test_a_visit_for_two_is_left_out_whole_when_there_is_one_carer():
    asked = problem(visit("one"), visit("two"), visit("other"), pairs=(Pair("one", "two", PairKind.TOGETHER),))
    found = search(asked, EFFORT)

    assert set(found.plan.unplaced) == {"one", "two"}
    assert set(found.plan.starts()) == {"other"}


def test_orders_in_a_circle_leave_somebody_out_instead_of_hanging():
    asked = problem(visit("a"), visit("b"), orders=(Order("a", "b"), Order("b", "a")))
    found = search(asked, EFFORT)

    assert len(found.plan.unplaced) == 1
    assert found.cost.faults == ()


def test_more_work_than_the_latest_end_allows_is_left_out():
    asked = problem(*(visit(f"visit{i}") for i in range(30)), shifts=(replace(DAY, latest_end=960.0),))
    found = search(asked, EFFORT)

    assert found.cost.faults == ()
    assert 10 <= len(found.plan.starts()) <= 16
    assert len(found.plan.starts()) + len(found.plan.unplaced) == 30


def test_a_break_longer_than_the_shift_is_missed_not_fatal():
    found = search(problem(visit(), shifts=(replace(DAY, breaks=(Break(480, 960, 1000),)),)), EFFORT)

    assert set(found.plan.starts()) == {"visit"}


def test_two_pins_at_one_moment_keep_one():
    pinned = [visit(n, p, pinned_shift="day", pinned_start=600.0) for n, p in (("a", "home"), ("b", "cabin"))]
    found = search(problem(*pinned), EFFORT)

    assert len(found.plan.unplaced) == 1
    assert found.cost.faults == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"tasks": (visit(place="nowhere"),)},
        {"tasks": (visit(), visit())},
        {"tasks": (visit(person="nobody"),)},
        {"shifts": (replace(DAY, carer="nobody"),)},
        {"travel": np.zeros((2, 2))},
        {"travel": -ROADS},
        {"tasks": (replace(visit(), minutes=-1.0),)},
        {"tasks": (replace(visit(), windows=()),)},
        {"tasks": (replace(visit(), windows=(Window(9, 9), Window(5, 6))),)},
        {"tasks": (replace(visit(), begun=True),)},
        {"pairs": (Pair("visit", "ghost", PairKind.TOGETHER),)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_contradicts_itself_is_refused_in_words(changes):
    with pytest.raises(OddProblem):
        replace(problem(visit()), **changes)


def test_weights_below_nothing_are_refused():
    with pytest.raises(OddProblem, match="driving"):
        Weights(driving=-1.0)


def test_weights_may_be_whole_numbers():
    astrid = Person("astrid", primary="ola", known=frozenset({"kari"}))
    asked = replace(problem(), persons=(astrid,), weights=Weights(off_list=3, rotation=1, known_face=0.5))
    asked = replace(asked, tasks=(visit(person="astrid", list_name="list"),))

    assert search(asked, EFFORT).plan.unplaced == ()


@pytest.mark.parametrize("effort", [{}, {"seconds": 1.0, "moves": 1}, {"moves": 1, "seeds": ()}])
def test_an_effort_is_either_seconds_or_moves(effort):
    with pytest.raises(ValueError, match="effort"):
        Effort(**effort)
