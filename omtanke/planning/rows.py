"""What the planner has to know, gathered from the rooms below in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from omtanke.care.models import NamedContact
from omtanke.kernel.faces import WINDOW
from omtanke.people.models import Citizen, Employee, Unit
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Absence, Round, Shift, Visit

REMEMBERED = timedelta(days=180)  # somebody not seen for half a year is a new face again
LATELY = timedelta(days=7)  # for the rotation of lists


@dataclass(frozen=True)
class Rows:
    """All by primary key. `faces` are those who have come in the fortnight that ends with the last day planned, so that
    the plan's own faces and these are the ones a person meets in 14 days; `met` those of the last half year,
    `had_lists` the work lists that somebody has had lately, `last_at` whose home a carer was at last today."""

    units: tuple[Unit, ...]
    visits: tuple[Visit, ...]
    shifts: tuple[Shift, ...]
    employees: Mapping[int, Employee]
    citizens: Mapping[int, Citizen]
    primary: Mapping[int, int]
    secondary: Mapping[int, int]
    faces: Mapping[int, frozenset[int]]
    met: Mapping[int, frozenset[int]]
    had_lists: Mapping[int, frozenset[int]]
    last_at: Mapping[int, int]


def gather(
    units: Iterable[Unit],
    first: date,
    last: date,
    *,
    on: date,
    now: datetime | None,
    as_if_here: Collection[int] = (),
) -> Rows:
    """Everything about `first` through `last` as it is known on `on`; with `now`, only what is still ahead. Absences of
    the employees `as_if_here` are overlooked."""
    units = tuple(units)
    visits = _visits(units, first, last, now)
    shifts = at_work(units, first, last, now, as_if_here)
    citizens = {visit.citizen_id: visit.citizen for visit in visits}
    met = _met(citizens, before=min(first, on), lately=min(last - WINDOW + timedelta(days=1), on))
    contacts = NamedContact.objects.current(first).filter(citizen__in=citizens)
    roles = list(contacts.values_list("citizen_id", "employee_id", "role"))
    employees = {shift.employee_id: shift.employee for shift in shifts}
    return Rows(
        units=units,
        visits=visits,
        shifts=shifts,
        employees=employees,
        citizens=citizens,
        primary={c: e for c, e, role in roles if role == NamedContact.Role.PRIMARY},
        secondary={c: e for c, e, role in roles if role == NamedContact.Role.SECONDARY},
        faces=_grouped((c, e) for c, e, lately in met if lately),
        met=_grouped((c, e) for c, e, _lately in met),
        had_lists=_had_lists(employees, min(first, on)),
        last_at=_last_at(employees, on) if now else {},
    )


def _visits(units: Collection[Unit], first: date, last: date, now: datetime | None) -> tuple[Visit, ...]:
    """Still to do, those under way included. What should have been on a list that is over is nothing to plan now."""
    rows = Visit.objects.still_to_do().filter(round__work_list__unit__in=units, round__on__range=(first, last))
    related = rows.select_related("citizen", "round__work_list__unit", "round__taken_by", "decision", "recurring")
    return tuple(v for v in related.in_order() if now is None or v.started_at or v.round.ends_at > now)


def at_work(
    units: Collection[Unit],
    first: date,
    last: date,
    now: datetime | None = None,
    as_if_here: Collection[int] = (),
) -> tuple[Shift, ...]:
    """Those of the rota that begin in the period, but for those of people who are away."""
    between = Q(starts__gte=moment(first, time.min), starts__lt=moment(last + timedelta(days=1), time.min))
    rows = Shift.objects.filter(between, unit__in=units).select_related("employee", "unit").order_by("starts", "pk")
    shifts = [shift for shift in rows if now is None or shift.ends > now]
    away = Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=first), first_day__lte=last)
    periods: dict[int, list[Absence]] = defaultdict(list)
    for absence in away.filter(employee__in={shift.employee_id for shift in shifts}.difference(as_if_here)):
        periods[absence.employee_id].append(absence)
    return tuple(shift for shift in shifts if not _is_away(shift, periods[shift.employee_id]))


def _is_away(shift: Shift, absences: Iterable[Absence]) -> bool:
    on = timezone.localdate(shift.starts)
    return any(a.first_day <= on and (a.last_day is None or on <= a.last_day) for a in absences)


def _met(citizens: Iterable[int], *, before: date, lately: date) -> set[tuple[int, int, bool]]:
    """Citizen, carer, and whether it was after `lately`; each once (or twice, when both)."""
    since = moment(lately, time.min)
    rows = Visit.objects.done().filter(citizen__in=list(citizens), planned_start__gte=since_remembered(before))
    in_all = rows.order_by().values_list("citizen_id", "done_by_id").distinct()
    after = rows.filter(planned_start__gte=since).order_by().values_list("citizen_id", "done_by_id").distinct()
    return {(c, e, False) for c, e in in_all if e} | {(c, e, True) for c, e in after if e}


def since_remembered(on: date) -> datetime:
    """Whoever came after this is not forgotten yet."""
    return moment(on - REMEMBERED, time.min)


def _had_lists(employees: Iterable[int], before: date) -> Mapping[int, frozenset[int]]:
    rows = Round.objects.filter(taken_by__in=list(employees), on__gte=before - LATELY, on__lt=before).order_by()
    return _grouped(rows.values_list("taken_by_id", "work_list_id").distinct())


def _last_at(employees: Iterable[int], on: date) -> Mapping[int, int]:
    rows = Visit.objects.done().filter(done_by__in=list(employees), on=on).order_by("ended_at")
    return dict(rows.values_list("done_by_id", "citizen_id"))


def _grouped(pairs: Iterable[tuple[int | None, int | None]]) -> Mapping[int, frozenset[int]]:
    grouped: dict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        if key is not None and value is not None:
            grouped[key].add(value)
    return {key: frozenset(values) for key, values in grouped.items()}
