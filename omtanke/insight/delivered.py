"""Granted against delivered time per person, from the visits that were done.

All adding up is done by the database, by the index on a citizen's visits. A visit by two carers counts once. What was
granted is counted for the days on which the decision held.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Extract, TruncWeek

from omtanke.care.models import Decision, DecisionQuerySet
from omtanke.kernel.delivered import Weekly
from omtanke.people.models import Belonging, Citizen
from omtanke.visits.lay_out import moment
from omtanke.visits.models import Round, Visit

WEEKS = (4, 8, 12)
# A visit that somebody forgot to end is not care. Longer than this beyond what was planned counts as planned.
FORGOTTEN_AFTER = timedelta(hours=4)


@dataclass(frozen=True)
class Delivered:
    citizen: Citizen
    weekly: Weekly


@dataclass(frozen=True)
class Period:
    """Whole weeks that are over: from a Monday up to, without, another."""

    first: date
    until: date

    @classmethod
    def of_weeks(cls, weeks: int, on: date, *, known_since: date | None = None) -> Period:
        """The last so many weeks; none that begins before visits were kept here, and always at least one."""
        this_monday = on - timedelta(days=on.weekday())
        first = this_monday - timedelta(weeks=weeks)
        if known_since and known_since > first:
            first = known_since + timedelta(days=-known_since.weekday() % 7)
        return cls(min(first, this_monday - timedelta(weeks=1)), this_monday)

    @property
    def weeks(self) -> int:
        return (self.until - self.first).days // 7

    @property
    def mondays(self) -> list[date]:
        return [self.first + timedelta(weeks=n) for n in range(self.weeks)]


def known_since(unit_ids: Collection[int] | None) -> date | None:
    """The first day with lists in these units (None: in any)."""
    rounds = Round.objects.all() if unit_ids is None else Round.objects.filter(work_list__unit__in=unit_ids)
    first: date | None = rounds.aggregate(first=Min("on"))["first"]
    return first


def of_unit(unit_id: int, period: Period) -> list[Delivered]:
    """Everybody of the unit with a decision it carried out by visits, the largest difference first."""
    belonging = Belonging.objects.current(period.until).filter(unit=unit_id).values("citizen_id")
    granted = _granted(_decisions(period).filter(unit=unit_id, citizen__in=belonging), period)
    given = _given(Visit.objects.filter(decision__unit=unit_id), list(granted), period)
    citizens = Citizen.objects.in_bulk(granted)
    rows = [
        Delivered(citizens[pk], _weekly(minutes, given.get(pk, {}), period.weeks))
        for pk, minutes in granted.items()
        if pk in citizens
    ]
    return sorted(rows, key=lambda row: (-abs(row.weekly.difference), row.citizen.sort_name))


def of_citizen(citizen_id: int, unit_ids: Collection[int] | None, period: Period) -> Weekly | None:
    """One person, by the decisions of these units (None: of all); None without a decision in the period."""
    decisions, visits = _decisions(period).filter(citizen=citizen_id), Visit.objects.all()
    if unit_ids is not None:
        decisions, visits = decisions.filter(unit__in=unit_ids), visits.filter(decision__unit__in=unit_ids)
    granted = _granted(decisions, period)
    if not granted:
        return None
    given = _given(visits, [citizen_id], period)
    return _weekly(granted[citizen_id], given.get(citizen_id, {}), period.weeks)


def week_by_week(citizen_id: int, unit_ids: Collection[int] | None, period: Period) -> list[tuple[date, float, float]]:
    """Monday, granted and delivered minutes of each week of the period."""
    decisions = _decisions(period).filter(citizen=citizen_id)
    visits = _in(period).filter(citizen=citizen_id, decision__isnull=False, second_carer=False)
    if unit_ids is not None:
        decisions, visits = decisions.filter(unit__in=unit_ids), visits.filter(decision__unit__in=unit_ids)
    held = list(decisions)
    by_week = visits.annotate(monday=TruncWeek("on")).values("monday").order_by("monday")
    rows = by_week.annotate(delivered=Coalesce(Sum(_MINUTES, filter=_DONE), 0.0))
    delivered = {row["monday"]: row["delivered"] for row in rows}
    weeks = [Period(monday, monday + timedelta(weeks=1)) for monday in period.mondays]
    return [
        (week.first, sum(_minutes_of(each, week) for each in held), delivered.get(week.first, 0.0)) for week in weeks
    ]


_DONE = Q(ended_at__isnull=False)
_TOOK: Any = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
_MINUTES: Any = Case(
    When(ended_at__gt=F("started_at") + Value(FORGOTTEN_AFTER), then=F("minutes") * Value(1.0)),
    default=Extract(_TOOK, "epoch") / Value(60.0),
    output_field=FloatField(),
)


def _decisions(period: Period) -> DecisionQuerySet:
    found: DecisionQuerySet = Decision.objects.filter(Q(until=None) | Q(until__gt=period.first), since__lt=period.until)
    return found.given_by_visits()


def _granted(decisions: QuerySet[Decision], period: Period) -> dict[int, float]:
    """Minutes granted in the period, by citizen."""
    granted: dict[int, float] = {}
    for decision in decisions.only("citizen_id", "minutes_per_week", "since", "until"):
        granted[decision.citizen_id] = granted.get(decision.citizen_id, 0) + _minutes_of(decision, period)
    return granted


def _minutes_of(decision: Decision, period: Period) -> float:
    first = max(decision.since, period.first)
    until = min(decision.until or period.until, period.until)
    return decision.minutes_per_week * max((until - first).days, 0) / 7


def _in(period: Period) -> QuerySet[Visit]:
    begins, ends = moment(period.first, time.min), moment(period.until, time.min)
    return Visit.objects.filter(planned_start__gte=begins, planned_start__lt=ends)


def _given(visits: QuerySet[Visit], citizen_ids: Collection[int], period: Period) -> dict[int, Mapping[str, Any]]:
    """What was planned, done and not done in the period, by citizen; one query."""
    counts = {f"not_{why}": Count("pk", filter=Q(not_done=why)) for why in Visit.NotDone.values}
    rows = (
        (visits & _in(period))
        .filter(citizen__in=citizen_ids, second_carer=False)
        .values("citizen")
        .annotate(
            planned=Sum("minutes"),
            delivered=Coalesce(Sum(_MINUTES, filter=_DONE), 0.0),
            missed=Coalesce(Sum("minutes", filter=~Q(not_done="")), 0),
            **counts,
        )
        .order_by()
    )
    return {row["citizen"]: row for row in rows}


def _weekly(granted: float, given: Mapping[str, Any], weeks: int) -> Weekly:
    return Weekly(
        granted=granted / weeks,
        planned=given.get("planned", 0) / weeks,
        delivered=given.get("delivered", 0) / weeks,
        not_done_minutes=given.get("missed", 0) / weeks,
        not_done={why: number for why in Visit.NotDone.values if (number := given.get(f"not_{why}", 0))},
    )
