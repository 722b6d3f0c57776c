"""Who is in a citizen's circle: add, change, take out, and undo.

Undo reads the history that the database keeps of every change, so it works as long as nobody has changed it since.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from omtanke.people.edit_together import save_changes
from omtanke.people.models import Citizen, Tie

FIELDS = (
    "name",
    "kind",
    "relation",
    "closeness",
    "contributes",
    "phone",
    "email",
    "lives_in",
    "is_next_of_kin",
    "call_first",
)


class AlreadyInTheCircle(Exception):
    """Somebody of this name and kind is there."""


class ChangedSince(Exception):
    """What should be undone has been changed again; undoing would lose that."""


@transaction.atomic
def add_tie(citizen: Citizen, facts: Mapping[str, Any]) -> Tie:
    """Raises AlreadyInTheCircle."""
    if facts.get("call_first"):
        _nobody_else_is_called_first(citizen.pk)
    try:
        with transaction.atomic():
            return Tie.objects.create(citizen=citizen, **facts)
    except IntegrityError as clash:
        raise AlreadyInTheCircle from clash


@transaction.atomic
def change_tie(tie: Tie, facts: Mapping[str, Any], *, seen: Mapping[str, Any]) -> Tie:
    """Raises AlreadyInTheCircle, and Overtaken if somebody else has changed the same meanwhile."""
    if facts.get("call_first"):
        _nobody_else_is_called_first(tie.citizen_id, but=tie.pk)
    try:
        with transaction.atomic():
            return save_changes(tie, facts, seen=seen)
    except IntegrityError as clash:
        raise AlreadyInTheCircle from clash


def take_out(tie: Tie) -> int:
    """Take somebody out of the circle. Returns the line of the history from which it can be undone."""
    pk = tie.pk
    tie.delete()
    return last_line(pk)


def last_line(tie_id: int) -> int:
    """The latest line in the history of a tie; 0 where there is none."""
    return _lines().filter(pgh_obj=tie_id).order_by("-pk").values_list("pk", flat=True).first() or 0


def taken_out_since(citizen_id: int, moment: datetime) -> list[Any]:
    """Those taken out since then who are still out, the latest first."""
    lines = _lines().filter(citizen_id=citizen_id, pgh_label="delete", pgh_created_at__gte=moment).order_by("-pk")
    there = set(Tie.objects.filter(citizen=citizen_id).values_list("pk", flat=True))
    latest: dict[int, Any] = {}
    for line in lines:
        latest.setdefault(line.pgh_obj_id, line)
    return [line for tie_id, line in latest.items() if tie_id not in there]


@transaction.atomic
def undo(citizen: Citizen, line_id: int) -> Tie:
    """Put a tie back as it was before a change or before it was taken out.

    Raises ChangedSince, AlreadyInTheCircle, or the history's DoesNotExist for a line about somebody else.
    """
    line = _lines().get(pk=line_id, citizen_id=citizen.pk)
    if last_line(line.pgh_obj_id) != line.pk:
        raise ChangedSince
    before = {name: getattr(line, name) for name in FIELDS}
    others = Tie.objects.filter(citizen=citizen, call_first=True).exclude(pk=line.pgh_obj_id)
    before["call_first"] = before["call_first"] and not others.exists()
    try:
        with transaction.atomic():
            tie, _new = Tie.objects.update_or_create(pk=line.pgh_obj_id, defaults={"citizen": citizen, **before})
    except IntegrityError as clash:
        raise AlreadyInTheCircle from clash
    return tie


def _lines() -> models.QuerySet[Any]:
    lines: models.QuerySet[Any] = apps.get_model("people", "TieEvent")._default_manager.all()
    return lines


def _nobody_else_is_called_first(citizen_id: int, but: int = 0) -> None:
    Tie.objects.filter(citizen=citizen_id, call_first=True).exclude(pk=but).update(call_first=False)
