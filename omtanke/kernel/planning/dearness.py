"""What each task costs on each tour whoever else does what: competence, contacts, wishes, lists, in one table.

The table is the twin of `cost.may_do` and `cost.static_names`, made row by row from masks over all shifts, because a
city has millions of pairs of task and shift.
"""

from collections.abc import Mapping

import numpy as np

from .board import FORBIDDEN, Records
from .cost import windows_of
from .problem import Person, Problem, Task


def days_of(task: Task) -> set[int]:
    return {window.day for window in windows_of(task)}


class Dearness:
    """Rows of the table, one per task; parts that tasks share are reckoned once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.columns = {carer.id: c for c, carer in enumerate(problem.carers)}
        self.carer_of = np.array([self.columns[shift.carer] for shift in problem.shifts], np.int64)
        self.day_of = np.array([shift.day for shift in problem.shifts], np.int64)
        self.usable = np.array([shift.minutes > 0 for shift in problem.shifts], np.bool_)
        self.one_day = len(set(self.day_of.tolist())) <= 1
        self.row_of = {shift.id: r for r, shift in enumerate(problem.shifts)}
        self.persons = {person.id: person for person in problem.persons}
        self.skilled: dict[frozenset[str], Records] = {}
        self.contacts: dict[str, Records] = {}
        self.lists: dict[str, Records] = {}

    def row(self, task: Task) -> Records:
        """Cost of the task on each shift, FORBIDDEN where a rule says no.

        A shift without length takes no tasks, and a shift takes only tasks with a window that opens on its day.
        """
        row = self._by_lists(task.list_name).copy()
        if task.person is not None:
            row += self._by_contact(self.persons[task.person])[self.carer_of]
        if task.known_carer is not None:
            known = self.columns.get(task.known_carer, -1)
            row += np.where(self.carer_of == known, 0.0, self.problem.weights.changed_carer)
        row[~self._may(task)] = FORBIDDEN
        row[row >= FORBIDDEN] = FORBIDDEN
        return row

    def _may(self, task: Task) -> Records:
        may = self._by_competence(task.competences).copy()
        if not task.begun:
            may &= self.usable
            if not self.one_day:
                may &= np.isin(self.day_of, list(days_of(task)))
        for carer in task.forbidden_carers & self.columns.keys():
            may &= self.carer_of != self.columns[carer]
        if task.pinned_shift is not None:
            may &= np.arange(len(may)) == self.row_of[task.pinned_shift]
        return may

    def _by_competence(self, needed: frozenset[str]) -> Records:
        if needed not in self.skilled:
            able = np.array([needed <= carer.competences for carer in self.problem.carers], np.bool_)
            self.skilled[needed] = able[self.carer_of]
        return self.skilled[needed]

    def _by_contact(self, person: Person) -> Records:
        if person.id not in self.contacts:
            self.contacts[person.id] = contact_costs(self.problem, person, self.columns)
        return self.contacts[person.id]

    def _by_lists(self, name: str | None) -> Records:
        if name is None:
            return np.zeros(len(self.problem.shifts))
        if name not in self.lists:
            weights = self.problem.weights
            self.lists[name] = np.array(
                [
                    weights.off_list * (shift.list_name not in (None, name))
                    + weights.rotation * (name in shift.recent_lists)
                    for shift in self.problem.shifts
                ],
                np.float64,
            )
        return self.lists[name]


def contact_costs(problem: Problem, person: Person, columns: Mapping[str, int]) -> Records:
    """What each carer costs at this person, as a contact and by the person's wishes."""
    weights = problem.weights
    new = weights.new_face_vulnerable if person.vulnerable else weights.new_face
    costs = np.full(len(columns), new)
    for carer in (person.known | person.faces) & columns.keys():
        costs[columns[carer]] = weights.known_face
    for contact, cost in ((person.secondary, weights.secondary), (person.primary, 0.0)):
        if contact is not None and contact in columns:
            costs[columns[contact]] = cost
    if person.preferred is not None:
        costs += weights.not_preferred
        for carer in person.preferred & columns.keys():
            costs[columns[carer]] -= weights.not_preferred
    for carer in person.incompatible & columns.keys():
        costs[columns[carer]] = FORBIDDEN
    return costs


def dearness(problem: Problem, node_of: Mapping[str, int], gates: int) -> Records:
    """The table: task nodes by shifts."""
    table = np.full((gates, len(problem.shifts)), FORBIDDEN, np.float32)  # a city's table is large
    rows = Dearness(problem)
    if problem.shifts:
        for task in problem.tasks:
            table[node_of[task.id]] = rows.row(task)
    return table
