"""The ten busiest pages, and who opens them: somebody in the middle of an ordinary day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from omtanke.access.models import RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.people.models import Unit
from omtanke.visits.models import Round, Visit
from omtanke.visits.plan_shifts import READ_UP_BEFORE, WRITE_DOWN_AFTER


@dataclass(frozen=True)
class Subject:
    """One unit's carer with a list today, leader and coordinator, and somebody the carer visits."""

    carer: User
    leader: User
    coordinator: User
    visit: Visit

    @classmethod
    def found(cls, on: date | None = None) -> Subject:
        """In the middle of the units. Raises what Python raises where nothing is found: this is no bench's database."""
        units = Unit.objects.order_by("pk")
        unit = units[units.count() // 2]
        taken = Round.objects.filter(on=on or timezone.localdate(), work_list__unit=unit, taken_by__isnull=False)
        rounds = taken.select_related("taken_by__user", "work_list").order_by("work_list")
        round_ = next(one for one in rounds if _is_open(one))
        visits = Visit.objects.filter(round=round_, started_at=None, not_done="")
        return cls(
            carer=User.objects.get(employee=round_.taken_by),
            leader=_holder(Role.LEADER, unit),
            coordinator=_holder(Role.COORDINATOR, unit),
            visit=visits.in_order()[0],
        )


def _is_open(round_: Round) -> bool:
    """Does its carer see the people on it at this hour?"""
    return round_.starts_at - READ_UP_BEFORE <= timezone.now() < round_.ends_at + WRITE_DOWN_AFTER


def _holder(role: Role, unit: Unit) -> User:
    return RoleAssignment.objects.current().select_related("user").get(role=role, unit_id=unit.pk).user


@dataclass(frozen=True)
class Page:
    """One page; `about` names whom its address is about, `query` is typed into its search."""

    name: str
    who: str
    about: str = ""
    query: str = ""

    def address(self, subject: Subject) -> str | None:
        """Where it is for this subject; None when there is no such page."""
        ids = {"citizen_id": subject.visit.citizen_id, "visit_id": subject.visit.pk}
        try:
            address = reverse(self.name, kwargs={self.about: ids[self.about]} if self.about else {})
        except NoReverseMatch:
            return None
        return f"{address}?{self.query}" if self.query else address


BUSIEST = (
    Page("visits:my_shift", "carer"),
    Page("visits:share_out", "carer"),
    Page("visits:visit", "carer", "visit_id"),
    Page("people:citizen", "carer", "citizen_id"),
    Page("visits:citizen_week", "carer", "citizen_id"),
    Page("people:my_people", "carer"),
    Page("people:citizens", "carer", query="q=asl"),
    Page("insight:today", "leader"),
    Page("insight:delivered", "coordinator"),
    Page("visits:week", "coordinator"),
)
