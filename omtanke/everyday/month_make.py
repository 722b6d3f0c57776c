"""Make a month's plan: from rows to a proposal, with progress told into its row, and back to rows people can read."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from omtanke.access.need_to_know import act_as
from omtanke.everyday.models import MonthChoice, MonthGain, MonthPlan, MonthUnmet
from omtanke.everyday.month_rows import Rows, rows_of
from omtanke.everyday.month_words import LANGUAGE, WHEELCHAIR
from omtanke.kernel.moments import one_more
from omtanke.kernel.moments.month import Help, Month
from omtanke.kernel.moments.problem import MINUTES_A_DAY, Choice, Happening, Helper
from omtanke.kernel.moments.propose import Effort, Proposal, propose
from omtanke.kernel.moments.reasons import Unmet, Why, unmet
from omtanke.kernel.travel import Place
from omtanke.people.models import Hamlet

log = structlog.get_logger("omtanke.everyday")
State = MonthPlan.State
SECONDS = 20.0
MOST_TRIED = 8  # hamlets, and activities, for which one more is tried


def make(plan_id: int) -> None:
    """A job that comes twice finds that the plan does not wait any more."""
    waiting = MonthPlan.objects.filter(pk=plan_id, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, beat_at=timezone.now(), progress=0.0):
        return
    plan = MonthPlan.objects.select_related("begins_from").get(pk=plan_id)
    try:
        _make(plan, timezone.now())
    except Exception:
        MonthPlan.objects.filter(pk=plan.pk, state=State.RUNNING).update(state=State.FAILED)
        log.exception("month failed", plan=plan_id)


def look_after(at: datetime) -> int:
    """A plan whose worker was killed says so, and can be asked for again."""
    return MonthPlan.objects.stopped(at).update(state=State.FAILED)


def _make(plan: MonthPlan, at: datetime) -> None:
    with transaction.atomic():
        act_as(plan.asked_by_id)  # when people have visits is told to somebody, never to a job
        rows = rows_of(plan, at=at)
        act_as(None)
    said = list(MonthChoice.objects.filter(plan=plan.begins_from)) if plan.begins_from else []
    pinned = [_choice(one) for one in said if one.pinned and _still(rows, one)]
    taken_out = frozenset(_choice(one) for one in said if one.taken_out)
    known = [_choice(one) for one in said if not one.taken_out and _still(rows, one)]
    proposal = propose(
        rows.problem, Effort(seconds=SECONDS), pinned=pinned, forbidden=taken_out, known=known, tell=_Teller(plan)
    )
    with transaction.atomic():
        _keep(plan, rows, proposal, pinned, taken_out)


def _choice(one: MonthChoice) -> Choice:
    return Choice(one.citizen_id, one.wish_id, one.occurrence_id)


def _still(rows: Rows, one: MonthChoice) -> bool:
    """Is everything it is about still there?"""
    return (
        one.citizen_id in rows.problem.person and one.wish_id in rows.wishes and one.occurrence_id in rows.occurrences
    )


class _Teller:
    """Tells the row how far the search is, once a second."""

    def __init__(self, plan: MonthPlan) -> None:
        self.plan, self._last = plan, time.monotonic()

    def __call__(self, share: float) -> bool:
        if time.monotonic() - self._last > 1:
            self._last = time.monotonic()
            MonthPlan.objects.filter(pk=self.plan.pk).update(progress=min(share, 0.95), beat_at=timezone.now())
        return False


def _keep(plan: MonthPlan, rows: Rows, proposal: Proposal, pinned: list[Choice], taken_out: frozenset[Choice]) -> None:
    month = proposal.month
    MonthChoice.objects.bulk_create(
        _row(plan, rows, month, choice, help_, pinned=choice in pinned) for choice, help_ in month.help_of.items()
    )
    MonthChoice.objects.bulk_create(
        MonthChoice(
            plan=plan,
            citizen_id=one.person,
            wish_id=one.wish,
            occurrence_id=one.happening,
            leaves_at=rows.occurrences[one.happening].starts,
            home_at=rows.occurrences[one.happening].ends,
            taken_out=True,
        )
        for one in taken_out
        if one.happening in rows.occurrences and one.wish in rows.wishes
    )
    MonthUnmet.objects.bulk_create(
        MonthUnmet(
            plan=plan,
            citizen_id=one.person,
            wish_id=one.wish,
            why=one.why.value,
            occurrence_id=one.happening,
            missing=",".join(sorted(one.missing)) or _special(rows, one),
        )
        for one in unmet(month, taken_out=taken_out)
    )
    MonthGain.objects.bulk_create(_gains(plan, rows, month))
    new = [one for one in rows.problem.people if one.had == 0]
    MonthPlan.objects.filter(pk=plan.pk).update(
        state=State.READY,
        progress=1.0,
        people=len(rows.problem.people),
        wishes=proposal.measured.wishes,
        most_wishes=proposal.measured.most_wishes,
        without=sum(1 for one in new if not month.times[one.id]),
    )


def _special(rows: Rows, one: Unmet) -> str:
    """What of the person's own makes a driver or company hard to find."""
    person = rows.problem.person[one.person]
    if person.wheelchair and one.why in {Why.NO_DRIVER, Why.DRIVERS_TAKEN}:
        return WHEELCHAIR
    if person.language and one.why in {Why.NO_COMPANY, Why.COMPANY_TAKEN}:
        return LANGUAGE
    return ""


