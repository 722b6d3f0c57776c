"""A person's everyday life: what they wish for, what they like, what is coming and how it was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.follow_up import rank
from omtanke.everyday.in_words import Told
from omtanke.everyday.models import MatchingNo, Participation, Wish
from omtanke.everyday.needs import latest_of, supposed
from omtanke.everyday.talk import last_talk
from omtanke.everyday.told import tell
from omtanke.everyday.way_words import ways_of
from omtanke.people.models import Citizen

IN_PANEL, BEEN_SHOWN = 3, 8


@requires(Permission.SEE_WISHES)
@require_safe
def citizen_everyday(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Everything of one person's everyday life on one page."""
    citizen = get_object_or_404(Citizen.objects.select_related("hamlet"), pk=citizen_id)
    look(request, [citizen_id])
    now = timezone.now()
    told = _told(citizen_id)
    parts = Participation.objects.filter(citizen=citizen_id).select_related("occurrence__activity__arena")
    coming = list(parts.filter(ends__gte=now, state__in=["invited", "yes", "waiting"]).order_by("starts"))
    ways = ways_of(coming)
    for part in coming:
        part.ways = ways.get(part.pk, [])  # type: ignore[attr-defined] # for the page
    been = parts.filter(state=Participation.State.THERE, starts__lt=now).order_by("-starts")[:BEEN_SHOWN]
    needs = latest_of([citizen_id]).get(citizen_id)
    latest = MatchingNo.objects.filter(citizen=citizen_id).first()
    context: dict[str, Any] = {
        "citizen": citizen,
        "needs": needs,
        "maybe": [] if needs else supposed(citizen, last_talk(citizen_id), timezone.localdate()),
        "may_note_needs": request.actor.may(Permission.TALK_ABOUT_INTERESTS),
        "said_no": latest is not None and latest.says_no,
        "may_note_no": request.actor.may(Permission.CATCH_WISH),
        "open": [one for one in told if one.is_open],
        "closed": [one for one in told if not one.is_open],
        "coming": coming,
        "been": list(been),
    }
    return render(request, "everyday/citizen_everyday.html", context)


@requires(Permission.SEE_WISHES)
@require_safe
def citizen_wishes_panel(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The wishes on the page with the whole picture: what is under way first, and the latest moment."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    told = _told(citizen_id)
    moments = [one for one in told if one.wish.state == Wish.State.ENJOYED][:1]
    shown = [*moments, *(one for one in told if one.is_open)][:IN_PANEL]
    context = {"citizen": citizen, "shown": shown, "more": len(told) - len(shown)}
    return render(request, "everyday/citizen_everyday.html#panel", context)


@requires(Permission.SEE_WISHES)
@require_POST
def rank_wish(request: ActorRequest, citizen_id: int, wish_id: int) -> HttpResponse:
    """The person says that this one is dearer, or less dear, than its neighbour."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    ids = list(Wish.objects.filter(citizen=citizen).open().as_ranked().values_list("pk", flat=True))
    if wish_id in ids:
        here = ids.index(wish_id)
        there = min(max(here + (1 if request.POST.get("way") == "down" else -1), 0), len(ids) - 1)
        ids.insert(there, ids.pop(here))
        rank(citizen, ids)
        messages.success(request, _("In the person's own order now."))
    return redirect("everyday:citizen_everyday", citizen_id)


def _told(citizen_id: int) -> list[Told]:
    wishes = Wish.objects.filter(citizen=citizen_id).select_related("owner").as_ranked()
    return tell(wishes, at=timezone.now())
