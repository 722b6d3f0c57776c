"""Start of the shift: the lists are shared out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.models import Grant
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.people.models import Employee, Unit
from omtanke.visits import share_out as deeds
from omtanke.visits.models import Round, Shift
from omtanke.visits.offers import Offer, offers_of
from omtanke.visits.rotation_table import rotation_of
from omtanke.visits.views.me import day_of, employee_of


@dataclass
class UnitLists:
    """One unit's lists on the page: free ones and mine, those others have, those over; and who can have them."""

    unit: Unit
    offers: list[Offer]
    taken: list[Offer]
    over: list[Offer]
    is_open: bool
    may_hand_out: bool
    is_elsewhere: bool
    at_work: list[Employee]
    others: list[Employee]


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def share_out(request: ActorRequest) -> HttpResponse:
    """The lists of the day in the units where I am at work, or in `?unit=`, where I help out."""
    me, at = employee_of(request), timezone.now()
    on = day_of(request, at)
    shifts = _shifts_of(me, on)
    asked_for = request.GET.get("unit", "")
    mine = _my_units(request, me, shifts)
    elsewhere = [unit for unit in Unit.objects.all() if unit.pk not in mine]
    wanted = {int(asked_for)} if asked_for.isdecimal() else mine
    units = list(Unit.objects.filter(pk__in=wanted))
    offers = offers_of(units, on=on, reader=me, shifts=shifts)
    look(request, [citizen.pk for offer in offers for citizen in offer.named])
    context = {
        "units": _by_unit(request, units, offers, shifts, me=me, on=on, at=at),
        "elsewhere": [unit for unit in elsewhere if unit.pk not in wanted],
        "helping_out": bool(wanted - mine),
        "shifts": shifts,
        "on": on,
        "today": timezone.localdate(at),
        "tomorrow": timezone.localdate(at) + timedelta(days=1),
        "me": me,
        "have_one": any(offer.round.taken_by_id == me.pk for offer in offers),
    }
    return render(request, "visits/share_out.html", context)


@requires(Permission.WORK_ON_SHIFT)
@require_safe
def rotation(request: ActorRequest) -> HttpResponse:
    """Who has had which list in my units, so that all know all."""
    me, on = employee_of(request), timezone.localdate()
    days, rows = rotation_of(_my_units(request, me, _shifts_of(me, on)), on=on)
    people = {employee for row in rows for employee in row.had_by if employee}
    return render(
        request,
        "visits/rotation.html",
        {"days": days, "rows": rows, "people": sorted(people, key=lambda person: person.sort_name)},
    )


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def take(request: ActorRequest, round_id: int) -> HttpResponse:
    """One press takes the list."""
    round_, me = _round(round_id), employee_of(request)
    try:
        deeds.take_list(round_, by=me, at=timezone.now())
    except deeds.AlreadyTaken as first:
        messages.warning(request, _taken_words(round_, first.by))
        return _back(round_)
    except deeds.NotAtWork:
        words = _("You have no shift at the time of %(list)s. Whoever plans the lists can hand it out to you.")
        messages.error(request, words % {"list": round_.work_list.name})
        return _back(round_)
    messages.success(request, _("You have %(list)s.") % {"list": round_.work_list.name})
    if round_.on > timezone.localdate():
        return redirect(f"{reverse('visits:my_shift')}?on={round_.on:%Y-%m-%d}")
    return redirect("visits:my_shift")


@requires(Permission.WORK_ON_SHIFT)
@require_POST
def give_back(request: ActorRequest, round_id: int) -> HttpResponse:
    """Set one's own list free; whoever plans the unit's lists may set anyone's free."""
    round_, me = _round(round_id), employee_of(request)
    holder = round_.taken_by
    if holder is None:
        messages.info(request, _("%(list)s is free.") % {"list": round_.work_list.name})
        return _back(round_)
    if holder != me:
        request.actor.must_in(Permission.PLAN_LISTS, [round_.work_list.unit_id])
    try:
        deeds.give_back(round_, holder, at=timezone.now())
    except deeds.VisitUnderWay:
        messages.error(request, _("A visit of this list is under way. End it first, then the list can be given back."))
    except deeds.NotTheirs:
        messages.warning(request, _("Somebody else has changed who has %(list)s.") % {"list": round_.work_list.name})
    else:
        messages.success(request, _("%(list)s is free again.") % {"list": round_.work_list.name})
    return _back(round_)


