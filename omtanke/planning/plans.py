"""Between a draft's rows and the planner's plan: the case of a draft, its plan read and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.planning.problem import Weights
from omtanke.planning.as_lists import as_lists_stand
from omtanke.planning.clock import Clock
from omtanke.planning.from_rows import Case, case_for
from omtanke.planning.models import Draft, DraftBreak, DraftRule, DraftVisit
from omtanke.planning.rules import Pin, Rules


def case_of(draft: Draft, *, on: date, weights: Weights | None = None) -> Case:
    """The problem of a draft as the rows stand now, with what people have said about it."""
    rules = rules_of(draft)
    return case_for(draft.unit, draft.first, draft.last, on=on, now=draft.since, rules=rules, weights=weights)


def rules_of(draft: Draft) -> Rules:
    """What people have said, in the planner's names. A later word about the same thing stands."""
    kinds = DraftRule.Kind
    pins: dict[str, Pin] = {}
    lists: dict[str, str] = {}
    grouped: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    clock = Clock(draft.first)
    for rule in DraftRule.objects.current().filter(draft=draft):
        carer = str(rule.employee_id)
        if rule.kind == kinds.PIN and rule.shift_id:
            pins[str(rule.visit_id)] = Pin(str(rule.shift_id), clock.minutes(rule.starts) if rule.starts else None)
        elif rule.kind == kinds.WISH_LIST:
            lists[carer] = str(rule.work_list_id)
        elif rule.kind == kinds.NOT_VISIT:
            grouped[rule.kind][str(rule.visit_id)].add(carer)
        else:
            grouped[rule.kind][str(rule.citizen_id)].add(carer)
    by_kind = {kind: {key: frozenset(carers) for key, carers in by.items()} for kind, by in grouped.items()}
    return Rules(
        pins=pins,
        forbidden=by_kind.get(kinds.NOT_VISIT, {}),
        not_there=by_kind.get(kinds.NOT_PERSON, {}),
        wishes=by_kind.get(kinds.WISH_PERSON, {}),
        lists=lists,
    )


def plan_of(draft: Draft, case: Case) -> Plan:
    """The draft's plan against this case. What has gone from the rows meanwhile is left out."""
    rows = draft.visits.all()
    return _plan(case, [(row.visit_id, row.shift_id, row.starts) for row in rows], draft.breaks.all())


def plan_before(draft: Draft, case: Case) -> Plan:
    """How the visits lay when the draft was made."""
    return _plan(case, [(row.visit_id, row.was_shift_id, row.was_starts) for row in draft.visits.all()], ())


@transaction.atomic
def keep_plan(draft: Draft, case: Case, plan: Plan) -> None:
    """Write the plan down as the draft's. How the lists stood is written the first time a visit is seen."""
    doers, starts = plan.shift_of(), plan.starts()
    rows = {str(row.visit_id): row for row in draft.visits.select_for_update()}
    before = as_lists_stand(case) if rows.keys() != case.visits.keys() else Plan()
    was_on, was_at = before.shift_of(), before.starts()
    new = []
    for name, visit in case.visits.items():
        row = rows.get(name)
        if row is None:
            was = case.moment(was_at[name]) if name in was_at else visit.planned_start
            row = DraftVisit(draft=draft, citizen_id=visit.citizen_id, visit=visit, was_starts=was)
            row.was_shift_id = int(was_on[name]) if name in was_on else None
            new.append(row)
        row.shift_id = int(doers[name]) if name in doers else None
        row.starts = case.moment(starts[name]) if name in starts else None
    DraftVisit.objects.bulk_create(new, batch_size=1000)
    DraftVisit.objects.bulk_update(rows.values(), ["shift", "starts"], batch_size=500)
    draft.breaks.all().delete()
    DraftBreak.objects.bulk_create(_breaks(draft, case, plan))


def _breaks(draft: Draft, case: Case, plan: Plan) -> Iterable[DraftBreak]:
    for shift_id, stops in plan.tours.items():
        for position, stop in enumerate(stops):
            if stop.break_number is None:
                continue
            here = stops[position - 1].place if position else case_start(case, shift_id)
            yield DraftBreak(
                draft=draft,
                shift_id=int(shift_id),
                number=stop.break_number,
                starts=case.moment(stop.start),
                minutes=round(stop.end - stop.start),
                at_next=stop.place != here,
            )


def case_start(case: Case, shift_id: str) -> str:
    return next((s.start_place for s in case.problem.shifts if s.id == shift_id), "")


def _plan(case: Case, rows: Iterable[tuple[int, int | None, datetime | None]], breaks: Iterable[DraftBreak]) -> Plan:
    tasks = {task.id: task for task in case.problem.tasks}
    tours: dict[str, list[Stop]] = defaultdict(list)
    unplaced = set(tasks)
    for visit_id, shift_id, starts in rows:
        task, shift = tasks.get(str(visit_id)), str(shift_id)
        if task is None or shift not in case.shifts or starts is None:
            continue
        start = task.pinned_start if task.begun and task.pinned_start is not None else case.minutes(starts)
        tours[shift].append(Stop(task.place, start, start + task.minutes, task.id))
        unplaced.discard(task.id)
    for stops in tours.values():
        stops.sort(key=lambda stop: (stop.start, stop.end))
    for pause in sorted(breaks, key=lambda pause: pause.starts):
        if str(pause.shift_id) in tours:
            _put_in(tours[str(pause.shift_id)], pause, case)
    return Plan({shift: tuple(stops) for shift, stops in tours.items()}, tuple(sorted(unplaced)))


def _put_in(stops: list[Stop], pause: DraftBreak, case: Case) -> None:
    start = case.minutes(pause.starts)
    position = next((i for i, stop in enumerate(stops) if stop.start >= start), len(stops))
    before = stops[position - 1].place if position else case_start(case, str(pause.shift_id))
    place = stops[position].place if pause.at_next and position < len(stops) else before
    stops.insert(position, Stop(place, start, start + pause.minutes, None, pause.number))
