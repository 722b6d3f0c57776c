"""The pages of what comes first: the talk, the meeting, the criteria."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.befriending import before as deeds
from omtanke.befriending.matching import seniors_of
from omtanke.befriending.models import Acquaintance, Criterion, Order
from omtanke.befriending.order_forms import CriteriaForm, MeetingForm, MeetingHeldForm, TalkForm
from omtanke.befriending.views.orders import me, the_order
from omtanke.people.models import Employee

MAY = Permission.HANDLE_ORDERS


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: ActorRequest, order_id: int) -> HttpResponse:
    """Agree on the talk with next of kin, or write down that it was held."""
    one = the_order(request, order_id)
    planned = one.kin_talks.filter(held_at=None).first()
    initial = {
        "with_whom": planned.with_whom if planned else one.ordered_by,
        "planned_at": timezone.localtime(planned.planned_at if planned else None),
    }
    form = TalkForm(request.POST) if request.method == "POST" else TalkForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _keep_talk(request, one, form)
        except deeds.NotTakenOn:
            messages.error(request, _("Take the order on first."))
        return redirect("befriending:order", one.pk)
    held = one.kin_talks.filter(held_at__isnull=False).select_related("held_by").order_by("-held_at")
    context = {"order": one, "form": form, "held": held}
    return render(request, "befriending/talk.html", context, status=422 if form.errors else 200)


def _keep_talk(request: ActorRequest, one: Order, form: TalkForm) -> None:
    said = form.cleaned_data
    if said["held"]:
        deeds.hold_talk(one, with_whom=said["with_whom"], notes=said["notes"], by=me(request), at=said["planned_at"])
        messages.success(request, _("The talk is written down. Next is the getting-to-know meeting."))
    else:
        deeds.plan_talk(one, with_whom=said["with_whom"], at=said["planned_at"])
        messages.success(request, _("The talk is agreed on."))


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: ActorRequest, order_id: int) -> HttpResponse:
    """Agree on the meeting; fill in the form there; write down that it was held."""
    one = the_order(request, order_id)
    now = one.acquaintances.select_related("held_by", "answers").last()
    initial = {"starts": timezone.localtime(now.starts) if now else None, "held_by": now.held_by_id if now else None}
    typed = request.POST if request.method == "POST" and request.POST.get("what") == "plan" else None
    people = _who_may_hold(one)
    form = MeetingForm(typed, initial=initial, people=people)
    typed = request.POST if request.method == "POST" and request.POST.get("what") == "held" else None
    others = people.exclude(pk=now.held_by_id) if now else people
    held_form = MeetingHeldForm(typed, initial={"minutes": 60}, people=others)
    if form.is_bound and form.is_valid():
        return _plan_meeting(request, one, form)
    if held_form.is_bound and now and held_form.is_valid():
        return _hold_meeting(request, one, now, held_form)
    context = {
        "order": one,
        "meeting": now,
        "form": form,
        "held_form": held_form,
        "has_begun": bool(now and now.starts <= timezone.now()),
        "waits": "talk" in deeds.missing(one),
    }
    wrong = form.errors or held_form.errors
    return render(request, "befriending/meeting.html", context, status=422 if wrong else 200)


def _who_may_hold(order: Order) -> QuerySet[Employee]:
    """The department's leaders and seniors."""
    seniors = [one.pk for one in seniors_of(order.department_id, timezone.localdate())]
    of_department = Employee.objects.at_work().filter(unit=order.department_id, user__isnull=False)
    return (of_department | Employee.objects.filter(pk__in=seniors)).in_order()


def _plan_meeting(request: ActorRequest, one: Order, form: MeetingForm) -> HttpResponse:
    try:
        deeds.plan_meeting(one, starts=form.cleaned_data["starts"], held_by=form.cleaned_data["held_by"])
    except (deeds.NotTakenOn, deeds.NotYet):
        messages.error(request, _("The talk with next of kin comes first."))
        return redirect("befriending:order", one.pk)
    messages.success(request, _("The meeting is agreed on."))
    return redirect("befriending:meeting", one.pk)


def _hold_meeting(request: ActorRequest, one: Order, now: Acquaintance, form: MeetingHeldForm) -> HttpResponse:
    said, employee = form.cleaned_data, me(request)
    try:
        deeds.hold_meeting(
            now,
            minutes=said["minutes"],
            notebook=said["notebook"],
            notebook_by=employee,
            also_there=said["also_there"],
            by=None,
            at=timezone.now(),
        )
    except deeds.NotYet:
        messages.error(request, _("The meeting has not begun yet."))
    except deeds.AlreadyHeld:
        messages.warning(request, _("A colleague was first."))
    else:
        messages.success(request, _("The meeting is written down."))
    return redirect("befriending:meeting", one.pk)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: ActorRequest, order_id: int) -> HttpResponse:
    """The three criteria: met or not, and why."""
    one = the_order(request, order_id)
    form = CriteriaForm(request.POST if request.method == "POST" else None, order=one)
    if request.method == "POST" and form.is_valid():
        try:
            _judge(request, one, form)
        except deeds.NotTakenOn:
            messages.error(request, _("Take the order on first."))
        return redirect("befriending:order", one.pk)
    context = {
        "order": one,
        "form": form,
        "rows": [(form[kind], form[f"{kind}_words"]) for kind in Criterion.Kind.values],
        "judged": one.criteria.select_related("judged_by").order_by("judged_at"),
    }
    return render(request, "befriending/criteria.html", context, status=422 if form.errors else 200)


def _judge(request: ActorRequest, one: Order, form: CriteriaForm) -> None:
    """What is as it was is left alone, so that it keeps who judged it and when."""
    before = {criterion.kind: (criterion.met, criterion.words) for criterion in one.criteria.all()}
    for kind in Criterion.Kind.values:
        said, words = form.cleaned_data[kind], form.cleaned_data[f"{kind}_words"]
        if said and before.get(kind) != (said == "yes", words):
            deeds.judge(one, kind, met=said == "yes", words=words, by=request.user, at=timezone.now())
    messages.success(request, _("Saved."))
