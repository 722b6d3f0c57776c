"""People decide: move a visit with its effect told first, say what the plan keeps to, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.read_log import look
from omtanke.planning import accept, change
from omtanke.planning.called import competence_names
from omtanke.planning.decide_forms import MoveVisitForm, VisitRuleForm, WishForm
from omtanke.planning.effects_in_words import effects_of
from omtanke.planning.models import DraftChange, DraftRule
from omtanke.planning.opened import Opened
from omtanke.planning.rules_in_words import rule_in_words
from omtanke.planning.views.drafts import MAY, draft_of
from omtanke.visits.edit_lists import AlreadyBegun, SomebodyWasFirst
from omtanke.visits.effects import Effect
from omtanke.visits.models import Visit

Kind = DraftRule.Kind


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def move_visit(request: ActorRequest, draft_id: int, visit_id: int) -> HttpResponse:
    """Move a visit to `shift`, at `at` if given. `?look=1` tells what it would do and saves nothing.

    After the move one is back at `next`, or at the visit. What cannot be done answers 409 with the reason.
    """
    opened, visit = _opened(request, draft_id, visit_id)
    if request.method == "POST":
        form = MoveVisitForm(request.POST, case=opened.case, visit=visit)
        return _move(request, opened, visit, form) if form.is_valid() else _draw(request, opened, visit, form, 422)
    if "look" in request.GET:
        form = MoveVisitForm(request.GET, case=opened.case, visit=visit)
        return render(request, "planning/move_visit.html#effects", {"effects": _effects(opened, form), "asked": True})
    form = MoveVisitForm(case=opened.case, visit=visit, initial=_now(request, opened, visit))
    return _draw(request, opened, visit, form)


@requires(MAY)
@require_POST
def not_this_carer(request: ActorRequest, draft_id: int, visit_id: int) -> HttpResponse:
    """Somebody is not to come, to this visit or to this person; it is mended at once."""
    opened, visit = _opened(request, draft_id, visit_id)
    form = VisitRuleForm(request.POST, case=opened.case)
    if not form.is_valid():
        return _draw(request, opened, visit, None, 422, rule_form=form)
    what = dict(form.cleaned_data) | {"citizen": visit.citizen}
    kind = what.pop("kind")
    if kind == Kind.NOT_VISIT:
        what["visit"] = visit
    back = _next(request) or reverse("planning:draft_visit", args=[draft_id, visit_id])
    return _say(request, opened, kind, what, back=back)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ActorRequest, draft_id: int) -> HttpResponse:
    """What people have said, and room for a wish."""
    opened = _opened_draft(request, draft_id)
    form = WishForm(request.POST if request.method == "POST" else None, case=opened.case)
    if request.method == "POST" and form.is_valid():
        what = {name: value for name, value in form.cleaned_data.items() if value}
        kind = Kind.WISH_PERSON if what.get("citizen") else Kind.WISH_LIST
        return _say(request, opened, kind, what, back=reverse("planning:rules", args=[draft_id]))
    said = DraftRule.objects.current().filter(draft=opened.draft)
    said = said.select_related("employee", "citizen", "visit", "work_list", "added_by")
    look(request, [rule.citizen_id for rule in said if rule.citizen_id])
    context = {"draft": opened.draft, "form": form, "rules": said}
    return render(request, "planning/rules.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def take_back_rule(request: ActorRequest, draft_id: int, rule_id: int) -> HttpResponse:
    """What was said no longer holds."""
    one = draft_of(request, draft_id)
    rule = get_object_or_404(DraftRule, pk=rule_id, draft=one)
    try:
        change.take_back(rule, by=request.user)
        messages.success(request, _("Taken back. What lies where stays until it is planned again."))
    except change.NotTheLatest:
        messages.info(request, _("A colleague has taken it back already."))
    return redirect("planning:rules", one.pk)


@requires(MAY)
@require_POST
def undo_change(request: ActorRequest, draft_id: int, change_id: int) -> HttpResponse:
    """Take back the latest change: a move, a rule, or that the draft was put into use."""
    one = draft_of(request, draft_id)
    row = get_object_or_404(DraftChange, pk=change_id, draft=one)
    try:
        if row.kind == DraftChange.Kind.ACCEPTED:
            accept.undo_acceptance(row, by=request.user, today=timezone.localdate())
        else:
            change.undo_change(row)
        messages.success(request, _("Undone. Everything lies as before."))
    except change.NotTheLatest:
        messages.warning(request, _("Not undone: something was done after it. Undo that first."))
    except change.InUse:
        messages.warning(request, in_use_in_words())
    except SomebodyWasFirst:
        messages.warning(request, _("Not undone: somebody has edited these lists since. Their work stays."))
    except AlreadyBegun:
        messages.warning(request, _("Not undone: one of the visits has begun."))
    return redirect(_next(request) or reverse("planning:draft", args=[one.pk]))


def _move(request: ActorRequest, opened: Opened, visit: Visit, form: MoveVisitForm) -> HttpResponse:
    shift_id, at, stays = form.cleaned_data["shift"], form.moment, form.cleaned_data["stays"]
    effects = _effects(opened, form)
    try:
        change.move_visit(opened.draft, visit.pk, shift_id, at=at, stays=stays, by=request.user, on=opened.on)
    except change.NoWay as no_way:
        form.add_error(None, no_way_in_words(opened, visit, shift_id, no_way.rule))
        return _draw(request, opened, visit, form, 409)
    except change.InUse:
        form.add_error(None, in_use_in_words())
        return _draw(request, opened, visit, form, 409)
    messages.success(request, " ".join([_("Moved."), *(effect.words for effect in effects)]))
    return redirect(_next(request) or reverse("planning:draft_visit", args=[opened.draft.pk, visit.pk]))


def _say(request: ActorRequest, opened: Opened, kind: str, what: dict[str, Any], *, back: str) -> HttpResponse:
    try:
        change.say(opened.draft, kind, by=request.user, on=opened.on, **what)
    except change.InUse:
        messages.warning(request, in_use_in_words())
        return redirect(back)
    after = Opened(opened.draft, on=opened.on)
    effects = effects_of(after.case.problem, opened.plan, after.plan, after.called)
    words = [effect.words for effect in effects] if after.plan != opened.plan else []
    said = _("Noted.") if words else _("Noted. It counts when the draft is planned again.")
    messages.success(request, " ".join([said, *words]))
    return redirect(back)


def _effects(opened: Opened, form: MoveVisitForm) -> list[Effect]:
    """What the move would do, as far as it is filled in."""
    if not form.is_valid():
        return []
    visit, shift_id, at = form.visit, form.cleaned_data["shift"], form.moment
    start = None if at is None else opened.case.minutes(at)
    try:
        plan = change.plan_with(opened, str(visit.pk), str(shift_id), start=start)
    except change.NoWay as no_way:
        return [Effect("mind", no_way_in_words(opened, visit, shift_id, no_way.rule))]
    return effects_of(opened.case.problem, opened.plan, plan, opened.called)


def no_way_in_words(opened: Opened, visit: Visit, shift_id: int, rule: str) -> str:
    if rule in ("no room", "gone"):
        return _("There is no room for it there at that time: a way, a visit or a shift would not fit.")
    carer = opened.called.carer(str(opened.case.shifts[str(shift_id)].employee_id))
    asks = competence_names([visit.competence]) if visit.competence else ""
    return rule_in_words(rule, carer=carer, person=opened.called.person(str(visit.citizen_id)), asks=asks)


def in_use_in_words() -> str:
    return _("This would change visits that lie on lists already. Change those on the page of the lists.")


def _now(request: ActorRequest, opened: Opened, visit: Visit) -> dict[str, Any]:
    """What is asked for in the address, otherwise where the visit lies."""
    lies_on = opened.plan.shift_of().get(str(visit.pk))
    return {"shift": request.GET.get("shift") or lies_on, "at": request.GET.get("at"), "stays": True}


def _draw(
    request: ActorRequest,
    opened: Opened,
    visit: Visit,
    form: MoveVisitForm | None,
    status: int = 200,
    *,
    rule_form: VisitRuleForm | None = None,
) -> HttpResponse:
    form = form or MoveVisitForm(case=opened.case, visit=visit, initial=_now(request, opened, visit))
    lies_on = opened.plan.shift_of().get(str(visit.pk))
    start = opened.plan.starts().get(str(visit.pk))
    carer = opened.case.shifts[lies_on].employee if lies_on else None
    context = {
        "draft": opened.draft,
        "visit": visit,
        "carer": carer,
        "start": None if start is None else opened.case.moment(start),
        "form": form,
        "rule_form": rule_form or VisitRuleForm(case=opened.case, initial={"employee": carer}),
        "effects": _effects(opened, form) if form.is_bound and not form.errors else [],
        "next": _next(request),
    }
    return render(request, "planning/move_visit.html", context, status=status)


def _opened_draft(request: ActorRequest, draft_id: int) -> Opened:
    one = draft_of(request, draft_id)
    if not one.has_plan:
        raise Http404
    return Opened(one, on=timezone.localdate())


def _opened(request: ActorRequest, draft_id: int, visit_id: int) -> tuple[Opened, Visit]:
    opened = _opened_draft(request, draft_id)
    visit = opened.case.visits.get(str(visit_id))
    if visit is None:
        raise Http404
    look(request, [visit.citizen_id])
    return opened, visit


def _next(request: ActorRequest) -> str:
    """Where the form was opened from, on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else ""
