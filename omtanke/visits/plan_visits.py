"""From a decision to visits that recur on a list: add one, change it from a day on, end it, end the decision.

What recurs is not rewritten: a change from a day on ends the one and begins the next, so what was agreed before can
still be told. Of the visits that lie ahead only untouched ones are laid out anew: one that somebody has begun, moved,
marked or written about stays. All deeds look ahead as far as `lay_out` does.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from omtanke.access.models import User
from omtanke.care import decisions
from omtanke.care.models import Decision
from omtanke.visits.lay_out import WEEKS_AHEAD, lay_out, moment_on_list
from omtanke.visits.models import RecurringVisit, Visit


class AlreadyEnded(Exception):
    """A colleague was first: this has an end already, or there is nothing left of it then."""


def horizon(on: date) -> date:
    """The last day for which visits are laid out on `on`."""
    return on + timedelta(weeks=WEEKS_AHEAD)


@transaction.atomic
def add_recurring(decision: Decision, *, by: User | None, on: date, **agreed: Any) -> RecurringVisit:
    """Let a visit recur, and lay out the weeks ahead. `agreed` are fields of RecurringVisit."""
    made = RecurringVisit.objects.create(decision=decision, citizen_id=decision.citizen_id, **agreed)
    lay_out([made], first=max(on, made.since), last=horizon(on))
    return made


@transaction.atomic
def change_recurring(
    recurring: RecurringVisit, *, from_day: date, by: User | None, on: date, **agreed: Any
) -> RecurringVisit:
    """Let it be as `agreed` says from `from_day` on. Returns the one that holds then.

    Raises AlreadyEnded if it no longer recurs then.
    """
    old = _locked(recurring)
    if old.until is not None and old.until <= from_day:
        raise AlreadyEnded
    ahead = _ahead(old, from_day)
    untouched = _untouched(old, ahead)
    new = _successor(old, from_day, agreed)
    Visit.objects.filter(pk__in=untouched).delete()
    Visit.objects.filter(recurring=old, on__gte=from_day).update(recurring=new)
    lay_out([new], first=max(on, from_day), last=horizon(on))
    return new


@transaction.atomic
def end_recurring(recurring: RecurringVisit, *, until: date, by: User | None, on: date) -> int:
    """Let it recur no longer from `until` on. Returns how many visits were taken away; none that was begun.

    Raises AlreadyEnded if a colleague was first.
    """
    old = _locked(recurring)
    if old.until is not None and old.until <= until:
        raise AlreadyEnded
    old.until = max(until, old.since)
    old.save(update_fields=["until"])
    return _take_away(Visit.objects.filter(recurring=old), until)


@transaction.atomic
def end_decision(decision: Decision, *, until: date | None, by: User | None, on: date) -> int:
    """Say the first day a decision no longer holds (None: it holds on). Returns how many visits were taken away.

    Visits up to then are laid out where they were missing. Raises decisions.EndsBeforeItBegins.
    """
    changed = decisions.set_end(decision, until, by=by, on=on)
    taken = _take_away(Visit.objects.filter(decision=changed), max(until, on)) if until else 0
    recurring = RecurringVisit.objects.current(on).filter(decision=changed).select_related("decision")
    lay_out(recurring, first=on, last=horizon(on))
    return taken


def planned_minutes(recurring: Iterable[RecurringVisit]) -> float:
    """Minutes a week that these give the person, on average. A visit by two carers counts once."""
    return sum(visit.minutes * len(visit.weekdays) / visit.every_weeks for visit in recurring)


def _locked(recurring: RecurringVisit) -> RecurringVisit:
    return RecurringVisit.objects.select_for_update(of=("self",)).select_related("decision").get(pk=recurring.pk)


def _ahead(recurring: RecurringVisit, from_day: date) -> list[Visit]:
    return list(
        Visit.objects.select_for_update(of=("self",))
        .filter(recurring=recurring, on__gte=from_day)
        .select_related("round__work_list")
        .prefetch_related("notes")
        .order_by("pk")
    )


def _untouched(recurring: RecurringVisit, visits: Iterable[Visit]) -> set[int]:
    """Those that still lie as they were laid out. The two parts of a visit of two are touched together."""
    days: dict[date, list[Visit]] = {}
    for visit in visits:
        days.setdefault(visit.on, []).append(visit)
    return {
        visit.pk for parts in days.values() if all(_as_laid_out(recurring, part) for part in parts) for visit in parts
    }


def _as_laid_out(recurring: RecurringVisit, visit: Visit) -> bool:
    its_list = recurring.second_list_id if visit.second_carer else recurring.work_list_id
    as_agreed = (its_list, moment_on_list(visit.round.work_list, visit.on, recurring.starts), recurring.minutes)
    lies = (visit.round.work_list_id, visit.planned_start, visit.minutes)
    return visit.state == "planned" and not visit.notes.all() and lies == as_agreed


def _successor(old: RecurringVisit, from_day: date, agreed: dict[str, Any]) -> RecurringVisit:
    """The visit as it recurs from `from_day` on: the same row when it has not begun, otherwise one that follows it."""
    if old.since >= from_day:
        successor = old
    else:
        successor = RecurringVisit.objects.get(pk=old.pk)
        successor.pk = None
        successor._state.adding = True
        successor.since = same_weeks(old, from_day)
        old.until = from_day
        old.save(update_fields=["until"])
    for name, value in agreed.items():
        setattr(successor, name, value)
    successor.save()
    return RecurringVisit.objects.select_related("decision").get(pk=successor.pk)


def same_weeks(recurring: RecurringVisit, from_day: date) -> date:
    """The day from which a successor can count its weeks and keep to those of the one before it."""
    anchor = recurring.since - timedelta(days=recurring.since.weekday())
    weeks_on = (from_day - anchor).days // 7 % recurring.every_weeks
    if not weeks_on:
        return from_day
    return from_day - timedelta(days=from_day.weekday()) + timedelta(weeks=recurring.every_weeks - weeks_on)


def _take_away(visits: Any, from_day: date) -> int:
    """Take away the visits from that day on that nobody has begun, marked or written about."""
    ahead = visits.filter(on__gte=from_day, started_at=None, not_done="", notes=None)
    gone = list(ahead.select_for_update(of=("self",)).values_list("pk", flat=True))
    Visit.objects.filter(pk__in=gone).delete()
    return len(gone)
