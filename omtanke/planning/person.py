"""Who comes to one person, and why each: the week before as it was, the days of the draft as they are drafted.

Said so that it can be read aloud to the person: first names, everyday words, one sentence for each visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.kernel.planning.explain import Alternative, Explainer
from omtanke.kernel.planning.problem import Person, Task
from omtanke.people.models import Citizen, Employee
from omtanke.planning.called import Called, competence_names
from omtanke.planning.costs_in_words import in_a_line
from omtanke.planning.from_rows import Case
from omtanke.planning.lanes import MARKS, WORDS
from omtanke.planning.timeline import Bond, bond_of
from omtanke.shell.templatetags.omtanke import clock
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Visit

BEFORE = timedelta(days=7)
MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Coming:
    """One visit as it is told. Without an employee nobody is known to come yet."""

    on: date
    clock: str
    what: str
    visit: int
    employee: Employee | None = None
    bond: Bond | None = None
    why: str = ""

    @property
    def mark(self) -> str:
        return MARKS[self.bond] if self.bond else "Hourglass"

    @property
    def bond_words(self) -> str:
        return str(WORDS[self.bond]) if self.bond else _("nobody yet")


@dataclass(frozen=True)
class Gentler:
    """A visit that a known face could take, and what that would mean."""

    visit: int
    words: str


@dataclass(frozen=True)
class WeekBefore:
    """`still_open` counts the visits still to come on lists that nobody has taken yet."""

    visits: list[Coming]
    still_open: int


def as_it_was(citizen: Citizen, person: Person | None, before: date) -> WeekBefore:
    """The visits of the week before that day: done by whom; those still to come by whoever has the list."""
    since = moment(before - BEFORE, time.min)
    rows = Visit.objects.filter(citizen=citizen, planned_start__gte=since, planned_start__lt=moment(before, time.min))
    told, still_open = [], 0
    for visit in rows.filter(not_done="").select_related("done_by", "round__taken_by").in_order():
        who = visit.done_by or visit.round.taken_by
        if who is None:
            still_open += 1
            continue
        at = visit.started_at or visit.planned_start
        bond = bond_of(person, str(who.pk)) if person else None
        told.append(Coming(visit.on, clock(at), visit.what, visit.pk, who, bond))
    return WeekBefore(told, still_open)


def as_drafted(about: Explainer, case: Case, called: Called, citizen: Citizen) -> list[Coming]:
    """The visits of the draft, in order of time, each with why it is this one who comes."""
    starts, doers = about.plan.starts(), about.plan.shift_of()
    own = [task for task in about.problem.tasks if task.person == str(citizen.pk)]
    told = []
    for task in sorted(own, key=lambda task: (starts.get(task.id, task.windows[0].opens), task.id)):
        start, visit = starts.get(task.id), case.visits[task.id]
        if start is None:
            agreed = called.clock(task.windows[0].opens if task.known_start is None else task.known_start)
            told.append(Coming(visit.on, agreed, visit.what, visit.pk, why=_("Nobody has this visit yet.")))
            continue
        carer = about.shifts[doers[task.id]].carer
        told.append(
            Coming(
                called.day(start),
                called.clock(start),
                visit.what,
                visit.pk,
                case.employees[carer],
                bond_of(about.persons.get(task.person or ""), carer),
                short_why(about, task, carer, case.employees[carer].first_name, called),
            )
        )
    return told


def short_why(about: Explainer, task: Task, carer: str, first_name: str, called: Called) -> str:
    """As "Kari is primary contact." or "Tor is new here. Nobody known who may give medicines is at work then." """
    person = about.persons.get(task.person or "")
    bond = bond_of(person, carer)
    names = {"carer": first_name}
    if bond is Bond.PRIMARY:
        return _("%(carer)s is primary contact.") % names
    if bond is Bond.SECONDARY:
        return _("%(carer)s is secondary contact.") % names
    if bond is Bond.KNOWN:
        times = called.been.get((task.person or "", carer), 0)
        words = ngettext(
            "%(carer)s has been here %(n)d time lately.", "%(carer)s has been here %(n)d times lately.", times
        )
        return words % {**names, "n": times} if times else _("%(carer)s has been here before.") % names
    if person is None:
        return ""
    return " ".join([_("%(carer)s is new here.") % names, _why_new(about, task, person)])


def _why_new(about: Explainer, task: Task, person: Person) -> str:
    """Nobody known is at work then; or nobody known who can; or they are with others."""
    start = about.plan.starts()[task.id]
    at_work = {shift.carer for shift in about.problem.shifts if shift.starts <= start < shift.ends}
    known = {carer for carer in at_work if person.knows(carer)}
    if not known:
        return _("None of those known here is at work then.")
    if not any(task.competences <= about.carers[carer].competences for carer in known):
        return _("None of those known here and at work then is down for: %(asks)s.") % {
            "asks": competence_names(task.competences)
        }
    return _("Those known here are with others then.")


def gentler(about: Explainer, case: Case, called: Called, citizen: Citizen) -> list[Gentler]:
    """For visits by a new face: somebody known who could come, and what that would mean. The cheapest first."""
    person = about.persons.get(str(citizen.pk))
    doers = about.plan.shift_of()
    found: list[tuple[float, Gentler]] = []
    for task in about.problem.tasks if person else ():
        at = doers.get(task.id)
        if person is None or task.person != person.id or at is None or person.knows(about.shifts[at].carer):
            continue
        best = _best_known(about.alternatives(task.id, None), person)
        if best is not None and best.plan is not None:
            found.append((best.cost, Gentler(int(task.id), _suggestion(about, task, best, case, called))))
    return [suggestion for _cost, suggestion in sorted(found, key=lambda one: one[0])][:MOST_SUGGESTIONS]


def _best_known(others: Iterable[Alternative], person: Person) -> Alternative | None:
    return next((one for one in others if one.rule is None and person.knows(one.carer)), None)


def _suggestion(about: Explainer, task: Task, best: Alternative, case: Case, called: Called) -> str:
    now = about.plan.starts()[task.id]
    start = best.plan.starts()[task.id] if best.plan else now
    gains = {"new_face", "new_face_vulnerable", "more_faces", "known_face", "secondary"}
    price = [one for one in best.differences if one.name not in gains]
    values = {
        "carer": case.employees[best.carer].first_name,
        "other": case.employees[about.shifts[about.plan.shift_of()[task.id]].carer].first_name,
        "moment": called.moment(start),
        "means": in_a_line(price, 3),
    }
    return _("%(carer)s could come %(moment)s instead of %(other)s. It would mean: %(means)s.") % values


def faces_in(*told: Sequence[Coming]) -> list[Employee]:
    """The different carers, in the order they first come."""
    met = {coming.employee.pk: coming.employee for visits in told for coming in visits if coming.employee}
    return list(met.values())
