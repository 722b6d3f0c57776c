"""From rows to a month's problem: who wishes for what, what is offered, when people are busy, which volunteers can.

What each needs to take part is what was noted with them; until then it is supposed, and the plan's page says so
(needs.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from omtanke.everyday.languages import company_must_speak, spoken
from omtanke.everyday.models import (
    Assignment,
    Availability,
    MatchingNo,
    MonthPlan,
    Occurrence,
    Participation,
    Volunteer,
    Wish,
)
from omtanke.everyday.needs import Need, needs_of
from omtanke.everyday.seats import taken_at
from omtanke.kernel.moments.problem import MINUTES_A_DAY, Happening, Helper, Person, Problem, Span, Wanted
from omtanke.kernel.travel import place_of
from omtanke.people.models import Belonging, Citizen
from omtanke.people.questions import busy_times

LATELY = timedelta(days=60)
MOST_IN_A_MONTH = 3
HERE = ZoneInfo(settings.TIME_ZONE)


@dataclass
class Rows:
    """The problem, and the rows that its ids stand for."""

    problem: Problem
    citizens: dict[int, Citizen]
    wishes: dict[int, Wish]
    occurrences: dict[int, Occurrence]
    volunteers: dict[int, Volunteer] = field(default_factory=dict)
    start: datetime = field(default_factory=timezone.now)

    def moment(self, minute: int) -> datetime:
        """Minutes of the problem as a moment, on the clock on the wall."""
        on, clock = divmod(minute, MINUTES_A_DAY)
        naive = datetime.combine(self.start.date() + timedelta(days=on), time()) + timedelta(minutes=clock)
        return naive.replace(tzinfo=HERE)


def rows_of(plan: MonthPlan, *, at: datetime) -> Rows:
    """Everything the plan's month is made of. Whoever said no to being matched is not in it at all."""
    clock = _Clock(plan.first)
    citizens = {one.pk: one for one in _of_the_units(plan)}
    for pk in _said_no(citizens):
        del citizens[pk]
    open_states = [Wish.State.SAID, Wish.State.AGAIN]
    wishes = {one.pk: one for one in Wish.objects.filter(citizen__in=citizens, state__in=open_states).order_by("pk")}
    occurrences = _occurrences(plan, at)
    volunteers = {one.pk: one for one in Volunteer.objects.ready().select_related("hamlet").order_by("pk")}
    problem = Problem(
        people=tuple(_people(plan, clock, citizens, wishes.values())),
        happenings=tuple(_happenings(clock, occurrences.values())),
        helpers=tuple(_helpers(plan, clock, volunteers.values())),
        first_weekday=plan.first.weekday(),
    )
    start = datetime.combine(plan.first, time(), tzinfo=HERE)
    return Rows(problem, citizens, wishes, occurrences, volunteers, start)


def _of_the_units(plan: MonthPlan) -> Iterable[Citizen]:
    belong = Belonging.objects.current().filter(unit__in=plan.units.all()).values("citizen_id")
    return Citizen.objects.filter(pk__in=belong).select_related("portrait").order_by("pk")


class _Clock:
    """Minutes since the first day's midnight, as the clock on the wall shows them."""

    def __init__(self, first: date) -> None:
        self.first = first

    def __call__(self, moment: datetime) -> int:
        local = timezone.localtime(moment)
        return (local.date() - self.first).days * MINUTES_A_DAY + local.hour * 60 + local.minute


def _said_no(citizens: Iterable[int]) -> set[int]:
    latest: dict[int, bool] = {}
    for row in MatchingNo.objects.filter(citizen__in=list(citizens)).order_by("at", "pk"):
        latest[row.citizen_id] = row.says_no
    return {pk for pk, says_no in latest.items() if says_no}


def _occurrences(plan: MonthPlan, at: datetime) -> dict[int, Occurrence]:
    starts, ends = (datetime.combine(day, time(), tzinfo=HERE) for day in (plan.first, plan.last + timedelta(days=1)))
    found = Occurrence.objects.between(max(starts, at), ends).going_ahead().filter(activity__active=True)
    found = found.exclude(activity__interests=[]).select_related("activity__arena__hamlet", "arena__hamlet")
    return {one.pk: one for one in found.in_order()}


def _people(plan: MonthPlan, clock: _Clock, citizens: dict[int, Citizen], wishes: Iterable[Wish]) -> Iterable[Person]:
    by_citizen: dict[int, list[Wish]] = defaultdict(list)
    for wish in wishes:
        if wish.interest:
            by_citizen[wish.citizen_id].append(wish)
    busy = _busy(plan, clock, list(by_citizen))
    had, this_month = _moments(plan, list(by_citizen))
    known = _known(list(by_citizen))
    needs = needs_of([citizens[pk] for pk in by_citizen], plan.first)
    for pk, theirs in by_citizen.items():
        citizen = citizens[pk]
        yield Person(
            id=pk,
            home=place_of(citizen),
            wishes=tuple(Wanted(one.pk, frozenset({one.interest}), _dear(one)) for one in theirs),
            most=max(0, MOST_IN_A_MONTH - this_month.get(pk, 0)),
            busy=tuple(busy.get(pk, ())),
            needs=needs[pk].of_the_place,
            needs_company=Need.COMPANY in needs[pk].needs,
            needs_ride=Need.RIDE in needs[pk].needs,
            wheelchair=Need.WHEELCHAIR in needs[pk].needs,
            language=company_must_speak(citizen.language),
            knows=frozenset(known.get(pk, ())),
            had=had.get(pk, 0),
        )


