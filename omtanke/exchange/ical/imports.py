"""One reading of a partner's calendar: kept, looked at, and taken in once."""

from datetime import datetime

from django.db import transaction

from omtanke.access.models import User
from omtanke.exchange.ical.models import CalendarImport, PartnerCalendar
from omtanke.exchange.ical.reading import read
from omtanke.exchange.ical.taking_in import look_at, take_in


class AlreadyTakenIn(Exception):
    """A colleague was first, or it was pressed twice."""


@transaction.atomic
def keep(partner: PartnerCalendar, content: bytes, *, by: User | None, now: datetime) -> CalendarImport:
    """Keep the file, with what taking it in would do. Raises NotACalendar."""
    report = look_at(partner, read(content, now=now), by=by, now=now)
    return CalendarImport.objects.create(partner=partner, by=by, made_at=now, content=content, report=report.as_json())


@transaction.atomic
def take(one: CalendarImport, *, end_gone: bool, by: User | None, now: datetime) -> None:
    """Take it in. Raises AlreadyTakenIn."""
    if not CalendarImport.objects.filter(pk=one.pk, taken_in_at=None).update(taken_in_at=now):
        raise AlreadyTakenIn
    report = take_in(one.partner, read(bytes(one.content), now=now), end_gone=end_gone, by=by, now=now)
    CalendarImport.objects.filter(pk=one.pk).update(report=report.as_json())
