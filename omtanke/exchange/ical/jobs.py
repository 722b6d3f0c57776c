"""Large calendars are looked at and taken in by the worker; partners' calendars are fetched every night.

Fetched within a time and a size, and never from this machine's own network.

What has changed is taken in; what is gone from a calendar waits until somebody confirms it.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from omtanke.exchange.ical.imports import keep, take
from omtanke.exchange.ical.models import CalendarImport, PartnerCalendar
from omtanke.exchange.ical.reading import MOST_BYTES, NotACalendar, read
from omtanke.exchange.ical.taking_in import look_at

log = structlog.get_logger("omtanke.ical")
PATIENCE = 20.0  # seconds for each answer of the other machine
SECONDS_BETWEEN_BEATS = 0.5
State = CalendarImport.State
LONGEST = 60.0  # seconds in all
PIECE = 64 * 1024


class NotFetched(Exception):
    """Says why in words."""


@app.task(name="ical.look_at")
def look_at_calendar(import_id: int) -> None:
    """What a large calendar would do. A job that comes twice finds that it does not wait any more."""
    _work(import_id, State.WAITING, State.LOOKING, _look)


@app.task(name="ical.take_in")
def take_in_calendar(import_id: int) -> None:
    _work(import_id, State.QUEUED, State.TAKING, _take)


@app.periodic(cron="* * * * *")
@app.task(name="ical.look_after", queueing_lock="ical.look_after")
def look_after_imports(timestamp: int = 0) -> int:
    """One whose worker was killed says so, and can be tried again."""
    return CalendarImport.objects.stopped(timezone.now()).update(state=State.FAILED)


def _work(import_id: int, waits: State, works: State, deed: Callable[[CalendarImport, Beat], None]) -> None:
    waiting = CalendarImport.objects.filter(pk=import_id, state=waits)
    if not waiting.update(state=works, done=0, beat_at=timezone.now()):
        return
    one, beat = CalendarImport.objects.select_related("partner").get(pk=import_id), Beat(import_id)
    try:
        deed(one, beat)
    except Exception:
        CalendarImport.objects.filter(pk=import_id, state=works).update(state=State.FAILED)
        log.exception("calendar failed", calendar_import=import_id)
    finally:
        beat.close()


def _look(one: CalendarImport, beat: Beat) -> None:
    now = timezone.now()
    report = look_at(one.partner, read(bytes(one.content), now=now), by=None, now=now, tell=beat)
    looking = CalendarImport.objects.filter(pk=one.pk, state=State.LOOKING)
    looking.update(state=State.READY, report=report.as_json(), done=one.of)


def _take(one: CalendarImport, beat: Beat) -> None:
    """By nobody in particular: the job sees everybody, so each person's own contact tells them what has changed."""
    take(one, end_gone=one.end_gone, by=None, now=timezone.now(), tell=beat)


class Beat:
    """Tells the page how far it is, past the transaction that nobody can look into: by a connection of its own."""

    def __init__(self, import_id: int) -> None:
        self.import_id, self._last = import_id, time.monotonic()
        self._connection = connection.copy()

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() - self._last < SECONDS_BETWEEN_BEATS:
            return
        self._last = time.monotonic()
        with self._connection.cursor() as cursor:
            cursor.execute(
                'UPDATE ical_calendarimport SET done = %s, "of" = %s, beat_at = now() WHERE id = %s',
                [done, of, self.import_id],
            )

    def close(self) -> None:
        self._connection.close()


@app.periodic(cron="40 2 * * *")
@app.task(name="ical.fetch_calendars", queueing_lock="ical.fetch_calendars")
def fetch_calendars(timestamp: int = 0) -> int:
    """Every calendar with an address; one that fails does not stop the others."""
    return sum(fetch_one(partner) for partner in PartnerCalendar.objects.exclude(address=""))


def fetch_one(partner: PartnerCalendar) -> bool:
    now = timezone.now()
    try:
        one = keep(partner, fetched(partner.address), by=None, now=now)
        take(one, end_gone=False, by=None, now=now)
        partner.fetched_at, partner.trouble = now, ""
    except (NotFetched, NotACalendar) as refused:
        partner.trouble = str(refused)[:300]
        log.warning("calendar not fetched", partner=partner.pk)
    partner.save(update_fields=["fetched_at", "trouble"])
    return not partner.trouble


def fetched(address: str) -> bytes:
    """What stands at the address. Raises NotFetched."""
    _must_be_outside(address)
    request = urllib.request.Request(address, headers={"Accept": "text/calendar", "User-Agent": "Omtanke"})  # noqa: S310 - checked above
    begun = time.monotonic()
    try:
        with _OPENER.open(request, timeout=PATIENCE) as answer:
            content = b""
            while piece := answer.read(PIECE):
                content += piece
                if len(content) > MOST_BYTES:
                    raise NotFetched(_("The file is larger than five megabytes."))
                if time.monotonic() - begun > LONGEST:
                    raise NotFetched(_("It took more than a minute to fetch it."))
            return content
    except urllib.error.HTTPError as error:
        raise NotFetched(_("The address answers %(code)d.") % {"code": error.code}) from error
    except (OSError, ValueError) as error:
        raise NotFetched(_("Nothing answers at the address.")) from error


class _OutsideOnly(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def] # as urllib has it
        _must_be_outside(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_OutsideOnly)


def _must_be_outside(address: str) -> None:
    """A calendar on the open web: not a file, and not a machine behind our own wall."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotFetched(_("The address must begin with https://."))
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotFetched(_("Nothing answers at the address.")) from error
    if not settings.ICAL_FROM_INSIDE and any(not ipaddress.ip_address(one[4][0]).is_global for one in found):
        raise NotFetched(_("The address is on an inner network. Only calendars on the open web are fetched."))
