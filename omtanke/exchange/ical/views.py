"""Feeds, and the page where somebody gets a secret one of their own."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Event

from omtanke.access.gate import ActorRequest, open_to_all, requires
from omtanke.access.need_to_know import act_as
from omtanke.access.permissions import Permission
from omtanke.exchange.ical.feeds import end_feed, make_feed, personal_events, public_events
from omtanke.exchange.ical.models import Feed, fingerprint_of
from omtanke.exchange.ical.writing import calendar_of, changed_at
from omtanke.people.models import Unit


@open_to_all
@require_safe
def public_feed(request: HttpRequest, unit_code: str = "") -> HttpResponseBase:
    """What is open to all; nothing about people."""
    unit = get_object_or_404(Unit, code=unit_code) if unit_code else None
    name = _("What happens: %(place)s") % {"place": unit or settings.MUNICIPALITY}
    return _answer(request, name, public_events(unit, now=timezone.now()))


@open_to_all  # whoever has the secret address; the database acts for the one it was made for
@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    feed = Feed.objects.open().select_related("user").filter(fingerprint=fingerprint_of(token)).first()
    if feed is None:
        raise Http404
    act_as(feed.user_id)
    now = timezone.now()
    Feed.objects.filter(pk=feed.pk).update(read_at=now)
    with translation.override(feed.language):
        response = _answer(request, _("My activities"), personal_events(feed.user, now=now))
    response["Cache-Control"] = "private, no-store"
    return response


def _answer(request: HttpRequest, name: str, events: list[Event]) -> HttpResponseBase:
    written = calendar_of(name, events)
    etag = quote_etag(hashlib.sha256(written).hexdigest()[:32])
    changed = changed_at(events)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="omtanke.ics"'
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    since = int(changed.timestamp()) if changed else None
    answer = get_conditional_response(request, etag=etag, last_modified=since, response=response)
    return answer or response


@requires(Permission.SEE_OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def my_feed(request: ActorRequest) -> HttpResponse:
    """Make one, or make it anew; the address is shown this once."""
    address = ""
    if request.method == "POST":
        token = make_feed(request.user, language=get_language() or "nb", now=timezone.now())
        address = request.build_absolute_uri(reverse("ical:personal_feed", args=[token]))
    known = Feed.objects.open().filter(user=request.user).first()
    context = {
        "address": address,
        "feed": known,
        "units": Unit.objects.all(),
        "everybody": request.build_absolute_uri(reverse("ical:public_feed")),
    }
    return render(request, "ical/my_feed.html", context)


@requires(Permission.SEE_OWN_PAGE)
@require_POST
def stop_feed(request: ActorRequest) -> HttpResponse:
    """From now on the address opens nothing."""
    end_feed(request.user, now=timezone.now())
    return redirect("ical:my_feed")
