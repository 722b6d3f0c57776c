"""Ask what a change of the rota would mean, before it is decided; and work the answer out as a job.

Nothing here changes a shift, a list or an absence.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.kernel.planning.search import Progress
from omtanke.people.models import Employee, Unit
from omtanke.planning.models import SILENT_FOR, WhatIf
from omtanke.planning.what_if_answer import NoDifference, answer
from omtanke.visits.models import Shift

log = structlog.get_logger("omtanke.planning")
State, Kind, Trouble = WhatIf.State, WhatIf.Kind, WhatIf.Trouble
LOOKS_AHEAD = timedelta(days=13)  # with the first day a fortnight, which is how far faces are counted
SECONDS_BETWEEN_BEATS = 0.5


def ask_away(unit: Unit, employee: Employee, first: date, last: date | None, *, by: User, at: datetime) -> WhatIf:
    """What if somebody is away from `first` through `last`? Of a long absence the first fortnight tells."""
    until = min(last or date.max, first + LOOKS_AHEAD)
    return _ask(unit, Kind.AWAY, first, until, by, at, employee=employee)


def ask_swap(unit: Unit, one: Shift, other: Shift, *, by: User, at: datetime) -> WhatIf:
    """What if the two who have these shifts swap?"""
    first, last = sorted([_day(one), _day(other)])
    return _ask(unit, Kind.SWAP, first, last, by, at, shift=one, other_shift=other)


def ask_longer(unit: Unit, shift: Shift, minutes: int, *, by: User, at: datetime) -> WhatIf:
    """What if the shift ended so much later?"""
    return _ask(unit, Kind.LONGER, _day(shift), _day(shift), by, at, shift=shift, minutes=minutes)


def ask_one_more(unit: Unit, beside: Shift, employee: Employee | None, *, by: User, at: datetime) -> WhatIf:
    """What if one more were at work in the hours of that shift? Without an employee: somebody nobody knows."""
    return _ask(unit, Kind.ONE_MORE, _day(beside), _day(beside), by, at, shift=beside, employee=employee)


def _day(shift: Shift) -> date:
    return timezone.localdate(shift.starts)


@transaction.atomic
def _ask(unit: Unit, kind: str, first: date, last: date, by: User, at: datetime, **about: Any) -> WhatIf:
    from omtanke.planning import tasks  # jobs call deeds, deeds ask for jobs

    asked = WhatIf.objects.create(
        unit=unit, kind=kind, first=first, last=last, asked_by=by, asked_at=at, beat_at=at, **about
    )
    tasks.answer_what_if.defer(asked_id=asked.pk)
    return asked


def work_out(asked_id: int) -> None:
    """The job. One that comes twice finds that the question does not wait any more."""
    if not WhatIf.objects.filter(pk=asked_id, state=State.WAITING).update(state=State.RUNNING, beat_at=timezone.now()):
        return
    asked = WhatIf.objects.select_related("unit", "employee", "shift", "other_shift").get(pk=asked_id)
    try:
        found = answer(asked, on=timezone.localdate(asked.asked_at), tell=_teller(asked))
    except NoDifference as why:
        _end(asked, State.FAILED, trouble=why.trouble)
    except Exception:
        _end(asked, State.FAILED, trouble=Trouble.OUR_ERROR)
        log.exception("what if failed", question=asked_id)
    else:
        _end(asked, State.READY, progress=1.0, answer=found.as_json())


def look_after_questions() -> None:
    """A question whose worker was killed says so."""
    silent = WhatIf.objects.filter(state=State.RUNNING, beat_at__lt=timezone.now() - SILENT_FOR)
    silent.update(state=State.FAILED, trouble=Trouble.WORKER_GONE)


def _end(asked: WhatIf, state: str, **fields: Any) -> None:
    WhatIf.objects.filter(pk=asked.pk, state=State.RUNNING).update(state=state, **fields)


def _teller(asked: WhatIf) -> Callable[[int, int, Progress], None]:
    """Tells the row how far it is: search number so and so of so many."""
    last = time.monotonic()

    def tell(number: int, of: int, progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last < SECONDS_BETWEEN_BEATS:
            return
        last = time.monotonic()
        done = (number + progress.done) / of
        WhatIf.objects.filter(pk=asked.pk).update(progress=done, beat_at=timezone.now())

    return tell