def _row(plan: MonthPlan, rows: Rows, month: Month, choice: Choice, help_: Help, *, pinned: bool) -> MonthChoice:
    occurrence = rows.occurrences[choice.happening]
    way, stop, out = _way(month, choice, help_)
    return MonthChoice(
        plan=plan,
        citizen_id=choice.person,
        wish_id=choice.wish,
        occurrence=occurrence,
        driver_id=help_.driver,
        companion_id=help_.companion,
        stop_number=stop,
        leaves_at=occurrence.starts - timedelta(minutes=way),
        home_at=occurrence.ends + timedelta(minutes=way),
        driver_out=out,
        pinned=pinned,
    )


def _way(month: Month, choice: Choice, help_: Help) -> tuple[int, int | None, int]:
    """Minutes on the way, which stop of the ride they are, and how long before the start the driver leaves home."""
    person, happening = month.problem.person[choice.person], month.problem.happening[choice.happening]
    if help_.driver is None:
        return month.fits.straight(person, happening), None, 0
    ride = month.outings[choice.happening][help_.driver].ride
    if ride is None:
        return 0, None, 0
    place = ride.order.index(choice.person)
    return ride.minutes[place], place + 1, ride.out


def _gains(plan: MonthPlan, rows: Rows, month: Month) -> list[MonthGain]:
    """Where one more volunteer with a car, which activity and which seat would help most: each is tried in the finished
    plan."""
    told = unmet(month)
    short = {Why.NO_DRIVER, Why.DRIVERS_TAKEN, Why.NO_COMPANY, Why.COMPANY_TAKEN}
    lacking = Counter(rows.citizens[one.person].hamlet_id for one in told if one.why in short)
    hamlets = {one.pk: one for one in Hamlet.objects.exclude(latitude=None)}
    gains = []
    for key, _count in lacking.most_common(MOST_TRIED):
        if key in hamlets and (n := one_more.with_helper(month, _newcomer(plan, hamlets[key]))):
            gains.append(MonthGain(plan=plan, kind=MonthGain.Kind.VOLUNTEER, hamlet_id=key, wishes=n))
    nothing = Counter(
        (rows.wishes[one.wish].interest, rows.citizens[one.person].hamlet_id)
        for one in told
        if one.why in {Why.NOT_OFFERED, Why.TOO_FAR}
    )
    for (interest, key), _count in nothing.most_common(MOST_TRIED):
        if key in hamlets and (n := one_more.with_happening(month, _new_activity(hamlets[key], interest))):
            gains.append(MonthGain(plan=plan, kind=MonthGain.Kind.ACTIVITY, hamlet_id=key, interest=interest, wishes=n))
    full = Counter(one.happening for one in told if one.why is Why.FULL and one.happening is not None)
    for happening, _count in full.most_common(MOST_TRIED):
        if n := one_more.with_seats(month, happening):
            gains.append(MonthGain(plan=plan, kind=MonthGain.Kind.SEAT, occurrence_id=happening, wishes=n))
    return gains


def _newcomer(plan: MonthPlan, hamlet: Hamlet) -> Helper:
    """Twice in the month, three seats, any day: as most who sign up with a car."""
    days = (plan.last - plan.first).days + 1
    return Helper(
        id=-1,
        home=Place(hamlet.latitude or 0.0, hamlet.longitude or 0.0),
        free=((0, days * MINUTES_A_DAY),),
        times=2,
        range_km=30,
        seats=3,
        accompanies=2,
    )


def _new_activity(hamlet: Hamlet, interest: str) -> Happening:
    """On the second Wednesday or so, before noon, without stairs."""
    starts = 9 * MINUTES_A_DAY + 11 * 60
    return Happening(
        id=-1,
        activity=-1,
        starts=starts,
        ends=starts + 90,
        place=Place(hamlet.latitude or 0.0, hamlet.longitude or 0.0),
        interests=frozenset({interest}),
        has=frozenset({"step_free", "toilet"}),
    )
