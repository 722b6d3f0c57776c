"""The forms about one person: what can be filled in, what was answered, and how it has gone since last time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.forms.comparing import side_by_side
from omtanke.forms.exporting import as_response
from omtanke.forms.filling_in import NotInUse, begin, last_before
from omtanke.forms.models import Answers, Questionnaire
from omtanke.forms.scoring import Score, at
from omtanke.forms.views.steps import Way, fill_to_the_end
from omtanke.forms.words import change_in_words, here, score_in_words
from omtanke.people.models import Citizen


@dataclass(frozen=True)
class Told:
    """One set of answers, with what its score means and how it has changed."""

    answers: Answers
    score: Score | None = None
    words: str = ""
    meaning: str = ""
    good: str = ""
    change: str = ""


def told(answers: Answers, before: Answers | None) -> Told:
    form = answers.questionnaire.form
    if answers.score is None or form.scoring is None:
        return Told(answers)
    score = at(form, answers.score)
    return Told(
        answers,
        score,
        score_in_words(form, score),
        here(score.level.said) if score.level else "",
        here(form.scoring.good) if form.scoring.good else "",
        change_in_words(form, before.score, answers.score) if before and before.score is not None else "",
    )


@requires(Permission.SEE_CITIZEN)
@require_safe
def citizen_forms(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Everything that was asked and answered, questionnaire by questionnaire, and what can be filled in."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    look(request, [citizen_id])
    every = Answers.objects.filter(citizen=citizen).select_related("questionnaire", "finished_by", "saved_by")
    by_url: dict[str, list[Answers]] = {}
    for one in every.newest_first():
        by_url.setdefault(one.questionnaire.url, []).append(one)
    may_fill = request.actor.may(Permission.WRITE_ABOUT_CITIZEN)
    # Whoever arranges activities does not see the others' answers, and is not told that there are none.
    active = [one for one in Questionnaire.objects.active().of_care() if may_fill or one.opens_to_everyday]
    active.sort(key=lambda one: (one.page == "", one.name))
    in_use = {one.url for one in active}
    gone = {url: rows[0].questionnaire for url, rows in by_url.items() if url not in in_use}
    context = {
        "citizen": citizen,
        "forms": [_of_form(one, by_url.get(one.url, []), in_use=True) for one in active]
        + [_of_form(one, by_url[url], in_use=False) for url, one in gone.items()],
        "may_fill": may_fill,
    }
    return render(request, "forms/citizen_forms.html", context)


def _of_form(questionnaire: Questionnaire, rows: list[Answers], *, in_use: bool) -> dict[str, Any]:
    finished = [one for one in rows if one.is_finished and not one.declined]
    pairs = zip(finished, [*finished[1:], None], strict=False)
    return {
        "questionnaire": questionnaire,
        "about": here(questionnaire.form.description),
        "in_use": in_use,
        "paused": next((one for one in rows if not one.is_finished), None),
        "declined": rows[0] if rows and rows[0].declined else None,
        "history": [told(one, before) for one, before in pairs],
    }


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_POST
def begin_form(request: ActorRequest, citizen_id: int, questionnaire_id: int) -> HttpResponse:
    """Begin, or take up again what was paused."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    questionnaire = get_object_or_404(Questionnaire.objects.of_care(), pk=questionnaire_id)
    look(request, [citizen_id])
    try:
        answers = begin(citizen, questionnaire, by=request.user, at=timezone.now())
    except NotInUse:
        messages.error(request, _("This form is not in use any more. Choose another version."))
        return redirect("forms:citizen_forms", citizen_id)
    return redirect("forms:fill", citizen_id, answers.pk)


@requires(Permission.WRITE_ABOUT_CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: ActorRequest, citizen_id: int, answers_id: int) -> HttpResponse:
    """Answer the questions of one step."""
    answers = _answers(citizen_id, answers_id)
    look(request, [citizen_id])
    way = Way(
        here=reverse("forms:fill", args=[citizen_id, answers_id]),
        paused=reverse("forms:citizen_forms", args=[citizen_id]),
        after_the_last=reverse("forms:answers", args=[citizen_id, answers_id]),
        last_button=_("Finish"),
    )
    return fill_to_the_end(request, answers, way)


def _answers(citizen_id: int, answers_id: int) -> Answers:
    every = Answers.objects.select_related("questionnaire", "citizen", "finished_by")
    return get_object_or_404(every, pk=answers_id, citizen=citizen_id)


@requires(Permission.SEE_CITIZEN)
@require_safe
def answers(request: ActorRequest, citizen_id: int, answers_id: int) -> HttpResponse:
    """What was answered, beside the time before."""
    now = _answers(citizen_id, answers_id)
    look(request, [citizen_id])
    before = last_before(now)
    context = {
        "citizen": now.citizen,
        "answers": now,
        "told": told(now, before),
        "before": before,
        "credit": now.questionnaire.form.credit,
        "groups": [
            (heading, list(lines))
            for heading, lines in groupby(side_by_side(now, before), key=lambda line: line.heading)
        ],
    }
    return render(request, "forms/answers.html", context)


@requires(Permission.SEE_CITIZEN)
@require_safe
def answers_as_fhir(request: ActorRequest, citizen_id: int, answers_id: int) -> HttpResponse:
    """The answers as a FHIR R4 QuestionnaireResponse."""
    now = _answers(citizen_id, answers_id)
    look(request, [citizen_id])
    response = JsonResponse(as_response(now), content_type="application/fhir+json")
    response["Content-Disposition"] = f'attachment; filename="answers-{now.pk}.json"'
    return response
