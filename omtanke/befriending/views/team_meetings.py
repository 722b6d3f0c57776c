"""The monthly meeting: seniors answer, those who lead call it and write down who came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.befriending import team_meeting as deeds
from omtanke.befriending.models import MeetingAnswer, TeamMeeting
from omtanke.befriending.senior_forms import TeamMeetingForm
from omtanke.befriending.views.me import senior_of
from omtanke.people.my_units import my_units

MAY_LEAD, MAY_ANSWER = Permission.LEAD_SENIORS, Permission.VISIT_AS_SENIOR
EARLIER = 12


@requires(MAY_ANSWER)
@require_safe
def my_meetings(request: ActorRequest) -> HttpResponse:
    """What I am invited to, and what I answered."""
    me, now = senior_of(request), timezone.now()
    mine = TeamMeeting.objects.of_departments(request.actor.units(MAY_ANSWER)).select_related("department", "called_by")
    answers = {one.meeting_id: one for one in MeetingAnswer.objects.filter(senior=me)}
    coming = mine.filter(ends__gte=now).order_by("starts", "pk")
    context = {
        "coming": [(one, answers.get(one.pk)) for one in coming],
        "earlier": [(one, answers.get(one.pk)) for one in mine.before(now)[:EARLIER]],
    }
    return render(request, "befriending/my_meetings.html", context)


@requires(MAY_ANSWER)
@require_POST
def answer_meeting(request: ActorRequest, team_meeting_id: int) -> HttpResponse:
    mine = TeamMeeting.objects.of_departments(request.actor.units(MAY_ANSWER))
    meeting = get_object_or_404(mine, pk=team_meeting_id)
    comes = request.POST.get("answer") == "yes"
    try:
        deeds.answer(meeting, senior_of(request), comes=comes, at=timezone.now())
    except deeds.MeetingOver:
        messages.warning(request, _("That meeting is over, or cancelled."))
    else:
        messages.success(request, _("Good, we are expecting you.") if comes else _("Thank you for telling."))
    return redirect("befriending:my_meetings")


@requires(MAY_LEAD)
@require_safe
def team_meetings(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    theirs = TeamMeeting.objects.of_departments(request.actor.units(MAY_LEAD)).select_related("department")
    context = {"coming": theirs.coming(now), "earlier": theirs.before(now)[:EARLIER]}
    return render(request, "befriending/team_meetings.html", context)


@requires(MAY_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def call_meeting(request: ActorRequest) -> HttpResponse:
    form = TeamMeetingForm(request.POST if request.method == "POST" else None, departments=my_units(request, MAY_LEAD))
    if request.method == "POST" and form.is_valid():
        meeting = deeds.call_meeting(form.facts(), by=request.user, at=timezone.now())
        messages.success(request, _("The seniors are invited: it stands on their pages and in the newsletter."))
        return redirect("befriending:team_meeting", meeting.pk)
    page = {"form": form, "heading": _("Call a team meeting"), "button": _("Invite the seniors")}
    return render(request, "befriending/call_meeting.html", page, status=422 if form.errors else 200)


@requires(MAY_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def change_meeting(request: ActorRequest, team_meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, team_meeting_id)
    form = TeamMeetingForm(
        request.POST if request.method == "POST" else None, instance=meeting, departments=my_units(request, MAY_LEAD)
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The meeting is changed."))
        return redirect("befriending:team_meeting", meeting.pk)
    page = {"form": form, "heading": _("Change the team meeting"), "button": _("Save")}
    return render(request, "befriending/call_meeting.html", page, status=422 if form.errors else 200)


@requires(MAY_LEAD)
@require_safe
def team_meeting(request: ActorRequest, team_meeting_id: int) -> HttpResponse:
    """Who comes, who has not answered, and afterwards who was there."""
    meeting, now = _meeting(request, team_meeting_id), timezone.now()
    answers = {one.senior_id: one for one in meeting.answers.all()}
    everybody = [(one, answers.get(one.pk)) for one in deeds.invited(meeting)]
    context = {
        "meeting": meeting,
        "everybody": everybody,
        "yes": sum(1 for _one, said in everybody if said and said.comes),
        "no": sum(1 for _one, said in everybody if said and said.comes is False),
        "silent": sum(1 for _one, said in everybody if said is None or said.comes is None),
        "came": sum(1 for _one, said in everybody if said and said.came),
        "has_begun": meeting.starts <= now and not meeting.cancelled_at,
        "is_over": meeting.ends <= now,
    }
    return render(request, "befriending/team_meeting.html", context)


@requires(MAY_LEAD)
@require_POST
def who_was_there(request: ActorRequest, team_meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, team_meeting_id)
    came = {int(one) for one in request.POST.getlist("came") if one.isdigit()}
    try:
        deeds.who_came(meeting, came, at=timezone.now())
    except deeds.NotHeldYet:
        messages.error(request, _("Who was there is written down when the meeting has begun."))
    else:
        messages.success(request, _("Written down."))
    return redirect("befriending:team_meeting", meeting.pk)


@requires(MAY_LEAD)
@require_POST
def cancel_meeting(request: ActorRequest, team_meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, team_meeting_id)
    try:
        deeds.cancel_meeting(meeting, at=timezone.now())
    except deeds.AlreadyCancelled:
        messages.warning(request, _("A colleague has cancelled it already."))
    else:
        messages.success(request, _("The meeting is cancelled. It stands as cancelled on the seniors' pages."))
    return redirect("befriending:team_meeting", meeting.pk)


def _meeting(request: ActorRequest, pk: int) -> TeamMeeting:
    theirs = TeamMeeting.objects.of_departments(request.actor.units(MAY_LEAD))
    return get_object_or_404(theirs.select_related("department", "called_by"), pk=pk)
