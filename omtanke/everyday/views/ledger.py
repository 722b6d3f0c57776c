"""The wish ledger of a unit: what was said and what came of it, what stands still, what cannot come true and why."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from omtanke.access.gate import ActorRequest, requires
from omtanke.access.permissions import Permission
from omtanke.access.read_log import look
from omtanke.everyday.in_words import COLOUR
from omtanke.everyday.ledger import Ledger, as_table
from omtanke.everyday.models import Wish
from omtanke.people.my_units import chosen_unit, my_units

BACK = timedelta(days=365)
# Which wishes the table shows.
SHOWN = {"open": Wish.OPEN, "moments": (Wish.State.ENJOYED,), "unmet": (Wish.State.UNMET,), "all": tuple(Wish.State)}


@requires(Permission.SEE_WISHES)
@require_safe
def ledger(request: ActorRequest) -> HttpResponse:
    """A unit's wishes of the last year."""
    unit, units = chosen_unit(request, Permission.SEE_WISHES)
    kept = Ledger(unit, since=_since(), on=timezone.localdate())
    look(request, kept.seen)
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else "open"
    context: dict[str, Any] = {
        "ledger": kept,
        "unit": unit,
        "units": units,
        "show": show,
        "lines": [(line, COLOUR[Wish.State(line.wish.state)]) for line in kept.every if line.wish.state in SHOWN[show]],
    }
    return render(request, "everyday/ledger.html", context)


@requires(Permission.SEE_WISHES)
@require_safe
def ledger_csv(request: ActorRequest) -> HttpResponse:
    """The sums of all my units per quarter, without persons."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="wishes.csv"'
    response.write("\ufeff")  # so that spreadsheets read æ, ø and å
    units = my_units(request, Permission.SEE_WISHES)
    ledgers = [Ledger(unit, since=_since(), on=timezone.localdate()) for unit in units]
    csv.writer(response, delimiter=";").writerows(as_table(ledgers))
    return response


def _since() -> date:
    """The first day of the quarter a year ago, so that no quarter is half."""
    year_ago = timezone.localdate() - BACK
    return date(year_ago.year, (year_ago.month - 1) // 3 * 3 + 1, 1)
