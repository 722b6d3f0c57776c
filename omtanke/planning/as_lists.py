"""The lists as they stand, as a plan: what a draft is compared with.

A list that somebody has taken is theirs. For those that nobody has taken yet, the likely holder is one of those at
work then who have no list yet, as the page where lists are shared out would suggest it: rather somebody who is contact
for the people on it, then whoever has not had it lately.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.planning.problem import Person, Task
from omtanke.kernel.planning.problem import Shift as PlannedShift
from omtanke.planning.from_rows import Case
from omtanke.visits.models import Round, Visit


def as_lists_stand(case: Case) -> Plan:
    """Each list as one tour in the order of its times; later where the one before it takes longer."""
    by_round: dict[int, list[Visit]] = defaultdict(list)
    for visit in case.visits.values():
        by_round[visit.round_id].append(visit)
    shift_of = likely_shifts(case, by_round)
    sequences: dict[str, list[Visit]] = defaultdict(list)
    for pk, shift in shift_of.items():
        sequences[shift] += by_round[pk]
    tours = _told_times(case, sequences)
    placed = {stop.task for stops in tours.values() for stop in stops if stop.task}
    return Plan(tours, tuple(task.id for task in case.problem.tasks if task.id not in placed))


def likely_shifts(case: Case, by_round: Mapping[int, list[Visit]]) -> dict[int, str]:
    """For each round (by primary key) the shift of whoever has it, or would be suggested it."""
    rounds = {visits[0].round_id: visits[0].round for visits in by_round.values()}
    free = {shift.id: shift for shift in case.problem.shifts}
    persons = {person.id: person for person in case.problem.persons}
    found: dict[int, str] = {}
    for pk, round_ in rounds.items():
        own = [s for s in free.values() if s.carer == str(round_.taken_by_id) and during(case, s, round_)]
        if own:
            found[pk] = own[0].id
    for pk, round_ in sorted(rounds.items(), key=lambda item: (item[1].on, item[1].work_list.name)):
        left = [s for s in free.values() if s.id not in found.values() and during(case, s, round_)]
        if pk not in found and left:
            people = [persons[str(visit.citizen_id)] for visit in by_round[pk]]
            found[pk] = min(left, key=lambda s: (*_suits(s, people, round_), s.id)).id
    return found


def during(case: Case, shift: PlannedShift, round_: Round) -> bool:
    """Most of the list's hours fall into the shift."""
    starts, ends = case.minutes(round_.starts_at), case.minutes(round_.ends_at)
    whole = case.shifts[shift.id]
    at_once = min(case.minutes(whole.ends), ends) - max(case.minutes(whole.starts), starts)
    return whole.unit_id == round_.work_list.unit_id and at_once * 2 > ends - starts


def _suits(shift: PlannedShift, people: Iterable[Person], round_: Round) -> tuple[int, int, bool]:
    people = list(people)
    primary = sum(shift.carer == person.primary for person in people)
    secondary = sum(shift.carer == person.secondary for person in people)
    return -primary, -secondary, str(round_.work_list_id) in shift.recent_lists


def _told_times(case: Case, sequences: Mapping[str, list[Visit]]) -> dict[str, tuple[Stop, ...]]:
    """Begin as agreed, or when one gets there; two carers at one visit begin when both are there."""
    shifts = {shift.id: shift for shift in case.problem.shifts}
    tasks = {task.id: task for task in case.problem.tasks}
    walks = {name: _Walk(case, shifts[name]) for name in sequences}
    agreed = sorted(
        ((visit.planned_start, visit.pk, name) for name, visits in sequences.items() for visit in visits),
    )
    walk_of = {str(pk): name for _start, pk, name in agreed}
    mates = {a: b for pair in case.problem.pairs for a, b in ((pair.first, pair.second), (pair.second, pair.first))}
    done: set[str] = set()
    for _start, pk, name in agreed:
        task = tasks.get(str(pk))
        if task is None or task.id in done:
            continue
        together = [(walks[name], task)]
        mate = mates.get(task.id)
        if mate in walk_of and walk_of[mate] != name:
            together.append((walks[walk_of[mate]], tasks[mate]))
        for walk, each in together:
            walk.rest_before(each)
        start = max(walk.soonest(each) for walk, each in together)
        for walk, each in together:
            walk.go(each, start)
            done.add(each.id)
    for walk in walks.values():
        walk.rest_at_last()
    return {name: tuple(walk.stops) for name, walk in walks.items()}


class _Walk:
    """One carer going from door to door. Lists do not say when the break is: it is taken while one would wait anyway,
    and at the latest when its time runs out."""

    def __init__(self, case: Case, shift: PlannedShift) -> None:
        self.travel, self.index = case.problem.travel, case.problem.place_index()
        self.here, self.free, self.begins = shift.start_place, shift.starts, shift.starts
        self.breaks = list(enumerate(shift.breaks))
        self.stops: list[Stop] = []

    def soonest(self, task: Task) -> float:
        if task.begun and task.pinned_start is not None:
            return task.pinned_start
        return max(self.free + self._way(task), task.known_start or 0.0)

    def _way(self, task: Task) -> float:
        return float(self.travel[self.index[self.here], self.index[task.place]])

    def rest_before(self, task: Task) -> None:
        for number, pause in list(self.breaks):
            starts = max(self.free, pause.opens)
            fits = starts + pause.minutes + self._way(task) <= (task.known_start or 0.0)
            last_chance = self.soonest(task) + task.minutes > pause.closes
            if self.stops and not task.begun and starts <= pause.closes and (fits or last_chance):
                self._rest(number, starts, pause.minutes)

    def rest_at_last(self) -> None:
        for number, pause in list(self.breaks):
            if self.stops and self.free <= pause.closes:
                self._rest(number, max(self.free, pause.opens), pause.minutes)

    def _rest(self, number: int, starts: float, minutes: float) -> None:
        self.breaks = [(n, pause) for n, pause in self.breaks if n != number]
        self.stops.append(Stop(self.here, starts, starts + minutes, None, number))
        self.free = starts + minutes

    def go(self, task: Task, start: float) -> None:
        self.stops.append(Stop(task.place, start, start + task.minutes, task.id))
        # What is under way for longer than planned is taken to end now: nothing new begins before.
        self.here, self.free = task.place, max(start + task.minutes, self.begins)
