"""The compiled search and the plain evaluator mean the same by every cost.

The plain one is slow and readable and knows nothing of the search; whatever plan the search ends with, both put the
same price on it, and no hard rule is broken that the search believes kept.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..compiled import build
from ..construct import renew
from ..cost import evaluate
from ..example import small_example
from ..readout import read_plan
from ..search import Effort, _Run, search
from .random_problems import problems

patient = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def both_costs(problem, seed, moves):
    run = _Run(*build(problem, seed))
    run.go(Effort(moves=moves), None)
    renew(run.board.b)
    return run.board.desk[0]["cost"], evaluate(problem, read_plan(problem, run.numbers, run.board))


def assert_they_agree(compiled, plain):
    assert compiled == pytest.approx(plain.total, abs=0.01, rel=1e-6), (plain.parts, plain.faults)


@given(problem=problems(), seed=st.integers(1, 50), moves=st.sampled_from([1, 30, 3000]))
@patient
def test_both_put_the_same_price_on_a_plan_for_a_day(problem, seed, moves):
    assert_they_agree(*both_costs(problem, seed, moves))


@given(problem=problems(days=3), seed=st.integers(1, 50))
@settings(patient, max_examples=60)
def test_both_put_the_same_price_on_a_plan_for_several_days(problem, seed):
    assert_they_agree(*both_costs(problem, seed, 3000))


@given(problem=problems(), seed=st.integers(1, 50))
@patient
def test_hard_rules_are_never_broken(problem, seed):
    found = search(problem, Effort(moves=2000, seeds=(seed,)))

    assert found.cost.faults == ()


@given(problem=problems(), seed=st.integers(1, 50))
@settings(patient, max_examples=60)
def test_the_running_sums_do_not_drift_from_the_truth(problem, seed):
    run = _Run(*build(problem, seed))
    run.go(Effort(moves=3000), None)
    kept = run.board.desk[0]["best_cost"]

    assert renew(run.board.b) == pytest.approx(kept, abs=0.01, rel=1e-6)


@given(problem=problems(), seed=st.integers(1, 50))
@settings(patient, max_examples=40)
def test_the_same_seed_makes_the_same_plan(problem, seed):
    effort = Effort(moves=1000, seeds=(seed,))

    assert search(problem, effort).plan == search(problem, effort).plan


def test_a_plan_read_out_can_be_laid_on_the_board_again():
    problem = small_example()
    found = search(problem, Effort(moves=20_000))

    board, _ = build(problem, 1, found.plan)

    assert board.desk[0]["cost"] == pytest.approx(found.cost.total, abs=0.01)
