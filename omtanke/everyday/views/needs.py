"""What somebody needs to take part: what is noted, what the interest talk lets us suppose, and the way to note it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.models import NeedsNote
from omtanke.everyday.needs import note_needs, supposed
from omtanke.everyday.needs_forms import NeedsForm
from omtanke.everyday.talk import last_talk
from omtanke.people.models import Citizen

BEFORE_SHOWN = 5


@requires(Permission.TALK_ABOUT_INTERESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Asked with the person; what is supposed is ticked beforehand, and nothing is noted until somebody saves."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    notes = list(NeedsNote.objects.filter(citizen=citizen).select_related("noted_by").newest_first()[:BEFORE_SHOWN])
    latest, talk = (notes[0] if notes else None), last_talk(citizen_id)
    maybe = supposed(citizen, talk, timezone.localdate())
    if latest:  # what was noted counts; of the talk only what it says beside it, if it was held since
        newer = talk is not None and talk.finished_at is not None and talk.finished_at > latest.at
        maybe = [one for one in maybe if newer and one.interests and one.need not in latest.needs]
    if request.method == "POST":
        form = NeedsForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            note_needs(
                citizen,
                said["needs"],
                said_by=said["said_by"],
                words=said["words"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Noted. The plan of the month goes by it from now on."))
            return redirect("everyday:citizen_everyday", citizen_id)
    else:
        chosen = latest.needs if latest else [one.need for one in maybe]
        form = NeedsForm(initial={"needs": chosen, "words": latest.words if latest else ""})
    context = {"citizen": citizen, "form": form, "latest": latest, "before": notes[1:], "maybe": maybe, "talk": talk}
    return render(request, "everyday/needs.html", context, status=422 if form.errors else 200)
