"""The getting-to-know form: filled in at the meeting, read before a visit, by those who lead and the senior who visits.

The database lets nobody else through (forms, migration 0004): for them the order, or its answers, are not there.
"""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending import before as deeds
from omtanke.befriending.models import Acquaintance
from omtanke.forms.comparing import side_by_side
from omtanke.forms.filling_in import NotInUse
from omtanke.forms.models import Answers
from omtanke.forms.views.steps import Way, fill_to_the_end

MAY = Permission.GET_TO_KNOW


@requires(MAY)
@require_POST
def begin_form(request: ActorRequest, order_id: int) -> HttpResponse:
    """Begin the form of the newest meeting with what the order knows, or take it up again."""
    meeting = _meeting(order_id)
    look(request, [meeting.citizen_id])
    try:
        deeds.begin_form(meeting, by=request.user, at=timezone.now())
    except (deeds.NoForm, NotInUse):
        messages.error(request, _("The form is not in use here. An administrator can publish it."))
        return redirect("home")
    return redirect("befriending:fill_in", order_id)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: ActorRequest, order_id: int) -> HttpResponse:
    """One step of the form, saved as it is written."""
    answers = _answers(order_id)
    look(request, [answers.citizen_id])
    way = Way(
        here=reverse("befriending:fill_in", args=[order_id]),
        paused=_back(request, order_id),
        after_the_last=reverse("befriending:read_form", args=[order_id]),
        last_button=_("Finish"),
    )
    return fill_to_the_end(request, answers, way)


@requires(MAY)
@require_safe
def read_form(request: ActorRequest, order_id: int) -> HttpResponse:
    """What was answered, in the words it was said."""
    answers = _answers(order_id)
    look(request, [answers.citizen_id])
    lines = [line for line in side_by_side(answers, None) if line.now]
    context = {
        "order_id": order_id,
        "citizen": answers.citizen,
        "answers": answers,
        "groups": [(heading, list(group)) for heading, group in groupby(lines, key=lambda line: line.heading)],
        "back": _back(request, order_id),
    }
    return render(request, "befriending/read_form.html", context)


def _back(request: ActorRequest, order_id: int) -> str:
    """To the order for those who lead, to their own visits for a senior."""
    if request.actor.may(Permission.HANDLE_ORDERS):
        return reverse("befriending:meeting", args=[order_id])
    return reverse("befriending:my_visits")


def _meeting(order_id: int) -> Acquaintance:
    meeting = Acquaintance.objects.filter(order=order_id).select_related("citizen", "department", "order").last()
    if meeting is None:
        raise Http404
    return meeting


def _answers(order_id: int) -> Answers:
    """Those of the newest meeting that has any."""
    with_form = Acquaintance.objects.filter(order=order_id, answers__isnull=False).last()
    every = Answers.objects.select_related("questionnaire", "citizen", "finished_by")
    return get_object_or_404(every, pk=with_form.answers_id if with_form else 0)
