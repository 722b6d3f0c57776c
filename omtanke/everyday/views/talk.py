"""Pages of the interest talk: begin or go on, one group at a time, wishes at the end, and who is waiting for one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import talk as talks
from omtanke.everyday.models import Wish
from omtanke.everyday.talk_due import overdue_in, talks_of
from omtanke.forms.filling_in import AlreadyFinished, NotInUse, begin, decline
from omtanke.forms.models import Answers
from omtanke.forms.views.steps import Way, step_page
from omtanke.people.models import Citizen
from omtanke.people.my_units import chosen_unit
from omtanke.people.questions import Part, helpers_of


@requires(Permission.TALK_ABOUT_INTERESTS)
@require_safe
def talk(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What the last talk told, when the next is due, and the way into it."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    last = talks.last_talk(citizen_id)
    liked = talks.liked(last) if last else []
    context = {
        "citizen": citizen,
        "last": last,
        "paused": talks.paused(citizen_id),
        "due": talks_of([citizen_id], timezone.localdate()).get(citizen_id),
        "strong": [one for one in liked if one.strong],
        "some": [one for one in liked if not one.strong],
        "wants_more": [one for one in liked if one.wants_more],
        "goals": talks.goals(last) if last else [],
        "strengths": talks.strengths(last) if last else "",
        "wishes": list(Wish.objects.filter(citizen=citizen).open().select_related("owner").as_ranked()),
        "in_use": talks.in_use(),
    }
    return render(request, "everyday/talk.html", context)


@requires(Permission.TALK_ABOUT_INTERESTS)
@require_POST
def begin_talk(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Begin, or take up again; or, with `decline`, note that the person would rather not."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    questionnaire = talks.in_use()
    if questionnaire is None:
        messages.error(request, _("The interest talk is not in use here."))
        return redirect("everyday:talk", citizen_id)
    if "decline" in request.POST:
        decline(citizen, questionnaire, by=request.user, at=timezone.now())
        messages.success(request, _("“No, thank you” is an answer. We remind you in a year."))
        return redirect("everyday:talk", citizen_id)
    try:
        answers = begin(citizen, questionnaire, by=request.user, at=timezone.now())
    except NotInUse:
        messages.error(request, _("The interest talk is not in use here."))
        return redirect("everyday:talk", citizen_id)
    return redirect("everyday:talk_step", citizen_id, answers.pk)


def _answers(citizen_id: int, answers_id: int) -> Answers:
    every = Answers.objects.to(talks.URL).select_related("questionnaire", "citizen")
    return get_object_or_404(every, pk=answers_id, citizen=citizen_id)


@requires(Permission.TALK_ABOUT_INTERESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def talk_step(request: ActorRequest, citizen_id: int, answers_id: int) -> HttpResponse:
    """One group of interests."""
    answers = _answers(citizen_id, answers_id)
    look(request, [citizen_id])
    back = reverse("everyday:talk", args=[citizen_id])
    if answers.is_finished:
        return redirect(back)
    way = Way(
        here=reverse("everyday:talk_step", args=[citizen_id, answers_id]),
        paused=back,
        after_the_last=reverse("everyday:talk_wishes", args=[citizen_id, answers_id]),
        last_button=_("On to the wishes"),
    )
    try:
        return step_page(request, answers, way)
    except AlreadyFinished:
        return redirect(back)


@requires(Permission.TALK_ABOUT_INTERESTS)
@require_safe
def talks_waiting(request: ActorRequest) -> HttpResponse:
    """Those of a unit who wait for their talk, the longest first, each with the contact whose it is to hold."""
    unit, units = chosen_unit(request, Permission.TALK_ABOUT_INTERESTS)
    today = timezone.localdate()
    waiting = overdue_in(unit.pk, today)
    citizens = list(Citizen.objects.filter(pk__in=waiting).select_related("hamlet"))
    look(request, [citizen.pk for citizen in citizens])
    helpers = helpers_of([citizen.pk for citizen in citizens], today)
    rows = [
        {
            "citizen": citizen,
            "since": waiting[citizen.pk],
            "contact": next((one for one in helpers[citizen.pk] if one.part == Part.PRIMARY), None),
        }
        for citizen in sorted(citizens, key=lambda one: (waiting[one.pk], one.last_name))
    ]
    return render(request, "everyday/talks_waiting.html", {"unit": unit, "units": units, "waiting": rows})
