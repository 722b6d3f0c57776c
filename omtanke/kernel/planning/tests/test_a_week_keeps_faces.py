"""Days are planned together where it matters that the same person comes again."""

from dataclasses import replace

import numpy as np
import pytest

from ..anneal import KINDS, TRADE, anneal
from ..compiled import build
from ..plan import Plan, Stop
from ..problem import Break, Carer, OddProblem, Person, Problem, Shift, Task, Weights, Window
from ..rings import spot_of_known
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
    together = search(as_week(days), Effort(moves=50_000, seeds=(1, 2, 3, 4, 5, 6))).plan

    def carers_of(person, plans):
        return {plan.shift_of()[person] for plan in plans}

    week = [day_of(together, n) for n in range(5)]
    assert carers_of("astrid", alone) == {"kari", "ola"}
    assert len(carers_of("astrid", week)) == len(carers_of("bjarne", week)) == 1


def exchanged_on(*days):
    """Five days alike; Kari comes to Astrid and Ola to Bjarne, on these days the other way round."""
    week = as_week([day(swapped=False) for _ in range(5)])
    tours = {}
    for n in range(5):
        ours = ("astrid", "bjarne") if n not in days else ("bjarne", "astrid")
        for carer, person in zip(("kari", "ola"), ours, strict=True):
            start = 540.0 + 1440 * n
            place = "east" if person == "astrid" else "west"
            tours[f"{n}:{carer}"] = (Stop(place, start, start + 30, f"{n}:{person}"),)
    return week, Plan(tours)


def carers_tried(week, plan, task):
    """In whose tours of that day the search looks for a place for the task when it asks who is known."""
    board, numbers = build(week, 1, plan)
    spots = {spot_of_known(board.b, numbers.node_of[task]) for _ in range(200)} - {-1}
    return {week.shifts[board.nodes[u]["tour"]].id for u in spots}


def test_a_place_is_sought_with_those_who_come_to_the_person_anyway():
    week, plan = exchanged_on(2)

    assert carers_tried(week, plan, "2:astrid") == {"2:kari"}
    assert carers_tried(week, plan, "0:astrid") == {"0:ola"}


def test_who_is_off_that_day_is_not_asked():
    week, plan = exchanged_on(2)
    off = replace(week, shifts=tuple(shift for shift in week.shifts if shift.id != "2:kari"))

    assert carers_tried(off, plan, "2:astrid") == set()


def test_two_carers_trade_a_whole_tour_where_that_brings_back_known_faces():
    week, plan = exchanged_on(2)
    board, _ = build(week, 1, plan)
    only_trades = np.array([0.0] * TRADE + [1.0] * (KINDS - TRADE))
    faces = [board.desk[0]["faces"]]

    anneal(board.b, 300, 0.1, 0.1, only_trades)

    assert [*faces, board.desk[0]["faces"]] == [4 * 40.0, 2 * 40.0]


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
