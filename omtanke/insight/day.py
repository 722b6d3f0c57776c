"""How a unit's day stands: lists, visits, who is at work, who is away, and people without contacts.

Facts about the day, never about a carer. A fixed number of queries, whatever the size of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from omtanke.access.models import EmergencyAccess, Grant, Reason
from omtanke.care.models import NamedContact
from omtanke.everyday.talk_due import overdue_in
from omtanke.everyday.wishes_due import standing_still_in
from omtanke.people.models import Belonging, Unit
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Absence, Round, Shift, Visit

PATIENCE = timedelta(minutes=30)  # a visit is late to begin when it has not begun so long after its time
RECENTLY = timedelta(days=14)


def needing_somebody(unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """How many lists with visits nobody has, for each unit that has any."""
    free = Round.objects.filter(
        Exists(Visit.objects.filter(round=OuterRef("pk"))), on=on, taken_by=None, work_list__unit__in=list(unit_ids)
    )
    return dict(free.values("work_list__unit").annotate(n=Count("pk")).values_list("work_list__unit", "n"))


@dataclass(frozen=True)
class Progress:
    """The day's visits in numbers."""

    all: int
    done: int
    under_way: int
    not_done: int

    @property
    def to_come(self) -> int:
        return self.all - self.done - self.under_way - self.not_done


@dataclass(frozen=True)
class AtWork:
    """Those planned for the same hours, and how many of them are away after all."""

    starts: datetime
    ends: datetime
    shifts: list[Shift]
    away: int


class Day:
    """One unit on one day, as it stands at `now`."""

    def __init__(self, unit: Unit, on: date, now: datetime) -> None:
        self.unit, self.on, self.now = unit, on, now

    @property
    def clock(self) -> time:
        return timezone.localtime(self.now).time()

    @cached_property
    def rounds(self) -> list[Round]:
        """The lists that have visits today, in the order they begin."""
        visits = {
            "visit_count": Count("visits"),
            "done": Count("visits", filter=Q(visits__ended_at__isnull=False)),
            "under_way": Count("visits", filter=Q(visits__started_at__isnull=False, visits__ended_at=None)),
            "not_done": Count("visits", filter=~Q(visits__not_done="")),
        }
        rounds = Round.objects.filter(on=self.on, work_list__unit=self.unit).annotate(**visits)
        in_order = rounds.select_related("work_list").order_by("work_list__starts", "work_list__name")
        return list(in_order.filter(Exists(Visit.objects.filter(round=OuterRef("pk")))))

    @property
    def free_lists(self) -> list[Round]:
        return [round_ for round_ in self.rounds if round_.taken_by_id is None]

    @property
    def progress(self) -> Progress:
        names = ("visit_count", "done", "under_way", "not_done")
        return Progress(*(sum(getattr(round_, name) for round_ in self.rounds) for name in names))

    @cached_property
    def unsettled(self) -> list[Visit]:
        """Visits not done, and visits that should have begun by now."""
        late = Q(started_at=None, not_done="", planned_start__lt=self.now - PATIENCE)
        visits = Visit.objects.filter(late | ~Q(not_done=""), round__on=self.on, round__work_list__unit=self.unit)
        return list(visits.select_related("citizen", "round__work_list").in_order())

    @property
    def late(self) -> list[Visit]:
        return [visit for visit in self.unsettled if not visit.not_done]

    @property
    def not_done(self) -> list[Visit]:
        return [visit for visit in self.unsettled if visit.not_done]

    @cached_property
    def absences(self) -> list[Absence]:
        """Who is away today: the unit's own, and others who were planned here."""
        planned_here = Q(employee__in=[shift.employee_id for shift in self._shifts])
        away = Absence.objects.covering(self.on).filter(Q(employee__unit=self.unit) | planned_here)
        return list(away.filter(employee__active=True).select_related("employee").order_by("employee__sort_name", "pk"))

    @cached_property
    def _shifts(self) -> list[Shift]:
        midnight = moment(self.on, time.min)
        planned = Shift.objects.filter(unit=self.unit, starts__gte=midnight, starts__lt=midnight + timedelta(days=1))
        return list(planned.select_related("employee").order_by("starts", "ends", "employee__sort_name"))

    @property
    def staffing(self) -> list[AtWork]:
        """Who is at work, by the hours they work."""
        away = {absence.employee_id for absence in self.absences}
        groups = [(hours, list(shifts)) for hours, shifts in groupby(self._shifts, lambda s: (s.starts, s.ends))]
        return [
            AtWork(starts, ends, here := [s for s in shifts if s.employee_id not in away], len(shifts) - len(here))
            for (starts, ends), shifts in groups
        ]

    @cached_property
    def _people(self) -> dict[str, int]:
        def with_contact(role: str) -> Exists:
            current = NamedContact.objects.current(self.on).filter(role=role)
            return Exists(current.filter(citizen=OuterRef("citizen_id")))

        belonging = Belonging.objects.current(self.on).filter(unit=self.unit)
        return belonging.aggregate(
            all=Count("pk"),
            no_primary=Count("pk", filter=~with_contact(NamedContact.Role.PRIMARY)),
            no_secondary=Count("pk", filter=~with_contact(NamedContact.Role.SECONDARY)),
        )

    @property
    def people(self) -> int:
        return self._people["all"]

    @property
    def without_primary(self) -> int:
        return self._people["no_primary"]

    @property
    def without_secondary(self) -> int:
        return self._people["no_secondary"]

    @cached_property
    def talks_waiting(self) -> int:
        """People whose yearly interest talk should have been held."""
        return len(overdue_in(self.unit.pk, self.on))

    @cached_property
    def wishes_waiting(self) -> int:
        """Open wishes about which nothing has happened for two months."""
        return standing_still_in(self.unit.pk, self.on)

    @cached_property
    def emergencies(self) -> int:
        """Emergency accesses to the unit's people in the last fortnight."""
        people = Belonging.objects.current(self.on).filter(unit=self.unit).values("citizen")
        used = Grant.objects.filter(reason=Reason.EMERGENCY, since__gte=self.now - RECENTLY)
        return used.filter(citizen_id__in=people).count()

    @cached_property
    def to_follow_up(self) -> int:
        """Emergency accesses to the unit's people, however old, whose follow-up nobody has written."""
        return EmergencyAccess.objects.without_follow_up().filter(unit_ids__contains=[self.unit.pk]).count()

    @property
    def seen(self) -> set[int]:
        """The citizens whom this page names, for the read log."""
        return {visit.citizen_id for visit in self.unsettled}
