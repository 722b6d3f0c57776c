"""Visits are planned: one by one, or as a rhythm that makes them some weeks ahead.

The database lets none in before what must come first is there; the deed says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.befriending.models import Match, Rhythm, ServiceVisit

WEEKS_AHEAD = 4


class SomethingComesFirst(Exception):
    """What must come before a first visit is not there; `lacks` are its codes ('talk', 'form', 'criteria', ...)."""

    def __init__(self, lacks: list[str]) -> None:
        super().__init__(" ".join(lacks))
        self.lacks = lacks


class HasBegun(Exception):
    """It has begun, or it was taken out already."""


class Ended(Exception):
    """The senior does not visit the person any more then."""


@transaction.atomic
def plan_visit(matched: Match, *, starts: datetime, minutes: int, area: str, by: User | None) -> ServiceVisit:
    """One visit. Raises SomethingComesFirst, Ended."""
    visit = _visit(matched, starts=starts, minutes=minutes, area=area, by=by)
    _must_run(matched, timezone.localdate(starts))
    _put_in([visit])
    return visit


@transaction.atomic
def plan_rhythm(rhythm: Rhythm, *, by: User | None, on: date) -> list[ServiceVisit]:
    """Visits that come again, from `rhythm.since`; the first weeks are laid out at once.

    Raises SomethingComesFirst, Ended.
    """
    _must_run(rhythm.match, rhythm.since)
    rhythm.save(force_insert=True)
    return lay_out([rhythm], first=max(on, rhythm.since), last=on + timedelta(weeks=WEEKS_AHEAD), by=by)


def lay_out(rhythms: Iterable[Rhythm], *, first: date, last: date, by: User | None) -> list[ServiceVisit]:
    """The visits of these rhythms in a period; those that are there already stay as they are, moved ones too."""
    visits = [
        _visit(
            rhythm.match,
            starts=timezone.make_aware(datetime.combine(day, rhythm.at)),
            minutes=rhythm.minutes,
            area=rhythm.area,
            by=by,
            rhythm=rhythm,
            rhythm_day=day,
        )
        for rhythm in rhythms
        for day in days_of(rhythm, first, last)
    ]
    here = set(
        ServiceVisit.objects.filter(rhythm__in={visit.rhythm_id for visit in visits}).values_list(
            "rhythm_id", "rhythm_day"
        )
    )
    return _put_in([visit for visit in visits if (visit.rhythm_id, visit.rhythm_day) not in here])


def days_of(rhythm: Rhythm, first: date, last: date) -> list[date]:
    """The days of a rhythm from `first` through `last`, counted in weeks from its own first day."""
    begins = rhythm.since + timedelta(days=(rhythm.weekday - rhythm.since.weekday()) % 7)
    step = timedelta(weeks=rhythm.every_weeks)
    behind = max(0, -(-(first - begins) // step)) if first > begins else 0
    day, days = begins + behind * step, []
    while day <= last and (rhythm.until is None or day < rhythm.until):
        days.append(day)
        day += step
    return days


def _visit(
    matched: Match, *, starts: datetime, minutes: int, area: str, by: User | None, **more: object
) -> ServiceVisit:
    return ServiceVisit(
        order_id=matched.order_id,
        match=matched,
        senior_id=matched.senior_id,
        citizen_id=matched.citizen_id,
        department_id=matched.department_id,
        planned_start=starts,
        minutes=minutes,
        area=area,
        planned_by=by,
        **more,
    )


def _must_run(matched: Match, on: date) -> None:
    if on < matched.since or (matched.until is not None and on >= matched.until):
        raise Ended


def _put_in(visits: list[ServiceVisit]) -> list[ServiceVisit]:
    try:
        with transaction.atomic():
            return ServiceVisit.objects.bulk_create(visits)
    except IntegrityError as refused:
        said = getattr(refused.__cause__, "diag", None)
        if said is not None and said.constraint_name == "what_comes_first":
            raise SomethingComesFirst((said.message_detail or "").split()) from refused
        raise


@transaction.atomic
def move_visit(visit: ServiceVisit, *, starts: datetime, minutes: int) -> None:
    """Another time, this once. Raises HasBegun."""
    to_come = ServiceVisit.objects.filter(pk=visit.pk, began_at=None, not_done_because="")
    if not to_come.update(planned_start=starts, minutes=minutes):
        raise HasBegun


@transaction.atomic
def take_out(visit: ServiceVisit, *, because: str) -> None:
    """The visit does not take place; it stays, with the reason. Raises HasBegun."""
    if not ServiceVisit.objects.filter(pk=visit.pk, began_at=None, not_done_because="").update(
        not_done_because=because
    ):
        raise HasBegun


@transaction.atomic
def end_rhythm(rhythm: Rhythm, *, on: date, at: datetime) -> int:
    """No more visits by this rhythm from `on`. Returns how many that were to come go with it."""
    Rhythm.objects.filter(pk=rhythm.pk).update(until=on)
    coming = ServiceVisit.objects.to_come(at).filter(rhythm=rhythm, rhythm_day__gte=on)
    return coming.delete()[0]
