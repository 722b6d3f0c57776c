"""Sign somebody up for one time of an activity: who, what they say, and how they get there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.getting_there import Way, supposed_way
from omtanke.everyday.models import HelpWanted, Occurrence, Participation
from omtanke.everyday.month_words import lacks
from omtanke.everyday.needs import lacking, needs_of
from omtanke.everyday.seats import free_at
from omtanke.everyday.sign_up import DoesNotTakePlace, HasRoom, HasVisit, IsElsewhere, NoSeatLeft, sign_up
from omtanke.everyday.sign_up_forms import SignUpForm, WhoForm
from omtanke.everyday.way_words import looked_for
from omtanke.people.models import Citizen

State = Participation.State


@requires(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_somebody_up(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """First who (`?citizen=` chooses them), then what they say and how they get there."""
    one = get_object_or_404(Occurrence.objects.with_place(), pk=occurrence_id)
    chosen = request.POST if request.method == "POST" else request.GET
    who = WhoForm(chosen if "citizen" in chosen else None)
    free = free_at(one)
    context: dict[str, Any] = {"one": one, "activity": one.activity, "who": who, "free": free}
    if request.method != "POST" and (one.cancelled_at or one.ends <= timezone.now()):
        return render(request, "everyday/sign_up.html", context | {"too_late": True})
    if not who.is_bound or not who.is_valid():
        look(request, who.fields["citizen"].queryset.values_list("pk", flat=True))  # type: ignore[attr-defined]
        return render(request, "everyday/sign_up.html", context, status=422 if who.errors else 200)
    citizen = who.cleaned_data["citizen"]
    look(request, [citizen.pk])
    if request.method == "POST":
        form = SignUpForm(request.POST, citizen=citizen, full=free == 0)
        if form.is_valid() and _signed_up(request, one, citizen, form):
            return redirect("everyday:occurrence", occurrence_id=one.pk)
    else:
        form = _first_form(one, citizen, full=free == 0)
    context |= {"citizen": citizen, "form": form, "supposed": _why_supposed(citizen)}
    return render(request, "everyday/sign_up.html", context, status=422 if form.errors else 200)


def _first_form(one: Occurrence, citizen: Citizen, *, full: bool) -> SignUpForm:
    """With what they said before, or usually need."""
    known = Participation.objects.filter(occurrence=one, citizen=citizen).first()
    way = supposed_way(citizen, one, known, timezone.localdate())
    initial: dict[str, Any] = {"way": way.way, "driven_by": way.driven_by, "company": way.company}
    if full and (known is None or known.state not in Participation.TAKES_PLACE):
        initial["state"] = State.WAITING
    return SignUpForm(citizen=citizen, full=full, initial=initial)


def _why_supposed(citizen: Citizen) -> str:
    known = needs_of([citizen], timezone.localdate())[citizen.pk]
    if known.confirmed or not known.needs:
        return ""
    return _("Chosen beforehand by age and interest talk. Nobody has asked %(name)s yet, so ask.") % {
        "name": citizen.first_name
    }


def _signed_up(request: ActorRequest, one: Occurrence, citizen: Citizen, form: SignUpForm) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            place = sign_up(
                one,
                citizen,
                state=said["state"],
                by=request.user,
                now=timezone.now(),
                knowing_of_visits=said["despite_visit"],
                getting_there=form.getting_there,
            )
    except (DoesNotTakePlace, NoSeatLeft, HasRoom, IsElsewhere, HasVisit) as refused:
        form.add_error(None, why_not(refused, citizen.short_name))
        if isinstance(refused, HasVisit):
            form.ask_about_visit()
        return False
    messages.success(request, " ".join([_("Noted for %(name)s.") % {"name": citizen.first_name}, *_who_helps(place)]))
    if said["state"] != State.NO and (missing := _what_is_missing(citizen, one)):
        messages.warning(request, _("Look here first: %(why)s.") % {"why": missing})
    return True


def _who_helps(place: Participation) -> list[str]:
    """Who looks for a driver or company now, by name; or when it begins, for those who wait."""
    if place.state == State.WAITING and (place.way == Way.DRIVER or place.wants_company):
        return [_("Somebody to drive or come along is looked for when there is a place.")]
    wanted = HelpWanted.objects.open().filter(participation=place).select_related("owner").order_by("-kind")
    return [f"{looked_for(one)}." for one in wanted]


def _what_is_missing(citizen: Citizen, one: Occurrence) -> str:
    """What the place does not have of what the person needs, as far as somebody has asked them."""
    known = needs_of([citizen], timezone.localdate())[citizen.pk]
    codes = lacking(known, one.place) if known.confirmed else []
    return lacks(one.place, codes) if codes else ""


def why_not(refused: Exception, name: str) -> str:
    """As people say it."""
    if isinstance(refused, NoSeatLeft):
        return _("There is no place left. Choose another time, or let %(name)s wait for a place.") % {"name": name}
    if isinstance(refused, HasRoom):
        return _("There is a place: nobody needs to wait.")
    if isinstance(refused, IsElsewhere):
        if refused.where is None:
            return _("%(name)s has a place somewhere else then.") % {"name": name}
        begins = timezone.localtime(refused.where.starts)
        return _("%(name)s has a place at %(what)s then (%(clock)s).") % {
            "name": name,
            "what": refused.where.occurrence.activity.title,
            "clock": f"{begins:%H:%M}",
        }
    if isinstance(refused, HasVisit):
        clocks = ", ".join(
            f"{timezone.localtime(visit.starts):%H:%M}–{timezone.localtime(visit.ends):%H:%M}"
            for visit in refused.visits
        )
        return _(
            "%(name)s expects a visit then (%(clocks)s). Talk with them and with whoever comes; "
            "then tick that you have, and save again."
        ) % {"name": name, "clocks": clocks}
    return _("It is cancelled or over.")
