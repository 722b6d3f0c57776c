"""Pages to write about a person: the portrait in their own words, plain facts, and the circle."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people import ties
from omtanke.people.circle import circle_of
from omtanke.people.edit_together import Overtaken, save_changes, with_theirs
from omtanke.people.forms import FactsForm, PortraitForm, TieForm
from omtanke.people.models import Citizen, Portrait, Tie
from omtanke.people.questions import helpers_of

REMEMBERED = timedelta(days=30)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def portrait(request: ActorRequest, citizen_id: int) -> HttpResponse:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    if request.method != "POST":
        row = Portrait.objects.filter(citizen=citizen).first() or Portrait(citizen=citizen)
        return render(request, "people/write.html", {"citizen": citizen, "form": PortraitForm(instance=row)})
    row, _new = Portrait.objects.get_or_create(citizen=citizen)
    return _save(request, citizen, PortraitForm(request.POST, instance=row))


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    if request.method != "POST":
        return render(request, "people/write.html", {"citizen": citizen, "form": FactsForm(instance=citizen)})
    return _save(request, citizen, FactsForm(request.POST, instance=citizen))


def _save(request: ActorRequest, citizen: Citizen, form: PortraitForm | FactsForm) -> HttpResponse:
    """Save and go to the person's page; otherwise the form again with what was typed, and with theirs beside it."""
    if form.is_valid():
        try:
            save_changes(form.instance, form.wanted, seen=form.was_seen)
        except Overtaken as overtaken:
            form = with_theirs(form, overtaken)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:citizen", citizen.pk)
    citizen = Citizen.objects.get(pk=citizen.pk)  # the form has put what was typed into its own copy
    return render(request, "people/write.html", {"citizen": citizen, "form": form}, status=422)


@requires(Permission.SEE_CITIZEN)
@require_safe
def circle(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The circle as a picture and as a list: who is there, and who does what."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    today = timezone.localdate()
    may_write = request.actor.may(Permission.WRITE_ABOUT_CITIZEN)
    context: dict[str, Any] = {
        "citizen": citizen,
        "circle": circle_of(citizen, citizen.ties.all(), helpers_of([citizen_id], today)[citizen_id]),
        "may_write": may_write,
        "taken_out": ties.taken_out_since(citizen_id, timezone.now() - REMEMBERED) if may_write else [],
        "undo": request.GET.get("undo", ""),
    }
    return render(request, "people/circle.html", context)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_tie(request: ActorRequest, citizen_id: int) -> HttpResponse:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    form = TieForm(request.POST) if request.method == "POST" else TieForm()
    if request.method == "POST" and form.is_valid():
        try:
            tie = ties.add_tie(citizen, form.wanted)
        except ties.AlreadyInTheCircle:
            form.add_error("name", _("Somebody with this name is in the circle already."))
        else:
            messages.success(request, _("%(name)s is in the circle now.") % {"name": tie.name})
            return redirect("people:circle", citizen_id)
    return _tie_page(request, citizen, form, None)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_tie(request: ActorRequest, citizen_id: int, tie_id: int) -> HttpResponse:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    tie = get_object_or_404(Tie, pk=tie_id, citizen=citizen)
    look(request, [citizen_id])
    form = TieForm(request.POST, instance=tie) if request.method == "POST" else TieForm(instance=tie)
    if request.method == "POST" and form.is_valid():
        before = ties.last_line(tie_id)
        try:
            tie = ties.change_tie(tie, form.wanted, seen=form.was_seen)
        except Overtaken as overtaken:
            form = with_theirs(form, overtaken)
        except ties.AlreadyInTheCircle:
            form.add_error("name", _("Somebody with this name is in the circle already."))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": tie.name})
            after = ties.last_line(tie_id)
            return _to_the_circle(citizen_id, undo=after if after != before else 0)
    return _tie_page(request, citizen, form, tie)


def _tie_page(request: ActorRequest, citizen: Citizen, form: TieForm, tie: Tie | None) -> HttpResponse:
    context = {"citizen": citizen, "form": form, "tie": tie}
    return render(request, "people/tie.html", context, status=422 if form.errors else 200)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_POST
def take_out_tie(request: ActorRequest, citizen_id: int, tie_id: int) -> HttpResponse:
    tie = get_object_or_404(Tie, pk=tie_id, citizen=citizen_id)
    look(request, [citizen_id])
    name = tie.name
    line = ties.take_out(tie)
    messages.success(request, _("%(name)s is taken out of the circle.") % {"name": name})
    return _to_the_circle(citizen_id, undo=line)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_POST
def undo_tie(request: ActorRequest, citizen_id: int, line: int) -> HttpResponse:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    try:
        tie = ties.undo(citizen, line)
    except ObjectDoesNotExist as nothing:
        raise Http404 from nothing
    except ties.ChangedSince:
        messages.error(request, _("Somebody has changed this since. Look at how it is now."))
    except ties.AlreadyInTheCircle:
        messages.error(request, _("Somebody with this name is in the circle already."))
    else:
        messages.success(request, _("%(name)s is as before.") % {"name": tie.name})
    return redirect("people:circle", citizen_id)


def _to_the_circle(citizen_id: int, *, undo: int) -> HttpResponse:
    response = redirect("people:circle", citizen_id)
    if undo:
        response["Location"] += f"?undo={undo}"
    return response
