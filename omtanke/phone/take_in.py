"""Take in what a phone brings back: each event once, in the order it happened, however often and from wherever sent.

The batch is one transaction. If the server dies in the middle, nothing of it is there, the phone hears nothing, and
sends it again; if only the answer is lost, the second sending finds every event already taken in and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from omtanke.people.models import Employee
from omtanke.phone.models import Held, Phone, Report
from omtanke.phone.read_batch import Sent
from omtanke.phone.what_it_does import DEALINGS, CannotBe, Dealing

# A clock that is wrong by more than the shift it was used in tells nothing.
FURTHEST_BACK = timedelta(days=3)


@transaction.atomic
def take_in(batch: Sequence[Sent], *, phone: Phone, by: Employee, at: datetime) -> dict[UUID, str]:
    """Take the events in. Returns for each 'taken', 'waits' (somebody looks at it) or 'refused' (never held it)."""
    Phone.objects.select_for_update().get(pk=phone.pk)  # of the same batch in two requests, one goes on and one waits
    known = dict(Report.objects.filter(pk__in=[sent.id for sent in batch]).values_list("pk", "why"))
    outcomes = {pk: "waits" if why else "taken" for pk, why in known.items()}
    new = {sent.id: sent for sent in batch if sent.id not in known}
    whose = _whose(new.values(), phone)
    outcomes |= {pk: "refused" for pk in new if pk not in whose}
    reports = [_report(sent, whose[pk], phone, by, at) for pk, sent in new.items() if pk in whose]
    reports.sort(key=lambda report: (report.device_at, report.pk))
    _do(reports, by)
    Report.objects.bulk_create(reports)
    return outcomes | {report.pk: "waits" if report.why else "taken" for report in reports}


def _whose(batch: Iterable[Sent], phone: Phone) -> dict[UUID, int]:
    """The citizen of each event about something that a phone of this user was given to take along."""
    said = [sent for sent in batch if sent.kind in DEALINGS]
    if not said:
        return {}
    wanted = Q(visit__in={sent.visit_id for sent in said if sent.visit_id})
    if places := [sent for sent in said if sent.occurrence_id]:
        people = {sent.citizen_id for sent in places}
        wanted |= Q(occurrence__in={sent.occurrence_id for sent in places}) | Q(citizen__in=people)
    held = Held.objects.filter(wanted, phone__user=phone.user_id).values_list("visit", "occurrence", "citizen")
    citizen_of, occurrences, people = {}, set(), set()
    for visit_id, occurrence_id, citizen_id in held:
        citizen_of[visit_id] = citizen_id
        occurrences.add(occurrence_id)
        people.add(citizen_id)
    whose = {sent.id: citizen_of[sent.visit_id] for sent in said if sent.visit_id and sent.visit_id in citizen_of}
    for sent in said:  # who came anyway stands on the list of visits, and not among those who were expected
        if sent.occurrence_id in occurrences and sent.citizen_id in people and sent.occurrence_id and sent.citizen_id:
            whose[sent.id] = sent.citizen_id
    return whose


def _report(sent: Sent, citizen_id: int, phone: Phone, by: Employee, at: datetime) -> Report:
    return Report(
        id=sent.id,
        phone=phone,
        employee=by,
        citizen_id=citizen_id,
        visit_id=sent.visit_id,
        occurrence_id=sent.occurrence_id,
        kind=sent.kind,
        said=dict(sent.said),
        device_at=sent.device_at,
        offset_ms=sent.offset_ms,
        happened_at=happened_at(sent, at),
        received_at=at,
    )


def _do(reports: Sequence[Report], by: Employee) -> None:
    """Let the events do what they do, in order. Where the record stands otherwise the dealing says so, and does not."""
    dealings: dict[type[Dealing], Dealing] = {}
    for dealing in dict.fromkeys(DEALINGS.values()):  # in this order for everybody: they lock rows
        if theirs := [report for report in reports if DEALINGS[report.kind] is dealing]:
            dealings[dealing] = dealing(theirs, by)
    for report in reports:
        try:
            report.why = dealings[DEALINGS[report.kind]].do(report) or ""
            report.applied = True
        except CannotBe as stands_otherwise:
            report.why = stands_otherwise.why
    for dealing_with in dealings.values():
        dealing_with.write_down()


def happened_at(sent: Sent, received: datetime) -> datetime:
    """The phone's clock put right; never in the future, never longer ago than a shift can have waited."""
    said = sent.device_at + timedelta(milliseconds=sent.offset_ms)
    return max(min(said, received), received - FURTHEST_BACK)
