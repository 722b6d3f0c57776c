"""Write what rows would do, in bulk, inside the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol

from django.db.models import F, Model

from omtanke.access.models import User
from omtanke.care.models import Decision
from omtanke.exchange.spreadsheets.changes import Changes
from omtanke.people.models import Belonging, Citizen, Employee, Hamlet, Tie, Unit
from omtanke.visits.models import Absence, Shift
from omtanke.visits.plan_shifts import plan_shifts

# Each may refer to those before it.
IN_ORDER: Sequence[type[Model]] = (Hamlet, Unit, Employee, Citizen, Belonging, Tie, Decision, Shift, Absence)
OUT_OF_THE_WAY = timedelta(days=365_000)


class Progress(Protocol):
    def __call__(self, stage: str, done: int, of: int) -> None: ...


def write(changes: Changes, *, by: User | None, progress: Progress) -> None:
    """Must run in a transaction."""
    of, done = changes.count(), 0
    for model in IN_ORDER:
        new, changed = changes.new[model], list(changes.changed[model].values())
        if not new and not changed:
            continue
        progress("writing", done, of)
        if model is Shift:
            _write_shifts(new, changed, by=by)
        else:
            if model is Tie:
                _step_back(changed)
            _change(model, changed, sorted(changes.fields[model]))
            manager: Any = model._default_manager
            manager.bulk_create(new, batch_size=2000)
        done += len(new) + len(changed)
    progress("writing", done, of)


def _change(model: type[Model], changed: Sequence[Any], fields: Sequence[str]) -> None:
    manager: Any = model._default_manager
    if changed and fields:
        manager.bulk_update(changed, fields, batch_size=500)


def _step_back(ties: Sequence[Tie]) -> None:
    """One person is called first: whoever no longer is makes room before the next one comes."""
    gone = [tie.pk for tie in ties if not tie.call_first]
    Tie.objects.filter(pk__in=gone, call_first=True).update(call_first=False)


def _write_shifts(new: Sequence[Shift], changed: Sequence[Shift], *, by: User | None) -> None:
    """Moved shifts may pass through each other's old places, so they first make room; then the rota opens what it
    opens for those who are at work."""
    moved = Shift.objects.filter(pk__in=[shift.pk for shift in changed])
    moved.update(starts=F("starts") + OUT_OF_THE_WAY, ends=F("ends") + OUT_OF_THE_WAY)
    plan_shifts([*new, *changed], by=by)
