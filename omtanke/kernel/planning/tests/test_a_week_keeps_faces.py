"""Days are planned together where it matters that the same person comes again."""

import numpy as np
import pytest

from ..problem import Break, Carer, OddProblem, Person, Problem, Shift, Task, Weights, Window
from ..search import Effort, search
from ..week import as_week, day_of

ROAD = np.array([[0.0, 10.0, 10.0], [10.0, 0.0, 3.0], [10.0, 3.0, 0.0]])
CARERS = (Carer("kari"), Carer("ola"))
LUNCH = (Break(660, 750, 30),)


def day(*, swapped):
    """Astrid and Bjarne at opposite ends; `swapped` makes it a little shorter to change who goes where."""
    homes = ("east", "west") if not swapped else ("west", "east")
    shifts = (
        Shift("kari", "kari", 480, 900, homes[0], homes[0], LUNCH),
        Shift("ola", "ola", 480, 900, homes[1], homes[1], LUNCH),
    )
    tasks = (
        Task("astrid", "east", 30, (Window(540, 550),), person="astrid"),
        Task("bjarne", "west", 30, (Window(540, 550),), person="bjarne"),
    )
    persons = (Person("astrid"), Person("bjarne"))
    return Problem(
        ("base", "east", "west"), ROAD, CARERS, shifts, tasks, persons=persons, weights=Weights(more_faces=40.0)
    )


def test_the_same_carer_comes_all_week_though_another_would_drive_less():
    days = [day(swapped=n % 2 == 1) for n in range(5)]
    alone = [search(one, Effort(moves=3_000)).plan for one in days]
    together = search(as_week(days), Effort(moves=50_000, seeds=(1, 2, 3))).plan

    def carers_of(person, plans):
        return {plan.shift_of()[person] for plan in plans}

    week = [day_of(together, n) for n in range(5)]
    assert carers_of("astrid", alone) == {"kari", "ola"}
    assert len(carers_of("astrid", week)) == len(carers_of("bjarne", week)) == 1


def test_every_task_is_done_on_its_own_day_with_its_breaks():
    week = as_week([day(swapped=False), day(swapped=True)])
    plan = search(week, Effort(moves=5_000)).plan

    for n in range(2):
        own = day_of(plan, n)
        assert set(own.starts()) == {"astrid", "bjarne"}
        assert all(540 <= start <= 600 for start in own.starts().values())
        rests = [stop for _, stop in own.stops() if stop.break_number is not None]
        assert all(660 <= stop.start <= 750 for stop in rests)


def test_a_task_that_may_be_done_on_any_of_two_days_is_done_once():
    either = Task("shower", "east", 30, (Window(540, 600), Window(1440 + 540, 1440 + 600)), person="astrid")
    monday, tuesday = day(swapped=False), day(swapped=True)
    week = as_week([monday, tuesday])
    asked = Problem(week.places, week.travel, week.carers, week.shifts, (*week.tasks, either), persons=week.persons)

    found = search(asked, Effort(moves=20_000))

    assert found.plan.unplaced == ()
    assert found.cost.faults == ()


def test_days_with_different_carers_make_no_week():
    other = day(swapped=False)
    with pytest.raises(OddProblem):
        as_week([other, Problem(("base",), np.zeros((1, 1)), (), (), ())])
