"""What has changed on lists and rota since a draft was made, and what of the draft still fits.

Somebody who has worked on a draft for half an hour does not lose it because one visit was cancelled. What people have
changed since stays as they left it, because they knew more than the draft; so does what the draft has never heard of.
The tour of somebody who is not at work any more, or not long enough, is left out. All the rest can be used as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.utils import timezone

from omtanke.access.models import User
from omtanke.people.models import Citizen, Employee
from omtanke.planning.basis import Basis, basis_of
from omtanke.planning.from_rows import MOST_OVERTIME
from omtanke.planning.models import Draft, DraftVisit
from omtanke.visits.models import Absence, Round, Visit


class What(StrEnum):
    """What became of a visit or a shift."""

    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True)
class ChangedVisit:
    """A visit that is not as the draft knew it. Without `visit` it was taken out of the lists altogether.

    `was` is None where the draft did not know it. `who` and `at` are empty where no history tells.
    """

    what: What
    on: date
    list_name: str
    citizen: Citizen | None
    visit: Visit | None = None
    was: tuple[str, datetime] | None = None
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class ChangedShift:
    """Somebody who is at work otherwise than the draft knew. `visits` is how many of the draft's are left out by it."""

    what: What
    on: date
    employee: Employee
    starts: datetime
    ends: datetime
    away: bool = False
    visits: int = 0


@dataclass(frozen=True)
class Meanwhile:
    """All changes; `stay` are the visits that lie where people want them, `lost` the shifts whose tour does not fit.

    `known` is False for a draft from before this was written down: nothing can be told about it.
    """

    known: bool = True
    visits: tuple[ChangedVisit, ...] = ()
    shifts: tuple[ChangedShift, ...] = ()
    stay: frozenset[int] = frozenset()
    lost: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.visits or self.shifts or not self.known)

    @property
    def days(self) -> list[date]:
        return sorted({visit.on for visit in self.visits} | {shift.on for shift in self.shifts})


def since_made(draft: Draft) -> Meanwhile:
    """What has changed. A fixed number of queries, however much it is; what is done meanwhile changes nothing."""
    if draft.made_from is None:
        return Meanwhile(known=False)
    then: Basis = draft.made_from
    now = basis_of(draft.unit, draft.first, draft.last)
    changed = _Visits(then["visits"], now["visits"])
    shifts, lost = _shifts(draft, then["shifts"], now["shifts"])
    return Meanwhile(visits=tuple(changed.told()), shifts=tuple(shifts), stay=changed.stay(), lost=frozenset(lost))


class _Visits:
    """The visits that differ, with their rows and who changed them."""

    def __init__(self, then: Mapping[str, list[Any]], now: Mapping[str, list[Any]]) -> None:
        self.then = then
        differ = {int(pk) for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk)}
        rows = Visit.objects.filter(pk__in=differ).select_related("citizen", "round__work_list")
        self.rows = {visit.pk: visit for visit in rows}
        self.gone = {pk for pk in differ if str(pk) not in now}
        self.differ = {pk for pk in differ if pk in self.gone or self._is_ahead(pk)}
        self.events = _events(self.differ)
        wanted = {then[str(pk)][0] for pk in self.differ if str(pk) in then}
        self.rounds = {r.pk: r for r in Round.objects.filter(pk__in=wanted).select_related("work_list")}
        lost = {event.citizen_id for pk, event in self.events.items() if pk not in self.rows}
        self.citizens = {citizen.pk: citizen for citizen in Citizen.objects.filter(pk__in=lost)}

    def _is_ahead(self, pk: int) -> bool:
        return pk in self.rows and self.rows[pk].state == "planned"

    def stay(self) -> frozenset[int]:
        """With the second carers, who come when the first ones do."""
        known = self.differ - self.gone
        return frozenset(known | {half for pk in known if (half := self.rows[pk].together_with_id) is not None})

    def told(self) -> list[ChangedVisit]:
        found = [self._told(pk) for pk in self.differ]
        return sorted(found, key=lambda one: (one.on, one.list_name, one.what, one.was[1] if one.was else _start(one)))

    def _told(self, pk: int) -> ChangedVisit:
        visit, event, known = self.rows.get(pk), self.events.get(pk), self.then.get(str(pk))
        was = self._was(known)
        if visit is None or pk in self.gone:
            round_ = self.rounds.get(known[0]) if known else None
            what, on = What.GONE, round_.on if round_ else timezone.localdate(was[1] if was else None)
        else:
            round_, what, on = visit.round, What.CHANGED if known else What.NEW, visit.round.on
        citizen = visit.citizen if visit else self.citizens.get(event.citizen_id) if event else None
        name = round_.work_list.name if round_ else ""
        who, at = (event.who, event.pgh_created_at) if event else ("", None)
        return ChangedVisit(what, on, name, citizen, visit, was, who, at)

    def _was(self, known: list[Any] | None) -> tuple[str, datetime] | None:
        if known is None:
            return None
        round_ = self.rounds.get(known[0])
        return (round_.work_list.name if round_ else "", datetime.fromisoformat(known[1]))


