"""Take in what a phone brings back: each event once, in the order it happened, however often and from wherever sent.

The batch is one transaction. If the server dies in the middle, nothing of it is there, the phone hears nothing, and
sends it again; if only the answer is lost, the second sending finds every event already taken in and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from omtanke.people.models import Employee
from omtanke.phone.models import Held, Phone, Report
from omtanke.phone.what_it_does import HANDLERS, CannotBe
from omtanke.visits.models import Visit

MOST = 200  # events in one batch
# A clock that is wrong by more than the shift it was used in tells nothing.
FURTHEST_BACK = timedelta(days=3)
FURTHEST_OFFSET = 100 * 365 * 86_400_000  # milliseconds: a phone whose clock began anew in 1970


class OddBatch(ValueError):
    """What was sent is no batch of events; the words say where."""


@dataclass(frozen=True)
class Sent:
    """One event as a phone sends it."""

    id: UUID
    kind: str
    visit_id: int
    device_at: datetime
    offset_ms: int
    said: Mapping[str, Any]


@transaction.atomic
def take_in(batch: Sequence[Sent], *, phone: Phone, by: Employee, at: datetime) -> dict[UUID, str]:
    """Take the events in. Returns for each 'taken', 'waits' (somebody looks at it) or 'refused' (never held it)."""
    Phone.objects.select_for_update().get(pk=phone.pk)  # of the same batch in two requests, one goes on and one waits
    known = dict(Report.objects.filter(pk__in=[sent.id for sent in batch]).values_list("pk", "why"))
    outcomes = {pk: "waits" if why else "taken" for pk, why in known.items()}
    new = [sent for sent in batch if sent.id not in known]
    wanted = {sent.visit_id for sent in new}
    held = Held.objects.filter(phone__user=phone.user_id, visit__in=wanted)
    citizens = dict(held.values_list("visit_id", "citizen_id"))
    # As the sender may see them now; a deed brings the visit it is given up to date.
    visits = Visit.objects.select_related("citizen", "round").in_bulk(citizens)
    reports = []
    for sent in sorted({sent.id: sent for sent in new}.values(), key=lambda one: (one.device_at, one.id)):
        if sent.visit_id not in citizens or sent.kind not in HANDLERS:
            outcomes[sent.id] = "refused"
            continue
        report = _report(sent, citizens[sent.visit_id], phone, by, at)
        _do(report, visits.get(sent.visit_id), by)
        outcomes[sent.id] = "waits" if report.why else "taken"
        reports.append(report)
    Report.objects.bulk_create(reports)
    return outcomes


def _report(sent: Sent, citizen_id: int, phone: Phone, by: Employee, at: datetime) -> Report:
    return Report(
        id=sent.id,
        phone=phone,
        employee=by,
        citizen_id=citizen_id,
        visit_id=sent.visit_id,
        kind=sent.kind,
        said=dict(sent.said),
        device_at=sent.device_at,
        offset_ms=sent.offset_ms,
        happened_at=happened_at(sent, at),
        received_at=at,
    )


def _do(report: Report, visit: Visit | None, by: Employee) -> None:
    """Let the event do what it does. Where the record stands otherwise the deed says so first, and does nothing."""
    if visit is None:
        report.why = Report.Why.NOT_SEEN
        return
    try:
        report.why = HANDLERS[report.kind](report, visit, by) or ""
        report.applied = True
    except CannotBe as stands_otherwise:
        report.why = stands_otherwise.why


def happened_at(sent: Sent, received: datetime) -> datetime:
    """The phone's clock put right; never in the future, never longer ago than a shift can have waited."""
    said = sent.device_at + timedelta(milliseconds=sent.offset_ms)
    return max(min(said, received), received - FURTHEST_BACK)


def read_batch(said: object) -> list[Sent]:
    """The events of a request's JSON. Raises OddBatch."""
    if not isinstance(said, list) or len(said) > MOST:
        raise OddBatch(f"a list of at most {MOST} events is wanted")
    return [_read(number, one) for number, one in enumerate(said)]


def _read(number: int, one: object) -> Sent:
    try:
        if not isinstance(one, dict) or not isinstance(one.get("said", {}), dict):
            raise TypeError("an object with an object of words is wanted")
        at = datetime.fromisoformat(str(one["at"]))
        offset = int(one.get("offset", 0))
        if abs(offset) > FURTHEST_OFFSET:
            raise ValueError(f"a clock cannot be {offset} ms wrong")
        device_at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return Sent(UUID(str(one["id"])), str(one["kind"]), int(one["visit"]), device_at, offset, one.get("said", {}))
    except (KeyError, TypeError, ValueError) as odd:
        raise OddBatch(f"event {number}: {odd}") from None