def _dear(wish: Wish) -> int:
    return max(1, 11 - wish.rank) if wish.rank else 4


def _busy(plan: MonthPlan, clock: _Clock, citizens: list[int]) -> dict[int, list[Span]]:
    """Visits, and what they have said yes to or are invited to."""
    starts, ends = (datetime.combine(day, time(), tzinfo=HERE) for day in (plan.first, plan.last + timedelta(days=1)))
    busy: dict[int, list[Span]] = defaultdict(list)
    for one in busy_times.ask(citizens, starts, ends):
        busy[one.citizen_id].append((clock(one.starts), clock(one.ends)))
    standing = Participation.objects.filter(citizen__in=citizens, state__in=["invited", "yes"])
    for part in standing.filter(starts__lt=ends, ends__gt=starts):
        busy[part.citizen_id].append((clock(part.starts), clock(part.ends)))
    return busy


def _moments(plan: MonthPlan, citizens: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How many each had lately, whatever it was; and how many wishes come true in the month already.

    What somebody goes to every week anyway does not use up their month: only places that came of a wish do.
    """
    begins = datetime.combine(plan.first, time(), tzinfo=HERE)
    ends = datetime.combine(plan.last + timedelta(days=1), time(), tzinfo=HERE)
    had: dict[int, int] = defaultdict(int)
    month: dict[int, int] = defaultdict(int)
    found = Participation.objects.filter(citizen__in=citizens, starts__gte=begins - LATELY, starts__lt=ends)
    for part in found.filter(state__in=["invited", "yes", "there"]):
        had[part.citizen_id] += 1
        month[part.citizen_id] += part.wish_id is not None and part.starts >= begins
    return had, month


def _known(citizens: list[int]) -> dict[int, set[int]]:
    known: dict[int, set[int]] = defaultdict(set)
    for citizen, volunteer in Assignment.objects.filter(citizen__in=citizens, state="done").values_list(
        "citizen_id", "volunteer_id"
    ):
        known[citizen].add(volunteer)
    return known


def _happenings(clock: _Clock, occurrences: Iterable[Occurrence]) -> Iterable[Happening]:
    found = list(occurrences)
    taken = taken_at([one.pk for one in found])
    for one in found:
        arena = one.arena or one.activity.arena
        seats = one.activity.seats
        yield Happening(
            id=one.pk,
            activity=one.activity_id,
            starts=clock(one.starts),
            ends=max(clock(one.ends), clock(one.starts) + 1),
            place=place_of(arena, arena.hamlet if arena else None),
            interests=frozenset(one.activity.interests),
            has=frozenset(arena.has) if arena else frozenset(),
            seats=None if seats is None else max(0, seats - taken.get(one.pk, 0)),
        )


def _helpers(plan: MonthPlan, clock: _Clock, volunteers: Iterable[Volunteer]) -> Iterable[Helper]:
    days = [plan.first + timedelta(days=n) for n in range((plan.last - plan.first).days + 1)]
    usual: dict[int, list[Availability]] = defaultdict(list)
    for times in Availability.objects.filter(volunteer__stopped_on=None):
        usual[times.volunteer_id].append(times)
    out = _days_out(plan, clock)
    for one in volunteers:
        gone = out.get(one.pk, set())
        free = [
            (n * MINUTES_A_DAY + _minutes(span.starts), n * MINUTES_A_DAY + _minutes(span.ends))
            for n, day in enumerate(days)
            for span in usual[one.pk]
            if span.weekday == day.weekday() and n not in gone
        ]
        yield Helper(
            id=one.pk,
            home=place_of(one, one.hamlet),
            free=tuple(free),
            times=max(0, one.times_a_month - len(gone)),
            range_km=one.range_km,
            seats=one.seats if one.has_car else 0,
            wheelchair_places=one.wheelchair_places if one.has_car else 0,
            accompanies=one.accompanies,
            languages=frozenset(spoken(one.languages)),
            interests=frozenset(one.interests),
        )


def _days_out(plan: MonthPlan, clock: _Clock) -> dict[int, set[int]]:
    """Days of the month on which a volunteer has something already."""
    out: dict[int, set[int]] = defaultdict(set)
    starts, ends = (datetime.combine(day, time(), tzinfo=HERE) for day in (plan.first, plan.last + timedelta(days=1)))
    standing = Assignment.objects.filter(state__in=["asked", "accepted", "done"], starts__lt=ends, ends__gt=starts)
    for one in standing:
        out[one.volunteer_id].add(clock(one.starts) // MINUTES_A_DAY)
    return out


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
