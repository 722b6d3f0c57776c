"""What a volunteer can, changed after they have signed up: when, how far, which car, which languages and interests.

What is agreed stays. Where it no longer fits, it is marked, and stands with whoever looks after the volunteer until
somebody has asked: it stands, or another is looked for. What was before is kept, with who changed it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.everyday.assignments import NotYourTurn, call_off, look_for_another, when_wanted
from omtanke.everyday.models import Assignment, Availability, HelpWanted, Occurrence, Volunteer
from omtanke.kernel.moments.problem import road_km
from omtanke.kernel.travel import Place, place_of

Doubt, State, Kind = Assignment.Doubt, Assignment.State, Assignment.Kind
STANDING = (State.ASKED, State.ACCEPTED)

type Span = tuple[int, time, time]  # weekday (0 is Monday), from, to


@dataclass(frozen=True)
class Can:
    """What decides whether an assignment fits. Spans are ISO texts, so that a job can take it along."""

    spans: tuple[tuple[int, str, str], ...]
    range_km: int
    has_car: bool
    seats: int
    latitude: float | None
    longitude: float | None

    @classmethod
    def of(cls, volunteer: Volunteer) -> Can:
        rows = volunteer.availabilities.all()
        spans = tuple((one.weekday, one.starts.isoformat(), one.ends.isoformat()) for one in rows)
        home = place_of(volunteer, volunteer.hamlet)
        return cls(
            spans,
            volunteer.range_km,
            volunteer.has_car,
            volunteer.seats,
            home.latitude if home else None,
            home.longitude if home else None,
        )

    @classmethod
    def from_job(cls, told: Mapping[str, Any]) -> Can:
        return cls(**{**told, "spans": tuple(tuple(span) for span in told["spans"])})

    def for_job(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def change(
    volunteer: Volunteer, facts: Mapping[str, Any], spans: Collection[Span] | None = None, *, at: datetime
) -> list[Assignment]:
    """Change what they can; without `spans` the times stay. Returns what is agreed and no longer fits, as far as the
    actor sees it; the rest is marked by a job, which sees everybody."""
    from omtanke.everyday import tasks  # jobs call deeds, deeds ask for jobs

    held = Volunteer.objects.select_for_update(of=("self",)).select_related("hamlet").get(pk=volunteer.pk)
    before = Can.of(held)
    for name, value in facts.items():
        setattr(held, name, value)
    held.save(update_fields=list(facts))
    if spans is not None and _spans_of(held) != sorted(set(spans)):
        Availability.objects.filter(volunteer=held).delete()  # what was is kept by its history, with who and when
        Availability.objects.bulk_create(
            Availability(volunteer=held, weekday=weekday, starts=starts, ends=ends)
            for weekday, starts, ends in sorted(set(spans))
        )
    tasks.mark_the_rest.defer(volunteer_id=held.pk, before=before.for_job())
    return mark(held, before, at=at)


def _spans_of(volunteer: Volunteer) -> list[Span]:
    rows = Availability.objects.filter(volunteer=volunteer)
    return sorted((one.weekday, one.starts, one.ends) for one in rows)


@transaction.atomic
def mark(volunteer: Volunteer, before: Can, *, at: datetime) -> list[Assignment]:
    """Mark what fitted before and does not now; what fits again is unmarked. What was agreed outside of their usual
    times stays unmarked: they said yes to it knowing that. Twice does no harm. Returns all that is in doubt."""
    coming = Assignment.objects.filter(volunteer=volunteer, state__in=STANDING, ends__gte=at)
    every = coming.select_related("occurrence__arena__hamlet", "occurrence__activity__arena__hamlet")
    found = list(every.select_for_update(of=("self",)).order_by("starts", "pk"))
    now, was = Can.of(volunteer), before
    misfits, misfitted = _misfits(found, now), _misfits(found, was)
    for one in found:
        in_doubt = misfits[one.pk] & (set(one.doubts) | (misfits[one.pk] - misfitted[one.pk]))
        doubts = [code for code in Doubt.values if code in in_doubt]
        if doubts != one.doubts:
            one.doubts = doubts
            one.save(update_fields=["doubts"])
    return [one for one in found if one.doubts]


def _misfits(found: Sequence[Assignment], can: Can) -> dict[int, set[str]]:
    riders = Counter(one.occurrence_id for one in found if one.kind == Kind.RIDE)
    return {one.pk: set(_why_not(one, one.occurrence or one, can, riders[one.occurrence_id])) for one in found}


def could(wanted: HelpWanted, volunteer: Volunteer) -> bool:
    """Do their times, range and car fit? Whether they are somewhere else then, the database says when they are
    asked."""
    starts, ends, _picked_up = when_wanted(wanted)
    happens = wanted.occurrence or Occurrence(starts=starts, ends=ends)
    return not any(_why_not(wanted, happens, Can.of(volunteer), riders=1))


def _why_not(one: Assignment | HelpWanted, happens: Occurrence | Assignment, can: Can, riders: int) -> Iterable[str]:
    if not _is_within(happens.starts, happens.ends, can.spans):
        yield Doubt.TIME
    arena = one.occurrence.place if one.occurrence else None
    there = place_of(arena, arena.hamlet if arena else None)
    home = Place(can.latitude, can.longitude) if can.latitude is not None and can.longitude is not None else None
    if home and there and road_km(home, there) > can.range_km:
        yield Doubt.RANGE
    if one.kind == Kind.RIDE and not can.has_car:
        yield Doubt.CAR
    elif one.kind == Kind.RIDE and riders > can.seats:
        yield Doubt.SEATS


def _is_within(starts: datetime, ends: datetime, spans: Iterable[tuple[int, str, str]]) -> bool:
    """By day and evening that meet are one span."""
    begins, until = timezone.localtime(starts), timezone.localtime(ends)
    reached = begins.time()
    for weekday, first, last in sorted(spans):
        if weekday == begins.weekday() and time.fromisoformat(first) <= reached < time.fromisoformat(last):
            reached = time.fromisoformat(last)
    return begins.date() == until.date() and until.time() <= reached and reached > begins.time()


def in_doubt(at: datetime) -> list[Assignment]:
    """What somebody must ask about, of those whom the actor sees, the soonest first."""
    every = Assignment.objects.filter(state__in=STANDING, ends__gte=at).exclude(doubts=[])
    return list(
        every.select_related("volunteer__looked_after_by", "citizen", "occurrence__activity").order_by("starts", "pk")
    )


def it_stands(assignment: Assignment) -> None:
    """They come all the same. Raises NotYourTurn when it is settled already."""
    if not Assignment.objects.filter(pk=assignment.pk, state__in=STANDING).exclude(doubts=[]).update(doubts=[]):
        raise NotYourTurn


@transaction.atomic
def find_another(assignment: Assignment, *, by: User, at: datetime) -> None:
    """They cannot: they need not come, and another is looked for. Raises NotYourTurn."""
    standing = Assignment.objects.filter(pk=assignment.pk, state__in=STANDING).select_related("volunteer")
    held = standing.select_for_update(of=("self",)).first()
    if held is None:
        raise NotYourTurn
    call_off(held, at=at)
    look_for_another(held, HelpWanted.Because.DECLINED, at)
