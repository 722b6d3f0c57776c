"""Change a draft: move a visit, say what the plan keeps to, take it back, and undo.

Each change is one row with a name (`DraftChange`), which remembers how everything it touched lay before. The latest
change is undone first, so nothing that was built on it hangs in the air.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from omtanke.access.models import User
from omtanke.kernel.planning.cost import evaluate, may_do
from omtanke.kernel.planning.explain import Explainer
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Problem
from omtanke.planning.models import Draft, DraftBreak, DraftChange, DraftRule, DraftVisit
from omtanke.planning.opened import Opened
from omtanke.planning.plans import keep_plan

Kind, RuleKind = DraftChange.Kind, DraftRule.Kind
BREAK_FIELDS = ("shift_id", "number", "starts", "minutes", "at_next")


class NoWay(Exception):
    """The visit cannot lie there. `rule` is the kernel's name of what forbids it; 'no room' when times do not fit."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class InUse(Exception):
    """It would change visits that are part of the lists already; those are changed on the lists' own page."""


class NotTheLatest(Exception):
    """Something was changed after it, which has to be undone first."""


def plan_with(opened: Opened, task_id: str, shift_id: str, *, start: float | None = None) -> Plan:
    """The draft's plan with this visit on that shift, at its best place or at that minute; nothing is saved.

    A pin of the visit itself is no hindrance: whoever moves it decides anew. Raises NoWay.
    """
    problem = freed(opened.case.problem, task_id, start)
    about = Explainer(problem, opened.plan)
    if task_id not in about.tasks or shift_id not in about.shifts:
        raise NoWay("gone")
    found = about.alternative(task_id, shift_id)
    if found.plan is None:
        raise NoWay(found.rule or "no room")
    if len(evaluate(problem, found.plan).faults) > len(_faults_of_others(about, task_id)):
        raise NoWay("no room")
    return found.plan


def freed(problem: Problem, task_id: str, start: float | None = None) -> Problem:
    """The problem without what pins this visit: for whoever asks where else it could lie."""
    tasks = tuple(
        replace(task, pinned_shift=None, pinned_start=start) if task.id == task_id and not task.begun else task
        for task in problem.tasks
    )
    return replace(problem, tasks=tasks)


@transaction.atomic
def move_visit(
    draft: Draft, visit_id: int, shift_id: int, *, at: datetime | None, stays: bool, by: User, on: date
) -> DraftChange:
    """Let a visit lie on another shift, or at another time; `stays` pins it there for later plans.

    Raises NoWay, InUse.
    """
    opened = _locked(draft, on)
    start = None if at is None else opened.case.minutes(at)
    plan = plan_with(opened, str(visit_id), str(shift_id), start=start)
    pins = DraftRule.objects.current().filter(draft=draft, kind=RuleKind.PIN, visit=visit_id)
    rules_gone = list(pins.values_list("pk", flat=True))
    pins.update(gone_at=timezone.now())
    employee_id = int(opened.case.shifts[str(shift_id)].employee_id)
    made = _pin(opened, visit_id, shift_id, at, by) if stays else None
    change = _keep(opened, plan, Kind.MOVED, by)
    change.visit_id, change.employee_id = visit_id, employee_id
    change.undo |= {"rules_made": [made.pk] if made else [], "rules_gone": rules_gone}
    change.save()
    return change


