"""Hours to Tripletex: pick a month, look, book; and everybody's own hours."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.befriending.models import Order
from omtanke.exchange.tripletex import runs
from omtanke.exchange.tripletex.corrections import corrected_since_booked
from omtanke.exchange.tripletex.csv_file import hours_file, notebooks_file
from omtanke.exchange.tripletex.forms import PeriodForm
from omtanke.exchange.tripletex.gather import begin_of
from omtanke.exchange.tripletex.keys import company_of, keys_to
from omtanke.exchange.tripletex.models import Booked, HoursRun
from omtanke.exchange.tripletex.own_hours import own_days
from omtanke.exchange.tripletex.periods import last_of, month_before, months_until, period_name
from omtanke.exchange.tripletex.shown import Shown
from omtanke.people.models import Unit
from omtanke.people.my_units import my_units

MAY = Permission.BOOK_HOURS
RUNS_SHOWN = 12


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: ActorRequest) -> HttpResponse:
    """Pick a department and a month; and what has been looked at and booked before."""
    units = [unit for unit in my_units(request, MAY) if unit.kind == Unit.Kind.VISIT_SERVICE]
    posted = request.POST if request.method == "POST" else None
    form = PeriodForm(posted, units=units, today=timezone.localdate())
    if posted is not None and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            run = runs.ask_to_look(unit, *form.period, by=request.user, now=timezone.now())
            return redirect("tripletex:run", run_id=run.pk)
        except runs.AlreadyOnItsWay:
            form.add_error(None, _("Somebody is looking or booking right now. Try again when that is done."))
    earlier = HoursRun.objects.filter(unit__in=units).select_related("unit", "by")[:RUNS_SHOWN]
    context = {
        "form": form,
        "units": units,
        "runs": [(one, period_name(one.first, one.last)) for one in earlier],
        "corrected": corrected_since_booked(units),
        "has_keys": all(keys_to(company_of(unit)) for unit in units),
    }
    return render(request, "tripletex/periods.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_safe
def run(request: ActorRequest, run_id: int) -> HttpResponse:
    """How far it is; then what would be booked, or what came of it."""
    one = _mine(request, run_id)
    if request.htmx and request.GET.get("part") == "progress":  # type: ignore[attr-defined] # by its middleware
        return _progress(request, one)
    shown = Shown(one)
    orders = _orders_without_number(one) if shown.count(Booked.State.NO_NUMBER) else []
    look(request, {order.citizen_id for order in orders if order.citizen_id})
    context = {
        "run": one,
        "period": period_name(one.first, one.last),
        "shown": shown,
        "counts": shown.counts,
        "newest": runs.is_newest(one),
        "step": settings.TRIPLETEX_MINUTES,
        "orders": orders,
    }
    return render(request, "tripletex/run.html", context)


def _progress(request: ActorRequest, one: HoursRun) -> HttpResponse:
    if one.is_moving and not one.has_stopped:
        return render(request, "tripletex/run.html#progress", {"run": one})
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


@requires(MAY)
@require_POST
def book(request: ActorRequest, run_id: int) -> HttpResponse:
    one = _mine(request, run_id)
    try:
        runs.ask_to_book(one, now=timezone.now())
    except runs.NotReady:
        messages.warning(request, _("Somebody has looked or booked since. Look again before you book."))
    return redirect("tripletex:run", run_id=run_id)


@requires(MAY)
@require_POST
def begin_again(request: ActorRequest, run_id: int) -> HttpResponse:
    one = _mine(request, run_id)
    try:
        runs.begin_again(one, now=timezone.now())
    except runs.NotReady:
        messages.warning(request, _("It is on its way again already."))
    return redirect("tripletex:run", run_id=run_id)


@requires(MAY)
@require_POST
def look_again(request: ActorRequest, run_id: int) -> HttpResponse:
    """The same days anew: visits and Tripletex may have changed."""
    one = _mine(request, run_id)
    try:
        again = runs.ask_to_look(one.unit, one.first, one.last, by=request.user, now=timezone.now())
    except runs.AlreadyOnItsWay:
        messages.warning(request, _("Somebody is looking or booking right now. Try again when that is done."))
        return redirect("tripletex:run", run_id=run_id)
    return redirect("tripletex:run", run_id=again.pk)


@requires(MAY)
@require_safe
def hours_csv(request: ActorRequest, run_id: int) -> HttpResponse:
    one = _mine(request, run_id)
    name = _("hours-%(first)s-%(last)s.csv") % {"first": one.first, "last": one.last}
    return _download(hours_file(Shown(one).lines), name)


@requires(MAY)
@require_safe
def notebooks_csv(request: ActorRequest, run_id: int) -> HttpResponse:
    one = _mine(request, run_id)
    name = _("notebooks-%(first)s-%(last)s.csv") % {"first": one.first, "last": one.last}
    return _download(notebooks_file(Shown(one).notebooks), name)


@requires(Permission.SEE_OWN_PAGE)
@require_safe
def my_hours(request: ActorRequest) -> HttpResponse:
    """One's own days of a month, as they are added up for Tripletex."""
    today = timezone.localdate()
    months = months_until(today)
    asked = request.GET.get("month", "")
    month = next((one for one in months if one.isoformat() == asked), months[0])
    days = own_days(request.user, month, last_of(month))
    context = {
        "days": days,
        "total": sum(day.hours for day in days),
        "step": settings.TRIPLETEX_MINUTES,
        "month": month,
        "before": month_before(month) if month != months[-1] else None,
        "after": next((one for one in months if month_before(one) == month), None),
    }
    return render(request, "tripletex/my_hours.html", context)


def _mine(request: ActorRequest, run_id: int) -> HoursRun:
    one = get_object_or_404(HoursRun.objects.select_related("unit", "by"), pk=run_id)
    request.actor.must_in(MAY, [one.unit_id])
    return one


def _orders_without_number(one: HoursRun) -> list[Order]:
    """Those that the reader may open; the database keeps back the others."""
    visited = Order.objects.filter(department=one.unit_id, project_number="", visits__ended_at__isnull=False)
    of_the_days = visited.filter(visits__began_at__gte=begin_of(one.first), visits__began_at__date__lte=one.last)
    return list(of_the_days.distinct().oldest_first())


def _download(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
