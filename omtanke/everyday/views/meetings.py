"""Residents' meetings: planned, held, and what came of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import residents_meeting as deeds
from omtanke.everyday.meeting_forms import ItemForm, MeetingForm, WishAtMeetingForm
from omtanke.everyday.minutes import minutes
from omtanke.everyday.models import MeetingItem, Presence, ResidentsMeeting, Wish
from omtanke.people.models import Citizen
from omtanke.people.my_units import chosen_unit
from omtanke.shell.pdf import pdf_response

MAY = Permission.RECORD_ATTENDANCE


@requires(MAY)
@require_safe
def meetings(request: ActorRequest) -> HttpResponse:
    """The meetings of a unit, and which decisions wait for somebody to tell what came of them."""
    unit, units = chosen_unit(request, MAY)
    waiting = MeetingItem.objects.waiting().filter(meeting__unit=unit).select_related("owner", "meeting")
    held = ResidentsMeeting.objects.filter(unit=unit).prefetch_related("items")
    context = {"unit": unit, "units": units, "meetings": held, "waiting": waiting.order_by("due", "pk")}
    return render(request, "everyday/meetings.html", context)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: ActorRequest) -> HttpResponse:
    unit, units = chosen_unit(request, MAY)
    form = MeetingForm(request.POST if request.method == "POST" else None, units=units, initial={"unit": unit})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        leads = getattr(request.user, "employee", None)
        try:
            meeting = deeds.plan_meeting(
                said["unit"], said["starts"], said["agenda"], by=request.user, place=said["place"], led_by=leads
            )
        except deeds.AlreadyMeetThen:
            form.add_error("starts", _("They meet at that time already."))
        else:
            messages.success(request, _("The meeting is planned."))
            return redirect("everyday:meeting", meeting.pk)
    return render(request, "everyday/new_meeting.html", {"form": form}, status=422 if form.errors else 200)


@requires(MAY)
@require_safe
def meeting(request: ActorRequest, meeting_id: int) -> HttpResponse:
    """The agenda, who came, what was decided, what came of it since last time, and the wishes said there."""
    return _page(request, _meeting(request, meeting_id))


@requires(MAY)
@require_POST
def decide(request: ActorRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """What was said and decided about one thing."""
    it = _meeting(request, meeting_id)
    item = get_object_or_404(MeetingItem, pk=item_id, meeting=it)
    form = ItemForm(request.POST, unit_id=it.unit_id, prefix=f"item{item.pk}")
    if not form.is_valid():
        return _page(request, it, item_form=(item.pk, form))
    deeds.decide(item, **form.cleaned_data)
    messages.success(request, _("Written in the minutes."))
    return _back(it, f"item{item.pk}")


@requires(MAY)
@require_POST
def add_item(request: ActorRequest, meeting_id: int) -> HttpResponse:
    it = _meeting(request, meeting_id)
    if title := request.POST.get("title", "").strip()[:120]:
        item = deeds.add_item(it, title)
        return _back(it, f"item{item.pk}")
    messages.error(request, _("Write what it is about first."))
    return _back(it, "agenda")


@requires(MAY)
@require_POST
def outcome(request: ActorRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """What came of something an earlier meeting decided."""
    it = _meeting(request, meeting_id)
    item = get_object_or_404(MeetingItem, pk=item_id, meeting__unit=it.unit_id)
    words = request.POST.get("outcome", "").strip()[:300]
    deeds.tell_outcome(item, words, by=request.user, at=timezone.now())
    messages.success(request, _("Written down."))
    return _back(it, "since")


@requires(MAY)
@require_POST
def who_came(request: ActorRequest, meeting_id: int) -> HttpResponse:
    it = _meeting(request, meeting_id)
    theirs = _of_unit(it)
    chosen = set(request.POST.getlist("came"))
    deeds.who_came(it, [one for one in theirs if str(one.pk) in chosen], among=theirs)
    look(request, [one.pk for one in theirs])
    messages.success(request, _("Written in the minutes."))
    return _back(it, "came")


@requires(MAY)
@require_POST
def wish_said(request: ActorRequest, meeting_id: int) -> HttpResponse:
    """A wish said at the meeting becomes a wish like others."""
    it = _meeting(request, meeting_id)
    form = WishAtMeetingForm(request.POST, citizens=_of_unit(it))
    if not form.is_valid():
        return _page(request, it, wish_form=form)
    said = form.cleaned_data
    wish = deeds.wish_at_meeting(it, said["citizen"], said["words"], by=request.user, at=timezone.now())
    owner = wish.owner.name if wish.owner else request.user.name
    messages.success(request, _("The wish is saved. %(name)s has it now.") % {"name": owner})
    return _back(it, "wishes")


@requires(MAY)
@require_safe
def meeting_minutes(request: ActorRequest, meeting_id: int) -> HttpResponse:
    """The minutes in big type, to hang up: what was decided, without names of those who live there."""
    it = _meeting(request, meeting_id)
    data = minutes(it)
    return pdf_response("everyday/minutes.typ", data, filename=f"{slugify(data['title'])}.pdf")


def _meeting(request: ActorRequest, meeting_id: int) -> ResidentsMeeting:
    it = get_object_or_404(ResidentsMeeting.objects.select_related("unit", "led_by"), pk=meeting_id)
    request.actor.must_in(MAY, [it.unit_id])
    return it


def _of_unit(it: ResidentsMeeting) -> list[Citizen]:
    return list(Citizen.objects.of_unit(it.unit_id).in_order())


def _back(it: ResidentsMeeting, place: str) -> HttpResponse:
    return redirect(f"{reverse('everyday:meeting', args=[it.pk])}#{place}")


def _page(
    request: ActorRequest,
    it: ResidentsMeeting,
    *,
    item_form: tuple[int, ItemForm] | None = None,
    wish_form: WishAtMeetingForm | None = None,
) -> HttpResponse:
    theirs = _of_unit(it)
    came = set(Presence.objects.filter(meeting=it).values_list("citizen_id", flat=True))
    wishes = Wish.objects.filter(meeting=it).select_related("citizen", "owner")
    look(request, [one.pk for one in theirs])
    context: dict[str, Any] = {
        "meeting": it,
        "is_over": it.starts <= timezone.now(),
        "items": [(item, _form_of(item, it, item_form)) for item in it.items.select_related("owner")],
        "since": deeds.from_before(it),
        "people": [(one, one.pk in came) for one in theirs],
        "came": len(came),
        "wishes": wishes,
        "wish_form": wish_form or WishAtMeetingForm(citizens=theirs),
    }
    bad = bool(item_form or (wish_form and wish_form.errors))
    return render(request, "everyday/meeting.html", context, status=422 if bad else 200)


def _form_of(item: MeetingItem, it: ResidentsMeeting, bound: tuple[int, ItemForm] | None) -> ItemForm:
    if bound and bound[0] == item.pk:
        return bound[1]
    now = {"said": item.said, "decision": item.decision, "owner": item.owner_id, "due": item.due}
    return ItemForm(initial=now, unit_id=it.unit_id, prefix=f"item{item.pk}")
