"""A volunteer's own assignments, and nothing else."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import assignments
from omtanke.everyday.models import Assignment
from omtanke.everyday.ride_sheets import Ride, rides_of
from omtanke.people.models import Citizen
from omtanke.shell.pdf import pdf_response

MAY = Permission.DO_ASSIGNMENTS
SEASON = timedelta(days=90)


@requires(MAY)
@require_safe
def my_assignments(request: ActorRequest) -> HttpResponse:
    """What I am asked to, what I have said yes to, and the time I have given. Who it is, I see from the day before."""
    now = timezone.now()
    mine = Assignment.objects.filter(volunteer__user=request.user).select_related("occurrence__activity__arena")
    coming = list(mine.filter(ends__gte=now, state__in=["asked", "accepted"]).order_by("starts", "stop_number", "pk"))
    over = list(mine.filter(ends__lt=now, state="accepted").order_by("-starts"))
    people = _people([*coming, *over], now)
    look(request, set(people))
    context = {
        "asked": [(one, None) for one in coming if one.state == "asked"],
        "agreed": [(one, people.get(one.citizen_id)) for one in coming if one.state == "accepted"],
        "over": [(one, people.get(one.citizen_id)) for one in over],
        "not_needed": mine.filter(ends__gte=now, state="cancelled", occurrence__cancelled_at=None).order_by("starts"),
        "given": _given(mine.filter(state="done", starts__gte=now - SEASON).aggregate(sum=Sum("minutes"))["sum"]),
    }
    return render(request, "everyday/my_assignments.html", context)


def _people(found: list[Assignment], now: datetime) -> dict[int, Citizen]:
    """Those of them that the database lets me see now."""
    near = {one.citizen_id for one in found if one.state == "accepted"}
    citizens = Citizen.objects.filter(pk__in=near).select_related("portrait", "hamlet").prefetch_related("needs_notes")
    return {citizen.pk: citizen for citizen in citizens}


def _given(minutes: int | None) -> float:
    """Hours, in halves."""
    return round((minutes or 0) / 30) / 2


@requires(MAY)
@require_POST
def answer_assignment(request: ActorRequest, given_id: int) -> HttpResponse:
    """Yes or no, with one press."""
    one = get_object_or_404(Assignment.objects.select_related("volunteer"), pk=given_id, volunteer__user=request.user)
    now = timezone.now()
    try:
        if request.POST.get("answer") == "yes":
            assignments.accept(one, by=request.user, at=now)
            messages.success(request, _("Thank you! You see who it is from the day before."))
        else:
            assignments.decline(one, by=request.user, at=now, words=request.POST.get("words", "")[:300])
            messages.success(request, _("Thank you for saying so. We ask somebody else."))
    except assignments.NotYourTurn:
        messages.warning(request, _("This has been settled already."))
    return redirect("everyday:my_assignments")


@requires(MAY)
@require_POST
def done_assignment(request: ActorRequest, given_id: int) -> HttpResponse:
    """I was there; the time is what was agreed unless I say otherwise."""
    one = get_object_or_404(Assignment, pk=given_id, volunteer__user=request.user)
    planned = int((one.ends - one.starts).total_seconds() // 60)
    try:
        assignments.done(one, minutes=planned, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you for your time."))
    except assignments.NotYourTurn:
        messages.warning(request, _("This has been settled already."))
    return redirect("everyday:my_assignments")


@requires(MAY)
@require_safe
def my_rides(request: ActorRequest) -> HttpResponse:
    """In which order, when, where, and whom to call."""
    rides = rides_of(request.user, at=timezone.now())
    look(request, {who.pk for ride in rides for _one, who in ride.stops if who})
    return render(request, "everyday/my_rides.html", {"rides": rides})


@requires(MAY)
@require_safe
def my_rides_pdf(request: ActorRequest) -> HttpResponse:
    """The same on paper, for the car."""
    rides = rides_of(request.user, at=timezone.now())
    look(request, {who.pk for ride in rides for _one, who in ride.stops if who})
    data = {
        "title": _("My rides, in order"),
        "nothing": _("You have no rides to come."),
        "hidden": _("Who it is can be seen from the day before."),
        "rides": [_on_paper(ride) for ride in rides],
    }
    return pdf_response("everyday/rides.typ", data, filename="rides.pdf")


def _on_paper(ride: Ride) -> dict[str, object]:
    what = ride.occurrence.activity
    return {
        "what": what.title,
        "when": date_format(timezone.localtime(ride.occurrence.starts), "WEEKDAY_CLOCK_FORMAT"),
        "where": str(what.arena or ""),
        "stops": [
            {
                "clock": date_format(timezone.localtime(one.pick_up_at or one.starts), "H:i"),
                "name": who.name if who else "",
                "address": f"{who.address} {who.town}".strip() if who else "",
                "phone": who.phone if who else "",
            }
            for one, who in ride.stops
        ],
    }
