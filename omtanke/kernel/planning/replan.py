"""The day turned out otherwise: mend the plan with the least change.

What has begun stays. Everybody else has been told a carer and a time, and changing them costs; so a mended plan moves
few others than those who have to be moved (`calm` tells how).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce

from .calm import NOTICED, calm
from .cost import evaluate
from .plan import Plan, Stop
from .problem import Pair, PairKind, Problem, Shift, Task, Window
from .search import Effort, Found, Progress, search

CHANGED_CARER, CHANGED_TIME = 45.0, 0.5  # at least so dear while mending, in minutes and per minute
GENTLE_HEAT = 0.25  # for a plan that is known and searched on
MENDING_HEAT = 3.0  # promises are dear and stand between one good plan and the next


@dataclass(frozen=True)
class CarerIll:
    """The carer does nothing more from now on."""

    carer: str


@dataclass(frozen=True)
class CarerLate:
    """The carer is so many minutes behind."""

    carer: str
    minutes: float


@dataclass(frozen=True)
class TaskAdded:
    task: Task


@dataclass(frozen=True)
class TaskMoved:
    """The person asks for other times."""

    task: str
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class TaskCancelled:
    task: str


Event = CarerIll | CarerLate | TaskAdded | TaskMoved | TaskCancelled


@dataclass(frozen=True)
class Mended:
    """The new plan, the problem it answers, and whom it moves: others than those whom the events concern themselves."""

    problem: Problem
    found: Found
    changed_carer: tuple[str, ...]
    changed_time: tuple[str, ...]


def mend(
    problem: Problem,
    plan: Plan,
    events: Iterable[Event],
    now: float,
    effort: Effort,
    tell: Callable[[Progress], None] | None = None,
) -> Mended:
    """Plan the rest of the period anew from `now` with the least change."""
    happened = list(events)
    told = known(problem, plan)
    changed = reduce(lambda p, event: happen(p, event, plan, now), happened, told)
    fixed = begin(changed, plan, now)
    return _compare(fixed, search_calmly(fixed, _carried_over(plan, now), effort, tell))


def search_calmly(
    problem: Problem, start: Plan, effort: Effort, tell: Callable[[Progress], None] | None = None
) -> Found:
    """Search on from a plan that people go by: what they have been told (`known`) is a promise. The cost is the
    problem's own."""
    hot = replace(effort, heat=effort.heat * MENDING_HEAT)
    found = search(calm(problem), hot, start=start, tell=tell)
    return replace(found, cost=evaluate(problem, found.plan))


def known(problem: Problem, plan: Plan) -> Problem:
    """Everybody knows the plan: who comes and when. What has no place in it has been promised to nobody."""
    carers = {shift.id: shift.carer for shift in problem.shifts}
    starts, doers = plan.starts(), plan.shift_of()
    tasks = tuple(
        replace(task, known_carer=carers[doers[task.id]], known_start=starts[task.id])
        if task.id in starts
        else replace(task, known_carer=None)
        for task in problem.tasks
    )
    weights = replace(
        problem.weights,
        changed_carer=max(problem.weights.changed_carer, CHANGED_CARER),
        changed_time=max(problem.weights.changed_time, CHANGED_TIME),
    )
    return replace(problem, tasks=tasks, weights=weights)


def happen(problem: Problem, event: Event, plan: Plan, now: float) -> Problem:
    """The problem after one event."""
    if isinstance(event, CarerIll):
        return _ill(problem, event.carer, plan, now)
    if isinstance(event, CarerLate):
        return _late(problem, event, plan, now)
    if isinstance(event, TaskAdded):
        return replace(problem, tasks=(*problem.tasks, event.task))
    if isinstance(event, TaskMoved):
        return _with_task(problem, event.task, lambda t: replace(t, windows=event.windows, known_start=None))
    return _without(problem, event.task)


def _with_task(problem: Problem, name: str, change: Callable[[Task], Task]) -> Problem:
    return replace(problem, tasks=tuple(change(task) if task.id == name else task for task in problem.tasks))


def _without(problem: Problem, name: str) -> Problem:
    return replace(
        problem,
        tasks=tuple(task for task in problem.tasks if task.id != name),
        pairs=tuple(pair for pair in problem.pairs if name not in (pair.first, pair.second)),
        orders=tuple(order for order in problem.orders if name not in (order.first, order.then)),
    )


def _ill(problem: Problem, carer: str, plan: Plan, now: float) -> Problem:
    """Their tasks not yet begun need somebody else, which is then no change that anybody could spare."""
    tasks = []
    begun = {stop.task for _, stop in plan.stops() if stop.start <= now}
    for task in problem.tasks:
        if task.id not in begun:
            told = None if task.known_carer == carer else task.known_carer
            task = replace(task, known_carer=told, forbidden_carers=task.forbidden_carers | {carer})
        tasks.append(task)
    return replace(problem, tasks=tuple(tasks))


