"""Who visits, and when: choosing a senior, planning and moving visits, the department's week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending import matching, plan_visits
from omtanke.befriending.before import missing
from omtanke.befriending.models import Match, Order, Rhythm, ServiceVisit
from omtanke.befriending.on_hold import held
from omtanke.befriending.order_forms import CloseForm
from omtanke.befriending.plan_forms import MoveForm, PlanForm
from omtanke.befriending.steps import lacks_in_words
from omtanke.befriending.views.orders import names_of_areas, the_order
from omtanke.befriending.who_could import candidates_for
from omtanke.people.models import Employee

MAY = Permission.HANDLE_ORDERS


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_senior(request: ActorRequest, order_id: int) -> HttpResponse:
    """The department's seniors by name, with what is good to know; and those who visit now."""
    one = the_order(request, order_id)
    today = timezone.localdate()
    if request.method == "POST":
        return _match(request, one)
    context = {
        "order": one,
        "candidates": candidates_for(one, today),
        "matches": one.matches.standing(today).select_related("senior").order_by("since", "pk"),
        "waits": "talk" in missing(one) if one.citizen_id else True,
        "end_form": CloseForm(),
    }
    return render(request, "befriending/choose_senior.html", context)


def _match(request: ActorRequest, one: Order) -> HttpResponse:
    senior = get_object_or_404(Employee, pk=request.POST.get("senior") or 0)
    try:
        matching.match(one, senior, by=request.user, on=timezone.localdate())
    except matching.NotASenior:
        messages.error(request, _("%(name)s does not visit for this department.") % {"name": senior.name})
    except matching.TalkComesFirst:
        messages.error(request, _("The talk with next of kin comes first."))
    except matching.AlreadyMatched:
        messages.warning(request, _("%(name)s visits already.") % {"name": senior.name})
    else:
        messages.success(
            request, _("%(name)s visits, and can read what they need to know from now on.") % {"name": senior.name}
        )
        return redirect("befriending:order", one.pk)
    return redirect("befriending:choose_senior", one.pk)


