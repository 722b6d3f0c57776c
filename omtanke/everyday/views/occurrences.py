"""One time of an activity: who takes part, another time or place, cancelled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.activity_forms import CancelForm, MoveForm, UncancelForm
from omtanke.everyday.arrange import AlreadyCancelled, NotCancelled, cancel, move, uncancel
from omtanke.everyday.models import Occurrence, Participation
from omtanke.everyday.repetition import in_words
from omtanke.everyday.seats import free_at, taken_at
from omtanke.everyday.views.activities import MAY, may_arrange, must_arrange, whom_to_tell
from omtanke.everyday.waiting_list import in_turn
from omtanke.everyday.way_words import ways_of


@requires(Permission.SEE_ACTIVITIES)
@require_safe
def occurrence(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """When and where, and those of one's own people who take part."""
    one = get_object_or_404(Occurrence.objects.with_place(), pk=occurrence_id)
    taking_part = Participation.objects.filter(occurrence=one).select_related("citizen").order_by("state", "pk")
    people = list(taking_part)
    look(request, {each.citizen_id for each in people})
    ways = ways_of(people)
    for each in people:
        each.ways = ways.get(each.pk, [])  # type: ignore[attr-defined] # for the page
    context = {
        "one": one,
        "activity": one.activity,
        "how_often": in_words(one.activity.repeats, one.activity.starts),
        "free": free_at(one),
        "people": [each for each in people if each.state != Participation.State.WAITING],
        "waiting": list(in_turn(one).select_related("citizen")),
        "may_bring_back": one.cancelled_at is not None
        and one.starts > timezone.now()
        and not one.activity.source
        and may_arrange(request, one.activity),
        "may_change": may_arrange(request, one.activity) and one.cancelled_at is None,
        "may_sign_up": one.cancelled_at is None
        and one.ends > timezone.now()
        and request.actor.may(Permission.RECORD_ATTENDANCE),
        "is_over": one.ends < timezone.now(),
        "has_begun": one.starts <= timezone.now(),
    }
    return render(request, "everyday/occurrence.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def move_occurrence(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    one = _mine(request, occurrence_id)
    form = MoveForm(request.POST if request.method == "POST" else None, occurrence=one)
    back = reverse("everyday:occurrence", args=[one.pk])
    page: dict[str, Any] = {
        "form": form,
        "heading": _("Change this time only"),
        "explained": _words_of(one),
        "button": _("Save this time"),
        "back": back,
    }
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            move(one, form.changes(), form.cleaned_data["words"], by=request.user, now=now)
        except AlreadyCancelled:
            messages.warning(request, _("A colleague has cancelled it in the meantime."))
            return redirect(back)
        messages.success(request, _("Changed, this time only."))
        return redirect(whom_to_tell(request, now) or back)
    return render(request, "everyday/activity_form.html", page, status=422 if form.errors else 200)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_occurrence(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """It does not take place; those concerned are named first, and stand on the next page until they are told."""
    one = _mine(request, occurrence_id)
    form = CancelForm(request.POST) if request.method == "POST" else CancelForm()
    standing = Participation.objects.filter(occurrence=one, state__in=["invited", "yes"]).select_related("citizen")
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            cancel(one, form.cleaned_data["words"], by=request.user, now=now)
            messages.success(request, _("%(title)s is cancelled.") % {"title": one.activity.title})
        except AlreadyCancelled:
            messages.warning(request, _("A colleague has cancelled it already."))
        return redirect(whom_to_tell(request, now) or reverse("everyday:occurrence", args=[one.pk]))
    people = list(standing)
    look(request, {each.citizen_id for each in people})
    page = {"form": form, "one": one, "people": people, "others": _others(one, len(people))}
    return render(request, "everyday/cancel.html", page, status=422 if form.errors else 200)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def uncancel_occurrence(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """It takes place after all: whoever had a place has it again, and stands on the next page until they are told."""
    one = _mine(request, occurrence_id)
    back = reverse("everyday:occurrence", args=[one.pk])
    form = UncancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            uncancel(one, form.cleaned_data["words"], by=request.user, now=now)
            messages.success(request, _("%(title)s takes place.") % {"title": one.activity.title})
        except NotCancelled:
            messages.warning(request, _("It takes place already, or it is over."))
        return redirect(whom_to_tell(request, now) or back)
    page = {
        "form": form,
        "heading": _("It takes place after all"),
        "explained": _("Those who had a place get it back and are told. Volunteers are asked again."),
        "button": _("It takes place"),
        "back": back,
    }
    return render(request, "everyday/activity_form.html", page, status=422 if form.errors else 200)


def _others(one: Occurrence, seen: int) -> int:
    """How many have a place whom the actor may not see: their own contacts will tell them."""
    return max(taken_at([one.pk]).get(one.pk, 0) - seen, 0)


def _mine(request: ActorRequest, occurrence_id: int) -> Occurrence:
    one = get_object_or_404(Occurrence.objects.with_place(), pk=occurrence_id)
    must_arrange(request, one.activity)
    return one


def _words_of(one: Occurrence) -> str:
    at = timezone.localtime(one.starts)
    return _("%(title)s on %(day)s. The other times stay as they are.") % {
        "title": one.activity.title,
        "day": f"{at:%d.%m. %H:%M}",
    }
