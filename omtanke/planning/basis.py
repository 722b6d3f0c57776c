"""What a draft was made from: how the visits lay and who was at work, in ids and times.

It is kept with the draft, so that whoever wants to use it later can be told what has changed since (`meanwhile.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypedDict

from omtanke.people.models import Unit
from omtanke.planning.rows import at_work
from omtanke.visits.models import Visit


class Basis(TypedDict):
    """By primary key as text, because JSON knows no other keys.

    A visit is its round, start, minutes and what it asks for; a shift its employee, start and end.
    """

    visits: dict[str, list[Any]]
    shifts: dict[str, list[Any]]


def basis_of(unit: Unit, first: date, last: date) -> Basis:
    """Three queries. A visit that will not be done is out of it, and so is the shift of somebody who is away."""
    visits = Visit.objects.filter(round__work_list__unit=unit, round__on__range=(first, last), not_done="")
    shifts = at_work([unit], first, last)
    return {
        "visits": how_they_lie(visits),
        "shifts": {str(s.pk): [s.employee_id, s.starts.isoformat(), s.ends.isoformat()] for s in shifts},
    }


def how_they_lie(visits: Iterable[Visit]) -> dict[str, list[Any]]:
    """Where and when these visits lie now."""
    return {
        str(visit.pk): [visit.round_id, visit.planned_start.isoformat(), visit.minutes, visit.competence]
        for visit in visits
    }


def with_these_anew(basis: Basis, visit_ids: Collection[int]) -> Basis:
    """The basis with these visits as they lie now; all others as they lay."""
    now = how_they_lie(Visit.objects.filter(pk__in=visit_ids))
    return {**basis, "visits": {**basis["visits"], **now}}
