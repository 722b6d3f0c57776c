"""Who comes to one person in the fortnight of a draft, big and plain enough to be read aloud."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.kernel.faces import GOAL
from omtanke.people.models import Citizen
from omtanke.planning.naming import called_in
from omtanke.planning.person import BEFORE, as_drafted, as_it_was, faces_in, gentler
from omtanke.planning.timeline import Bond
from omtanke.planning.views.timeline import open_draft

MAY = Permission.PLAN_LISTS


@requires(MAY)
@require_safe
def draft_person(request: ActorRequest, draft_id: int, citizen_id: int) -> HttpResponse:
    """The draft's days as drafted, what could be gentler, and the week before as it was."""
    opened = open_draft(request, draft_id)
    citizen = get_object_or_404(Citizen.objects.select_related("hamlet"), pk=citizen_id)
    look(request, [citizen.pk])
    draft, case = opened.draft, opened.case
    called = called_in(case, on=opened.on, with_times_at=[citizen.pk])
    was = as_it_was(citizen, opened.explainer.persons.get(str(citizen.pk)), draft.first)
    coming = as_drafted(opened.explainer, case, called, citizen)
    faces = faces_in(coming, was.visits)
    context = {
        "draft": draft,
        "citizen": citizen,
        "weeks": [
            {"first": draft.first, "last": draft.last, "visits": coming, "drafted": True},
            {
                "first": draft.first - BEFORE,
                "last": draft.first - timedelta(days=1),
                "visits": was.visits,
                "drafted": False,
            },
        ],
        "still_open": was.still_open,
        "faces": faces,
        "goal": GOAL,
        "reaches_goal": len(faces) <= GOAL,
        "somebody_new": any(one.bond in (Bond.NEW, Bond.NEW_VULNERABLE) for one in coming),
        "gentler": gentler(opened.explainer, case, called, citizen),
    }
    return render(request, "planning/draft_person.html", context)
