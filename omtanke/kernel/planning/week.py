"""A week is one problem: the days side by side, tied together by who knows whom.

A carer has one shift a day. Who comes on Monday is a familiar face on Thursday, and `more_faces` counts over all
days, so the search sees by itself what it means for the week to send somebody else.
"""

from collections.abc import Sequence
from dataclasses import replace

from .plan import Plan, Stop
from .problem import MINUTES_A_DAY, Break, OddProblem, Problem, Shift, Task, Window


def as_week(days: Sequence[Problem]) -> Problem:
    """One problem of several days, each given in minutes from its own midnight, in order.

    Places, carers, persons and weights are those of the first day; shifts and tasks are named anew as "day:id".
    """
    first = days[0]
    for day in days:
        if day.places != first.places or day.carers != first.carers or day.persons != first.persons:
            raise OddProblem("the days of a week share places, carers and persons")
    return replace(
        first,
        shifts=tuple(_shift(s, n) for n, day in enumerate(days) for s in day.shifts),
        tasks=tuple(_task(t, n) for n, day in enumerate(days) for t in day.tasks),
        pairs=tuple(
            replace(p, first=f"{n}:{p.first}", second=f"{n}:{p.second}") for n, d in enumerate(days) for p in d.pairs
        ),
        orders=tuple(
            replace(o, first=f"{n}:{o.first}", then=f"{n}:{o.then}") for n, d in enumerate(days) for o in d.orders
        ),
    )


def day_of(week: Plan, day: int) -> Plan:
    """One day's plan in its own names and times."""
    mark, late = f"{day}:", day * MINUTES_A_DAY
    tours = {
        shift.removeprefix(mark): tuple(_back(stop, mark, late) for stop in stops)
        for shift, stops in week.tours.items()
        if shift.startswith(mark)
    }
    return Plan(tours, tuple(name.removeprefix(mark) for name in week.unplaced if name.startswith(mark)))


def _back(stop: Stop, mark: str, late: float) -> Stop:
    task = None if stop.task is None else stop.task.removeprefix(mark)
    return replace(stop, task=task, start=stop.start - late, end=stop.end - late)


def _shift(shift: Shift, day: int) -> Shift:
    late = day * MINUTES_A_DAY
    return replace(
        shift,
        id=f"{day}:{shift.id}",
        starts=shift.starts + late,
        ends=shift.ends + late,
        latest_end=None if shift.latest_end is None else shift.latest_end + late,
        breaks=tuple(Break(p.opens + late, p.closes + late, p.minutes) for p in shift.breaks),
    )


def _task(task: Task, day: int) -> Task:
    late = day * MINUTES_A_DAY
    return replace(
        task,
        id=f"{day}:{task.id}",
        windows=tuple(Window(w.opens + late, w.closes + late, w.hard) for w in task.windows),
        pinned_shift=None if task.pinned_shift is None else f"{day}:{task.pinned_shift}",
        pinned_start=None if task.pinned_start is None else task.pinned_start + late,
        known_start=None if task.known_start is None else task.known_start + late,
    )
