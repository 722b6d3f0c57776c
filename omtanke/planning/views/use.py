"""Put a draft into use: which days, whose tours, and which list each tour becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.read_log import look
from omtanke.people.models import Employee
from omtanke.planning import accept
from omtanke.planning.opened import Opened
from omtanke.planning.views.drafts import MAY, draft_of
from omtanke.visits.edit_lists import AlreadyBegun, SomebodyWasFirst


@dataclass(frozen=True)
class Choice:
    """What is ticked: days, and carers (None: all)."""

    days: list[date]
    carers: list[int] | None


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def use_draft(request: ActorRequest, draft_id: int) -> HttpResponse:
    """Choose, see which list each tour becomes, and put it into use."""
    one = draft_of(request, draft_id)
    if not one.has_plan:
        raise Http404
    opened = Opened(one, on=timezone.localdate())
    ahead = [day for day in one.days if day >= opened.on]
    carers = sorted(opened.case.employees.values(), key=lambda employee: employee.sort_name)
    in_use = accept.days_in_use(one)
    choice = _choice(request, ahead, in_use, carers)
    if request.method == "POST":
        return _use(request, opened, choice)
    to_be = accept.lists_to_be(opened, choice.days, choice.carers)
    look(request, {visit.citizen_id for day in to_be for visit in day.left})
    context: dict[str, Any] = {
        "draft": one,
        "days": [{"on": day, "chosen": day in choice.days, "in_use": day in in_use} for day in ahead],
        "carers": [{"who": c, "chosen": choice.carers is None or c.pk in choice.carers} for c in carers],
        "some_carers": choice.carers is not None,
        "to_be": to_be,
        "left": sum(len(day.left) for day in to_be),
    }
    part = "#to_be" if request.htmx and "look" in request.GET else ""  # type: ignore[attr-defined] # by its middleware
    return render(request, f"planning/use_draft.html{part}", context)


def _choice(request: ActorRequest, ahead: list[date], in_use: set[date], carers: list[Employee]) -> Choice:
    """Everything that is not in use yet, unless something is ticked."""
    asked = request.POST if request.method == "POST" else request.GET
    days = [day for day in ahead if day.isoformat() in asked.getlist("day")]
    chosen = [carer.pk for carer in carers if str(carer.pk) in asked.getlist("carer")]
    everybody = not chosen or len(chosen) == len(carers)
    whole = request.method != "POST" and "look" not in request.GET and not days
    return Choice([day for day in ahead if day not in in_use] if whole else days, None if everybody else chosen)


def _use(request: ActorRequest, opened: Opened, choice: Choice) -> HttpResponse:
    draft = opened.draft
    try:
        made = accept.accept(draft, choice.days, choice.carers, by=request.user, today=opened.on)
    except accept.ListsHaveChanged:
        messages.warning(
            request, _("Lists or rota have changed since the draft was made, so nothing was done. Plan again first.")
        )
    except accept.NothingChosen:
        messages.warning(request, _("Choose at least one day with visits."))
        return redirect("planning:use_draft", draft.pk)
    except SomebodyWasFirst:
        messages.warning(request, _("Somebody edited these lists at the same moment, so nothing was done."))
    except AlreadyBegun:
        messages.warning(request, _("One of the visits has begun in the meantime, so nothing was done. Plan again."))
    else:
        days = len(made.days)
        words = ngettext("%(days)d day lies on the lists now.", "%(days)d days lie on the lists now.", days)
        said = [words % {"days": days}, _("Staff take the lists themselves; each is suggested to whom you planned.")]
        messages.success(request, " ".join(said))
    return redirect("planning:draft", draft.pk)