@transaction.atomic
def say(draft: Draft, kind: str, *, by: User, on: date, **what: Any) -> DraftChange:
    """The plan keeps to this from now on. Visits that lie against it move to the best other place at once, or lose
    theirs where there is none. `what` are fields of DraftRule. Raises InUse."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    rule = DraftRule.objects.create(draft=draft, kind=kind, added_by=by, **what)
    opened = Opened(draft, on=on)
    change = _keep(opened, _within_rules(opened), Kind.RULE, by)
    change.visit, change.employee = rule.visit, rule.employee
    change.undo |= {"rules_made": [rule.pk]}
    change.save()
    return change


@transaction.atomic
def take_back(rule: DraftRule, *, by: User) -> DraftChange:
    """The plan no longer has to keep to it; where things lie they lie."""
    if not DraftRule.objects.current().filter(pk=rule.pk).update(gone_at=timezone.now()):
        raise NotTheLatest
    undo = {"visits": [], "breaks": None, "rules_gone": [rule.pk], "rules_made": []}
    return DraftChange.objects.create(
        draft=rule.draft, kind=Kind.RULE_GONE, by=by, visit=rule.visit, employee=rule.employee, undo=undo
    )


@transaction.atomic
def undo_change(change: DraftChange) -> None:
    """Put back what a move or a rule changed. Raises NotTheLatest, InUse."""
    draft = Draft.objects.select_for_update().get(pk=change.draft_id)
    must_be_latest(change)
    rows = {row.visit_id: row for row in draft.visits.all()}
    back = [(rows[pk], shift, starts) for pk, shift, starts in change.undo["visits"] if pk in rows]
    if any(row.accepted_at for row, _shift, _starts in back):
        raise InUse
    for row, shift, starts in back:
        row.shift_id, row.starts = shift, parse_datetime(starts) if starts else None
    DraftVisit.objects.bulk_update([row for row, _shift, _starts in back], ["shift", "starts"])
    if change.undo["breaks"] is not None:
        draft.breaks.all().delete()
        DraftBreak.objects.bulk_create(
            [DraftBreak(draft=draft, **dict(zip(BREAK_FIELDS, b, strict=True))) for b in change.undo["breaks"]]
        )
    DraftRule.objects.filter(pk__in=change.undo["rules_made"]).update(gone_at=timezone.now())
    DraftRule.objects.filter(pk__in=change.undo["rules_gone"]).update(gone_at=None)
    DraftChange.objects.filter(pk=change.pk).update(undone_at=timezone.now())


def must_be_latest(change: DraftChange) -> None:
    """Raises NotTheLatest."""
    latest = DraftChange.objects.filter(draft=change.draft_id, undone_at=None).order_by("-at", "-pk").first()
    if latest is None or latest.pk != change.pk:
        raise NotTheLatest


def _locked(draft: Draft, on: date) -> Opened:
    """Two who change one draft come one after the other."""
    return Opened(Draft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk), on=on)


def _faults_of_others(about: Explainer, task_id: str) -> list[object]:
    return [fault for fault in about.cost.faults if fault.task != task_id]


def _within_rules(opened: Opened) -> Plan:
    """Every visit that lies against a rule, one after the other, at its best other place."""
    problem, plan = opened.case.problem, opened.plan
    for task_id in _against_rules(problem, plan):
        best = next(iter(Explainer(problem, plan).alternatives(task_id, 1)), None)
        plan = best.plan if best is not None and best.plan is not None else _without(problem, plan, task_id)
    return plan


def _against_rules(problem: Problem, plan: Plan) -> list[str]:
    shifts = {shift.id: shift for shift in problem.shifts}
    carers = {carer.id: carer for carer in problem.carers}
    persons = {person.id: person for person in problem.persons}
    doers = plan.shift_of()
    return [
        task.id
        for task in problem.tasks
        if task.id in doers
        and not task.begun
        and may_do(task, persons.get(task.person or ""), shifts[doers[task.id]], carers[shifts[doers[task.id]].carer])
    ]


def _without(problem: Problem, plan: Plan, task_id: str) -> Plan:
    """The visit has no place then, nor has the second carer's half of it."""
    mates = {a: b for pair in problem.pairs for a, b in ((pair.first, pair.second), (pair.second, pair.first))}
    out = {task_id, mates.get(task_id, task_id)}
    tours = {shift: tuple(stop for stop in stops if stop.task not in out) for shift, stops in plan.tours.items()}
    return Plan(tours, tuple(sorted({*plan.unplaced, *out})))


def _pin(opened: Opened, visit_id: int, shift_id: int, at: datetime | None, by: User) -> DraftRule:
    shift = opened.case.shifts[str(shift_id)]
    return DraftRule.objects.create(
        draft=opened.draft,
        kind=RuleKind.PIN,
        citizen_id=opened.case.visits[str(visit_id)].citizen_id,
        visit_id=visit_id,
        employee_id=shift.employee_id,
        shift=shift,
        starts=at,
        added_by=by,
    )


def _keep(opened: Opened, plan: Plan, kind: str, by: User) -> DraftChange:
    """Save the plan and remember what it changed. Raises InUse."""
    draft = opened.draft
    before = _lies(draft.visits.all())
    breaks = [[*row] for row in draft.breaks.values_list(*BREAK_FIELDS)]
    keep_plan(draft, opened.case, plan)
    rows = list(draft.visits.all())
    after = _lies(rows)
    changed = {pk: was for pk, was in before.items() if pk in after and after[pk] != was}
    if any(row.accepted_at for row in rows if row.visit_id in changed):
        raise InUse
    undo = {
        "visits": [[pk, *was] for pk, was in changed.items()],
        "breaks": _as_json(breaks, lambda value: value.isoformat()),
    }
    return DraftChange(draft=draft, kind=kind, by=by, undo=undo | {"rules_made": [], "rules_gone": []})


def _lies(rows: Iterable[DraftVisit]) -> dict[int, tuple[int | None, str | None]]:
    return {row.visit_id: (row.shift_id, row.starts.isoformat() if row.starts else None) for row in rows}


def _as_json(rows: list[list[Any]], told: Callable[[datetime], str]) -> list[list[Any]]:
    return [[told(value) if isinstance(value, datetime) else value for value in row] for row in rows]