@requires(Permission.PLAN_LISTS)
@require_POST
def hand_out(request: ActorRequest, round_id: int) -> HttpResponse:
    """Whoever plans the unit's lists gives a list that is left to somebody."""
    round_ = _round(round_id)
    request.actor.must_in(Permission.PLAN_LISTS, [round_.work_list.unit_id])
    chosen = request.POST.get("to", "")
    if not chosen.isdecimal():
        messages.error(request, _("Choose who is to have %(list)s.") % {"list": round_.work_list.name})
        return _back(round_)
    to = get_object_or_404(Employee.objects.at_work(), pk=int(chosen))
    try:
        deeds.hand_out(round_, to, by=request.user, at=timezone.now())
    except deeds.AlreadyTaken as first:
        messages.warning(request, _taken_words(round_, first.by))
    else:
        messages.success(request, _("%(name)s has %(list)s.") % {"name": to.name, "list": round_.work_list.name})
    return _back(round_)


def _round(round_id: int) -> Round:
    return get_object_or_404(Round.objects.select_related("work_list__unit", "taken_by"), pk=round_id)


def _back(round_: Round) -> HttpResponse:
    page = reverse("visits:share_out")
    return redirect(f"{page}?on={round_.on:%Y-%m-%d}&unit={round_.work_list.unit_id}#list-{round_.pk}")


def _taken_words(round_: Round, by: Employee | None) -> str:
    if by is None:
        return _("Somebody was a moment before you, and has given %(list)s back. Try once more.") % {
            "list": round_.work_list.name
        }
    words = _("%(name)s was a moment before you and has %(list)s.")
    return words % {"name": by.name, "list": round_.work_list.name}


def _shifts_of(me: Employee, on: date) -> list[Shift]:
    """My shifts that touch the day."""
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    touching = Shift.objects.filter(employee=me, ends__gt=midnight, starts__lt=midnight + timedelta(days=1))
    return list(touching.select_related("unit").order_by("starts"))


def _my_units(request: ActorRequest, me: Employee, shifts: Iterable[Shift]) -> set[int]:
    """Where I am at work; and whoever plans lists, also where they plan them."""
    units = {shift.unit_id for shift in shifts}
    planning = request.actor.units(Permission.PLAN_LISTS)
    if planning:
        return units | planning
    if not units and me.unit_id:
        return {me.unit_id}
    return units


def _by_unit(
    request: ActorRequest,
    units: Iterable[Unit],
    offers: Iterable[Offer],
    shifts: list[Shift],
    *,
    me: Employee,
    on: date,
    at: datetime,
) -> list[UnitLists]:
    planned = {u.pk for u in units if request.actor.may_in(Permission.PLAN_LISTS, u.pk)}
    at_work, others = _who_can_have_it(planned, on)
    is_open = Grant.objects.running(at).filter(holder=request.user, unit_id__in=[unit.pk for unit in units])
    opened = set(is_open.values_list("unit_id", flat=True))
    lists = {pk: list(group) for pk, group in groupby(offers, key=lambda offer: offer.round.work_list.unit_id)}
    to_come = {pk: [offer for offer in own if offer.round.ends_at > at] for pk, own in lists.items()}
    return [
        UnitLists(
            unit=unit,
            offers=[offer for offer in to_come.get(unit.pk, []) if offer.round.taken_by_id in (None, me.pk)],
            taken=[offer for offer in to_come.get(unit.pk, []) if offer.round.taken_by_id not in (None, me.pk)],
            over=[offer for offer in lists.get(unit.pk, []) if offer.round.ends_at <= at],
            is_open=unit.pk in opened,
            may_hand_out=unit.pk in planned,
            is_elsewhere=all(shift.unit_id != unit.pk for shift in shifts),
            at_work=at_work.get(unit.pk, []),
            others=others.get(unit.pk, []),
        )
        for unit in units
    ]


def _who_can_have_it(unit_ids: set[int], on: date) -> tuple[dict[int, list[Employee]], dict[int, list[Employee]]]:
    """By unit: those at work that day, and the unit's others."""
    if not unit_ids:
        return {}, {}
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    shifts = Shift.objects.filter(unit__in=unit_ids, starts__gte=midnight, starts__lt=midnight + timedelta(days=1))
    at_work: dict[int, list[Employee]] = {}
    for shift in shifts.select_related("employee").order_by("employee__sort_name"):
        at_work.setdefault(shift.unit_id, []).append(shift.employee)
    others: dict[int, list[Employee]] = {}
    for employee in Employee.objects.at_work().filter(unit__in=unit_ids).in_order():
        if employee.unit_id and employee not in at_work.get(employee.unit_id, []):
            others.setdefault(employee.unit_id, []).append(employee)
    return at_work, others
