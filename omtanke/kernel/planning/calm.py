"""While mending, what people have been told is a promise: a quarter of an hour is no matter, more than that is dear.

A price for every minute alone does not keep promises: many small changes cost as much as one that people notice, and
what the search saves elsewhere soon pays for them. So each promise becomes a window around the time told, missed as
dearly as the time of a medicine, while those whom the events concern keep their own windows at their own price.
"""

from dataclasses import replace

from .cost import window_at
from .problem import Problem, Task, Weights, Window

NOTICED = 15.0  # minutes; a smaller change of time is no move
MARGIN = NOTICED - 1.0
PROMISE_BROKEN = 10.0  # at least, for each minute beyond
ANOTHER_CARER = 300.0  # so that a promise is kept rather than late by less than half an hour
NEW_FACE_TIMES = 5.0  # a person who is vulnerable does not pay for the others' calm
UNPLACED_TIMES = 3.0


def calm(problem: Problem) -> Problem:
    """The problem to search while mending; what the plan costs is reckoned against the problem itself."""
    return replace(problem, tasks=tuple(map(_promise, problem.tasks)), weights=_weights(problem.weights))


def _promise(task: Task) -> Task:
    """Hard windows and pins stay as they are; whoever needs another carer has nothing left to be kept."""
    if task.begun or task.known_start is None or task.known_carer is None or task.pinned_start is not None:
        return task
    told, window = task.known_start, window_at(task, task.known_start)
    if any(w.hard for w in task.windows):
        return task
    opens = max(window.opens, told - MARGIN)
    closes = max(opens, told, min(window.closes, told + MARGIN))
    return replace(task, windows=(Window(opens, closes),), medicine_critical=True)


def _weights(weights: Weights) -> Weights:
    return replace(
        weights,
        medicine_late=max(weights.medicine_late, PROMISE_BROKEN),
        changed_carer=max(weights.changed_carer, ANOTHER_CARER),
        new_face_vulnerable=weights.new_face_vulnerable * NEW_FACE_TIMES,
        unplaced=max(weights.unplaced, min(weights.unplaced * UNPLACED_TIMES, weights.broken / 2)),
    )
