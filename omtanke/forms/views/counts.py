"""How a unit's people answered, in numbers that show nobody."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.forms.counting import FEWEST, count, count_levels
from omtanke.forms.exporting import as_csv
from omtanke.forms.models import Answers, Questionnaire
from omtanke.forms.words import here
from omtanke.people.models import Belonging, Unit
from omtanke.people.my_units import chosen_unit


def _latest(questionnaire: Questionnaire, unit: Unit) -> list[Answers]:
    """The newest finished answers of each who belongs to the unit, on whatever version."""
    belonging = Belonging.objects.current(timezone.localdate()).filter(unit=unit).values("citizen_id")
    rows = Answers.objects.finished().to(questionnaire.url).filter(citizen__in=belonging)
    return list(
        rows.select_related("questionnaire").order_by("citizen_id", "-finished_at", "-pk").distinct("citizen_id")
    )


def _chosen(request: ActorRequest) -> tuple[list[Questionnaire], Questionnaire | None]:
    """All forms in use, and the one asked for; otherwise the scored one that most have answered."""
    every = sorted(Questionnaire.objects.active().of_care(), key=lambda one: one.name)
    answered = Answers.objects.finished().filter(score__isnull=False).values("questionnaire__url").order_by()
    most = dict(answered.annotate(times=Count("pk")).values_list("questionnaire__url", "times"))
    asked = request.GET.get("form", "")
    found = next((one for one in every if str(one.pk) == asked), None)
    return every, found or max(every, key=lambda one: most.get(one.url, 0), default=None)


@requires(Permission.LEAD_UNIT)
@require_safe
def counts(request: ActorRequest) -> HttpResponse:
    unit, units = chosen_unit(request, Permission.LEAD_UNIT)
    every, questionnaire = _chosen(request)
    latest = _latest(questionnaire, unit) if questionnaire else []
    form = questionnaire.form if questionnaire else None
    context = {
        "unit": unit,
        "units": units,
        "questionnaires": every,
        "questionnaire": questionnaire,
        "people": len(latest),
        "enough": len(latest) >= FEWEST,
        "questions": [
            {"label": here(one.said), "lines": [(here(line.said), line.number) for line in one.lines]}
            for one in (count(form, [answers.given for answers in latest]) if form else [])
        ],
        "levels": [
            (here(line.said), line.number)
            for line in (
                count_levels(form, [answers.score for answers in latest if answers.score is not None]) if form else []
            )
        ],
        "good": here(form.scoring.good) if form and form.scoring and form.scoring.good else "",
    }
    return render(request, "forms/counts.html", context)


@requires(Permission.LEAD_UNIT)
@require_safe
def counts_as_csv(request: ActorRequest) -> HttpResponse:
    """The answers themselves, without names, for a leader's own spreadsheet. Each person's look is logged."""
    unit, _units = chosen_unit(request, Permission.LEAD_UNIT)
    _every, questionnaire = _chosen(request)
    latest = _latest(questionnaire, unit) if questionnaire else []
    look(request, [answers.citizen_id for answers in latest])
    response = HttpResponse(as_csv(latest), content_type="text/csv; charset=utf-8")
    name = slugify(f"{questionnaire.name if questionnaire else 'forms'}-{unit.name}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
