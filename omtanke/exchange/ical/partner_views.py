"""Partners' calendars: upload a file, look at what it would do, take it in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.exchange.ical.imports import AT_ONCE, AlreadyTakenIn, keep_or_ask, take_or_ask, try_again
from omtanke.exchange.ical.models import CalendarImport, PartnerCalendar
from omtanke.exchange.ical.partner_forms import PartnerForm, UploadForm
from omtanke.exchange.ical.reading import NotACalendar
from omtanke.exchange.ical.taking_in import Report
from omtanke.people.my_units import my_units

MAY = Permission.ARRANGE_ACTIVITIES
IMPORTS_SHOWN = 10


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: ActorRequest) -> HttpResponse:
    """The calendars there are, and a new one."""
    form = PartnerForm(request.POST if request.method == "POST" else None, units=my_units(request, MAY))
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        request.actor.must_in(MAY, [unit.pk] if unit else [])
        return redirect("ical:partner", partner_id=form.save().pk)
    listed = PartnerCalendar.objects.select_related("organiser", "unit")
    context = {"partners": listed, "form": form}
    return render(request, "ical/partners.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: ActorRequest, partner_id: int) -> HttpResponse:
    """Upload a file; nothing is taken in before it has been looked at."""
    one = _mine(request, partner_id)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_or_ask(one, form.cleaned_data["calendar"].read(), by=request.user, now=timezone.now())
            return redirect("ical:calendar_import", import_id=kept.pk)
        except NotACalendar as refused:
            form.add_error("calendar", str(refused))
    imports = one.imports.select_related("by").defer("content")[:IMPORTS_SHOWN]
    context = {"partner": one, "form": form, "imports": imports}
    return render(request, "ical/partner.html", context, status=422 if form.errors else 200)


@requires(MAY)
@require_safe
def calendar_import(request: ActorRequest, import_id: int) -> HttpResponse:
    """What it would do, or what came of it."""
    one = get_object_or_404(CalendarImport.objects.select_related("partner", "by").defer("content"), pk=import_id)
    _mine(request, one.partner_id)
    if one.under_way:
        return render(request, "ical/import_waits.html", {"one": one})
    return render(request, "ical/import.html", {"one": one, "report": Report().as_json() | one.report})


@requires(MAY)
@require_POST
def take_in_calendar(request: ActorRequest, import_id: int) -> HttpResponse:
    one = get_object_or_404(CalendarImport.objects.select_related("partner"), pk=import_id)
    _mine(request, one.partner_id)
    try:
        take_or_ask(one, end_gone="end_gone" in request.POST, by=request.user, now=timezone.now())
        if one.of <= AT_ONCE:
            messages.success(request, _("The calendar is taken in."))
    except AlreadyTakenIn:
        messages.warning(request, _("This file is taken in already."))
    return redirect("ical:calendar_import", import_id=import_id)


@requires(MAY)
@require_POST
def try_calendar_again(request: ActorRequest, import_id: int) -> HttpResponse:
    one = get_object_or_404(CalendarImport.objects.select_related("partner"), pk=import_id)
    _mine(request, one.partner_id)
    try:
        try_again(one, now=timezone.now())
    except AlreadyTakenIn:
        messages.warning(request, _("A colleague was first."))
    return redirect("ical:calendar_import", import_id=import_id)


def _mine(request: ActorRequest, partner_id: int) -> PartnerCalendar:
    one = get_object_or_404(PartnerCalendar.objects.select_related("unit", "organiser"), pk=partner_id)
    request.actor.must_in(MAY, [one.unit_id] if one.unit_id else [])
    return one
