"""Catch a wish on the spot: two taps and a sentence, from any page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import say_wish as deeds
from omtanke.everyday import whose
from omtanke.everyday.interests import bank, label, suggest
from omtanke.everyday.models import Wish
from omtanke.people.models import Citizen


@requires(Permission.CATCH_WISH)
@require_http_methods(["GET", "HEAD", "POST"])
def catch_wish(request: ActorRequest) -> HttpResponse:
    """Write what was said and press whose wish it is."""
    if request.method == "POST" and "find" not in request.POST:
        chosen = request.POST.get("citizen", "")
        citizen = get_object_or_404(Citizen, pk=int(chosen) if chosen.isdecimal() else 0)
        return _say(request, citizen, chosen_here=True)
    return _page(request, None)


@requires(Permission.CATCH_WISH)
@require_http_methods(["GET", "HEAD", "POST"])
def catch_wish_for(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The same, when it is known whose wish it is."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    return _say(request, citizen) if request.method == "POST" else _page(request, citizen)


@requires(Permission.CATCH_WISH)
@require_POST
def suggest_interest(request: ActorRequest) -> HttpResponse:
    """What the sentence is likely about, while it is written."""
    return render(request, "everyday/catch_wish.html#chips", {"chips": _chips(request)})


@requires(Permission.CATCH_WISH)
@require_POST
def find_person(request: ActorRequest) -> HttpResponse:
    """Those with this name, while it is written."""
    found = whose.by_name(request.POST.get("name", ""))
    look(request, [citizen.pk for citizen in found])
    return render(request, "everyday/catch_wish.html#found", {"found": found, "name": request.POST.get("name", "")})


@requires(Permission.CATCH_WISH)
@require_POST
def take_back_wish(request: ActorRequest, wish_id: int) -> HttpResponse:
    """Undo; what was written comes back to the page, to be said about somebody else or left."""
    wish = get_object_or_404(Wish, pk=wish_id)
    words = wish.words
    try:
        deeds.take_back(wish, by=request.user, at=timezone.now())
    except deeds.AlreadyFollowedUp:
        messages.error(request, _("Somebody is following this wish up already, so it stays."))
        return redirect("everyday:wish", wish_id)
    messages.success(request, _("Taken back. Nothing is saved."))
    return _page(request, None, words=words)


def _say(request: ActorRequest, citizen: Citizen, *, chosen_here: bool = False) -> HttpResponse:
    words, interest = request.POST.get("words", ""), request.POST.get("interest")
    if len(words) > deeds.LONGEST:
        return _page(request, None if chosen_here else citizen, error=_("Make it shorter: one sentence is enough."))
    try:
        wish = deeds.say_wish(citizen, words, by=request.user, at=timezone.now(), interest=interest)
    except deeds.NoWords:
        error = _("Write what was said first, in the person's own words.")
        return _page(request, None if chosen_here else citizen, error=error)
    back = urlencode({"caught": 1, "back": request.POST.get("back", "")})
    return redirect(f"{reverse('everyday:wish', args=[wish.pk])}?{back}")


def _page(request: ActorRequest, citizen: Citizen | None, *, error: str = "", words: str = "") -> HttpResponse:
    name = request.POST.get("name", "")
    groups = (
        [] if citizen else whose.groups(request.user, getattr(request.user, "employee", None), timezone.localdate())
    )
    found = whose.by_name(name)
    seen = [citizen] if citizen else [*(one for group in groups for one in group.citizens), *found]
    look(request, [one.pk for one in seen])
    context: dict[str, Any] = {
        "citizen": citizen,
        "groups": groups,
        "found": found,
        "name": name,
        "words": words or request.POST.get("words", ""),
        "error": error,
        "chips": _chips(request),
        "back": request.POST.get("back") or came_from(request),
    }
    return render(request, "everyday/catch_wish.html", context, status=422 if error else 200)


def _chips(request: ActorRequest) -> list[dict[str, Any]]:
    """The likeliest interests of what is written, with the one chosen; the first is chosen until somebody does."""
    likely = suggest(request.POST.get("words", ""))
    chosen = request.POST.get("interest")
    kept = chosen if chosen is not None and (chosen in likely or not chosen) else next(iter(likely), "")
    return [{"code": code, "label": label(code), "chosen": code == kept} for code in likely if code in bank()]


def came_from(request: ActorRequest) -> str:
    """The page of ours somebody came from, to go back to it; empty when it is not known."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else ""


def way_back(request: ActorRequest) -> str:
    """The address asked for, if it is a page of ours."""
    asked = request.GET.get("back", "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
