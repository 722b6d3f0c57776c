"""Lay out the visits of coming days from what recurs.

Runs nightly for the weeks ahead and whenever a recurring visit is made or changed. Running it twice changes nothing;
a visit that somebody has moved or begun stays as it is.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from omtanke.kernel.recurrence import days_of
from omtanke.visits.models import RecurringVisit, Round, Visit, WorkList

WEEKS_AHEAD = 4


@transaction.atomic
def lay_out(recurring: Iterable[RecurringVisit], *, first: date, last: date) -> int:
    """Make the visits (and the rounds they lie on) from `first` through `last`. Returns how many were new."""
    visits = list(recurring)
    laid_out = set(
        Visit.objects.filter(recurring__in=[visit.pk for visit in visits], on__range=(first, last)).values_list(
            "recurring_id", "on"
        )
    )
    missing = [(visit, on) for visit in visits for on in _days(visit, first, last) if (visit.pk, on) not in laid_out]
    lists = {lst for visit, _on in missing for lst in (visit.work_list_id, visit.second_list_id) if lst}
    rounds = rounds_of(lists, {on for _visit, on in missing})
    halves = [half for visit, on in missing for half in _halves(visit, on, rounds)]
    Visit.objects.bulk_create(halves, ignore_conflicts=True, batch_size=2000)  # two at once: the first one's stand
    _join_halves(first, last, [visit.pk for visit, _on in missing if visit.second_list_id])
    return len(halves)


def rounds_of(list_ids: Iterable[int], days: Iterable[date]) -> dict[tuple[int, date], Round]:
    """The rounds of these lists on these days, made where they are not there yet."""
    wanted, on = list(list_ids), list(days)
    Round.objects.bulk_create(
        [Round(work_list_id=lst, on=day) for lst in wanted for day in on], ignore_conflicts=True, batch_size=2000
    )
    rounds = Round.objects.filter(work_list__in=wanted, on__in=on).select_related("work_list")
    return {(r.work_list_id, r.on): r for r in rounds}


def lay_out_weeks_ahead(on: date, weeks: int = WEEKS_AHEAD, list_ids: Iterable[int] | None = None) -> int:
    """Lay out everything that recurs, from `on` and so many weeks ahead; empty rounds of lists in use included."""
    last = on + timedelta(weeks=weeks)
    lists = WorkList.objects.filter(active=True)
    recurring = RecurringVisit.objects.current(on).select_related("decision")
    if list_ids is not None:
        lists, recurring = lists.filter(pk__in=list_ids), recurring.filter(work_list__in=list_ids)
    days = [on + timedelta(days=n) for n in range((last - on).days + 1)]
    rounds_of(lists.values_list("pk", flat=True), days)
    return lay_out(recurring, first=on, last=last)


def _days(visit: RecurringVisit, first: date, last: date) -> Iterable[date]:
    ends = [day for day in (visit.until, visit.decision.until) if day]
    return days_of(
        visit.weekdays,
        every_weeks=visit.every_weeks,
        since=visit.since,
        until=min(ends, default=None),
        first=first,
        last=last,
    )


def _halves(visit: RecurringVisit, on: date, rounds: dict[tuple[int, date], Round]) -> list[Visit]:
    lists = [visit.work_list_id] + ([visit.second_list_id] if visit.second_list_id else [])
    return [
        Visit(
            citizen_id=visit.citizen_id,
            round=rounds[list_id, on],
            on=on,
            decision_id=visit.decision_id,
            recurring=visit,
            second_carer=bool(number),
            planned_start=moment_on_list(rounds[list_id, on].work_list, on, visit.starts),
            minutes=visit.minutes,
            what=visit.what,
            competence=visit.competence,
        )
        for number, list_id in enumerate(lists)
    ]


def moment(on: date, clock: time) -> datetime:
    """That time of day on that day, where the municipality is."""
    return timezone.make_aware(datetime.combine(on, clock))


def moment_on_list(work_list: WorkList, on: date, clock: time) -> datetime:
    """That time of day on that day's list. On a list that passes midnight, the small hours are the day after's."""
    after_midnight = work_list.ends <= work_list.starts and clock < work_list.starts
    return moment(on + timedelta(days=1) if after_midnight else on, clock)


def _join_halves(first: date, last: date, recurring_ids: list[int]) -> None:
    """Let the two parts of a visit of two name each other."""
    lonely = Visit.objects.filter(recurring__in=recurring_ids, on__range=(first, last), together_with=None)
    by_visit: dict[tuple[int | None, date], list[Visit]] = {}
    for half in lonely:
        by_visit.setdefault((half.recurring_id, half.on), []).append(half)
    pairs = [pair for pair in by_visit.values() if len(pair) == 2]
    for one, other in pairs:
        one.together_with, other.together_with = other, one
    Visit.objects.bulk_update([half for pair in pairs for half in pair], ["together_with"], batch_size=1000)
