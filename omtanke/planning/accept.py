"""Put a draft into use, in whole or in part: its tours become the lists of those days; and take that back.

Staff still take their lists themselves: a list is only proposed for whom the plan had in mind. What has changed since
the draft was made stays out of it, and the rest is used (`meanwhile.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import count
from typing import Any, NoReturn

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from omtanke.access.models import User
from omtanke.planning.ask import become
from omtanke.planning.basis import with_these_anew
from omtanke.planning.become_lists import DayOfLists, day_of_lists, tours_of
from omtanke.planning.change import must_be_latest
from omtanke.planning.from_rows import Case
from omtanke.planning.meanwhile import Meanwhile, since_made
from omtanke.planning.models import Draft, DraftChange, DraftVisit
from omtanke.planning.opened import Opened
from omtanke.visits.edit_lists import Done, SomebodyWasFirst, place
from omtanke.visits.lay_out import rounds_of
from omtanke.visits.models import Round, Visit, WorkList
from omtanke.visits.placements import Placement
from omtanke.visits.propose import propose

State = Draft.State


class MadeBeforeItWasKept(Exception):
    """An old draft, of which nobody knows what has changed since: it has to be planned again first."""


class NothingChosen(Exception):
    """There is nothing in that choice that could be put into use."""


class InUseAlready(Exception):
    """All of that choice lies on the lists already; `change` says who put it there and when."""

    def __init__(self, change: DraftChange) -> None:
        super().__init__(change)
        self.change = change


def days_in_use(draft: Draft) -> set[date]:
    """The days of which everything that has a place lies on the lists."""
    placed = draft.visits.exclude(shift=None)
    accepted = set(placed.exclude(accepted_at=None).values_list("visit__round__on", flat=True))
    return accepted - set(placed.filter(accepted_at=None).values_list("visit__round__on", flat=True))


def lists_to_be(
    opened: Opened, days: Iterable[date], carers: Collection[int] | None, meanwhile: Meanwhile
) -> list[DayOfLists]:
    """What the lists of these days would be; nothing is saved. What is in use already is not used again."""
    accepted = set(opened.draft.visits.exclude(accepted_at=None).values_list("visit", flat=True))
    rounds = Round.objects.filter(work_list__unit__in=opened.case.units, on__in=list(days), work_list__active=True)
    by_day: dict[date, list[Round]] = {}
    for round_ in rounds.select_related("work_list", "taken_by").order_by("on", "work_list__name"):
        by_day.setdefault(round_.on, []).append(round_)
    made = []
    for on in sorted(set(days)):
        tours = [
            tour
            for tour in tours_of(opened.case, opened.plan, on, carers, meanwhile.stay)
            if tour.shift not in meanwhile.lost and any(visit.pk not in accepted for visit, _starts in tour.visits)
        ]
        mine = {visit.pk for tour in tours for visit, _starts in tour.visits}
        used = {v.round_id for v in opened.case.visits.values() if v.pk in accepted and v.pk not in mine}
        free = [round_ for round_ in by_day.get(on, []) if round_.pk not in used]
        if tours:
            made.append(day_of_lists(opened.case, tours, free, on, meanwhile.stay))
    return made


@transaction.atomic
def accept(
    draft: Draft, days: Collection[date], carers: Collection[int] | None = None, *, by: User, today: date
) -> DraftChange:
    """Let the tours of these days (and, if given, only these carers') be the lists from now on, as far as they fit.

    Raises MadeBeforeItWasKept, NothingChosen, InUseAlready; SomebodyWasFirst and AlreadyBegun from the lists.
    """
    locked = Draft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
    _hold_lists(locked, days)
    meanwhile = since_made(locked)
    if not meanwhile.known:
        raise MadeBeforeItWasKept
    opened = Opened(locked, on=today)
    to_be = lists_to_be(opened, days, carers, meanwhile)
    if not to_be:
        _say_why_nothing(locked, days)
    done: list[Done] = []
    proposed: dict[int, int | None] = {}
    for day in to_be:
        placements, for_whom = _placements(opened.case, day)
        done.append(_place(placements, day.on, by=by, today=today))
        proposed |= propose(for_whom)
    visits = [visit.pk for day in to_be for one in day.lists for visit, _starts in one.tour.visits]
    DraftVisit.objects.filter(draft=locked, visit__in=visits).update(accepted_at=timezone.now())
    _say_how_far(locked, [placement.visit_id for day in done for placement in day.before])
    draft.state, draft.made_from = locked.state, locked.made_from
    return DraftChange.objects.create(
        draft=locked,
        kind=DraftChange.Kind.ACCEPTED,
        by=by,
        days=[day.on.isoformat() for day in to_be],
        undo={
            "days": [_as_json(one) for one in done],
            "proposed": [[pk, was] for pk, was in proposed.items()],
            "visits": visits,
            "stayed": [visit.pk for day in to_be for visit in day.stay],
        },
    )


def _hold_lists(draft: Draft, days: Collection[date]) -> None:
    """Whoever else edits or uses these lists waits, or is waited for: what has changed is asked only then."""
    rounds = Round.objects.filter(work_list__unit=draft.unit_id, on__in=list(days)).order_by("pk")
    list(rounds.select_for_update(of=("self",)).values_list("pk", flat=True))


def _say_why_nothing(draft: Draft, days: Collection[date]) -> NoReturn:
    used = draft.changes.filter(kind=DraftChange.Kind.ACCEPTED, undone_at=None).select_related("by")
    of_these = [change for change in used if {day.isoformat() for day in days} & set(change.days)]
    if of_these:
        raise InUseAlready(of_these[0])
    raise NothingChosen


@transaction.atomic
def undo_acceptance(change: DraftChange, *, by: User, today: date) -> None:
    """Put the lists back as they lay, as long as nobody has edited or taken them since.

    Raises NotTheLatest, SomebodyWasFirst, AlreadyBegun.
    """
    draft = Draft.objects.select_for_update().get(pk=change.draft_id)
    must_be_latest(change)
    rounds = [pk for pk, _was in change.undo["proposed"]]
    taken = Round.objects.filter(pk__in=rounds, taken_at__gt=change.at).values_list("work_list", flat=True)
    if taken:
        raise SomebodyWasFirst(taken)
    for day in change.undo["days"]:
        _place_back(day, by=by, today=today)
    propose(dict(change.undo["proposed"]))
    DraftVisit.objects.filter(draft=draft, visit__in=change.undo["visits"]).update(accepted_at=None)
    DraftChange.objects.filter(pk=change.pk).update(undone_at=timezone.now())
    _say_how_far(draft, [visit for day in change.undo["days"] for visit, _list, _starts in day["before"]])


def _placements(case: Case, day: DayOfLists) -> tuple[list[Placement], dict[int, int | None]]:
    """Where every visit is to lie, and for whom each list is proposed. Extra lists are made here."""
    placements: list[Placement] = []
    for_whom: dict[int, int | None] = {}
    names = _extra_names(case, day)
    for one in day.lists:
        beside = one.round.work_list if one.round else one.tour.visits[0][0].round.work_list
        round_ = one.round
        if round_ is None:
            round_ = _round_of(_extra_list(beside, next(names)), day.on)
        placements += [Placement(visit.pk, round_.work_list_id, starts) for visit, starts in one.tour.visits]
        for_whom[round_.pk] = one.tour.carer.pk
    for visit in day.left:
        rest = _extra_list(visit.round.work_list, _("To share out"))
        placements.append(Placement(visit.pk, rest.pk, visit.planned_start))
    return placements, for_whom


def _extra_names(case: Case, day: DayOfLists) -> Iterator[str]:
    """“Extra 1” and so on, but for those on which other visits of that day lie already."""
    mine = {visit.pk for one in day.lists for visit, _starts in one.tour.visits}
    taken = {v.round.work_list.name for v in case.visits.values() if v.round.on == day.on and v.pk not in mine}
    names = (_("Extra %(number)d") % {"number": number} for number in count(1))
    return (name for name in names if name not in taken)


def _extra_list(beside: WorkList, name: str) -> WorkList:
    """A list of the same unit and hours for this day only, the same one each time."""
    made, _new = WorkList.objects.get_or_create(
        unit_id=beside.unit_id,
        name=name,
        part_of_day=beside.part_of_day,
        defaults={"starts": beside.starts, "ends": beside.ends, "active": False},
    )
    return made


def _round_of(work_list: WorkList, on: date) -> Round:
    return rounds_of([work_list.pk], [on])[work_list.pk, on]


def _place(placements: list[Placement], on: date, *, by: User, today: date) -> Done:
    """As the lists stand now: that they stand as the draft saw them has been asked just before."""
    lists = {placement.list_id for placement in placements}
    lists |= set(
        Visit.objects.filter(pk__in=[p.visit_id for p in placements]).values_list("round__work_list", flat=True)
    )
    seen = dict(Round.objects.filter(work_list__in=lists, on=on).values_list("work_list", "version"))
    return place(placements, on=on, seen=seen, from_now_on=False, by=by, today=today)


def _place_back(day: dict[str, Any], *, by: User, today: date) -> None:
    before = [Placement(visit, list_id, datetime.fromisoformat(starts)) for visit, list_id, starts in day["before"]]
    seen = {int(list_id): version for list_id, version in day["versions"].items()}
    place(before, on=date.fromisoformat(day["on"]), seen=seen, from_now_on=False, by=by, today=today)


def _as_json(done: Done) -> dict[str, Any]:
    return {
        "on": done.on.isoformat(),
        "before": [[p.visit_id, p.list_id, p.starts.isoformat()] for p in done.before],
        "versions": done.versions,
    }


def _say_how_far(draft: Draft, moved: Collection[int]) -> None:
    """In use, in part or not yet. What was `moved` by the draft itself is no change that somebody made since."""
    placed = draft.visits.exclude(shift=None)
    accepted = placed.exclude(accepted_at=None).exists()
    rest = placed.filter(accepted_at=None).exists()
    state = State.READY if not accepted else State.PARTLY if rest else State.ACCEPTED
    if draft.made_from is not None:
        draft.made_from = with_these_anew(draft.made_from, moved)
        draft.save(update_fields=["made_from"])
    if state != draft.state:
        become(draft, state)
