"""Edit the lists of a day: one page for each deed, which works without scripts and takes what is dragged too."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.visits.board import Column, of_day
from omtanke.visits.edit_forms import FORMS, Day, EditForm, SplitForm, read_seen
from omtanke.visits.edit_lists import AlreadyBegun, Done, SomebodyWasFirst, new_list, place, undo
from omtanke.visits.effects import Effect, effects_of
from omtanke.visits.models import Round, WorkList
from omtanke.visits.placements import BothOnOneList, NothingToMove, Placement, completed
from omtanke.visits.what_changed import Change, changes_since

MAY = Permission.PLAN_LISTS
LAST_EDIT = "last_list_edit"  # in the session: what the last edit did, and how to take it back


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: ActorRequest, round_id: int, deed: str) -> HttpResponse:
    """Move, split, swap or swap-visits. `look` tells what it would do and saves nothing."""
    form_class = FORMS.get(deed)
    if form_class is None:
        raise Http404
    day = _day(request, round_id)
    if request.method == "POST":
        form = form_class(request.POST, day=day)
        if "look" in request.POST:
            return _draw(request, form, deed)
        return _carry_out(request, form, deed) if form.is_valid() else _not_valid(request, form, deed)
    if "look" in request.GET:
        form = form_class(request.GET, day=day)
        return render(request, "visits/edit_list.html#effects", {"effects": _effects(form), "asked": True})
    chosen = request.GET.getlist("visit")
    initial = {"visits": chosen, "visit": chosen[0] if chosen else None, "at": request.GET.get("at")}
    return _draw(request, form_class(day=day, initial=initial), deed)


@requires(MAY)
@require_POST
def undo_edit(request: ActorRequest) -> HttpResponse:
    """Take back the last edit, unless somebody has edited the lists since."""
    kept = request.session.pop(LAST_EDIT, None)
    if kept is None:
        messages.warning(request, _("There is nothing to take back any more."))
        return redirect("visits:week")
    request.actor.must_in(MAY, [kept["unit"]])
    done = _from_session(kept)
    try:
        with transaction.atomic():
            undo(done, by=request.user, today=timezone.localdate())
            if kept["new_list"]:
                WorkList.objects.filter(pk=kept["new_list"]).update(active=False)
        messages.success(request, _("Taken back. Everything lies as before."))
    except SomebodyWasFirst as first:
        who = _told(changes_since(done.versions, first.list_ids, done.on))
        messages.warning(request, " ".join([_("Not taken back: the lists have been edited since."), *who]))
    except AlreadyBegun:
        messages.warning(request, _("Not taken back: one of the visits has begun."))
    return redirect(_week_url(kept["unit"], done.on))


def _day(request: ActorRequest, round_id: int) -> Day:
    edited = get_object_or_404(Round.objects.select_related("work_list__unit"), pk=round_id)
    unit = edited.work_list.unit
    request.actor.must_in(MAY, [unit.pk])
    columns = of_day(unit, edited.on)
    found = next((column for column in columns if column.work_list == edited.work_list), None)
    if found is None:
        raise Http404
    look(request, {stop.visit.citizen_id for column in columns for stop in column.stops})
    return Day(columns, found)


def _carry_out(request: ActorRequest, form: EditForm, deed: str) -> HttpResponse:
    """Do it and show the lists with what it did; or tell why not, with everything still filled in."""
    seen = read_seen(form.cleaned_data["seen"])
    try:
        with transaction.atomic():
            made = _make_list(form)
            placements = completed(form.placements(), form.day.visits)
            effects = effects_of(form.day.columns, placements) if not made else _effects_with(form, made, placements)
            on, today = form.day.edited.on, timezone.localdate()
            done = place(placements, on=on, seen=seen, from_now_on=form.from_now_on, by=request.user, today=today)
        _keep(request, form, done, effects, made)
        return redirect(_week_url(form.day.edited.work_list.unit_id, on))
    except SomebodyWasFirst as first:
        return _came_second(request, form, deed, first.list_ids)
    except AlreadyBegun:
        form.add_error(None, _("One of the visits has begun in the meantime, so it stays where it is."))
    except (NothingToMove, BothOnOneList, IntegrityError) as refused:
        form.add_error(None, _why(refused))
    return _draw(request, _seen_anew(request, form, deed), deed, status=409)


def _not_valid(request: ActorRequest, form: EditForm, deed: str) -> HttpResponse:
    """Something is filled in wrongly; or what was chosen is gone, because a colleague has moved it."""
    seen = read_seen(form.data.get("seen", ""))
    edited = [column.work_list.pk for column in form.day.columns if seen.get(column.work_list.pk, 0) != column.version]
    return _came_second(request, form, deed, edited) if seen and edited else _draw(request, form, deed)


def _came_second(request: ActorRequest, form: EditForm, deed: str, list_ids: list[int]) -> HttpResponse:
    seen = read_seen(form.data.get("seen", ""))
    told = _told(changes_since(seen, list_ids, form.day.edited.on))
    form.is_valid()
    form.add_error(None, _("Somebody else has edited these lists since you opened them. Nothing of yours is saved."))
    return _draw(request, _seen_anew(request, form, deed), deed, conflict=told, status=409)


def _make_list(form: EditForm) -> WorkList | None:
    if not isinstance(form, SplitForm) or not form.cleaned_data.get("new_list", "").strip():
        return None
    name = form.cleaned_data["new_list"].strip()
    form.made = new_list(form.day.edited.work_list, name, standing=form.from_now_on)
    return form.made


def _effects_with(form: EditForm, made: WorkList, placements: list[Placement]) -> list[Effect]:
    column = Column(made, form.day.edited.on, None)
    return effects_of([*form.day.columns, column], placements)


def _effects(form: EditForm) -> list[Effect]:
    """What the form would do, as far as it is filled in."""
    if not form.is_valid() or form.cleaned_data.get("new_list"):
        return []
    try:
        return effects_of(form.day.columns, completed(form.placements(), form.day.visits))
    except NothingToMove:
        return []
    except BothOnOneList as refused:
        return [Effect("mind", _why(refused))]


def _why(refused: Exception) -> str:
    if isinstance(refused, BothOnOneList):
        name = refused.visit.citizen.short_name
        return _("Two carers are to be at %(citizen)s's at the same time. They cannot have the same list.") % {
            "citizen": name
        }
    if isinstance(refused, IntegrityError):
        return _("The unit has a list with that name already.")
    return _("Nothing would change. Choose other visits, another list or another time.")


def _seen_anew(request: ActorRequest, form: EditForm, deed: str) -> EditForm:
    """The form as it was filled in, which now knows the lists as they are."""
    edited = form.day.edited.round
    day = _day(request, edited.pk) if edited else form.day
    data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict
    data["seen"] = day.seen
    anew = FORMS[deed](data, day=day)
    anew.is_valid()
    for error in form.non_field_errors():
        anew.add_error(None, str(error))
    return anew


def _told(changes: list[Change]) -> list[str]:
    return [
        _("%(who)s: %(citizen)s was on %(from_list)s at %(from_clock)s and is now on %(to_list)s at %(to_clock)s.")
        % {
            "who": change.who,
            "citizen": change.visit.citizen.short_name,
            "from_list": change.from_list,
            "from_clock": f"{timezone.localtime(change.from_start):%H:%M}",
            "to_list": change.to_list,
            "to_clock": f"{timezone.localtime(change.visit.planned_start):%H:%M}",
        }
        for change in changes
    ]


def _draw(
    request: ActorRequest, form: EditForm, deed: str, *, conflict: list[str] | None = None, status: int = 200
) -> HttpResponse:
    edited = form.day.edited
    headings = {
        "move": _("Move visits from %(list)s"),
        "split": _("Split %(list)s in two"),
        "swap": _("Let %(list)s change places with another list"),
        "swap-visits": _("Let two visits change places"),
    }
    context = {
        "form": form,
        "deed": deed,
        "column": edited,
        "heading": headings[deed] % {"list": edited.work_list.name},
        "effects": _effects(form) if form.is_bound and not conflict else [],
        "asked": form.is_bound and not conflict,
        "conflict": conflict,
        "back": _week_url(edited.work_list.unit_id, edited.on),
    }
    return render(request, "visits/edit_list.html", context, status=status)


def _week_url(unit_id: int, on: date) -> str:
    return f"{reverse('visits:week')}?unit={unit_id}&day={on.isoformat()}"


# The last edit, kept in the session so that it can be taken back.


def _keep(request: ActorRequest, form: EditForm, done: Done, effects: list[Effect], made: WorkList | None) -> None:
    visits = len(done.before)
    request.session[LAST_EDIT] = {
        "unit": form.day.edited.work_list.unit_id,
        "on": done.on.isoformat(),
        "visits": visits,
        "from_now_on": form.from_now_on,
        "effects": [asdict(effect) for effect in effects],
        "before": [[p.visit_id, p.list_id, p.starts.isoformat()] for p in done.before],
        "versions": [[list_id, version] for list_id, version in done.versions.items()],
        "recurring": [[pk, {k: _plain(v) for k, v in agreed.items()}] for pk, agreed in done.recurring],
        "new_list": made.pk if made else None,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, time) else value


def _from_session(kept: dict[str, Any]) -> Done:
    return Done(
        on=date.fromisoformat(kept["on"]),
        before=[Placement(visit, lst, datetime.fromisoformat(starts)) for visit, lst, starts in kept["before"]],
        versions=dict(kept["versions"]),
        recurring=[
            (pk, {k: time.fromisoformat(v) if k == "starts" else v for k, v in agreed.items()})
            for pk, agreed in kept["recurring"]
        ],
    )
