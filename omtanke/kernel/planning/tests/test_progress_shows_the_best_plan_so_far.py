"""Whoever watches a search may see the best plan so far at any time, and ask for it later too."""

import pytest

from ..cost import evaluate
from ..example import small_example
from ..search import Cancelled, Effort, search


def watched(effort):
    told = []
    found = search(small_example(), effort, tell=told.append)
    return told, found


@pytest.mark.parametrize("seeds", [(1,), (1, 2, 3)])
def test_the_plan_shown_costs_what_is_told(seeds):
    told, _ = watched(Effort(moves=200_000, seeds=seeds))

    assert len(told) == 10
    for progress in told:
        assert evaluate(small_example(), progress.best_plan()).total == pytest.approx(progress.best, abs=0.01)


def test_the_picture_only_gets_better_and_ends_with_the_plan_found():
    told, found = watched(Effort(moves=200_000))

    assert [p.best for p in told] == sorted((p.best for p in told), reverse=True)
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert evaluate(small_example(), told[-1].best_plan()).total == pytest.approx(found.cost.total, abs=0.01)


def test_looking_does_not_disturb_the_search():
    unseen = search(small_example(), Effort(moves=100_000))
    seen = search(small_example(), Effort(moves=100_000), tell=lambda progress: progress.best_plan())

    assert seen == unseen


def test_who_stops_the_search_gets_at_least_what_was_shown():
    shown = []

    def stop(progress):
        shown.append(progress)
        raise Cancelled

    found = search(small_example(), Effort(moves=10_000_000, seeds=(1, 2)), tell=stop)

    assert len(shown) == 1
    assert found.cost.total <= shown[0].best + 0.01
