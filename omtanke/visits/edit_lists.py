"""Carry out an edit of a day's lists, for that day or from now on; and take the last one back.

Two people edit the same list at once: each says which version of the lists they saw. The rounds are locked, so one of
them is first; the other is told who changed what, and nothing of theirs is lost (`SomebodyWasFirst`). A visit that has
begun is never moved, whoever pressed first (`AlreadyBegun`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from omtanke.access.models import User
from omtanke.visits.lay_out import rounds_of
from omtanke.visits.models import RecurringVisit, Round, Visit, WorkList
from omtanke.visits.placements import Placement, as_it_lies
from omtanke.visits.plan_visits import change_recurring


class SomebodyWasFirst(Exception):
    """These lists have been edited since they were seen."""

    def __init__(self, list_ids: Iterable[int]) -> None:
        super().__init__()
        self.list_ids = list(list_ids)


class AlreadyBegun(Exception):
    """One of the visits has begun, or is marked as not done."""


@dataclass(frozen=True)
class Done:
    """What was done, as its inverse: how the visits lay, what recurred, and the versions of the lists afterwards."""

    on: date
    before: list[Placement]
    versions: dict[int, int]
    recurring: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


@transaction.atomic
def place(
    placements: Sequence[Placement],
    *,
    on: date,
    seen: Mapping[int, int],
    from_now_on: bool,
    by: User,
    today: date,
) -> Done:
    """Let the visits lie as `placements` say. `seen` is the version of each list, as the editor saw it.

    Raises SomebodyWasFirst, AlreadyBegun.
    """
    with pghistory.context(user=by.pk, deed="edit lists"):
        visits = _visits(placements)
        if len(visits) != len(placements):
            raise SomebodyWasFirst({placement.list_id for placement in placements})
        lists = {placement.list_id for placement in placements} | {visit.round.work_list_id for visit in visits}
        rounds = _locked(lists, on, seen)
        # So that whoever comes second can be told which changes they had not seen (what_changed.py).
        with pghistory.context(rounds={str(round_.pk): round_.version + 1 for round_ in rounds.values()}):
            _move(placements, rounds)
        Round.objects.filter(pk__in=[round_.pk for round_ in rounds.values()]).update(version=F("version") + 1)
        recurring = _from_now_on(placements, visits, on, by, today) if from_now_on else []
    return Done(
        on=on,
        before=[as_it_lies(visit) for visit in visits],
        versions={list_id: round_.version + 1 for list_id, round_ in rounds.items()},
        recurring=recurring,
    )


@transaction.atomic
def undo(done: Done, *, by: User, today: date) -> None:
    """Put everything back, as long as nobody has edited the lists since. Raises SomebodyWasFirst, AlreadyBegun."""
    place(done.before, on=done.on, seen=done.versions, from_now_on=False, by=by, today=today)
    with pghistory.context(user=by.pk, deed="edit lists"):
        for pk, agreed in done.recurring:
            recurring = RecurringVisit.objects.get(pk=pk)
            change_recurring(recurring, from_day=done.on, by=by, on=today, **agreed)


def new_list(beside: WorkList, name: str, *, standing: bool) -> WorkList:
    """A list of the same unit and hours; `standing` gives it a round on every day ahead.

    Raises IntegrityError if there is one with that name.
    """
    with transaction.atomic():
        return WorkList.objects.create(
            unit_id=beside.unit_id,
            name=name,
            part_of_day=beside.part_of_day,
            starts=beside.starts,
            ends=beside.ends,
            active=standing,
        )


def _visits(placements: Sequence[Placement]) -> list[Visit]:
    wanted = [placement.visit_id for placement in placements]
    return list(Visit.objects.filter(pk__in=wanted).select_related("round", "recurring").order_by("pk"))


def _locked(list_ids: Iterable[int], on: date, seen: Mapping[int, int]) -> dict[int, Round]:
    """The rounds of these lists, made where missing, locked in one order, and as the editor saw them."""
    rounds_of(list_ids, [on])
    locked = Round.objects.select_for_update().filter(work_list__in=list(list_ids), on=on).order_by("pk")
    rounds = {round_.work_list_id: round_ for round_ in locked}
    changed = [list_id for list_id, round_ in rounds.items() if seen.get(list_id, 0) != round_.version]
    if changed:
        raise SomebodyWasFirst(changed)
    return rounds


def _move(placements: Sequence[Placement], rounds: Mapping[int, Round]) -> None:
    to_round = [When(pk=p.visit_id, then=Value(rounds[p.list_id].pk)) for p in placements]
    to_start = [When(pk=p.visit_id, then=Value(p.starts)) for p in placements]
    movable = Visit.objects.filter(
        pk__in=[placement.visit_id for placement in placements],
        round__in=[round_.pk for round_ in rounds.values()],
        started_at=None,
        not_done="",
    )
    if movable.update(round=Case(*to_round), planned_start=Case(*to_start)) != len(placements):
        raise AlreadyBegun


def _from_now_on(
    placements: Sequence[Placement], visits: Sequence[Visit], on: date, by: User, today: date
) -> list[tuple[int, dict[str, Any]]]:
    """Change what recurs; returns each one that holds now, with what was agreed before."""
    agreed: dict[RecurringVisit, dict[str, Any]] = {}
    to = {placement.visit_id: placement for placement in placements}
    for visit in visits:
        recurring = visit.recurring
        if recurring is None or (recurring.until and recurring.until <= on):
            continue
        its_list = "second_list_id" if visit.second_carer else "work_list_id"
        changes = agreed.setdefault(recurring, {})
        changes[its_list] = to[visit.pk].list_id
        changes["starts"] = clock_of(to[visit.pk])
    undo_with = []
    for recurring, changes in agreed.items():
        before = {name: getattr(recurring, name) for name in changes}
        holds = change_recurring(recurring, from_day=on, by=by, on=today, **changes)
        undo_with.append((holds.pk, before))
    return undo_with


def clock_of(placement: Placement) -> time:
    return timezone.localtime(placement.starts).time().replace(second=0, microsecond=0)
