"""Pages for whoever keeps the municipality's forms: add a file, look at it in three languages, publish, retire."""

from __future__ import annotations

import json
from typing import Any

from django import forms as fields
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.forms.assembling import assembled
from omtanke.forms.drawing import Page
from omtanke.forms.keeping import NotADraft, NotInUse, VersionTaken, add, publish, retire
from omtanke.forms.models import Questionnaire
from omtanke.forms.reading import LARGEST, Problem, Reading, read_file
from omtanke.forms.words import here, plain

# Each language in its own words, as in the frame's own choice of language.
OWN_NAMES = (("nb", "Norsk"), ("sv", "Svenska"), ("en", "English"))


class FileForm(fields.Form):
    file = fields.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A FHIR R4 Questionnaire as JSON, with all words in Norwegian, Swedish and English."),
        widget=fields.ClearableFileInput(attrs={"accept": ".json,application/json,application/fhir+json"}),
    )


@requires(Permission.KEEP_FORMS)
@require_http_methods(["GET", "HEAD", "POST"])
def forms(request: ActorRequest) -> HttpResponse:
    """All versions, and a place to add one. A file with problems is not added; each problem is told with its place."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    problems: list[Problem] = []
    name = ""
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        reading = _read(form.cleaned_data["file"])
        problems = reading.problems
        if not problems:
            try:
                questionnaire = add(reading, by=request.user)
            except VersionTaken:
                problems = [Problem(_("“version”"), _("This version is published already. Give the file a new one."))]
            else:
                messages.success(request, _("The file is right. Look at the form before you publish it."))
                return redirect("forms:form", questionnaire.pk)
    context = {
        "form": form,
        "problems": problems,
        "file_name": name,
        "questionnaires": list(Questionnaire.objects.select_related("added_by").in_order()),
    }
    return render(request, "forms/forms.html", context, status=422 if problems or form.errors else 200)


def _read(file: Any) -> Reading:
    if file.size > 4 * LARGEST:
        return Reading(problems=[Problem(_("the whole file"), _("The file is larger than a questionnaire can be."))])
    return read_file(file.read())


@requires(Permission.KEEP_FORMS)
@require_safe
def form(request: ActorRequest, questionnaire_id: int) -> HttpResponse:
    """A form as it will be seen, in the language asked for."""
    questionnaire = get_object_or_404(
        Questionnaire.objects.select_related("added_by", "published_by", "retired_by"), pk=questionnaire_id
    )
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or "nb"
    read = questionnaire.form
    with translation.override(language):
        parts = [
            {"heading": here(items[0].said) if len(read.steps) > 1 else "", "questions": _questions(read, items)}
            for items in read.steps
        ]
        title, about = here(read.title), here(read.description)
        scoring = read.scoring
        levels = [(plain(one.least), plain(one.most), here(one.said)) for one in scoring.levels] if scoring else []
    context = {
        "questionnaire": questionnaire,
        "language": language,
        "languages": OWN_NAMES,
        "title": title,
        "about": about,
        "credit": read.credit,
        "parts": parts,
        "levels": levels,
        "replaces": Questionnaire.objects.active().filter(url=questionnaire.url).exclude(pk=questionnaire.pk).first(),
    }
    return render(request, "forms/form.html", context)


def _questions(read: Any, items: Any) -> Any:
    page = Page(read, {})
    return page.draw(items[0].items if len(read.steps) > 1 else items)


@requires(Permission.KEEP_FORMS)
@require_POST
def publish_form(request: ActorRequest, questionnaire_id: int) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, pk=questionnaire_id)
    try:
        publish(questionnaire, by=request.user, at=timezone.now())
    except NotADraft:
        messages.error(request, _("A colleague was first. Look at how it is now."))
    else:
        messages.success(request, _("%(name)s is in use.") % {"name": questionnaire.name})
    return redirect("forms:form", questionnaire_id)


@requires(Permission.KEEP_FORMS)
@require_POST
def retire_form(request: ActorRequest, questionnaire_id: int) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, pk=questionnaire_id)
    try:
        retire(questionnaire, by=request.user, at=timezone.now())
    except NotInUse:
        messages.error(request, _("A colleague was first. Look at how it is now."))
    else:
        messages.success(
            request, _("%(name)s is retired. Answers that were given stay.") % {"name": questionnaire.name}
        )
    return redirect("forms:form", questionnaire_id)


@requires(Permission.KEEP_FORMS)
@require_safe
def file_of_form(request: ActorRequest, questionnaire_id: int) -> HttpResponse:
    """The file as it was added; with `?assembled`, every question where it is asked, as plain FHIR R4."""
    questionnaire = get_object_or_404(Questionnaire, pk=questionnaire_id)
    content = questionnaire.content
    if "assembled" in request.GET:
        content = assembled(content)
    response = HttpResponse(
        json.dumps(content, ensure_ascii=False, indent=1), content_type="application/fhir+json; charset=utf-8"
    )
    name = questionnaire.url.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
    response["Content-Disposition"] = f'attachment; filename="{name}-{questionnaire.version}.json"'
    return response
