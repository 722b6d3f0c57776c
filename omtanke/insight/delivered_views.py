"""Granted against delivered: everybody of a unit, and one person."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.insight.delivered import WEEKS, Delivered, Period, known_since, of_citizen, of_unit, week_by_week
from omtanke.insight.delivered_words import explanation, finding, finding_for_all
from omtanke.kernel.delivered import DRIFT_MINUTES, DRIFT_SHARE, Drift
from omtanke.people.models import Citizen
from omtanke.people.my_units import chosen_unit

MAY = Permission.HANDLE_DECISIONS
IN_CHART = 12  # bars that can be read; the table has everybody


@requires(MAY)
@require_safe
def delivered(request: ActorRequest) -> HttpResponse:
    """Everybody of a unit over the last weeks, those who drift most first."""
    unit, units = chosen_unit(request, MAY)
    weeks = _weeks(request)
    period = Period.of_weeks(weeks, timezone.localdate(), known_since=known_since([unit.pk]))
    rows = of_unit(unit.pk, period)
    look(request, [row.citizen.pk for row in rows])
    less, more = _drifting(rows, Drift.LESS), _drifting(rows, Drift.MORE)
    context = {
        "unit": unit,
        "units": units,
        "weeks": weeks,
        "shown_weeks": period.weeks,
        "all_weeks": WEEKS,
        "rows": [(row, finding(row.weekly), explanation(row.weekly)) for row in rows],
        "charted": rows[:IN_CHART],
        "title": finding_for_all(len(less), len(more), len(rows)),
        "drifting": len(less) + len(more),
        "share": round(DRIFT_SHARE * 100),
        "minutes": DRIFT_MINUTES,
    }
    return render(request, "insight/delivered.html", context)


@requires(MAY)
@require_safe
def citizen_delivered(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """One person, week by week: a page of its own and a panel for the citizen's page."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    units = request.actor.units(MAY)
    asked = _weeks(request, otherwise=12)
    period = Period.of_weeks(asked, timezone.localdate(), known_since=known_since(units))
    weekly = of_citizen(citizen.pk, units, period)
    look(request, [citizen.pk])
    context = {
        "citizen": citizen,
        "weeks": period.weeks,
        "weekly": weekly,
        "finding": finding(weekly) if weekly else "",
        "explanation": explanation(weekly) if weekly else "",
        "by_week": week_by_week(citizen.pk, units, period) if weekly else [],
    }
    part = "#panel" if request.headers.get("HX-Request") else ""
    return render(request, f"insight/citizen_delivered.html{part}", context)


def _weeks(request: ActorRequest, otherwise: int = WEEKS[0]) -> int:
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in {str(weeks) for weeks in WEEKS} else otherwise


def _drifting(rows: list[Delivered], way: Drift) -> list[Delivered]:
    return [row for row in rows if row.weekly.drift == way]
