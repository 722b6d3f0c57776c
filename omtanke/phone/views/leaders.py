"""For those who lead: which phones hold a list, and what came back that a person has to look at."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.phone import follow_up
from omtanke.phone import take_along as deeds
from omtanke.phone.forms import SeeToForm
from omtanke.phone.models import Phone, Report


@requires(Permission.PLAN_LISTS)
@require_safe
def phones(request: ActorRequest) -> HttpResponse:
    """Phones that hold a list now, and what waits for somebody's eye. As a fragment: one line, when something waits."""
    if request.headers.get("HX-Request"):
        waiting = follow_up.waiting(request.actor.units(Permission.PLAN_LISTS))
        return render(request, "phone/phones.html#line", {"count": len(waiting)})
    return _page(request)


@requires(Permission.PLAN_LISTS)
@require_POST
def see_to(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Say what was done about something that came back from a phone."""
    event = get_object_or_404(Report.objects.select_related("citizen", "employee"), pk=report_id)
    look(request, [event.citizen_id])
    form = SeeToForm(request.POST)
    if not form.is_valid():
        return _page(request, {event.pk: form}, status=422)
    try:
        follow_up.see_to(event, form.cleaned_data["words"], by=request.user, at=timezone.now())
        messages.success(request, _("Seen to. It no longer waits."))
    except follow_up.AlreadySeenTo as first:
        messages.info(request, _("%(name)s has seen to it already.") % {"name": first.by.name})
    return redirect("phone:phones")


@requires(Permission.PLAN_LISTS)
@require_POST
def revoke(request: ActorRequest, phone_id: UUID) -> HttpResponse:
    """A phone is lost, or found again."""
    phone = get_object_or_404(Phone.objects.select_related("user"), pk=phone_id)
    if phone not in deeds.phones_holding(request.actor.units(Permission.PLAN_LISTS), at=timezone.now()):
        return redirect("phone:phones")
    if request.POST.get("deed") == "let in":
        deeds.let_in_again(phone)
        messages.success(request, _("%(name)s's phone may take a list along again.") % {"name": phone.user.name})
    else:
        deeds.revoke(phone, by=request.user, at=timezone.now())
        messages.success(
            request, _("%(name)s's phone forgets its list at its next contact.") % {"name": phone.user.name}
        )
    return redirect("phone:phones")


def _page(request: ActorRequest, forms: dict[UUID, SeeToForm] | None = None, status: int = 200) -> HttpResponse:
    units, at = request.actor.units(Permission.PLAN_LISTS), timezone.now()
    events = follow_up.waiting(units)
    look(request, [event.citizen_id for event in events])
    places = follow_up.places_of(events)
    waiting = [
        {
            "event": event,
            "place": places.get((event.occurrence_id or 0, event.citizen_id)),
            "form": (forms or {}).get(event.pk) or SeeToForm(prefix=None),
        }
        for event in events
    ]
    context = {"waiting": waiting, "phones": deeds.phones_holding(units, at=at), "now": at}
    return render(request, "phone/phones.html", context, status=status)
