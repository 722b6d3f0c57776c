"""What stands in the way of what people want more of: a question with a next step, and somebody who has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.hindrance_forms import DealtForm, TakesItUpForm
from omtanke.everyday.hindrance_words import ASK, NEXT
from omtanke.everyday.hindrances import AlreadyDealtWith, bring_up_with, deal_with, of_what, to_offer
from omtanke.everyday.models import Hindrance, Wish
from omtanke.everyday.talk import liked
from omtanke.people.models import Belonging

MAY = Permission.SEE_WISHES
MOST, LATELY = 60, timedelta(days=30)


@requires(MAY)
@require_safe
def hindrances(request: ActorRequest) -> HttpResponse:
    """What I have first, then what my colleagues have, then what was dealt with lately."""
    belong = Belonging.objects.current().values("citizen")
    every = Hindrance.objects.filter(citizen__in=belong).select_related("citizen", "owner", "dealt_by")
    open_now = list(every.open().order_by("said_at", "pk")[: MOST + 1])
    dealt = list(every.filter(dealt_at__gte=timezone.now() - LATELY).order_by("-dealt_at")[:10])
    mine = [one for one in open_now[:MOST] if one.owner and one.owner.user_id == request.user.pk]
    others = [one for one in open_now[:MOST] if one not in mine]
    look(request, {one.citizen_id for one in (*open_now[:MOST], *dealt)})
    context = {
        "mine": _by_person(mine),
        "others": _by_person(others),
        "dealt": dealt,
        "more": len(open_now) > MOST,
    }
    return render(request, "everyday/hindrances.html", context)


def _by_person(found: list[Hindrance]) -> list[dict[str, Any]]:
    """One conversation may settle several; who has waited longest comes first."""
    people: dict[tuple[int, int | None], dict[str, Any]] = {}
    for one in found:
        person = people.setdefault(
            (one.citizen_id, one.owner_id),
            {"citizen": one.citizen, "owner": one.owner, "said_at": one.said_at, "questions": []},
        )
        person["questions"].append({"one": one, "what": of_what(one), "ask": ASK[Hindrance.Kind(one.kind)]})
    return list(people.values())


@requires(MAY)
@require_safe
def hindrance(request: ActorRequest, hindrance_id: int) -> HttpResponse:
    return _page(request, _one(hindrance_id))


@requires(MAY)
@require_POST
def dealt_with(request: ActorRequest, hindrance_id: int) -> HttpResponse:
    one, form = _one(hindrance_id), DealtForm(request.POST)
    if not form.is_valid():
        return _page(request, one, dealt=form)
    look(request, [one.citizen_id])
    try:
        deal_with(one, form.cleaned_data["words"], by=request.user, at=timezone.now())
        messages.success(request, _("Written down."))
    except AlreadyDealtWith:
        messages.warning(request, _("A colleague has dealt with it already."))
    return redirect("everyday:hindrance", one.pk)


@requires(MAY)
@require_POST
def takes_it_up(request: ActorRequest, hindrance_id: int) -> HttpResponse:
    one = _one(hindrance_id)
    form = TakesItUpForm(request.POST, hindrance=one)
    if not form.is_valid():
        return _page(request, one, owner=form)
    look(request, [one.citizen_id])
    to = form.near[int(form.cleaned_data["owner"])]
    try:
        bring_up_with(one, to, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s has it now.") % {"name": to.name})
    except AlreadyDealtWith:
        messages.warning(request, _("A colleague has dealt with it already."))
    return redirect("everyday:hindrance", one.pk)


def _one(hindrance_id: int) -> Hindrance:
    every = Hindrance.objects.select_related("citizen__hamlet", "owner", "dealt_by", "answers__questionnaire")
    return get_object_or_404(every, pk=hindrance_id)


def _page(
    request: ActorRequest, one: Hindrance, *, dealt: DealtForm | None = None, owner: TakesItUpForm | None = None
) -> HttpResponse:
    look(request, [one.citizen_id])
    said = [each for each in liked(one.answers) if each.code in one.interests]
    wishes = Wish.objects.filter(citizen=one.citizen_id, interest__in=one.interests).open().as_ranked()
    context = {
        "one": one,
        "citizen": one.citizen,
        "said": said,
        "ask": ASK[Hindrance.Kind(one.kind)],
        "next": NEXT[Hindrance.Kind(one.kind)],
        "offers": to_offer(one, at=timezone.now()),
        "wishes": wishes,
        "dealt_form": dealt or DealtForm(),
        "owner_form": owner or TakesItUpForm(hindrance=one),
        "may_note_needs": request.actor.may(Permission.TALK_ABOUT_INTERESTS),
        "may_sign_up": request.actor.may(Permission.RECORD_ATTENDANCE),
    }
    bad = bool((dealt and dealt.errors) or (owner and owner.errors))
    return render(request, "everyday/hindrance.html", context, status=422 if bad else 200)