def _start(one: ChangedVisit) -> datetime:
    return one.visit.planned_start if one.visit else timezone.now()


def _events(visit_ids: set[int]) -> dict[int, Any]:
    """The latest change of each of these visits, with `who` made it."""
    events: Any = apps.get_model("visits", "VisitEvent")
    rows = events.objects.filter(pgh_obj__in=visit_ids).select_related("pgh_context")
    latest = {row.pgh_obj_id: row for row in rows.order_by("pgh_created_at", "pgh_id")}
    by = {pk: int((row.pgh_context.metadata if row.pgh_context else {}).get("user") or 0) for pk, row in latest.items()}
    names = dict(User.objects.filter(pk__in=by.values()).values_list("pk", "name"))
    for pk, row in latest.items():
        row.who = names.get(by[pk], "")
    return latest


def _shifts(
    draft: Draft, then: Mapping[str, list[Any]], now: Mapping[str, list[Any]]
) -> tuple[list[ChangedShift], set[str]]:
    """The shifts that differ, and which of them cannot carry their tour any more."""
    differ = [pk for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk)]
    people = {row[pk][0] for pk in differ for row in (then, now) if pk in row}
    employees = {employee.pk: employee for employee in Employee.objects.filter(pk__in=people)}
    away = list(Absence.objects.filter(employee__in=people))
    tours = _tours(draft, differ)
    lost = {pk for pk in differ if pk in then and not (pk in now and _fits(then[pk], now[pk], tours[pk]))}
    told = []
    for pk in differ:
        gone = pk not in now or (pk in then and then[pk][0] != now[pk][0])
        employee_id, starts, ends = then[pk] if gone else now[pk]
        on = timezone.localdate(datetime.fromisoformat(starts))
        told.append(
            ChangedShift(
                what=What.GONE if gone else What.CHANGED if pk in then else What.NEW,
                on=on,
                employee=employees[employee_id],
                starts=datetime.fromisoformat(starts),
                ends=datetime.fromisoformat(ends),
                away=any(a.employee_id == employee_id and a.first_day <= on <= (a.last_day or date.max) for a in away),
                visits=len(tours[pk]) if pk in lost else 0,
            )
        )
    return sorted(told, key=lambda one: (one.on, one.employee.sort_name)), lost


def _tours(draft: Draft, shift_ids: Iterable[str]) -> dict[str, list[tuple[datetime, int]]]:
    """When the draft's visits on these shifts begin, and how many minutes they take."""
    tours: dict[str, list[tuple[datetime, int]]] = {pk: [] for pk in shift_ids}
    rows = DraftVisit.objects.filter(draft=draft, shift__in=list(tours))
    for shift_id, starts, minutes in rows.values_list("shift_id", "starts", "visit__minutes"):
        if starts is not None:
            tours[str(shift_id)].append((starts, minutes))
    return tours


def _fits(then: list[Any], now: list[Any], tour: list[tuple[datetime, int]]) -> bool:
    """The same carer, and every visit of the tour within the hours they have now."""
    begins, ends = datetime.fromisoformat(now[1]), datetime.fromisoformat(now[2])
    latest = ends.timestamp() + MOST_OVERTIME * 60
    return then[0] == now[0] and all(
        begins <= starts and starts.timestamp() + minutes * 60 <= latest for starts, minutes in tour
    )
