"""Every order of the departments one leads, and one order as a line of steps."""

from __future__ import annotations

from typing import Any

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
from omtanke.befriending import order as deeds
from omtanke.befriending.models import Order, ServiceArea, ServiceVisit
from omtanke.befriending.on_hold import on_hold, take_out_held
from omtanke.befriending.order_forms import CloseForm, FactsForm, TakeOnForm
from omtanke.befriending.steps import facts_of, how_far, steps_of
from omtanke.people.models import Employee

MAY = Permission.HANDLE_ORDERS


@requires(MAY)
@require_safe
def orders(request: ActorRequest) -> HttpResponse:
    """Those that wait for an answer, those on the way to a first visit, and those that are visited."""
    found = list(Order.objects.open().select_related("department", "has_it", "taken_on_by").oldest_first())
    look(request, {one.citizen_id for one in found if one.citizen_id})
    visited = set(ServiceVisit.objects.filter(order__in=found).values_list("order_id", flat=True))
    areas, facts = names_of_areas(), facts_of(found)
    rows = [
        {"order": one, "next": how_far(one, facts[one.pk]), "areas": [areas.get(code, code) for code in one.areas]}
        for one in found
    ]
    context = {
        "on_hold": on_hold(found),
        "waiting": [row for row in rows if not row["order"].citizen_id],  # type: ignore[attr-defined] # an Order
        "on_the_way": [row for row in rows if _on_the_way(row["order"], visited)],
        "visited": [row for row in rows if row["order"].pk in visited],  # type: ignore[attr-defined] # as above
        "closed": Order.objects.exclude(closed_at=None).order_by("-closed_at")[:20],
    }
    return render(request, "befriending/orders.html", context)


def _on_the_way(order: Any, visited: set[int]) -> bool:
    return bool(order.citizen_id) and order.pk not in visited


def names_of_areas() -> dict[str, str]:
    return {area.code: area.name for area in ServiceArea.objects.all()}


@requires(MAY)
@require_safe
def order(request: ActorRequest, order_id: int) -> HttpResponse:
    """What was ordered, the steps, and who has it."""
    one = the_order(request, order_id)
    areas = names_of_areas()
    context = {
        "order": one,
        "areas": [areas.get(code, code) for code in one.areas],
        "steps": steps_of(one),
        "is_mine": bool(one.has_it_id and one.has_it and one.has_it.user_id == request.user.pk),
        "close_form": CloseForm(),
        "hold": next(iter(on_hold([one])), None),
        "visits": one.visits.select_related("senior").order_by("-planned_start")[:6],
    }
    return render(request, "befriending/order.html", context)


def the_order(request: ActorRequest, order_id: int) -> Order:
    """The order, if the database lets the actor see it; a look at its citizen is written down."""
    one = get_object_or_404(Order.objects.select_related("department", "citizen", "has_it", "taken_on_by"), pk=order_id)
    if one.citizen_id:
        look(request, [one.citizen_id])
    return one


def me(request: ActorRequest) -> Employee | None:
    return Employee.objects.filter(user=request.user).first()


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: ActorRequest, order_id: int) -> HttpResponse:
    """Yes to an order; when somebody like that is registered already, one is asked whether it is the same person."""
    one = the_order(request, order_id)
    form = TakeOnForm(request.POST if request.method == "POST" else None)
    known: list[deeds.Known] = []
    if request.method == "POST" and form.is_valid():
        try:
            _take_on(request, one)
        except deeds.PerhapsRegistered as perhaps:
            known = perhaps.known
        except (deeds.AlreadyTakenOn, deeds.AlreadyClosed):
            messages.warning(request, _("A colleague was first."))
            return redirect("befriending:order", one.pk)
        except (deeds.SomebodyElse, ValueError):
            messages.error(request, _("Choose one of those on the page."))
        else:
            messages.success(request, _("The order is yours. Next is the talk with next of kin."))
            return redirect("befriending:order", one.pk)
    context = {"order": one, "form": form, "known": known}
    return render(request, "befriending/take_on.html", context, status=422 if form.errors else 200)


def _take_on(request: ActorRequest, one: Order) -> None:
    same = request.POST.get("same_as", "")
    deeds.take_on(
        one,
        told=True,
        by=request.user,
        has_it=me(request),
        at=timezone.now(),
        on=timezone.localdate(),
        same_as=int(same) if same else None,
        is_new="is_new" in request.POST,
    )


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: ActorRequest, order_id: int) -> HttpResponse:
    """Whom to call, what is wanted, and the customer's project number."""
    one = the_order(request, order_id)
    form = FactsForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("befriending:order", one.pk)
    return render(request, "befriending/facts.html", {"order": one, "form": form}, status=422 if form.errors else 200)


@requires(MAY)
@require_POST
def take_over(request: ActorRequest, order_id: int) -> HttpResponse:
    """I have it from now on."""
    one = the_order(request, order_id)
    employee = me(request)
    if employee and one.citizen_id:
        deeds.pass_on(one, employee)
    return redirect("befriending:order", one.pk)


@requires(MAY)
@require_POST
def close(request: ActorRequest, order_id: int) -> HttpResponse:
    """The order ends, with a reason that stays."""
    one = the_order(request, order_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it ends, in a few words."))
        return redirect("befriending:order", one.pk)
    try:
        because = form.cleaned_data["because"]
        deeds.close(one, because=because, by=request.user, at=timezone.now(), on=timezone.localdate())
    except deeds.StillVisited:
        messages.error(request, _("Somebody visits on this order. End that first, so that they know."))
    except deeds.AlreadyClosed:
        messages.warning(request, _("A colleague was first."))
    else:
        messages.success(request, _("The order is closed."))
    return redirect("befriending:order", one.pk)


@requires(MAY)
@require_POST
def take_out_waiting(request: ActorRequest, order_id: int) -> HttpResponse:
    """The visits that are on hold do not take place; they stay, with the reason."""
    one = the_order(request, order_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why, in a few words."))
        return redirect("befriending:order", one.pk)
    taken = take_out_held(one, because=form.cleaned_data["because"])
    words = ngettext("%(n)d visit is taken out.", "%(n)d visits are taken out.", taken)
    messages.success(request, words % {"n": taken})
    return redirect("befriending:order", one.pk)
