"""An activity: all about it, a new one, and changing all of its times or those from one on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.everyday.activity_forms import ActivityForm, CancelForm, WhatForm
from omtanke.everyday.arrange import arrange, change_all, change_from, stop_from
from omtanke.everyday.models import Activity, Notice, Occurrence
from omtanke.everyday.repetition import in_words
from omtanke.everyday.rule_words import why_not
from omtanke.everyday.schedule import BadRule
from omtanke.people.my_units import my_units

MAY = Permission.ARRANGE_ACTIVITIES
TIMES_SHOWN = 12


@requires(Permission.SEE_ACTIVITIES)
@require_safe
def activity(request: ActorRequest, activity_id: int) -> HttpResponse:
    """What it is, and when it happens next."""
    one = _activity(activity_id)
    coming = one.occurrences.filter(ends__gte=timezone.now()).select_related("arena").in_order()
    context = {
        "activity": one,
        "how_often": in_words(one.repeats, one.starts),
        "first": Occurrence(activity=one),
        "coming": list(coming[:TIMES_SHOWN]),
        "may_change": may_arrange(request, one),
    }
    return render(request, "everyday/activity.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: ActorRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ActivityForm(data, instance=Activity(), units=my_units(request, MAY))
    page = {"heading": _("New activity"), "button": _("Save, and put it in the calendar")}

    def save(now: datetime) -> str:
        _must_be_mine(request, form.cleaned_data["unit"])
        made = arrange(form.facts(), by=request.user, now=now)
        messages.success(request, _("%(title)s is in the calendar.") % {"title": made.title})
        return reverse("everyday:activity", args=[made.pk])

    return _filled_in(request, form, save, page | {"back": reverse("everyday:calendar")})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_activity(request: ActorRequest, activity_id: int) -> HttpResponse:
    """All times; when it happens changes from the next time on."""
    one = _activity(activity_id)
    must_arrange(request, one)
    coming = one.occurrences.filter(starts__gte=timezone.now()).in_order().first()
    form = _form(request, one, at=coming.recurs_on if coming else None)
    page = {
        "heading": _("Change %(title)s") % {"title": one.title},
        "explained": _("Those who have a place keep it. When the time changes, you see whom to tell."),
        "button": _("Save for all times"),
        "back": reverse("everyday:activity", args=[one.pk]),
    }

    def save(now: datetime) -> str:
        _must_be_mine(request, form.cleaned_data["unit"])
        facts = form.facts() if isinstance(form, ActivityForm) else form.what()
        since = timezone.now()
        after = change_all(_activity(activity_id), facts, by=request.user, now=now)
        return whom_to_tell(request, since) or reverse("everyday:activity", args=[after.pk])

    return _filled_in(request, form, save, page)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_from_here(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """From this time on."""
    one = _occurrence(request, occurrence_id)
    data = request.POST if request.method == "POST" else None
    form = ActivityForm(data, instance=one.activity, units=my_units(request, MAY), at=one.recurs_on)
    page = {
        "heading": _("Change %(title)s from this time on") % {"title": one.activity.title},
        "explained": _("What has been stays as it was. Those who have a place keep it, and you see whom to tell."),
        "button": _("Save from this time on"),
        "back": reverse("everyday:occurrence", args=[one.pk]),
    }

    def save(now: datetime) -> str:
        _must_be_mine(request, form.cleaned_data["unit"])
        fresh = Occurrence.objects.select_related("activity").get(pk=one.pk)
        after = change_from(fresh, form.facts(), by=request.user, now=now)
        return whom_to_tell(request, now) or reverse("everyday:activity", args=[after.pk])

    return _filled_in(request, form, save, page)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_from_here(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """It is not arranged any more."""
    one = _occurrence(request, occurrence_id)
    form = CancelForm(request.POST) if request.method == "POST" else CancelForm()
    page = {
        "heading": _("%(title)s is not arranged any more") % {"title": one.activity.title},
        "explained": _("This time and all after it go. You see whom to tell."),
        "button": _("End it"),
        "danger": True,
        "back": reverse("everyday:occurrence", args=[one.pk]),
    }

    def save(now: datetime) -> str:
        stop_from(one, form.cleaned_data["words"], by=request.user, now=now)
        messages.success(request, _("Ended."))
        return whom_to_tell(request, now) or reverse("everyday:calendar")

    return _filled_in(request, form, save, page)


def _activity(activity_id: int) -> Activity:
    return get_object_or_404(Activity.objects.select_related("arena__hamlet", "organiser", "unit"), pk=activity_id)


def _occurrence(request: ActorRequest, occurrence_id: int) -> Occurrence:
    one = get_object_or_404(Occurrence.objects.select_related("activity"), pk=occurrence_id)
    must_arrange(request, one.activity)
    if one.activity.source:
        raise PermissionDenied  # a partner's times are changed in the partner's calendar
    return one


def may_arrange(request: ActorRequest, one: Activity) -> bool:
    """In its unit; what is for the whole municipality, whoever arranges somewhere."""
    return request.actor.may_in(MAY, one.unit_id) if one.unit_id else request.actor.may(MAY)


def must_arrange(request: ActorRequest, one: Activity) -> None:
    if not may_arrange(request, one):
        raise PermissionDenied


def _must_be_mine(request: ActorRequest, unit: Any) -> None:
    request.actor.must_in(MAY, [unit.pk] if unit else [])


def _form(request: ActorRequest, one: Activity, at: datetime | None = None) -> ActivityForm | WhatForm:
    data = request.POST if request.method == "POST" else None
    if one.source:
        return WhatForm(data, instance=one, units=my_units(request, MAY))
    return ActivityForm(data, instance=one, units=my_units(request, MAY), at=at)


def _filled_in(request: ActorRequest, form: Any, save: Callable[[datetime], str], page: dict[str, Any]) -> HttpResponse:
    """Save and go on; or show the form, with everything still filled in and why not."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                return redirect(save(timezone.now()))
        except BadRule as refused:
            form.add_error(None, why_not(refused))
    status = 422 if form.errors else 200
    return render(request, "everyday/activity_form.html", page | {"form": form}, status=status)


def whom_to_tell(request: ActorRequest, since: datetime) -> str:
    """Where those stand who must be told of what was just done; empty when nobody."""
    count = Notice.objects.to_tell().filter(made_by=request.user, made_at__gte=since).count()
    if not count:
        return ""
    messages.warning(
        request,
        _("%(number)d people have a place or help there. They stand here until somebody has told them.")
        % {"number": count},
    )
    return reverse("everyday:to_tell")
