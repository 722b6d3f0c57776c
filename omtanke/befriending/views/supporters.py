"""Ambassadors and partners: who stays in touch with whom, and when next."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.befriending import supporters as deeds
from omtanke.befriending.models import Supporter
from omtanke.befriending.senior_forms import ContactHeldForm, SupporterForm

MAY = Permission.STAY_IN_TOUCH
SOON, USUAL = timedelta(days=14), timedelta(days=90)


@requires(MAY)
@require_safe
def supporters(request: ActorRequest) -> HttpResponse:
    """Mine that are due first, then all."""
    today = timezone.localdate()
    every = list(Supporter.objects.active().select_related("organiser", "kept_by").soonest_first())
    due = [one for one in every if one.next_contact_on and one.next_contact_on <= today]
    context = {
        "mine_due": [one for one in due if one.kept_by_id == request.user.pk],
        "others_due": [one for one in due if one.kept_by_id != request.user.pk],
        "coming": [one for one in every if one not in due],
        "gone": Supporter.objects.filter(active=False).count(),
        "today": today,
    }
    return render(request, "befriending/supporters.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_supporter(request: ActorRequest) -> HttpResponse:
    first = {"kept_by": request.user.pk, "next_contact_on": timezone.localdate() + SOON}
    form = SupporterForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        return redirect("befriending:supporter", form.save_with_organiser().pk)
    page = {"form": form, "heading": _("New ambassador or partner")}
    return render(request, "befriending/supporter_form.html", page, status=422 if form.errors else 200)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_supporter(request: ActorRequest, supporter_id: int) -> HttpResponse:
    it = get_object_or_404(Supporter, pk=supporter_id)
    form = SupporterForm(request.POST if request.method == "POST" else None, instance=it)
    if request.method == "POST" and form.is_valid():
        kept = form.save_with_organiser()
        if not kept.active:
            Supporter.objects.filter(pk=kept.pk).update(active=True)  # whoever gets a next contact is with us again
        return redirect("befriending:supporter", kept.pk)
    page = {"form": form, "heading": it.name}
    return render(request, "befriending/supporter_form.html", page, status=422 if form.errors else 200)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def supporter(request: ActorRequest, supporter_id: int) -> HttpResponse:
    """One of them: what they care for, contacts held, and a new one written down."""
    found = Supporter.objects.select_related("organiser", "kept_by")
    it, today = get_object_or_404(found, pk=supporter_id), timezone.localdate()
    first = {"on": today, "next_on": today + USUAL}
    form = ContactHeldForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.write_contact(it, by=request.user, today=today, **form.cleaned_data)
        except deeds.NotInTheFuture:
            form.add_error("on", _("That day has not come yet."))
        except deeds.NotInThePast:
            form.add_error("next_on", _("That day has passed."))
        else:
            messages.success(request, _("Written down."))
            return redirect("befriending:supporter", it.pk)
    contacts = it.contacts.select_related("by")
    context = {"it": it, "form": form, "contacts": contacts, "today": today}
    return render(request, "befriending/supporter.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def say_goodbye(request: ActorRequest, supporter_id: int) -> HttpResponse:
    it = get_object_or_404(Supporter, pk=supporter_id)
    deeds.say_goodbye(it)
    messages.success(request, _("%(name)s is not on the list any more. What was said stays.") % {"name": it.name})
    return redirect("befriending:supporters")
