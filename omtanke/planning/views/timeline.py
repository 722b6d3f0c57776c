"""A day of a draft as a picture of bars, and one visit of it: why it lies so, and what else would be possible."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.read_log import look
from omtanke.kernel.planning.explain import Explainer
from omtanke.kernel.planning.problem import Task
from omtanke.people.models import Citizen
from omtanke.planning.called import Called
from omtanke.planning.change import freed
from omtanke.planning.lanes import MARKS, STROKES, WORDS, agreed_window, bands_of, legend_of
from omtanke.planning.models import Draft, DraftChange
from omtanke.planning.naming import called_in
from omtanke.planning.opened import Opened
from omtanke.planning.timeline import bond_of, picture_of
from omtanke.planning.views.drafts import MAY, draft_of
from omtanke.planning.why_so_late import why_so_late
from omtanke.planning.words import alternative_in_words, why_her, why_not, why_not_placed


def open_draft(request: ActorRequest, draft_id: int) -> Opened:
    """A draft without a plan has no pictures yet."""
    draft = draft_of(request, draft_id)
    if not draft.has_plan:
        raise Http404
    return Opened(draft, on=timezone.localdate())


def asked_day(request: ActorRequest, draft: Draft) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return draft.first
    return asked if draft.first <= asked <= draft.last else draft.first


@requires(MAY)
@require_safe
def draft_day(request: ActorRequest, draft_id: int) -> HttpResponse:
    """One day of the draft, a row for each shift."""
    opened = open_draft(request, draft_id)
    return render(request, "planning/draft_day.html", day_context(request, opened))


def day_context(request: ActorRequest, opened: Opened) -> dict[str, Any]:
    on = asked_day(request, opened.draft)
    called = opened.called
    picture = picture_of(opened.case.problem, opened.plan, (on - opened.case.first).days)
    bands = bands_of(picture, opened.case, called)
    bars = [bar for band in bands for lane in band.lanes for bar in lane.visits]
    look(request, {bar.citizen.pk for bar in bars if bar.citizen} | _citizens(picture.unplaced))
    return {
        "draft": opened.draft,
        "on": on,
        "bands": bands,
        "legend": legend_of(picture),
        "strokes": STROKES,
        "unplaced": [_unplaced(task, opened, called) for task in picture.unplaced],
        "latest": DraftChange.objects.filter(draft=opened.draft, undone_at=None)
        .select_related("by", "visit__citizen")
        .first(),
    }


def _citizens(tasks: tuple[Task, ...]) -> set[int]:
    return {int(task.person) for task in tasks if task.person}


def _unplaced(task: Task, opened: Opened, called: Called) -> dict[str, Any]:
    visit = opened.case.visits[task.id]
    return {
        "visit": visit,
        "window": agreed_window(task, called),
        "why": why_not_placed(opened.explainer, task.id, called),
    }


@requires(MAY)
@require_safe
def draft_visit(request: ActorRequest, draft_id: int, visit_id: int) -> HttpResponse:
    """Why she, why then, why not the others; the three best other ways, and what one can do."""
    opened = open_draft(request, draft_id)
    if str(visit_id) not in opened.case.visits:
        raise Http404
    context = visit_context(request, opened, str(visit_id))
    return render(request, "planning/draft_visit.html", context)


def visit_context(request: ActorRequest, opened: Opened, task_id: str) -> dict[str, Any]:
    about, case = opened.explainer, opened.case
    task, visit = about.tasks[task_id], case.visits[task_id]
    look(request, [visit.citizen_id])
    called = called_in(case, on=opened.on, with_times_at=[visit.citizen_id])
    shift_id = about.plan.shift_of().get(task_id)
    start = about.plan.starts().get(task_id)
    context = {
        "draft": opened.draft,
        "on": visit.round.on,
        "visit": visit,
        "window": agreed_window(task, called),
        "alternatives": _alternatives(opened, task, called),
        "others": _others(opened, task, visit.citizen, called),
        "can_move": not task.begun,
        "pinned": task.pinned_shift is not None,
    }
    if shift_id is None or start is None:
        return context | {"why": why_not_placed(about, task_id, called)}
    bond = bond_of(about.persons.get(task.person or ""), about.shifts[shift_id].carer)
    return context | {
        "employee": case.employees[about.shifts[shift_id].carer],
        "shift_id": shift_id,
        "clock": called.clock(start),
        "until": called.clock(start + task.minutes),
        "bond": bond,
        "mark": MARKS[bond],
        "bond_words": WORDS[bond],
        "why": why_her(about, task_id, called),
        "late": why_so_late(about, task_id, called),
    }


def _alternatives(opened: Opened, task: Task, called: Called) -> list[dict[str, Any]]:
    """The three best others, each with what it would mean and where to move the visit for it."""
    found = []
    about = Explainer(freed(opened.case.problem, task.id), opened.plan)  # a pin is no hindrance to deciding anew
    for one in about.alternatives(task.id, 3):
        if one.plan is None:
            continue
        start = one.plan.starts()[task.id]
        found.append(
            {
                "shift": int(one.shift),
                "employee": opened.case.employees[one.carer],
                "clock": called.clock(start),
                "words": alternative_in_words(about, one, task, called),
            }
        )
    return found


def _others(opened: Opened, task: Task, citizen: Citizen, called: Called) -> list[dict[str, Any]]:
    """Everybody else at work that day and why it is not they, those whom the person knows first."""
    about = opened.explainer
    now = about.plan.shift_of().get(task.id)
    at_work = dict.fromkeys(shift.carer for shift in about.problem.shifts if shift.day == task.windows[0].day)
    if now is not None:
        at_work.pop(about.shifts[now].carer, None)
    person = about.persons.get(str(citizen.pk))
    carers = sorted(at_work, key=lambda carer: (not (person and person.knows(carer)), called.carer(carer)))
    return [{"name": called.carer(carer), "why": why_not(about, task.id, carer, called)} for carer in carers]
