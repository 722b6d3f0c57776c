"""It happened: who was there, in seconds on a phone, and how it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday import attendance as deeds
from omtanke.everyday import whose
from omtanke.everyday.in_words import step_label
from omtanke.everyday.lifecycle import NEXT
from omtanke.everyday.models import Occurrence, Participation, Wish
from omtanke.people.models import Citizen

# The person's own scale, the best first; never somebody else's score.
SMILES: tuple[tuple[int, str, str | Promise], ...] = (
    (5, "FaceLaugh", pgettext_lazy("how it was", "Wonderful")),
    (4, "FaceSmile", pgettext_lazy("how it was", "Good")),
    (3, "Face", pgettext_lazy("how it was", "All right")),
    (2, "FaceFrown", pgettext_lazy("how it was", "Not so good")),
    (1, "FaceCry", pgettext_lazy("how it was", "Bad")),
)
EXPECTED = ("invited", "yes", "there", "not_there")
MAY = Permission.RECORD_ATTENDANCE


@requires(MAY)
@require_safe
def it_happened(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Those who were expected and those who came anyway."""
    return _page(request, _occurrence(occurrence_id))


@requires(MAY)
@require_POST
def attend(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Took part, looked on, or did not come; of somebody expected or somebody who came anyway."""
    one, now = _occurrence(occurrence_id), timezone.now()
    chosen = request.POST.get("citizen", "")
    citizen = get_object_or_404(Citizen, pk=int(chosen) if chosen.isdecimal() else 0)
    part = request.POST.get("part", "")

    def note() -> Participation:
        if part in Participation.Part.values:
            return deeds.was_there(citizen, one, part, by=request.user, at=now)
        participation = get_object_or_404(Participation, citizen=citizen, occurrence=one)
        return deeds.was_not_there(participation, by=request.user, at=now)

    return _do(request, one, citizen, note)


@requires(MAY)
@require_POST
def how_it_was(request: ActorRequest, occurrence_id: int, participation_id: int) -> HttpResponse:
    """In the person's own words, and on their own scale."""
    one = _occurrence(occurrence_id)
    participation = get_object_or_404(Participation, pk=participation_id, occurrence=one)
    smile, wish = request.POST.get("smile", ""), request.POST.get("wish", "")

    def tell() -> Participation:
        return deeds.tell_how_it_was(
            participation,
            words=request.POST.get("words", "")[:300],
            smile=int(smile) if smile in {"1", "2", "3", "4", "5"} else None,
            wish=wish if wish in deeds.AFTERWARDS else "",
            by=request.user,
            at=timezone.now(),
        )

    return _do(request, one, participation.citizen, tell)


@requires(MAY)
@require_POST
def who_came(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Those with this name, to add somebody who came anyway."""
    one = _occurrence(occurrence_id)
    if request.headers.get("HX-Request"):
        return render(request, "everyday/it_happened.html#found", {"one": one, **_found(request)})
    return _page(request, one)


def _occurrence(occurrence_id: int) -> Occurrence:
    return get_object_or_404(Occurrence.objects.with_place(), pk=occurrence_id)


def _do(request: ActorRequest, one: Occurrence, citizen: Citizen, deed: Callable[[], Participation]) -> HttpResponse:
    try:
        deed()
    except deeds.ElsewhereThen:
        words = _("%(name)s has a place at something else at that time. Look at which of them is right.")
        messages.error(request, words % {"name": citizen.first_name})
    except (deeds.NotYet, deeds.DidNotTakePlace):
        messages.error(request, _("Nobody has been there yet: it has not begun, or it was cancelled."))
    return redirect(f"{reverse('everyday:it_happened', args=[one.pk])}#c{citizen.pk}")


def _found(request: ActorRequest) -> dict[str, Any]:
    found = whose.by_name(request.POST.get("name", ""))
    look(request, [citizen.pk for citizen in found])
    return {"found": found, "name": request.POST.get("name", "")}


def _page(request: ActorRequest, one: Occurrence) -> HttpResponse:
    parts = Participation.objects.filter(occurrence=one, state__in=EXPECTED).select_related("citizen", "wish")
    people = list(parts.order_by("citizen__sort_name", "pk"))
    look(request, {each.citizen_id for each in people})
    context: dict[str, Any] = {
        "one": one,
        "people": [(each, _afterwards(each.wish)) for each in people],
        "noted": sum(each.state in {"there", "not_there"} for each in people),
        "smiles": SMILES,
        "can_be_noted": one.cancelled_at is None and one.starts <= timezone.now(),
        **_found(request),
    }
    return render(request, "everyday/it_happened.html", context)


def _afterwards(wish: Wish | None) -> list[tuple[str, str, bool]]:
    """What the wish may have come to: code, words, and whether it is there now."""
    if wish is None:
        return []
    now = Wish.State(wish.state)
    return [
        (state.value, step_label(now, state), state == now)
        for state in deeds.AFTERWARDS
        if state == now or state in NEXT[now]
    ]
