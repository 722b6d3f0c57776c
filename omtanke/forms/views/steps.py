"""One step of filling in: draw it, save what was typed, go on. Used by every page where a form is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from omtanke.access.gate import ActorRequest
from omtanke.forms.answering import Unreadable
from omtanke.forms.drawing import Page
from omtanke.forms.filling_in import AlreadyFinished, StillMissing, finish, last_before, save
from omtanke.forms.items import Form
from omtanke.forms.models import Answers
from omtanke.forms.words import here


@dataclass(frozen=True)
class Way:
    """Where the buttons of a page lead, and what the last one is called."""

    here: str
    paused: str
    after_the_last: str
    last_button: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    number: int
    label: str
    answered: bool
    current: bool


def step_asked_for(request: ActorRequest, answers: Answers) -> int:
    """The step in the address, otherwise where it was paused."""
    last = len(answers.questionnaire.form.steps) - 1
    asked = request.GET.get("step", "")
    return min(int(asked) if asked.isdecimal() and len(asked) < 5 else answers.step, last)


def step_page(
    request: ActorRequest, answers: Answers, way: Way, *, wrong: Mapping[str, Unreadable] | None = None
) -> HttpResponse:
    """Draw a step, or save it and go where the pressed button leads."""
    number = step_asked_for(request, answers)
    if request.method != "POST" or wrong is not None:
        return _draw(request, answers, way, number, wrong=wrong or {})
    typed = {name: request.POST.getlist(name) for name in request.POST}
    items = answers.questionnaire.form.steps[number]
    wrong = save(answers, items, typed, step=number, by=request.user, at=timezone.now())
    if request.headers.get("X-Save"):  # as you go: the page stays as it is
        return HttpResponse(status=422 if wrong else 204)
    go = request.POST.get("go", "next")
    if wrong and go != "pause":
        return _draw(request, answers, way, number, typed=typed, wrong=wrong)
    return _go(answers, way, number, go)


def fill_to_the_end(request: ActorRequest, answers: Answers, way: Way) -> HttpResponse:
    """Draw or save a step; with the last one the answers are given, or it is told which question has none yet."""
    done = redirect(way.after_the_last)
    if answers.is_finished:
        return done
    try:
        response = step_page(request, answers, way)
    except AlreadyFinished:
        return done
    if response.status_code == 302 and response["Location"] == way.after_the_last:
        return _finish(request, answers, way)
    return response


def _finish(request: ActorRequest, answers: Answers, way: Way) -> HttpResponse:
    try:
        finish(answers, by=request.user, at=timezone.now())
    except StillMissing as still:
        first = _step_of(answers, still.asked[0].item.link_id)
        if first != step_asked_for(request, answers):
            messages.error(request, _("One question has no answer yet."))
            return redirect(f"{way.here}?step={first}")
        return step_page(request, answers, way, wrong={one.path: Unreadable("missing") for one in still.asked})
    messages.success(request, _("The answers are kept."))
    return redirect(way.after_the_last)


def _step_of(answers: Answers, link_id: str) -> int:
    steps = answers.questionnaire.form.steps
    return next(n for n, items in enumerate(steps) if any(link_id == one.link_id for top in items for one in top.all()))


def _go(answers: Answers, way: Way, number: int, go: str) -> HttpResponse:
    last = len(answers.questionnaire.form.steps) - 1
    if go == "pause":
        return redirect(way.paused)
    if go.startswith("more:"):
        return redirect(f"{way.here}?{urlencode({'step': str(number), 'more': go[5:]})}#more")
    if go == "next" and number == last:
        return redirect(way.after_the_last)
    if go.startswith("step:") and go[5:].isdecimal():
        number = min(int(go[5:]), last)
    else:
        number += -1 if go == "back" else 1
    return redirect(f"{way.here}?{urlencode({'step': max(0, number)})}")


def _draw(
    request: ActorRequest,
    answers: Answers,
    way: Way,
    number: int,
    *,
    typed: Mapping[str, Sequence[str]] | None = None,
    wrong: Mapping[str, Unreadable],
) -> HttpResponse:
    form = answers.questionnaire.form
    before = last_before(answers)
    page = Page(
        form,
        answers.given,
        typed or {},
        wrong,
        before.given if before else {},
        one_more=request.GET.get("more", ""),
    )
    items = form.steps[number]
    alone = len(form.steps) > 1
    drawn = page.draw(items[0].items if alone else items)
    context = {
        "answers": answers,
        "citizen": answers.citizen,
        "title": here(form.title),
        "credit": form.credit,
        "before": before,
        "questions": drawn,
        "wrong": [one for one in flat(drawn) if one.error],
        "step": number,
        "steps": _steps(form, answers, number) if alone else [],
        "heading": here(items[0].said) if alone else "",
        "is_last": number == len(form.steps) - 1,
        "way": way,
        **way.context,
    }
    return render(request, "forms/fill.html", context, status=422 if wrong else 200)


def flat(drawn: Sequence[Any]) -> list[Any]:
    """Every question on the page, one after the other."""
    found = []
    for one in drawn:
        found += [one, *flat(one.inner)]
        for repeated in one.repeated:
            found += flat(repeated)
    return found


def _steps(form: Form, answers: Answers, current: int) -> list[Step]:
    said = {path.rsplit("/", 1)[-1] for path in answers.given}
    return [
        Step(
            number,
            here(items[0].said),
            answered=any(item.link_id in said for item in items[0].all()),
            current=number == current,
        )
        for number, items in enumerate(form.steps)
    ]
