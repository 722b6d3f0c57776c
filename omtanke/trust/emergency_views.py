"""Pages of emergency access: open it, end it, and the leader's follow-up."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import EmergencyAccess, Look
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Citizen
from omtanke.trust import emergency as deed
from omtanke.trust import read_log
from omtanke.trust.forms import EmergencyForm, FollowUpForm

FOLLOWED_UP_SHOWN = 20


@requires(Permission.USE_EMERGENCY_ACCESS)
def emergency(request: ActorRequest) -> HttpResponse:
    """Open the record of somebody the actor has no running reason to see."""
    form = EmergencyForm(request.POST) if request.method == "POST" else EmergencyForm()
    if request.method == "POST" and form.is_valid():
        found = _found(request, form)
        if found:
            return _opened(request, found, form.cleaned_data["words"])
    running = list(EmergencyAccess.objects.running().filter(holder=request.user).newest_first())
    context = {"form": form, "running": named(request, running), "hours": deed.OPEN_FOR.total_seconds() // 3600}
    return render(request, "trust/emergency.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, form: EmergencyForm) -> deed.Found | None:
    """The one person the form names; otherwise the form says why not, and keeps what was typed."""
    said = form.cleaned_data
    try:
        found = deed.find(
            by=request.user,
            at=timezone.now(),
            name=said["name"],
            born=said["born"],
            national_id=said["national_id"],
        )
    except deed.TooManySearches:
        form.add_error(None, _("You have searched many times in the last hour. Call your leader or the one on duty."))
        return None
    if len(found) > 1:
        form.add_error("national_id", _("More than one has this name and birth date. Use the number instead."))
    elif not found:
        form.add_error(
            None, _("There is nobody with exactly this. Look at the spelling and the birth date. Nothing was opened.")
        )
    return found[0] if len(found) == 1 else None


def _opened(request: ActorRequest, found: deed.Found, words: str) -> HttpResponse:
    page = citizen_page(found.citizen_id)
    if deed.sees_already(found.citizen_id):
        messages.info(request, _("You can see %(name)s already. Nothing had to be opened.") % {"name": found.name})
        return redirect(page)
    access = deed.open_in_emergency(found.citizen_id, words=words, by=request.user, at=timezone.now())
    follow_up = request.build_absolute_uri(reverse("access:follow_up", args=[access.pk]))
    deed.tell_leaders(access, address=follow_up)
    messages.success(
        request,
        _("You can see %(name)s for 12 hours. The leader has been told, and will ask how it went.")
        % {"name": found.name},
    )
    return redirect(page)


@requires(Permission.USE_EMERGENCY_ACCESS)
@require_POST
def end_emergency(request: ActorRequest, emergency_id: int) -> HttpResponse:
    """The holder needs it no longer."""
    access = get_object_or_404(EmergencyAccess, pk=emergency_id, holder=request.user)
    try:
        deed.end_early(access, by=request.user, at=timezone.now())
        messages.success(request, _("The emergency access is ended. The leader's follow-up remains."))
    except deed.AlreadyOver:
        messages.info(request, _("It had ended already."))
    return redirect("access:emergency")


@requires(Permission.LEAD_UNIT)
@require_safe
def emergency_followups(request: ActorRequest) -> HttpResponse:
    """Emergency accesses to the people of my units. As a fragment: only those that wait."""
    mine = EmergencyAccess.objects.select_related("holder", "followed_up_by").newest_first()
    units = request.actor.units(Permission.LEAD_UNIT)
    if units is not None:
        mine = mine.filter(unit_ids__overlap=list(units))
    waiting = named(request, mine.without_follow_up())
    if request.headers.get("HX-Request"):
        return render(request, "trust/emergency_followups.html#waiting", {"waiting": waiting, "panel": True})
    done = named(request, mine.exclude(followed_up_at=None)[:FOLLOWED_UP_SHOWN])
    return render(request, "trust/emergency_followups.html", {"waiting": waiting, "done": done})


@requires(Permission.LEAD_UNIT)
def follow_up(request: ActorRequest, emergency_id: int) -> HttpResponse:
    """What happened, and was it right?"""
    access = get_object_or_404(EmergencyAccess.objects.select_related("holder", "followed_up_by"), pk=emergency_id)
    if not any(request.actor.may_in(Permission.LEAD_UNIT, unit_id) for unit_id in access.unit_ids):
        raise Http404
    return follow_up_page(request, access, back="access:emergency_followups")


def follow_up_page(request: ActorRequest, access: EmergencyAccess, *, back: str) -> HttpResponse:
    """The page by which a leader, or the privacy officer where there is none, follows up."""
    form = FollowUpForm(request.POST) if request.method == "POST" else FollowUpForm()
    if request.method == "POST" and form.is_valid():
        try:
            deed.follow_up(access, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The follow-up is saved."))
        except deed.NotYoursToFollowUp:
            messages.error(request, _("Somebody else must follow up your own emergency access."))
        except deed.AlreadyFollowedUp:
            messages.info(request, _("A colleague has already written the follow-up."))
        return redirect(back)
    looks = Look.objects.filter(
        actor=access.holder, citizen_id=access.citizen_id, at__gte=access.since, at__lte=access.until
    )
    context = {
        "one": named(request, [access])[0],
        "form": form,
        "looks": read_log.in_words(read_log.grouped(looks)),
        "own": access.holder_id == request.user.pk,
        "back": reverse(back),
    }
    return render(request, "trust/follow_up.html", context, status=422 if form.errors else 200)


def named(request: ActorRequest, accesses: Sequence[EmergencyAccess] | Any) -> list[dict[str, Any]]:
    """Each with the person's name, where the actor may still know it; and a line in the read log."""
    listed = list(accesses)
    citizens = Citizen.objects.in_bulk({access.citizen_id for access in listed})
    look(request, citizens)
    return [
        {"access": access, "citizen": citizens.get(access.citizen_id), "url": citizen_page(access.citizen_id)}
        for access in listed
    ]


def citizen_page(citizen_id: int) -> str:
    """Where the whole record is read."""
    return reverse("people:citizen", args=[citizen_id])
