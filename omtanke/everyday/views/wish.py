"""One wish: what was said, where it stands, who has it, and the next step."""

from __future__ import annotations

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
from omtanke.everyday import follow_up
from omtanke.everyday.hindrance_words import ASK
from omtanke.everyday.hindrances import CAUSE, about_wish
from omtanke.everyday.in_words import SOURCE
from omtanke.everyday.interests import choices, label
from omtanke.everyday.models import Hindrance, Wish
from omtanke.everyday.say_wish import CAN_BE_TAKEN_BACK, choose_interest
from omtanke.everyday.told import tell
from omtanke.everyday.views.catch import way_back
from omtanke.everyday.wish_forms import JUST_TELL, OwnerForm, StepForm


@requires(Permission.SEE_WISHES)
@require_safe
def wish(request: ActorRequest, wish_id: int) -> HttpResponse:
    """One wish with all its steps."""
    return _page(request, _wish(wish_id))


@requires(Permission.SEE_WISHES)
@require_POST
def step(request: ActorRequest, wish_id: int) -> HttpResponse:
    """The next step, or a word on how it goes."""
    it = _wish(wish_id)
    form = StepForm(request.POST, wish=it)
    if request.POST.get("seen") not in {it.state, None}:
        messages.error(request, _("A colleague was first. Look at where the wish stands now."))
        return redirect("everyday:wish", wish_id)
    if not form.is_valid():
        return _page(request, it, form=form)
    said = form.cleaned_data
    try:
        if said["what"] == JUST_TELL:
            follow_up.tell(it, said["words"], by=request.user, at=timezone.now())
        else:
            to = Wish.State(said["what"])
            follow_up.take_step(it, to, by=request.user, at=timezone.now(), words=said["words"], cause=said["cause"])
        messages.success(request, _("Written down."))
    except (follow_up.SomebodyWasFirst, follow_up.NotTheNextStep):
        messages.error(request, _("A colleague was first. Look at where the wish stands now."))
    return redirect("everyday:wish", wish_id)


@requires(Permission.SEE_WISHES)
@require_POST
def hand_over_wish(request: ActorRequest, wish_id: int) -> HttpResponse:
    """Somebody else has it from now."""
    it = _wish(wish_id)
    form = OwnerForm(request.POST, wish=it)
    if not form.is_valid():
        return _page(request, it, owner_form=form)
    try:
        follow_up.hand_over(it, form.cleaned_data["owner"], by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s has it now.") % {"name": form.cleaned_data["owner"].name})
    except follow_up.SomebodyWasFirst:
        messages.error(request, _("A colleague was first. Look at where the wish stands now."))
    return redirect("everyday:wish", wish_id)


@requires(Permission.CATCH_WISH)
@require_POST
def change_interest(request: ActorRequest, wish_id: int) -> HttpResponse:
    """It belongs to another interest than was suggested."""
    it = _wish(wish_id)
    look(request, [it.citizen_id])
    choose_interest(it, request.POST.get("interest", ""))
    messages.success(request, _("Saved."))
    return redirect("everyday:wish", wish_id)


def _wish(wish_id: int) -> Wish:
    return get_object_or_404(Wish.objects.select_related("citizen__hamlet", "owner", "said_to"), pk=wish_id)


def _cause(in_the_way: list[Hindrance]) -> str:
    """What the talk said stands in the way, to begin with."""
    kinds = (Hindrance.Kind(one.kind) for one in in_the_way if one.dealt_at is None)
    return next((CAUSE[kind] for kind in kinds if kind in CAUSE), "")


def _page(
    request: ActorRequest, it: Wish, *, form: StepForm | None = None, owner_form: OwnerForm | None = None
) -> HttpResponse:
    now = timezone.now()
    look(request, [it.citizen_id])
    fresh = it.said_to_id == request.user.pk and it.said_at > now - CAN_BE_TAKEN_BACK
    (told,) = tell([it], at=now)
    in_the_way = about_wish(it)
    for one in in_the_way:
        one.ask = ASK[Hindrance.Kind(one.kind)]  # type: ignore[attr-defined] # for the page
    context: dict[str, Any] = {
        "told": told,
        "wish": it,
        "citizen": it.citizen,
        "source": SOURCE[Wish.Source(it.source)],
        "interest": label(it.interest) if it.interest else "",
        "interests": choices(),
        "in_the_way": in_the_way,
        "form": form or StepForm(wish=it, initial={"cause": _cause(in_the_way)}),
        "owner_form": owner_form or OwnerForm(wish=it),
        "caught": "caught" in request.GET,
        "may_take_back": fresh and len(told.steps) == 1 and it.state == Wish.State.SAID,
        "back": way_back(request),
    }
    bad = bool((form and form.errors) or (owner_form and owner_form.errors))
    return render(request, "everyday/wish.html", context, status=422 if bad else 200)
