"""Fetch partners' calendars every night: within a time and a size, never from this machine's own network.

What has changed is taken in; what is gone from a calendar waits until somebody confirms it.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from omtanke.exchange.ical.imports import keep, take
from omtanke.exchange.ical.models import PartnerCalendar
from omtanke.exchange.ical.reading import MOST_BYTES, NotACalendar

log = structlog.get_logger("omtanke.ical")
PATIENCE = 20.0  # seconds for each answer of the other machine
LONGEST = 60.0  # seconds in all
PIECE = 64 * 1024


class NotFetched(Exception):
    """Says why in words."""


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
