"""At the door: what to know, start, end, the visit book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Employee
from omtanke.shell.templatetags.omtanke import clock
from omtanke.visits import carry_out as deeds
from omtanke.visits.day_sheet import Stop, add_driving, know, next_stop, rounds_of, stops_of
from omtanke.visits.forms import NotDoneForm, NoteForm
from omtanke.visits.models import Note, Visit
from omtanke.visits.views.me import employee_of
from omtanke.visits.visit_book import write_note

NOTES_SHOWN = 5


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def visit(request: ActorRequest, visit_id: int) -> HttpResponse:
    """One visit: who, what, what is new, whom to call; start and end."""
    return _page(request, _visit(visit_id))


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def start(request: ActorRequest, visit_id: int) -> HttpResponse:
    def begin(it: Visit, me: Employee, at: datetime) -> str:
        deeds.start_visit(it, by=me, at=at)
        return _("Started at %(clock)s.") % {"clock": clock(it.started_at)}

    return _do(request, visit_id, begin)


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def end(request: ActorRequest, visit_id: int) -> HttpResponse:
    """End the visit and go on to the next one."""
    it, me, at = _visit(visit_id), employee_of(request), timezone.now()
    try:
        deeds.end_visit(it, at=at)
    except deeds.VisitChanged as changed:
        messages.warning(request, _in_words(changed.visit))
        return redirect("visits:visit", visit_id=visit_id)
    messages.success(request, _and_then(it, me, at))
    return redirect("visits:my_shift")


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def undo(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Take back the last step: the end, the start, or that it was not done."""

    def take_back(it: Visit, me: Employee, at: datetime) -> str:
        if request.POST.get("step") == "end":
            deeds.take_back_end(it, by=me, at=at)
            return _("The visit is under way again.")
        if request.POST.get("step") == "not_done":
            deeds.take_back_not_done(it, at=at)
            return _("The visit is to be done after all.")
        deeds.take_back_start(it, by=me)
        return _("The start is taken back.")

    return _do(request, visit_id, take_back)


@requires(Permission.WORK_ON_SHIFT)
def not_done(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Say why the visit was not done."""
    it = _visit(visit_id)
    look(request, [it.citizen_id])
    form = NotDoneForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "visits/not_done.html", {"visit": it, "form": form}, status=status)

    def say(it: Visit, me: Employee, at: datetime) -> str:
        deeds.say_not_done(it, Visit.NotDone(form.cleaned_data["why"]), form.cleaned_data["words"], at=at)
        return _("Written down: not done.")

    return _do(request, visit_id, say)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_POST
def write(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Write in the visit book from the visit; what was typed stays when something is missing."""
    it, me = _visit(visit_id), employee_of(request)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, it, form=form, status=422)
    said = form.cleaned_data
    write_note(it.citizen, said["text"], for_next=said["for_next"], by=me, at=timezone.now(), visit=it)
    messages.success(request, _("Written in the visit book."))
    return redirect("visits:visit", visit_id=visit_id)


def _visit(visit_id: int) -> Visit:
    together = ("together_with__round__taken_by", "together_with__round__work_list")
    related = ("citizen__portrait", "citizen__hamlet", "round__work_list__unit", "round__taken_by", "done_by")
    return get_object_or_404(Visit.objects.select_related(*related, *together), pk=visit_id)


def _do(request: ActorRequest, visit_id: int, deed: Callable[[Visit, Employee, datetime], str]) -> HttpResponse:
    """Do one thing to a visit and go back to its page, telling what happened."""
    try:
        messages.success(request, deed(_visit(visit_id), employee_of(request), timezone.now()))
    except deeds.VisitChanged as changed:
        messages.warning(request, _in_words(changed.visit))
    except deeds.NotOnThisDay:
        messages.error(request, _("A visit is started and ended on its own day."))
    return redirect("visits:visit", visit_id=visit_id)


def _page(request: ActorRequest, it: Visit, *, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    me, at = employee_of(request), timezone.now()
    stop = Stop(it)
    know([stop], me, at=at)
    look(request, [it.citizen_id])
    notes = Note.objects.filter(citizen=it.citizen_id).select_related("author").latest_first()[:NOTES_SHOWN]
    context: dict[str, Any] = {
        "stop": stop,
        "visit": it,
        "citizen": it.citizen,
        "unit": it.round.work_list.unit,
        "notes": notes,
        "form": form or NoteForm(),
        "me": me,
        "on_its_day": deeds.can_be_done(it, at=at),
        "is_mine": it.round.taken_by_id == me.pk,
    }
    return render(request, "visits/visit.html", context, status=status)


def _in_words(visit: Visit) -> str:
    """How a visit stands, told to whoever was second."""
    who = visit.done_by.name if visit.done_by else ""
    if visit.state == "done":
        words = _("This visit by %(name)s was already ended at %(clock)s.")
        return words % {"name": who, "clock": clock(visit.ended_at)}
    if visit.state == "under_way":
        return _("%(name)s started this visit at %(clock)s.") % {"name": who, "clock": clock(visit.started_at)}
    if visit.state == "not_done":
        words = _("This visit is written down as not done: %(why)s.")
        return words % {"why": visit.get_not_done_display().lower()}
    return _("This visit has not been started.")


def _and_then(ended: Visit, me: Employee, at: datetime) -> str:
    """'Ended 09:45. Next: Edvard M. at 10:10, 6 min drive.'"""
    said = _("Ended %(clock)s.") % {"clock": clock(ended.ended_at)}
    stops = stops_of(rounds_of(me, at=at), me, at=at)
    coming = next_stop(stops)
    if coming is None:
        return said
    after = [Stop(ended), coming]
    add_driving(after, {ended.round_id: ended.round.work_list.unit})
    facts = {"name": coming.citizen.short_name, "clock": clock(coming.visit.planned_start), "minutes": coming.drive}
    if not coming.drive:
        return said + " " + _("Next: %(name)s at %(clock)s.") % facts
    words = ngettext(
        "Next: %(name)s at %(clock)s, %(minutes)d minute by car.",
        "Next: %(name)s at %(clock)s, %(minutes)d minutes by car.",
        coming.drive,
    )
    return said + " " + words % facts
