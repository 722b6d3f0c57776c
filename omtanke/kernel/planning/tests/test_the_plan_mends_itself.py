"""When the day turns out otherwise, what has begun stays and few others are moved."""

from dataclasses import replace

import pytest

from ..calm import NOTICED, calm
from ..cost import evaluate
from ..example import MORNING, small_example
from ..plan import Plan
from ..problem import Task, Window
from ..replan import CarerIll, CarerLate, TaskAdded, TaskCancelled, TaskMoved, happen, known, mend, search_calmly
from ..search import Effort, search

EFFORT = Effort(moves=30_000)
NINE = 9 * 60.0


@pytest.fixture(scope="module")
def problem():
    return small_example()


@pytest.fixture(scope="module")
def plan(problem):
    return search(problem, EFFORT).plan


def carers_of(problem, plan):
    carer = {shift.id: shift.carer for shift in problem.shifts}
    return {task: carer[shift] for task, shift in plan.shift_of().items()}


def test_a_carer_who_falls_ill_does_nothing_more_but_what_has_begun_stays_hers(problem, plan):
    mended = mend(problem, plan, [CarerIll("ola")], NINE, EFFORT)

    before, after = carers_of(problem, plan), carers_of(problem, mended.found.plan)
    for task, carer in before.items():
        if plan.starts()[task] <= NINE:
            assert (after[task], mended.found.plan.starts()[task]) == (carer, plan.starts()[task])
        else:
            assert after.get(task) != "ola"


def test_nothing_that_has_not_begun_begins_before_now(problem, plan):
    mended = mend(problem, plan, [CarerLate("kari", 20)], NINE, EFFORT)

    begun = {task for task, start in plan.starts().items() if start <= NINE}
    assert all(start >= NINE for task, start in mended.found.plan.starts().items() if task not in begun | rests(mended))


def rests(mended):
    return {task.id for task in mended.problem.tasks if task.id.startswith("break")}


def test_without_events_nobody_is_moved(problem, plan):
    mended = mend(problem, plan, [], NINE, EFFORT)

    assert (mended.changed_carer, mended.changed_time) == ((), ())


def test_an_added_visit_finds_a_place_and_moves_no_other_carer(problem, plan):
    extra = Task("fell", "church", 15, (Window(10 * 60.0, 12 * 60.0),), frozenset({"care"}), "cecilie")

    mended = mend(problem, plan, [TaskAdded(extra)], NINE, EFFORT)

    assert "fell" in mended.found.plan.starts()
    assert mended.changed_carer == ()


def test_a_moved_visit_begins_in_its_new_time(problem, plan):
    mended = mend(problem, plan, [TaskMoved("dinner", (Window(14 * 60.0, 14.5 * 60),))], NINE, EFFORT)

    assert mended.found.plan.starts()["dinner"] >= 14 * 60.0


def test_a_cancelled_visit_is_gone(problem, plan):
    mended = mend(problem, plan, [TaskCancelled("walk")], NINE, EFFORT)

    assert "walk" not in mended.found.plan.starts()
    assert "walk" not in mended.found.plan.unplaced


def test_a_late_carer_keeps_the_others_waiting_no_longer_than_it_costs_to_change(problem, plan):
    mended = mend(problem, plan, [CarerLate("kari", 20)], MORNING + 1, EFFORT)

    assert [fault for fault in mended.found.cost.faults if fault.rule != "hard window"] == []


def test_a_break_taken_stays_and_is_not_taken_twice(problem, plan):
    afternoon = 13 * 60.0
    mended = mend(problem, plan, [TaskCancelled("far-away")], afternoon, EFFORT)

    for shift, stop in plan.stops():
        if stop.break_number is not None and stop.start <= afternoon:
            again = [s for s in mended.found.plan.tours[shift] if s.task == f"break {stop.break_number} of {shift}"]
            assert [(s.start, s.end) for s in again] == [(stop.start, stop.end)]
            assert not any(s.break_number is not None for s in mended.found.plan.tours[shift])


def test_begun_halves_of_pairs_bind_the_other_half_by_time(problem, plan):
    at = plan.starts()["bandage"]
    mended = mend(problem, plan, [CarerIll("siri")], at, EFFORT)

    if plan.starts()["compress"] > at:
        assert at + 20 <= mended.found.plan.starts()["compress"]
    assert "bandage" not in {pair.first for pair in mended.problem.pairs}


def test_pins_hold_while_mending(problem, plan):
    pinned = replace(problem, tasks=tuple(replace(t, pinned_shift=plan.shift_of().get(t.id)) for t in problem.tasks))

    mended = mend(pinned, plan, [TaskCancelled("walk")], NINE, EFFORT)

    assert {
        t: s for t, s in mended.found.plan.shift_of().items() if t in plan.starts()
    }.items() <= plan.shift_of().items()


def test_a_promise_is_a_window_around_the_time_told_and_the_sick_carers_visits_keep_their_own(problem, plan):
    changed = happen(known(problem, plan), CarerIll("ola"), plan, MORNING)
    before, starts = {task.id: task for task in changed.tasks}, plan.starts()
    doers = carers_of(problem, plan)

    promised = {task.id: task for task in calm(changed).tasks if task.windows != before[task.id].windows}

    assert promised
    for name, task in promised.items():
        assert doers[name] != "ola"
        assert starts[name] - NOTICED < task.windows[0].opens <= starts[name] + 1e-3
        assert starts[name] <= task.windows[0].closes < starts[name] + NOTICED
        assert task.windows[0].opens >= before[name].windows[0].opens


def test_the_cost_of_a_mended_plan_is_that_of_the_problem_not_of_the_calm(problem, plan):
    mended = mend(problem, plan, [CarerIll("ola")], NINE, EFFORT)

    assert mended.found.cost == evaluate(mended.problem, mended.found.plan)


def test_what_had_no_place_was_promised_to_nobody(problem, plan):
    left_out = next(task for task in plan.starts() if task)
    without = Plan(
        {shift: tuple(stop for stop in stops if stop.task != left_out) for shift, stops in plan.tours.items()},
        (*plan.unplaced, left_out),
    )

    told = {task.id: task for task in known(problem, without).tasks}

    assert told[left_out].known_carer is None
    assert all(told[name].known_carer for name in without.starts())


def test_searched_calmly_nobody_who_was_told_a_time_is_moved_for_small_gain(problem, plan):
    told = known(problem, plan)

    found = search_calmly(told, plan, EFFORT)

    assert found.cost == evaluate(told, found.plan)
    assert carers_of(problem, found.plan).items() >= carers_of(problem, plan).items()
    assert all(abs(found.plan.starts()[name] - start) < NOTICED for name, start in plan.starts().items())
