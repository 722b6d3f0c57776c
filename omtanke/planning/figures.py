"""What a plan means for people and for the day, as figures: the lists as they stand and the draft side by side.

Figures about people come first. Nothing is counted per carer: a draft is about who is met, not about who is fast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from omtanke.kernel.faces import GOAL, WINDOW
from omtanke.kernel.planning.cost import Cost
from omtanke.kernel.planning.plan import Plan
from omtanke.people.models import Citizen, Employee
from omtanke.planning.from_rows import Case
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Visit


@dataclass(frozen=True)
class NewFace:
    """Somebody meets a carer they do not know."""

    citizen: Citizen
    carers: tuple[Employee, ...]


@dataclass(frozen=True)
class Figures:
    """One plan. Minutes are of the whole period; faces are those of the 14 days that end with it. `missed_breaks` is
    None where breaks are not planned, as on lists."""

    visits: int
    unplaced: int
    faces: Mapping[str, frozenset[str]] = field(default_factory=dict)
    new_faces: tuple[NewFace, ...] = ()
    primary: int = 0
    secondary: int = 0
    driving: float = 0.0
    late: float = 0.0
    worst_late: float = 0.0
    overtime: float = 0.0
    untrained: int = 0
    missed_breaks: int | None = None

    @property
    def faces_mean(self) -> float:
        return sum(len(carers) for carers in self.faces.values()) / max(1, len(self.faces))

    @property
    def faces_most(self) -> int:
        return max((len(carers) for carers in self.faces.values()), default=0)

    @property
    def over_goal(self) -> int:
        """How many people meet more faces than the goal."""
        return sum(len(carers) > GOAL for carers in self.faces.values())

    @property
    def new(self) -> int:
        return sum(len(one.carers) for one in self.new_faces)

    @property
    def new_to_vulnerable(self) -> int:
        return sum(len(one.carers) for one in self.new_faces if one.citizen.vulnerable)

    @property
    def by_contacts(self) -> int:
        """Per cent of the placed visits by the primary or the secondary contact."""
        return round(100 * (self.primary + self.secondary) / max(1, self.visits - self.unplaced))

    @property
    def by_primary(self) -> int:
        return round(100 * self.primary / max(1, self.visits - self.unplaced))


def figures_of(
    case: Case, plan: Plan, cost: Cost, met: Mapping[str, frozenset[str]], *, plans_breaks: bool = True
) -> Figures:
    """`met` are the carers each person has met already in the fortnight that ends with the period (`met_before`)."""
    meetings = meetings_of(case, plan)
    persons = {person.id: person for person in case.problem.persons}
    pairs = [(persons[person], carer) for person, carers in meetings.items() for carer in carers]
    amounts = cost.amounts
    return Figures(
        visits=len(case.problem.tasks),
        unplaced=len(case.problem.tasks) - len(plan.shift_of()),
        faces={person: met.get(person, frozenset()) | frozenset(meetings.get(person, ())) for person in persons},
        new_faces=_new_faces(case, meetings),
        primary=sum(len(meetings[p.id][carer]) for p, carer in pairs if carer == p.primary),
        secondary=sum(len(meetings[p.id][carer]) for p, carer in pairs if carer == p.secondary),
        driving=amounts.get("driving", 0.0),
        late=amounts.get("late", 0.0) + amounts.get("medicine_late", 0.0),
        worst_late=amounts.get("worst_late", 0.0),
        overtime=amounts.get("overtime", 0.0),
        untrained=sum(fault.rule == "competence" for fault in cost.faults),
        missed_breaks=round(amounts.get("missed_break", 0.0)) if plans_breaks else None,
    )


def meetings_of(case: Case, plan: Plan) -> dict[str, dict[str, list[str]]]:
    """Person by person, carer by carer: the visits."""
    doers, carers = plan.shift_of(), {shift.id: shift.carer for shift in case.problem.shifts}
    meetings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for task in case.problem.tasks:
        if task.person is not None and task.id in doers:
            meetings[task.person][carers[doers[task.id]]].append(task.id)
    return meetings


def met_before(case: Case, on: date) -> dict[str, frozenset[str]]:
    """Whom each person has met already in the 14 days that end with the case's last day."""
    since = moment(case.last - WINDOW + timedelta(days=1), time.min)
    done = Visit.objects.done().filter(citizen__in=list(case.citizens.values()), planned_start__gte=since, on__lte=on)
    met: dict[str, set[str]] = defaultdict(set)
    for citizen, carer in done.order_by().values_list("citizen_id", "done_by_id").distinct():
        met[str(citizen)].add(str(carer))
    return {person: frozenset(carers) for person, carers in met.items()}


def _new_faces(case: Case, meetings: Mapping[str, Mapping[str, Iterable[str]]]) -> tuple[NewFace, ...]:
    """Those for whom it is hard come first, then by name."""
    found = []
    for person in case.problem.persons:
        new = [case.employees[carer] for carer in meetings.get(person.id, ()) if not person.knows(carer)]
        if new:
            found.append(NewFace(case.citizens[person.id], tuple(sorted(new, key=lambda carer: carer.sort_name))))
    return tuple(sorted(found, key=lambda one: (not one.citizen.vulnerable, one.citizen.sort_name)))
