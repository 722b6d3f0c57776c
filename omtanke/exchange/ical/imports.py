"""One reading of a partner's calendar: kept, looked at, and taken in once.

A few events are looked at while one waits for the page; 2,000 take ten seconds and more, so the worker does it and the
page tells how far it is.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from omtanke.access.models import User
from omtanke.exchange.ical.models import CalendarImport, PartnerCalendar
from omtanke.exchange.ical.reading import Content, read
from omtanke.exchange.ical.taking_in import Tell, look_at, say_nothing, take_in

AT_ONCE = 100  # events
State = CalendarImport.State


class AlreadyTakenIn(Exception):
    """A colleague was first, or it was pressed twice."""


@transaction.atomic
def keep(partner: PartnerCalendar, content: bytes, *, by: User | None, now: datetime) -> CalendarImport:
    """Keep the file, with what taking it in would do. Raises NotACalendar."""
    return _kept(partner, content, read(content, now=now), by=by, now=now)


@transaction.atomic
def keep_or_ask(partner: PartnerCalendar, content: bytes, *, by: User | None, now: datetime) -> CalendarImport:
    """As `keep`; of many events the worker says what taking them in would do. Raises NotACalendar at once."""
    from omtanke.exchange.ical import jobs  # jobs call deeds, deeds ask for jobs

    found = read(content, now=now)
    if len(found.events) <= AT_ONCE:
        return _kept(partner, content, found, by=by, now=now)
    one = CalendarImport.objects.create(
        partner=partner, by=by, made_at=now, content=content, state=State.WAITING, of=len(found.events), beat_at=now
    )
    jobs.look_at_calendar.defer(import_id=one.pk)
    return one


def _kept(
    partner: PartnerCalendar, content: bytes, found: Content, *, by: User | None, now: datetime
) -> CalendarImport:
    report = look_at(partner, found, by=by, now=now).as_json()
    return CalendarImport.objects.create(
        partner=partner, by=by, made_at=now, content=content, report=report, of=len(found.events)
    )


@transaction.atomic
def take_or_ask(one: CalendarImport, *, end_gone: bool, by: User | None, now: datetime) -> None:
    """As `take`; many events are taken in by the worker. Raises AlreadyTakenIn."""
    from omtanke.exchange.ical import jobs  # as above

    if one.of <= AT_ONCE:
        take(one, end_gone=end_gone, by=by, now=now)
        return
    ready = CalendarImport.objects.filter(pk=one.pk, state=State.READY, taken_in_at=None)
    if not ready.update(state=State.QUEUED, end_gone=end_gone, done=0, beat_at=now):
        raise AlreadyTakenIn
    jobs.take_in_calendar.defer(import_id=one.pk)


@transaction.atomic
def take(one: CalendarImport, *, end_gone: bool, by: User | None, now: datetime, tell: Tell = say_nothing) -> None:
    """Take it in. Raises AlreadyTakenIn, and then nothing of it is done."""
    report = take_in(one.partner, read(bytes(one.content), now=now), end_gone=end_gone, by=by, now=now, tell=tell)
    # Last, since whoever tells how far it is writes into the same row; two at once wait for the partner's row.
    open_one = CalendarImport.objects.filter(pk=one.pk, taken_in_at=None)
    if not open_one.update(taken_in_at=now, state=State.DONE, report=report.as_json()):
        raise AlreadyTakenIn


@transaction.atomic
def try_again(one: CalendarImport, *, now: datetime) -> None:
    """One that did not come to an end is looked at anew; nothing of it was done. Raises AlreadyTakenIn."""
    from omtanke.exchange.ical import jobs  # as above

    failed = CalendarImport.objects.filter(pk=one.pk, state=State.FAILED, taken_in_at=None)
    if not failed.update(state=State.WAITING, done=0, beat_at=now):
        raise AlreadyTakenIn
    jobs.look_at_calendar.defer(import_id=one.pk)
