"""Make a draft: from its case to a plan, with the progress told into its row while the search runs."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import structlog
from django.utils import timezone

from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Problem
from omtanke.kernel.planning.replan import GENTLE_HEAT, known, search_calmly
from omtanke.kernel.planning.search import Cancelled, Effort, Found, Progress, search
from omtanke.planning.as_lists import as_lists_stand
from omtanke.planning.ask import NotNow, become
from omtanke.planning.basis import basis_of
from omtanke.planning.from_rows import Case
from omtanke.planning.models import Draft
from omtanke.planning.plans import case_of, keep_plan, plan_of

log = structlog.get_logger("omtanke.planning")
State, Trouble = Draft.State, Draft.Trouble
SECONDS_BETWEEN_BEATS, SECONDS_BETWEEN_PICTURES = 1.0, 2.0
MOST_SEEDS = 4
TOO_LATE = 120.0  # minutes after the latest agreed start: then it is another visit, and people agree on it first


class Nothing(Exception):
    """There is nothing to search for; `trouble` says why."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def make(draft_id: int) -> None:
    """Search, and keep the best plan. A job that comes twice finds that the draft does not wait any more."""
    draft = Draft.objects.select_related("unit", "begins_from__unit").get(pk=draft_id)
    try:
        become(draft, State.RUNNING, beat_at=timezone.now(), progress=0.0)
    except NotNow:
        return
    try:
        _make(draft)
    except Nothing as why:
        _end(draft, State.FAILED, trouble=why.trouble)
    except Exception:
        _end(draft, State.FAILED, trouble=Trouble.OUR_ERROR)
        log.exception("draft failed", draft=draft_id)


def look_after_drafts() -> None:
    """A draft whose worker was killed says so, and can be run again."""
    for draft in Draft.objects.stopped(timezone.now()):
        _end(draft, State.FAILED, trouble=Trouble.WORKER_GONE)
        log.warning("draft without a worker", draft=draft.pk)


def _make(draft: Draft) -> None:
    basis = basis_of(draft.unit, draft.first, draft.last)
    case = case_of(draft, on=timezone.localdate(draft.asked_at))
    if not case.problem.shifts:
        raise Nothing(Trouble.NOBODY_AT_WORK)
    if not case.problem.tasks:
        raise Nothing(Trouble.NOTHING_TO_DO)
    found = _search(draft, case)
    keep_plan(draft, case, without_far_too_late(case.problem, found.plan))
    _end(draft, State.READY, made_from=basis, progress=1.0, best_cost=found.cost.total)


def without_far_too_late(problem: Problem, plan: Plan) -> Plan:
    """What could only be done hours later has no place: whoever plans sees why, and who could come when."""
    closes = {task.id: task.windows[-1].closes for task in problem.tasks if not task.begun}
    out = {name for name, start in plan.starts().items() if name in closes and start > closes[name] + TOO_LATE}
    for pair in problem.pairs:
        if out & {pair.first, pair.second}:
            out |= {pair.first, pair.second}
    tours = {shift: tuple(stop for stop in stops if stop.task not in out) for shift, stops in plan.tours.items()}
    return Plan(tours, tuple(sorted({*plan.unplaced, *out})))


def _search(draft: Draft, case: Case) -> Found:
    """From nothing; gently from an earlier draft; or calmly from the running day's lists, which people go by."""
    cores = max(1, min(MOST_SEEDS, (os.cpu_count() or 1) - 1))
    effort = Effort(seconds=float(draft.seconds), seeds=tuple(range(draft.seed, draft.seed + cores)))
    tell = Teller(draft, case)
    if draft.begins_from is not None:
        start = plan_of(draft.begins_from, case)
        gentle = replace(effort, heat=effort.heat * GENTLE_HEAT)
        return search(known(case.problem, start), gentle, start=start, tell=tell)
    if draft.since:
        start = as_lists_stand(case)
        return search_calmly(known(case.problem, start), start, effort, tell=tell)
    return search(case.problem, effort, tell=tell)


def _end(draft: Draft, state: str, **fields: object) -> None:
    """Somebody may have been faster; then theirs stands."""
    try:
        become(draft, state, finished_at=timezone.now(), wants_stop=False, **fields)
    except NotNow:
        log.warning("draft ended elsewhere", draft=draft.pk, state=state)


class Teller:
    """Tells the row how far the search is, about once a second, and listens whether it should stop.

    Now and then it keeps the best plan so far, so that whoever looks sees the picture get better.
    """

    def __init__(self, draft: Draft, case: Case) -> None:
        self.draft, self.case = draft, case
        self._told = self._kept = float("-inf")

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told < SECONDS_BETWEEN_BEATS:
            return
        self._told = now
        mine = Draft.objects.filter(pk=self.draft.pk, state=State.RUNNING)
        mine.update(progress=progress.done, best_cost=progress.best, beat_at=timezone.now())
        if not mine.filter(wants_stop=False).exists():
            raise Cancelled
        if now - self._kept >= SECONDS_BETWEEN_PICTURES:
            self._kept = now
            keep_plan(self.draft, self.case, without_far_too_late(self.case.problem, progress.best_plan()))
