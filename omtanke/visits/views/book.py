"""One person's visit book, week and faces; and the briefing before a first visit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.care.models import NamedContact
from omtanke.kernel.faces import WINDOW, Meeting, faces
from omtanke.people.models import Citizen, Employee, Tie
from omtanke.visits.briefing import last_there, read_by, say_read
from omtanke.visits.forms import BookSearchForm, NoteForm
from omtanke.visits.models import Note, RecurringVisit, Visit
from omtanke.visits.views.me import employee_of
from omtanke.visits.visit_book import search, write_note

PAGE = 20


@requires(Permission.SEE_CITIZEN)
@require_safe
def visit_book(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Everything written about somebody, the latest first, searchable."""
    return _book(request, get_object_or_404(Citizen, pk=citizen_id))


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_POST
def write_in_book(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Write a line that belongs to no visit, as after a telephone call."""
    citizen, me = get_object_or_404(Citizen, pk=citizen_id), employee_of(request)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _book(request, citizen, form=form, status=422)
    said = form.cleaned_data
    write_note(citizen, said["text"], for_next=said["for_next"], by=me, at=timezone.now())
    messages.success(request, _("Written in the visit book."))
    return redirect("visits:visit_book", citizen_id=citizen_id)


@requires(Permission.SEE_CITIZEN)
@require_safe
def citizen_week(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """This week's visits and how many different faces there were: a panel of the citizen's page, or a page."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen.pk])
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    visits = Visit.objects.filter(
        citizen=citizen, planned_start__gte=_midnight(monday), planned_start__lt=_midnight(sunday + timedelta(days=1))
    ).select_related("done_by", "round__taken_by")
    in_order = list(visits.in_order())
    met = faces(_meetings(citizen), on=today)
    people = Employee.objects.in_bulk(met.who)
    context = {
        "citizen": citizen,
        "visits": [visit for visit in in_order if visit.planned_start >= _midnight(today)],
        "earlier": [visit for visit in in_order if visit.planned_start < _midnight(today)],
        "faces": met,
        "met": [people[who] for who in met.who],
        "window": WINDOW.days,
    }
    page = "visits/citizen_week.html"
    return render(request, f"{page}#panel" if request.headers.get("HX-Request") else page, context)


@requires(Permission.WORK_ON_SHIFT)
def briefing(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """One minute before a first visit; "I have read it" is remembered."""
    related = Citizen.objects.select_related("portrait", "hamlet")
    citizen, me = get_object_or_404(related, pk=citizen_id), employee_of(request)
    look(request, [citizen.pk])
    back = request.POST.get("next", request.GET.get("next", ""))
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = ""
    if request.method == "POST":
        say_read(citizen, by=me, at=timezone.now())
        messages.success(request, _("You have read up on %(name)s.") % {"name": citizen.short_name})
        return redirect(back or "visits:my_shift")
    today = timezone.localdate()
    context = {
        "citizen": citizen,
        "portrait": getattr(citizen, "portrait", None),
        "age": citizen.age(today),
        "contacts": NamedContact.objects.current(today).filter(citizen=citizen).select_related("employee"),
        "call_first": Tie.objects.filter(citizen=citizen, call_first=True).first(),
        "recurring": RecurringVisit.objects.current(today).filter(citizen=citizen).order_by("starts", "pk"),
        "notes": Note.objects.filter(citizen=citizen).select_related("author").latest_first()[:3],
        "is_read": citizen.pk in read_by(me, [citizen.pk]),
        "last_here": last_there(me, [citizen.pk]).get(citizen.pk),
        "back": back,
    }
    return render(request, "visits/briefing.html", context)


def _book(request: ActorRequest, citizen: Citizen, *, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    look(request, [citizen.pk])
    asked = BookSearchForm(request.GET)
    words = asked.cleaned_data["words"].strip() if asked.is_valid() else ""
    notes = Note.objects.filter(citizen=citizen).select_related("author", "visit").latest_first()
    if words:
        notes = search(notes, words)
    context = {
        "citizen": citizen,
        "page": Paginator(notes, PAGE).get_page(request.GET.get("page")),
        "words": words,
        "search": asked,
        "form": form or NoteForm(),
        "may_write": request.actor.may(Permission.WRITE_ABOUT_CITIZEN),
    }
    return render(request, "visits/visit_book.html", context, status=status)


def _meetings(citizen: Citizen) -> list[Meeting]:
    """Who was there, in the days that count."""
    since = _midnight(timezone.localdate() - WINDOW + timedelta(days=1))
    visits = Visit.objects.filter(citizen=citizen, planned_start__gte=since, done_by__isnull=False)
    done = visits.values_list("done_by_id", "on").order_by("-planned_start")
    return [Meeting(who, on) for who, on in done if who is not None]


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