def _late(problem: Problem, event: CarerLate, plan: Plan, now: float) -> Problem:
    """The task under way takes longer; before the first task the shift starts later."""
    for shift in problem.shifts:
        if shift.carer != event.carer or shift.ends < now:
            continue
        begun = [stop for stop in plan.tours.get(shift.id, ()) if stop.task is not None and stop.start <= now]
        if begun:
            name = begun[-1].task or ""
            return _with_task(problem, name, lambda t: replace(t, minutes=t.minutes + event.minutes))
        later = replace(shift, starts=max(shift.starts, now) + event.minutes)
        return replace(problem, shifts=tuple(later if s.id == shift.id else s for s in problem.shifts))
    return problem


def begin(problem: Problem, plan: Plan, now: float) -> Problem:
    """Fix what has begun by `now`, and let nothing else begin before."""
    starts, doers = plan.starts(), plan.shift_of()
    begun = {task.id for task in problem.tasks if task.id in starts and starts[task.id] <= now}
    rests, shifts = _begun_breaks(problem, plan, now)
    tasks = [_fix(task, doers[task.id], starts[task.id]) if task.id in begun else task for task in problem.tasks]
    tasks = [task if task.begun else _from(task, now) for task in tasks]
    tasks = [_bind(task, problem.pairs, begun, starts) for task in tasks]
    return replace(
        problem,
        tasks=(*tasks, *rests),
        shifts=shifts,
        pairs=tuple(pair for pair in problem.pairs if not begun & {pair.first, pair.second}),
    )


def _fix(task: Task, shift: str, start: float) -> Task:
    return replace(task, begun=True, pinned_shift=shift, pinned_start=start)


def _from(task: Task, now: float) -> Task:
    """Windows that are over are left out unless none would remain; the others open now at the earliest."""
    open_still = [w for w in task.windows if w.closes >= now] or [task.windows[-1]]
    windows = [replace(w, opens=max(w.opens, now)) for w in open_still]
    return replace(task, windows=tuple(windows))


def _bind(task: Task, pairs: Iterable[Pair], begun: set[str], starts: dict[str, float]) -> Task:
    """Where the first half of a sequential pair has begun, the second keeps its distance by a window."""
    if task.id in begun:
        return task
    for pair in pairs:
        if pair.second == task.id and pair.first in begun and pair.kind is PairKind.SEQUENTIAL:
            soonest = max(starts[pair.first] + pair.least, task.windows[0].opens)
            return replace(task, windows=(Window(soonest, starts[pair.first] + pair.most),))
    return task


def _begun_breaks(problem: Problem, plan: Plan, now: float) -> tuple[list[Task], tuple[Shift, ...]]:
    """Breaks that have begun become fixed stops without a person."""
    rests: list[Task] = []
    shifts = []
    for shift in problem.shifts:
        taken = [s for s in plan.tours.get(shift.id, ()) if s.break_number is not None and s.start <= now]
        rests += [_rest(shift, stop) for stop in taken]
        left = tuple(p for n, p in enumerate(shift.breaks) if n not in {stop.break_number for stop in taken})
        shifts.append(replace(shift, breaks=left))
    return rests, tuple(shifts)


def _rest(shift: Shift, stop: Stop) -> Task:
    return Task(
        id=f"break {stop.break_number} of {shift.id}",
        place=stop.place,
        minutes=stop.end - stop.start,
        begun=True,
        pinned_shift=shift.id,
        pinned_start=stop.start,
    )


def _carried_over(plan: Plan, now: float) -> Plan:
    """The plan with begun breaks as the fixed stops that they have become, and the others counted anew."""
    tours = {}
    for shift, stops in plan.tours.items():
        over = sorted(s.break_number for s in stops if s.break_number is not None and s.start <= now)
        carried = []
        for stop in stops:
            number = stop.break_number
            if number in over:
                stop = replace(stop, task=f"break {number} of {shift}", break_number=None)
            elif number is not None:
                stop = replace(stop, break_number=number - sum(n < number for n in over))
            carried.append(stop)
        tours[shift] = tuple(carried)
    return Plan(tours, plan.unplaced)


def _compare(problem: Problem, found: Found) -> Mended:
    carers = {shift.id: shift.carer for shift in problem.shifts}
    starts, doers = found.plan.starts(), found.plan.shift_of()
    others = [task for task in problem.tasks if not task.begun and task.known_carer is not None and task.id in doers]
    carer = tuple(task.id for task in others if carers[doers[task.id]] != task.known_carer)
    told = [task for task in others if task.known_start is not None]
    time = tuple(task.id for task in told if abs(starts[task.id] - (task.known_start or 0.0)) > NOTICED)
    return Mended(problem, found, carer, time)
