"""Visits whose times were corrected after their hours were booked: which months are to be looked at once more.

As far as the actor may see the visits; whoever books hours without knowing the people looks at a month as before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from omtanke.befriending.models import TimesCorrected
from omtanke.exchange.tripletex.models import HoursRun
from omtanke.exchange.tripletex.periods import first_of, month_name
from omtanke.people.models import Unit


@dataclass(frozen=True)
class Corrected:
    """So many corrections in a month of a department since it was booked last."""

    unit: Unit
    month: date
    visits: int

    @property
    def period(self) -> str:
        return month_name(self.month)


def corrected_since_booked(units: Iterable[Unit]) -> list[Corrected]:
    """By month. Two queries."""
    by_pk = {unit.pk: unit for unit in units}
    done = list(HoursRun.objects.filter(unit__in=by_pk, state=HoursRun.State.DONE).exclude(finished_at=None))
    counted: Counter[tuple[int, date]] = Counter()
    for one in TimesCorrected.objects.filter(department__in=by_pk, was_booked=True):
        on = timezone.localdate(one.was_began_at)
        if not any(_covers(run, one.department_id, on) and run.finished_at > one.at for run in done if run.finished_at):
            counted[one.department_id, first_of(on)] += 1
    return [Corrected(by_pk[pk], month, visits) for (pk, month), visits in sorted(counted.items())]


def _covers(run: HoursRun, unit_id: int, on: date) -> bool:
    return run.unit_id == unit_id and run.first <= on <= run.last
