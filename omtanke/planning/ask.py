"""Ask for a draft, stop it, try again, put it away: the life of a draft as people steer it.

Every step is one conditional update along `Draft.MAY_BECOME`, so whoever comes second is told (`NotNow`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from omtanke.access.models import User
from omtanke.people.models import Unit
from omtanke.planning.models import Draft, DraftRule
from omtanke.visits.models import Visit

State = Draft.State
SECONDS_A_DAY, MOST_SECONDS = 4, 60  # of search; docs/planning.md tells what they give
VISITS_A_SECOND = 30


class NotNow(Exception):
    """The draft is not at a point where this can be done, or a colleague was first."""


def become(draft: Draft, state: str, **fields: Any) -> None:
    """Let the draft be in this state, if its life allows it. Raises NotNow."""
    may_come_from = [was for was, then in Draft.MAY_BECOME.items() if state in then]
    if not Draft.objects.filter(pk=draft.pk, state__in=may_come_from).update(state=state, **fields):
        raise NotNow
    draft.state = state
    for name, value in fields.items():
        setattr(draft, name, value)


@transaction.atomic
def ask_for_draft(
    unit: Unit, first: date, last: date, *, by: User, at: datetime, since: datetime | None = None
) -> Draft:
    """Ask the worker for a draft of these days; with `since`, of what is left of them from then on.

    Pressed twice it is the same draft, as long as that is on its way.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)  # two at once come one after the other
    same = Draft.objects.filter(unit=unit, first=first, last=last, state__in=Draft.MOVING, begins_from=None)
    on_its_way = same.filter(since=None).first() if since is None else same.exclude(since=None).first()
    return on_its_way or _new_draft(unit, first, last, by=by, at=at, since=since)


def _new_draft(unit: Unit, first: date, last: date, **how: Any) -> Draft:
    """`how`: by, at, since, and more fields of the draft."""
    by, at, since = how.pop("by"), how.pop("at"), how.pop("since")
    draft = Draft.objects.create(
        unit=unit,
        first=first,
        last=last,
        since=since,
        name=name_for(unit, first, last, since),
        asked_by=by,
        asked_at=at,
        beat_at=at,
        seconds=seconds_for(unit, first, last),
        **how,
    )
    _ask_worker(draft)
    return draft


@transaction.atomic
def ask_again(draft: Draft, *, by: User, at: datetime) -> Draft:
    """A new draft that begins from this one, keeps to all that people have said about it, and changes little else."""
    again = _new_draft(
        draft.unit,
        draft.first,
        draft.last,
        by=by,
        at=at,
        since=draft.since,
        begins_from=draft,
        seed=draft.seed + 1,
    )
    rules = list(DraftRule.objects.current().filter(draft=draft))
    for rule in rules:
        rule.pk, rule.draft = None, again
        rule._state.adding = True
    DraftRule.objects.bulk_create(rules)
    return again


def stop(draft: Draft) -> None:
    """Ask the worker to stop and keep the best so far; a draft whose turn has not come is taken out of the line.

    Raises NotNow when there is nothing to stop.
    """
    if Draft.objects.filter(pk=draft.pk, state=State.RUNNING).update(wants_stop=True):
        return
    become(draft, State.CANCELLED, finished_at=timezone.now())


@transaction.atomic
def run_again(draft: Draft, *, at: datetime) -> None:
    """Try once more what did not come to an end. Raises NotNow."""
    become(draft, State.WAITING, trouble="", progress=0.0, best_cost=None, wants_stop=False, beat_at=at)
    _ask_worker(draft)


def put_away(draft: Draft) -> None:
    """Out of sight. A draft that is in use stays, because its lists can be taken back there. Raises NotNow."""
    if draft.state == State.PARTLY:
        raise NotNow
    become(draft, State.DROPPED)


def seconds_for(unit: Unit, first: date, last: date) -> int:
    """The more visits, the longer the search may take."""
    visits = Visit.objects.still_to_do().filter(round__work_list__unit=unit, round__on__range=(first, last)).count()
    return max(SECONDS_A_DAY, min(MOST_SECONDS, visits // VISITS_A_SECOND))


def name_for(unit: Unit, first: date, last: date, since: datetime | None) -> str:
    """As people would call it: 'Week 48', 'The rest of Tuesday 24 November', 'Tuesday 24 November'."""
    is_week = first.weekday() == 0 and last - first == timedelta(days=6)
    if is_week:
        return _("Week %(number)d") % {"number": first.isocalendar().week}
    day = date_format(first, "WEEKDAY_FORMAT")
    if since is not None:
        return _("The rest of %(day)s") % {"day": day}
    if first == last:
        return day[:1].upper() + day[1:]
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "MONTH_DAY_FORMAT"),
        "last": date_format(last, "MONTH_DAY_FORMAT"),
    }


def _ask_worker(draft: Draft) -> None:
    from omtanke.planning import tasks  # jobs call deeds, deeds ask for jobs

    tasks.make_draft.defer(draft_id=draft.pk)
