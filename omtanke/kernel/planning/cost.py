"""What a plan costs, reckoned slowly and plainly.

This is the meaning of every weight. The compiled evaluator is tested against it, explanations are differences of it,
and it takes nothing for granted: a plan that breaks a rule is told which (Fault).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from .plan import Plan, Stop
from .problem import UNREACHABLE, Carer, Pair, PairKind, Person, Problem, Shift, Task, Weights, Window

TOLERANCE = 1e-3  # minutes; starts are sums of many floats


@dataclass(frozen=True)
class Fault:
    """A hard rule that the plan breaks, by how many minutes where that means something."""

    rule: str
    task: str | None = None
    shift: str | None = None
    minutes: float = 0.0


@dataclass(frozen=True)
class Cost:
    """Amounts by the name of their weight; `total` is what the search makes small."""

    amounts: Mapping[str, float]
    weights: Weights
    faults: tuple[Fault, ...] = ()

    @property
    def parts(self) -> dict[str, float]:
        return {name: amount * getattr(self.weights, name) for name, amount in self.amounts.items() if amount}

    @property
    def total(self) -> float:
        return float(sum(amount * getattr(self.weights, name) for name, amount in self.amounts.items()))


@dataclass
class Tour:
    """What happened on one shift. `breaks` are the minutes of those taken in time."""

    driving: float = 0.0
    tasks: float = 0.0
    breaks: float = 0.0
    waits: list[float] = field(default_factory=list)
    back: float = 0.0
    breaks_taken: set[int] = field(default_factory=set)
    used: bool = False


def evaluate(problem: Problem, plan: Plan) -> Cost:
    """The whole cost of the plan with all faults found."""
    reckoning = _Reckoning(problem, plan)
    for shift in problem.shifts:
        reckoning.walk(shift, plan.tours.get(shift.id, ()))
    reckoning.judge_lateness()
    reckoning.judge_tours()
    reckoning.judge_loads()
    reckoning.judge_contacts()
    reckoning.judge_links()
    reckoning.judge_unplaced()
    return Cost(dict(reckoning.amounts), problem.weights, tuple(reckoning.faults))


def windows_of(task: Task) -> tuple[Window, ...]:
    """A pinned start is a hard window of one moment."""
    if task.pinned_start is not None:
        return (Window(task.pinned_start, task.pinned_start, hard=True),)
    return task.windows


def window_at(task: Task, start: float) -> Window:
    """The latest window that has opened."""
    windows = windows_of(task)
    return next((w for w in reversed(windows) if w.opens <= start + TOLERANCE), windows[0])


def contact_name(person: Person, carer: str) -> str | None:
    """The weight that this carer costs at this person, None for the primary contact."""
    if carer == person.primary:
        return None
    if carer == person.secondary:
        return "secondary"
    if person.knows(carer):
        return "known_face"
    return "new_face_vulnerable" if person.vulnerable else "new_face"


def may_do(task: Task, person: Person | None, shift: Shift, carer: Carer) -> str | None:
    """The hard rule that forbids this carer the task, None if they may."""
    if not task.competences <= carer.competences:
        return "competence"
    if carer.id in task.forbidden_carers:
        return "forbidden"
    if person is not None and carer.id in person.incompatible:
        return "incompatible"
    if task.pinned_shift not in (None, shift.id):
        return "pinned"
    return None


class _Reckoning:
    """The running account of one evaluation."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.index = problem.place_index()
        self.tasks = {task.id: task for task in problem.tasks}
        self.persons = {person.id: person for person in problem.persons}
        self.carers = {carer.id: carer for carer in problem.carers}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.amounts: defaultdict[str, float] = defaultdict(float)
        self.faults: list[Fault] = []
        self.tours: dict[str, Tour] = {}

    def fault(self, rule: str, task: str | None = None, shift: str | None = None, minutes: float = 0.0) -> None:
        self.faults.append(Fault(rule, task, shift, minutes))
        self.amounts["broken"] += 1
        self.amounts["broken_minutes"] += minutes

    def travel(self, origin: str, destination: str) -> float:
        return min(float(self.problem.travel[self.index[origin], self.index[destination]]), UNREACHABLE)

    def walk(self, shift: Shift, stops: tuple[Stop, ...]) -> None:
        """Follow the carer from stop to stop. Unused shifts (no task) cost nothing but idleness."""
        tour = self.tours[shift.id] = Tour(used=any(stop.task for stop in stops))
        if not tour.used:
            return
        here, free, met_anyone = shift.start_place, shift.starts, False
        for stop in stops:
            leg = self.travel(here, stop.place)
            arrival = free + leg
            tour.driving += leg
            begun = stop.task is not None and self.tasks[stop.task].begun
            if stop.start < arrival - TOLERANCE and not begun:
                self.fault("too soon", stop.task, shift.id, arrival - stop.start)
            if met_anyone:
                tour.waits.append(max(0.0, stop.start - arrival))
            met_anyone = met_anyone or stop.task is not None
            self._stay(shift, tour, stop)
            here, free = stop.place, stop.end
        leg = self.travel(here, shift.end_place)
        tour.driving += leg
        tour.back = free + leg

    def _stay(self, shift: Shift, tour: Tour, stop: Stop) -> None:
        if stop.task is None:
            self._pause(shift, tour, stop)
            return
        task = self.tasks[stop.task]
        tour.tasks += stop.end - stop.start
        rule = may_do(task, self.persons.get(task.person or ""), shift, self.carers[shift.carer])
        if rule is not None:
            self.fault(rule, task.id, shift.id)
        if stop.end - stop.start < task.minutes - TOLERANCE:
            self.fault("cut short", task.id, shift.id, task.minutes - (stop.end - stop.start))
        if stop.place != task.place:
            self.fault("elsewhere", task.id, shift.id)

    def _pause(self, shift: Shift, tour: Tour, stop: Stop) -> None:
        number = stop.break_number if stop.break_number is not None else -1
        pause = shift.breaks[number]
        in_time = pause.opens - TOLERANCE <= stop.start <= pause.closes + TOLERANCE
        if in_time and stop.end - stop.start >= pause.minutes - TOLERANCE:
            tour.breaks += stop.end - stop.start
            tour.breaks_taken.add(number)

    def judge_lateness(self) -> None:
        worst = 0.0
        for shift, stop in self.plan.stops():
            if stop.task is None:
                continue
            task = self.tasks[stop.task]
            window = window_at(task, stop.start)
            late = max(0.0, stop.start - window.closes)
            if stop.start < window.opens - TOLERANCE:
                self.fault("early", task.id, shift, window.opens - stop.start)
            if window.hard and late > TOLERANCE:
                self.fault("hard window", task.id, shift, late)
            elif not window.hard:
                self.amounts["medicine_late" if task.medicine_critical else "late"] += late
                worst = max(worst, late)
            if task.known_start is not None:
                self.amounts["changed_time"] += abs(stop.start - task.known_start)
        self.amounts["worst_late"] = worst

    def judge_tours(self) -> None:
        amounts, longest_wait, longest_idle = self.amounts, 0.0, 0.0
        for shift in self.problem.shifts:
            tour = self.tours[shift.id]
            ends = max(shift.ends, tour.back) if tour.used else shift.ends
            rests = tour.breaks if tour.used else sum(pause.minutes for pause in shift.breaks)
            busy = tour.driving + tour.tasks + rests
            longest_idle = max(longest_idle, ends - shift.starts - busy)
            if not tour.used:
                continue
            amounts["driving"] += tour.driving
            amounts["working"] += tour.driving + tour.tasks
            amounts["waiting"] += sum(tour.waits)
            amounts["overtime"] += max(0.0, tour.back - shift.ends)
            amounts["missed_break"] += len(shift.breaks) - len(tour.breaks_taken)
            longest_wait = max([longest_wait, *tour.waits])
            if shift.latest_end is not None and tour.back > shift.latest_end + TOLERANCE:
                self.fault("latest end", None, shift.id, tour.back - shift.latest_end)
        amounts["worst_waiting"], amounts["worst_idle"] = longest_wait, longest_idle

    def judge_loads(self) -> None:
        """A carer's fair load is the share that their shifts have in all shifts."""
        loads = {carer.id: 0.0 for carer in self.problem.carers}
        for shift in self.problem.shifts:
            loads[shift.carer] += self.tours[shift.id].driving + self.tours[shift.id].tasks
        total = sum(loads.values())
        shares = fair_shares(self.problem)
        for carer in self.problem.carers:
            self.amounts["unfair"] += abs(loads[carer.id] - shares[carer.id] * total)
            most = inf if carer.most_minutes is None else carer.most_minutes
            self.amounts["over_hours"] += max(0.0, loads[carer.id] - most)

    def judge_contacts(self) -> None:
        new_pairs = set()
        for shift_id, stop in self.plan.stops():
            if stop.task is None:
                continue
            task, shift = self.tasks[stop.task], self.shifts[shift_id]
            person = self.persons.get(task.person or "")
            for name in static_names(task, person, shift):
                self.amounts[name] += 1
            if person is not None and shift.carer not in person.faces:
                new_pairs.add((person.id, shift.carer))
        self.amounts["more_faces"] = len(new_pairs)

    def judge_links(self) -> None:
        starts, doers = self.plan.starts(), self.plan.shift_of()
        for pair in self.problem.pairs:
            if (pair.first in starts) != (pair.second in starts):
                self.fault("half a pair", pair.first)
            elif pair.first in starts:
                self._judge_pair(pair, starts, {t: self.shifts[s].carer for t, s in doers.items()})
        for order in self.problem.orders:
            if order.first in starts and order.then in starts:
                soonest = starts[order.first] + self.tasks[order.first].minutes + order.gap
                if starts[order.then] < soonest - TOLERANCE:
                    self.fault("order", order.then, None, soonest - starts[order.then])

    def _judge_pair(self, pair: Pair, starts: Mapping[str, float], doers: Mapping[str, str]) -> None:
        if pair.kind is PairKind.INDEPENDENT:
            return
        together = pair.kind is PairKind.TOGETHER
        least, most = (0.0, 0.0) if together else (pair.least, pair.most)
        lag = starts[pair.second] - starts[pair.first]
        wrong = max(least - lag, lag - most)
        if wrong > TOLERANCE:
            self.fault("lag", pair.second, None, wrong)
        if doers[pair.first] == doers[pair.second] and (together or not pair.same_carer):
            self.fault("two carers", pair.first)

    def judge_unplaced(self) -> None:
        done = Counter(stop.task for _, stop in self.plan.stops() if stop.task is not None)
        for task in self.problem.tasks:
            if done[task.id] > 1:
                self.fault("done twice", task.id)
            if not done[task.id]:
                if task.skip_cost is None:
                    self.amounts["unplaced"] += 1
                else:
                    self.amounts["skipped"] += task.skip_cost


def fair_shares(problem: Problem) -> dict[str, float]:
    minutes = {carer.id: 0.0 for carer in problem.carers}
    for shift in problem.shifts:
        minutes[shift.carer] += max(0.0, shift.minutes)
    total = sum(minutes.values())
    return {carer: (own / total if total else 1 / len(minutes)) for carer, own in minutes.items()}


def static_names(task: Task, person: Person | None, shift: Shift) -> list[str]:
    """The costs of one carer doing one task that do not depend on when or on other tasks."""
    names = []
    if person is not None:
        contact = contact_name(person, shift.carer)
        names += [contact] if contact else []
        names += ["not_preferred"] if person.preferred is not None and shift.carer not in person.preferred else []
    if task.known_carer not in (None, shift.carer):
        names.append("changed_carer")
    if task.list_name is not None and shift.list_name not in (None, task.list_name):
        names.append("off_list")
    if task.list_name is not None and task.list_name in shift.recent_lists:
        names.append("rotation")
    return names
