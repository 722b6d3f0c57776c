"""Put a draft into use: which days, whose tours, and which list each tour becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
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
from omtanke.planning.become_lists import tours_of
from omtanke.planning.meanwhile import ChangedShift, ChangedVisit, Meanwhile, since_made
from omtanke.planning.opened import Opened
from omtanke.planning.other_drafts import others_in_use
from omtanke.planning.views.drafts import MAY, draft_of
from omtanke.shell.templatetags.omtanke import day_and_clock
from omtanke.visits.edit_lists import AlreadyBegun, SomebodyWasFirst


@dataclass(frozen=True)
class Choice:
    """What is ticked: days, and carers (None: all)."""

    days: list[date]
    carers: list[int] | None


@dataclass(frozen=True)
class HowMuch:
    """How much of a day with changes can be used as it is: `fits` of `planned` visits, and what has changed there."""

    on: date
    fits: int
    planned: int
    visits: list[ChangedVisit]
    shifts: list[ChangedShift]

    @property
    def little(self) -> bool:
        """Less than half: then planning again gives more."""
        return self.fits * 2 < self.planned


def how_much(opened: Opened, meanwhile: Meanwhile) -> list[HowMuch]:
    """Day by day with changes, from today: of the visits that the draft has placed and are still to do."""
    placed = opened.draft.visits.exclude(starts=None).filter(visit__not_done="", visit__started_at=None).order_by()
    planned = dict(placed.values_list("visit__round__on").annotate(Count("pk")))
    found = []
    for on in [day for day in meanwhile.days if day >= opened.on]:
        tours = tours_of(opened.case, opened.plan, on, stay=meanwhile.stay)
        fits = sum(len(tour.visits) for tour in tours if tour.shift not in meanwhile.lost)
        visits = [visit for visit in meanwhile.visits if visit.on == on]
        shifts = [shift for shift in meanwhile.shifts if shift.on == on]
        found.append(HowMuch(on, fits, planned.get(on, 0), visits, shifts))
    return found


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
    in_use, others = accept.days_in_use(one), others_in_use(one)
    choice = _choice(request, ahead, in_use | set(others), carers)
    if request.method == "POST":
        return _use(request, opened, choice)
    meanwhile = since_made(one)
    to_be = accept.lists_to_be(opened, choice.days, choice.carers, meanwhile) if meanwhile.known else []
    changed = {visit.citizen.pk for visit in meanwhile.visits if visit.citizen}
    look(request, {visit.citizen_id for day in to_be for visit in day.left} | changed)
    context: dict[str, Any] = {
        "draft": one,
        "days": [
            {"on": day, "chosen": day in choice.days, "in_use": day in in_use, "other": others.get(day)}
            for day in ahead
        ],
        "others": list(dict.fromkeys(others[day] for day in ahead if day in others)),
        "carers": [{"who": c, "chosen": choice.carers is None or c.pk in choice.carers} for c in carers],
        "some_carers": choice.carers is not None,
        "to_be": to_be,
        "meanwhile": meanwhile,
        "as_it_is": how_much(opened, meanwhile),
        "left": sum(len(day.left) for day in to_be),
    }
    part = "#to_be" if request.htmx and "look" in request.GET else ""  # type: ignore[attr-defined] # by its middleware
    return render(request, f"planning/use_draft.html{part}", context)


def _choice(request: ActorRequest, ahead: list[date], in_use: set[date], carers: list[Employee]) -> Choice:
    """Everything that is not in use yet, by this draft or another, unless something is ticked."""
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
    except accept.MadeBeforeItWasKept:
        messages.warning(request, _("This draft is old, and nobody knows what has changed since. Plan again first."))
    except accept.InUseAlready as used:
        said = {"name": used.change.by.name, "when": day_and_clock(used.change.at)}
        messages.info(request, _("%(name)s put these days into use, %(when)s. There was nothing left to do.") % said)
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
        told = [words % {"days": days}, _("Staff take the lists themselves; each is suggested to whom you planned.")]
        stayed = len(made.undo["stayed"])
        if stayed:
            one_or_more = ngettext(
                "%(n)d visit lies where somebody has put it since the draft was made.",
                "%(n)d visits lie where somebody has put them since the draft was made.",
                stayed,
            )
            told.append(one_or_more % {"n": stayed})
        messages.success(request, " ".join(told))
    return redirect("planning:draft", draft.pk)
