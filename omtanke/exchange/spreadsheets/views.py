"""The administrator's pages of the import: upload, look at what would happen, take in, and what came of it."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.exchange.spreadsheets import runs
from omtanke.exchange.spreadsheets.forms import UploadForm
from omtanke.exchange.spreadsheets.models import ImportRun
from omtanke.exchange.spreadsheets.refused import lines_of, refused_workbook, sheets_of
from omtanke.exchange.spreadsheets.templates_for_office import template_workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS_SHOWN, LINES_SHOWN = 30, 100


@requires(Permission.ADMINISTER)
def imports(request: ActorRequest) -> HttpResponse:
    """Upload spreadsheets; and the imports there have been."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        run = runs.upload(form.cleaned_data["spreadsheets"], by=request.user)
        return redirect("spreadsheets:run", run.pk)
    history = ImportRun.objects.select_related("by").prefetch_related("files")[:RUNS_SHOWN]
    return render(request, "spreadsheets/imports.html", {"form": form, "runs": history})


@requires(Permission.ADMINISTER)
@require_safe
def run(request: ActorRequest, run_id: int) -> HttpResponse:
    """One import: how far it is, what it would do or did, and what was refused."""
    one = get_object_or_404(ImportRun.objects.select_related("by").prefetch_related("files"), pk=run_id)
    if request.htmx and request.GET.get("part") == "progress":  # type: ignore[attr-defined] # by its middleware
        return _progress(request, one)
    report = one.what_came_of_it
    sheet, words = request.GET.get("sheet", ""), request.GET.get("words", "").strip()
    lines = Paginator(lines_of(report, sheet=sheet, words=words), LINES_SHOWN).get_page(request.GET.get("page"))
    context = {
        "run": one,
        "report": report,
        "lines": lines,
        "sheets": sheets_of(report),
        "sheet": sheet,
        "words": words,
    }
    return render(request, "spreadsheets/run.html", context)


def _progress(request: ActorRequest, one: ImportRun) -> HttpResponse:
    if one.is_moving and not one.has_stopped:
        return render(request, "spreadsheets/run.html#progress", {"run": one})
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


@requires(Permission.ADMINISTER)
@require_POST
def take_in(request: ActorRequest, run_id: int) -> HttpResponse:
    one = get_object_or_404(ImportRun, pk=run_id)
    try:
        runs.ask_to_take_in(one, accept_good="accept_good" in request.POST)
    except runs.NotReady:
        messages.warning(request, _("Somebody was faster: this import is already on its way."))
    return redirect("spreadsheets:run", run_id)


@requires(Permission.ADMINISTER)
@require_POST
def take_up_again(request: ActorRequest, run_id: int) -> HttpResponse:
    one = get_object_or_404(ImportRun, pk=run_id)
    try:
        runs.take_up_again(one)
    except runs.NotReady:
        messages.warning(request, _("This import is already on its way again."))
    return redirect("spreadsheets:run", run_id)


@requires(Permission.ADMINISTER)
@require_safe
def refused(request: ActorRequest, run_id: int) -> HttpResponse:
    """The refused rows as a spreadsheet: where they stand and why, nothing else of them."""
    one = get_object_or_404(ImportRun, pk=run_id)
    lines = lines_of(
        one.what_came_of_it, sheet=request.GET.get("sheet", ""), words=request.GET.get("words", "").strip()
    )
    return _download(refused_workbook(lines), _("refused-rows-%(number)d.xlsx") % {"number": one.pk})


@requires(Permission.ADMINISTER)
@require_safe
def template(request: ActorRequest) -> HttpResponse:
    """An empty workbook with the headings we know best, an example row, and what each column means."""
    language = str(get_language() or "nb")[:2]
    return _download(template_workbook(language), _("omtanke-template.xlsx"))


def _download(content: BytesIO, name: str) -> HttpResponse:
    response = HttpResponse(content.getvalue(), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
