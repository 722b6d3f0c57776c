"""Who has had which list, day by day: so that all know all. Nobody is counted or compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from omtanke.people.models import Employee
from omtanke.visits.models import Round, WorkList

DAYS = 14


@dataclass(frozen=True)
class Row:
    """A list, and who had it on each of the days; None where nobody did."""

    work_list: WorkList
    had_by: tuple[Employee | None, ...]


def rotation_of(unit_ids: Collection[int], *, on: date) -> tuple[list[date], list[Row]]:
    """The fourteen days up to and with `on`, and a row for each list in use."""
    days = [on - timedelta(days=n) for n in reversed(range(DAYS))]
    lists = list(
        WorkList.objects.filter(unit__in=unit_ids, active=True)
        .select_related("unit")
        .order_by("unit__sort_name", "starts", "name")
    )
    rounds = Round.objects.filter(work_list__in=[lst.pk for lst in lists], on__in=days).select_related("taken_by")
    had = {(round_.work_list_id, round_.on): round_.taken_by for round_ in rounds}
    return days, [Row(lst, tuple(had.get((lst.pk, day)) for day in days)) for lst in lists]