@requires(MAY)
@require_POST
def end_match(request: ActorRequest, match_id: int) -> HttpResponse:
    """The senior visits no more: what was opened closes, visits to come go."""
    found = get_object_or_404(Match.objects.select_related("senior"), pk=match_id)
    look(request, [found.citizen_id])
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it ends, in a few words."))
        return redirect("befriending:choose_senior", found.order_id)
    because, now = form.cleaned_data["because"], timezone.now()
    try:
        gone = matching.end_match(found, because=because, by=request.user, at=now, on=timezone.localdate())
    except matching.AlreadyEnded:
        messages.warning(request, _("A colleague was first."))
    else:
        said = ngettext(
            "%(name)s visits no more. %(n)d planned visit is taken out: who comes instead?",
            "%(name)s visits no more. %(n)d planned visits are taken out: who comes instead?",
            gone,
        )
        messages.success(request, said % {"name": found.senior.name, "n": gone})
    return redirect("befriending:choose_senior", found.order_id)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActorRequest, order_id: int) -> HttpResponse:
    """Plan visits that come again, or one; what is planned stands below."""
    one = the_order(request, order_id)
    today = timezone.localdate()
    form = PlanForm(request.POST if request.method == "POST" else None, order=one, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = _plan(request, one, form)
        except plan_visits.SomethingComesFirst as first:
            form.add_error(None, _("First comes: %(what)s.") % {"what": lacks_in_words(first.lacks)})
        except plan_visits.Ended:
            form.add_error("match", _("They do not visit any more then."))
        else:
            said = ngettext("%(n)d visit is planned.", "%(n)d visits are planned.", made) % {"n": made}
            messages.success(request, said)
            return redirect("befriending:plan", one.pk)
    areas = names_of_areas()
    running = Rhythm.objects.filter(match__order=one, until=None).select_related("match__senior").order_by("pk")
    coming = one.visits.filter(planned_start__gte=timezone.now(), not_done_because="").select_related("senior")
    context = {
        "order": one,
        "form": form,
        "rhythms": [(rhythm, areas.get(rhythm.area, rhythm.area)) for rhythm in running],
        "coming": [(visit, areas.get(visit.area, visit.area)) for visit in coming.order_by("planned_start", "pk")[:20]],
        "lacks": lacks_in_words(missing(one)) if one.citizen_id else "",
        "has_senior": one.matches.standing(today).exists(),
    }
    return render(request, "befriending/plan.html", context, status=422 if form.errors else 200)


def _plan(request: ActorRequest, one: Order, form: PlanForm) -> int:
    said = form.cleaned_data
    rhythm = form.rhythm(one)
    if rhythm:
        return len(plan_visits.plan_rhythm(rhythm, by=request.user, on=timezone.localdate()))
    starts = timezone.make_aware(datetime.combine(said["first"], said["at"]))
    plan_visits.plan_visit(said["match"], starts=starts, minutes=said["minutes"], area=said["area"], by=request.user)
    return 1


@requires(MAY)
@require_POST
def end_rhythm(request: ActorRequest, rhythm_id: int) -> HttpResponse:
    found = get_object_or_404(Rhythm.objects.select_related("match"), pk=rhythm_id)
    look(request, [found.citizen_id])
    gone = plan_visits.end_rhythm(found, on=timezone.localdate(), at=timezone.now())
    messages.success(request, ngettext("%(n)d visit is taken out.", "%(n)d visits are taken out.", gone) % {"n": gone})
    return redirect("befriending:plan", found.match.order_id)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def change_visit(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Another time, this once; or taken out, with a reason."""
    visit = get_object_or_404(ServiceVisit.objects.select_related("citizen", "senior"), pk=visit_id)
    look(request, [visit.citizen_id])
    begins = timezone.localtime(visit.planned_start)
    initial = {"first": begins.date(), "at": begins.time(), "minutes": visit.minutes}
    out = request.method == "POST" and "because" in request.POST
    form = MoveForm(request.POST if request.method == "POST" and not out else None, initial=initial)
    out_form = CloseForm(request.POST if out else None)
    try:
        if out and out_form.is_valid():
            plan_visits.take_out(visit, because=out_form.cleaned_data["because"])
            messages.success(request, _("The visit is taken out. Tell the person, and those who count on it."))
            return redirect("befriending:plan", visit.order_id)
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            starts = timezone.make_aware(datetime.combine(said["first"], said["at"]))
            plan_visits.move_visit(visit, starts=starts, minutes=said["minutes"])
            messages.success(request, _("The visit is moved. Tell the person, and those who count on it."))
            return redirect("befriending:plan", visit.order_id)
    except plan_visits.HasBegun:
        messages.warning(request, _("The visit has begun, or was taken out already."))
        return redirect("befriending:plan", visit.order_id)
    context = {"visit": visit, "form": form, "out_form": out_form, "area": names_of_areas().get(visit.area, "")}
    wrong = form.errors or out_form.errors
    return render(request, "befriending/change_visit.html", context, status=422 if wrong else 200)


@requires(MAY)
@require_safe
def week(request: ActorRequest) -> HttpResponse:
    """The department's week: each day's visits, who comes, and what was not done."""
    today = timezone.localdate()
    try:
        offset = max(-52, min(52, int(request.GET.get("week", "0"))))
    except ValueError:
        offset = 0
    first = today - timedelta(days=today.weekday()) + timedelta(weeks=offset)
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(first + timedelta(days=7), datetime.min.time()))
    found = ServiceVisit.objects.filter(planned_start__gte=start, planned_start__lt=end).in_order()
    visits = list(found.select_related("citizen", "senior"))
    look(request, {visit.citizen_id for visit in visits})
    days = [first + timedelta(days=n) for n in range(7)]
    by_day = [(day, [v for v in visits if timezone.localdate(v.planned_start) == day]) for day in days]
    context = {
        "days": [(day, rows) for day, rows in by_day if rows or day.weekday() < 5],
        "first": first,
        "today": today,
        "offset": offset,
        "done": sum(visit.ended_at is not None for visit in visits),
        "all": len(visits),
        "now": timezone.now(),
        "held": held(visits),
    }
    return render(request, "befriending/week.html", context)
