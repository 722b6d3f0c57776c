"""Places to meet, who arranges something, and what there is in each hamlet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.everyday.icons import icon_of
from omtanke.everyday.models import Activity, Arena, Occurrence, Organiser
from omtanke.everyday.place_forms import ArenaForm, OrganiserForm
from omtanke.people.models import Hamlet

SEE, MAY = Permission.SEE_ACTIVITIES, Permission.ARRANGE_ACTIVITIES
TIMES_SHOWN = 8


@requires(SEE)
@require_safe
def arenas(request: ActorRequest) -> HttpResponse:
    """Every place, by hamlet."""
    places = Arena.objects.select_related("hamlet").order_by("-active", "hamlet__name", "name")
    return render(request, "everyday/arenas.html", {"arenas": places, "may_change": request.actor.may(MAY)})


@requires(SEE)
@require_safe
def arena(request: ActorRequest, arena_id: int) -> HttpResponse:
    """What a place has, whom to ask, and what happens there next."""
    place = get_object_or_404(Arena.objects.select_related("hamlet"), pk=arena_id)
    there = Q(arena=place) | Q(arena=None, activity__arena=place)
    coming = Occurrence.objects.filter(there, ends__gte=timezone.now()).with_place().in_order()
    context = {"arena": place, "coming": list(coming[:TIMES_SHOWN]), "may_change": request.actor.may(MAY)}
    return render(request, "everyday/arena.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_arena(request: ActorRequest) -> HttpResponse:
    form = ArenaForm(request.POST if request.method == "POST" else None)
    page = {"heading": _("New place"), "button": _("Save the place"), "back": reverse("everyday:arenas")}
    return _saved(request, form, page)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_arena(request: ActorRequest, arena_id: int) -> HttpResponse:
    place = get_object_or_404(Arena, pk=arena_id)
    form = ArenaForm(request.POST if request.method == "POST" else None, instance=place)
    page = {"heading": place.name, "button": _("Save the place"), "back": reverse("everyday:arena", args=[place.pk])}
    return _saved(request, form, page)


@requires(SEE)
@require_safe
def organisers(request: ActorRequest) -> HttpResponse:
    """Partner organisations and our own, with whom to ask and what they arrange."""
    arranging = Count("activities", filter=Q(activities__active=True))
    listed = Organiser.objects.annotate(arranges=arranging).order_by("-active", "-is_partner", "name")
    return render(request, "everyday/organisers.html", {"organisers": listed, "may_change": request.actor.may(MAY)})


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_organiser(request: ActorRequest) -> HttpResponse:
    form = OrganiserForm(request.POST if request.method == "POST" else None)
    page = {"heading": _("New organiser"), "button": _("Save the organiser"), "back": reverse("everyday:organisers")}
    return _saved(request, form, page)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_organiser(request: ActorRequest, organiser_id: int) -> HttpResponse:
    one = get_object_or_404(Organiser, pk=organiser_id)
    form = OrganiserForm(request.POST if request.method == "POST" else None, instance=one)
    page = {"heading": one.name, "button": _("Save the organiser"), "back": reverse("everyday:organisers")}
    return _saved(request, form, page)


@requires(SEE)
@require_safe
def hamlets(request: ActorRequest) -> HttpResponse:
    """What there is, hamlet by hamlet; also those where nothing is offered."""
    now = timezone.now()
    counted = Hamlet.objects.annotate(
        arenas=Count("arena", filter=Q(arena__active=True), distinct=True),
        offered=Count("arena__activities", filter=Q(arena__activities__occurrences__ends__gte=now), distinct=True),
    )
    every = list(counted.order_by("name"))
    context = {"offered": [one for one in every if one.offered], "empty": [one for one in every if not one.offered]}
    return render(request, "everyday/hamlets.html", context)


@requires(SEE)
@require_safe
def hamlet(request: ActorRequest, hamlet_id: int) -> HttpResponse:
    """One hamlet: its places, and what happens there."""
    here = get_object_or_404(Hamlet, pk=hamlet_id)
    now = timezone.now()
    offered = Activity.objects.filter(arena__hamlet=here, occurrences__ends__gte=now).distinct().order_by("title")
    coming = Occurrence.objects.in_hamlet(here.pk).filter(ends__gte=now).with_place().in_order()[:TIMES_SHOWN]
    context = {
        "hamlet": here,
        "arenas": Arena.objects.filter(hamlet=here, active=True),
        "offered": [(one, icon_of(one)) for one in offered.select_related("arena", "organiser")],
        "coming": list(coming),
        "today": timezone.localdate(),
    }
    return render(request, "everyday/hamlet.html", context)


def _saved(request: ActorRequest, form: ArenaForm | OrganiserForm, page: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(page["back"])
    return render(request, "everyday/activity_form.html", page | {"form": form}, status=422 if form.errors else 200)
