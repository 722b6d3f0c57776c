"""What a draft was made from, as one short stamp: another stamp means that lists or rota have changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q

from omtanke.visits.lay_out import moment
from omtanke.visits.models import Absence, Shift, Visit


def basis_of(unit_id: int, first: date, last: date) -> str:
    """Three queries. What is done in the meantime is the day going on, and changes nothing."""
    visits = Visit.objects.filter(round__work_list__unit=unit_id, round__on__range=(first, last)).order_by("pk")
    shifts = Shift.objects.filter(
        unit=unit_id,
        starts__gte=moment(first, time.min),
        starts__lt=moment(last + timedelta(days=1), time.min),
    ).order_by("pk")
    away = Absence.objects.filter(
        Q(last_day=None) | Q(last_day__gte=first), first_day__lte=last, employee__shifts__in=shifts
    )
    return _stamp(
        visits.values_list("pk", "round_id", "planned_start", "minutes", "competence", "not_done"),
        shifts.values_list("pk", "employee_id", "starts", "ends"),
        away.order_by("pk").values_list("pk", "first_day", "last_day").distinct(),
    )


def _stamp(*tables: Iterable[tuple[Any, ...]]) -> str:
    digest = hashlib.sha256()
    for rows in tables:
        for row in rows:
            digest.update(repr(tuple(str(value) for value in row)).encode())
        digest.update(b"|")
    return digest.hexdigest()
