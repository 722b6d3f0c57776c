"""Arrange an activity, and change it: this time only, from this time on, or all times.

When it happens never changes once some of it has happened: then the old one ends, and a new one goes on from there
(`follows`). So a calendar that somebody has subscribed to keeps what was, and those who have a place keep it: their
time is moved with the activity and they are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from omtanke.access.models import User
from omtanke.everyday.bring_back import bring_everybody_back
from omtanke.everyday.models import Activity, Notice, Occurrence
from omtanke.everyday.reach import News, reach_everybody, untouched
from omtanke.everyday.schedule import AHEAD, BadRule, Pattern, checked, ends_at, lay_out, parts_of, times, until_before
from omtanke.everyday.tasks import bring_back_the_rest, reach_the_rest

WHEN = ("starts", "minutes", "repeats", "all_day", "also_on", "not_on")


class NotCancelled(Exception):
    """It takes place already, or it is over: a colleague was first."""


class AlreadyCancelled(Exception):
    """A colleague was first: it does not take place."""


@transaction.atomic
def arrange(facts: Mapping[str, Any], *, by: User | None, now: datetime) -> Activity:
    """A new activity, laid out. `facts` are fields of Activity. Raises BadRule."""
    activity = Activity(**facts, made_by=by, changed_at=now)
    activity.repeats = checked(activity.repeats, activity.starts, now=now)
    activity.save()
    lay_out(activity, since=min(activity.starts, now - timedelta(days=120)), now=now)
    return activity


@transaction.atomic
def change_all(activity: Activity, facts: Mapping[str, Any], *, by: User | None, now: datetime) -> Activity:
    """Change all of it; when it happens, from the next time on if some of it has been. Raises BadRule."""
    what = {name: value for name, value in facts.items() if name not in WHEN}
    _set(activity, what, now)
    if not _moves(activity, facts):
        return activity
    coming = activity.occurrences.filter(starts__gte=now).in_order().first()
    if coming is None or not activity.occurrences.filter(starts__lt=now).exists():
        return _change_when(activity, facts, since=activity.starts, by=by, now=now)
    return change_from(coming, facts, by=by, now=now)


@transaction.atomic
def change_from(occurrence: Occurrence, facts: Mapping[str, Any], *, by: User | None, now: datetime) -> Activity:
    """Change it from one of its times on. What comes before stays as it was. Raises BadRule."""
    activity = occurrence.activity
    at = occurrence.recurs_on or occurrence.starts
    if not activity.occurrences.filter(recurs_on__lt=at).exists():
        _set(activity, {name: value for name, value in facts.items() if name not in WHEN}, now)
        return _change_when(activity, facts, since=at, by=by, now=now)
    after = Activity.objects.get(pk=activity.pk)
    after.pk, after.follows, after.made_by, after.changed_at = None, activity, by, now
    for name, value in facts.items():
        setattr(after, name, value)
    if "starts" not in facts:
        after.starts = at
    after.also_on = [one for one in after.also_on if one >= at]
    if "repeats" not in facts:
        after.repeats = _rest_of(after.repeats, activity, at)
    after.repeats = checked(after.repeats, after.starts, now=now)
    _end_before(activity, at, now)
    after.save()
    old = _as_they_are(activity.occurrences.filter(recurs_on__gte=at))
    _laid_out_anew(after, old, since=min(at, after.starts), by=by, now=now)
    return after


@transaction.atomic
def stop_from(occurrence: Occurrence, words: str, *, by: User | None, now: datetime) -> list[Notice]:
    """It is not arranged any more, from this time on. Times that nobody has a place at just disappear."""
    activity = occurrence.activity
    at = occurrence.recurs_on or occurrence.starts
    _end_before(activity, at, now)
    Activity.objects.filter(pk=activity.pk).update(active=activity.occurrences.filter(recurs_on__lt=at).exists())
    coming = activity.occurrences.filter(recurs_on__gte=at)
    coming.filter(pk__in=untouched(coming.values_list("pk", flat=True))).delete()
    return [notice for one in coming.going_ahead().in_order() for notice in cancel(one, words, by=by, now=now)]


@transaction.atomic
def cancel(occurrence: Occurrence, words: str, *, by: User | None, now: datetime) -> list[Notice]:
    """This time does not take place. Returns whom the actor must tell. Raises AlreadyCancelled."""
    open_one = Occurrence.objects.filter(pk=occurrence.pk, cancelled_at=None)
    if not open_one.update(cancelled_at=now, cancelled_by=by, cancelled_because=words[:200], changed_at=now):
        raise AlreadyCancelled
    occurrence.refresh_from_db()
    return _reach(News(occurrence, occurrence.starts, occurrence.ends, words[:200], by, now), now)


@transaction.atomic
def uncancel(occurrence: Occurrence, words: str, *, by: User | None, now: datetime) -> list[Notice]:
    """It takes place after all, and who had a place has it again. Returns whom the actor must tell. Raises
    NotCancelled."""
    cancelled_at = occurrence.cancelled_at
    cancelled = Occurrence.objects.filter(pk=occurrence.pk, cancelled_at__isnull=False, starts__gt=now)
    back = {"cancelled_at": None, "cancelled_by": None, "cancelled_because": "", "changed_at": now}
    if cancelled_at is None or not cancelled.update(**back):
        raise NotCancelled
    occurrence.refresh_from_db()
    news = News(occurrence, occurrence.starts, occurrence.ends, words[:200], by, now)
    notices = bring_everybody_back(news, cancelled_at=cancelled_at, teller=by, now=now)
    since, was = now.isoformat(), cancelled_at.isoformat()
    bring_back_the_rest.defer(
        occurrence_id=occurrence.pk, cancelled_at=was, words=words[:200], by=by.pk if by else None, since=since
    )
    return notices


@transaction.atomic
def move(
    occurrence: Occurrence, changes: Mapping[str, Any], words: str, *, by: User | None, now: datetime
) -> list[Notice]:
    """Another time or place, this time only. `changes` are `starts`, `ends`, `arena`, `note`.

    Returns whom the actor must tell. Raises AlreadyCancelled.
    """
    was, was_until, place = occurrence.starts, occurrence.ends, occurrence.place
    for name, value in changes.items():
        setattr(occurrence, name, value)
    fields = {name: getattr(occurrence, name) for name in ("starts", "ends", "arena", "note")}
    if not Occurrence.objects.filter(pk=occurrence.pk, cancelled_at=None).update(**fields, changed_at=now):
        raise AlreadyCancelled
    if (occurrence.starts, occurrence.ends, occurrence.place) == (was, was_until, place):
        return []
    return _reach(News(occurrence, was, was_until, words[:200], by, now), now)


def _reach(news: News, now: datetime) -> list[Notice]:
    if news.occurrence.pk in untouched([news.occurrence.pk]):
        return []
    notices = reach_everybody(news, teller=news.by, now=now)
    was, until, since = (at.isoformat() for at in (news.was, news.was_until, news.since))
    by = news.by.pk if news.by else None
    reach_the_rest.defer(
        occurrence_id=news.occurrence.pk, was=was, was_until=until, words=news.words, by=by, since=since
    )
    return notices


def _set(activity: Activity, what: Mapping[str, Any], now: datetime) -> None:
    for name, value in what.items():
        setattr(activity, name, value)
    activity.changed_at = now
    activity.save(update_fields=[*what, "changed_at"])


def _moves(activity: Activity, facts: Mapping[str, Any]) -> bool:
    return any(name in facts and getattr(activity, name) != facts[name] for name in WHEN)


def _change_when(
    activity: Activity, facts: Mapping[str, Any], *, since: datetime, by: User | None, now: datetime
) -> Activity:
    """Nothing of it has been: its times are laid out anew, in place."""
    old = _as_they_are(activity.occurrences)
    for name in WHEN:
        if name in facts:
            setattr(activity, name, facts[name])
    activity.repeats = checked(activity.repeats, activity.starts, now=now)
    activity.changed_at = now
    activity.save()
    _laid_out_anew(activity, old, since=min(since, activity.starts), by=by, now=now)
    return activity


def _end_before(activity: Activity, at: datetime, now: datetime) -> None:
    """Nothing of it from `at` on. What a partner's calendar knows it by goes on with what follows."""
    if activity.repeats:
        activity.repeats = until_before(activity.repeats, at)
    activity.also_on = [one for one in activity.also_on if one < at]
    activity.source_uid, activity.changed_at = "", now
    activity.save(update_fields=["repeats", "also_on", "source_uid", "changed_at"])


def _rest_of(rule: str, activity: Activity, at: datetime) -> str:
    """A rule of so many times, without those that have been."""
    if not rule or "COUNT" not in parts_of(rule):
        return rule
    parts = parts_of(rule)
    gone = activity.occurrences.filter(recurs_on__lt=at).count()
    parts["COUNT"] = str(max(int(parts["COUNT"]) - gone, 1))
    return ";".join(f"{name}={value}" for name, value in parts.items())


type AsItIs = tuple[Occurrence, bool]  # and whether it was moved or cancelled by hand


def _as_they_are(occurrences: Any) -> list[AsItIs]:
    return [(one, one.was_moved or one.cancelled_at is not None) for one in occurrences.in_order()]


def _laid_out_anew(activity: Activity, old: list[AsItIs], *, since: datetime, by: User | None, now: datetime) -> None:
    """Let the old times become the new ones: that of the same day, else of the same week. What has no new time is
    cancelled for those who have a place; what nobody has a place at just goes."""
    horizon = max([now + AHEAD, *(one.starts + timedelta(days=1) for one, _by_hand in old)])
    left = times(Pattern.of(activity), since=since, until=horizon)
    kept: list[tuple[Occurrence, bool, datetime]] = []
    for one, by_hand in old:
        found = _same_day(one, left) or _same_week(one, left)
        if found:
            left.remove(found)
            kept.append((one, by_hand, found))
    _let_go([one for one, _by_hand in old if one not in {k for k, _b, _f in kept}], by=by, now=now)
    # Away first, so that one may take the other's time without being there twice for a moment.
    Occurrence.objects.filter(pk__in=[one.pk for one, _by_hand, _at in kept]).update(recurs_on=None)
    for one, by_hand, at in kept:
        _take_time(activity, one, at, by_hand=by_hand, by=by, now=now)
    lay_out(activity, since=since, now=now)


def _same_day(one: Occurrence, among: list[datetime]) -> datetime | None:
    day = timezone.localdate(one.recurs_on or one.starts)
    return next((at for at in among if timezone.localdate(at) == day), None)


def _same_week(one: Occurrence, among: list[datetime]) -> datetime | None:
    week = timezone.localdate(one.recurs_on or one.starts).isocalendar()[:2]
    return next((at for at in among if timezone.localdate(at).isocalendar()[:2] == week), None)


def _take_time(
    activity: Activity, one: Occurrence, at: datetime, *, by_hand: bool, by: User | None, now: datetime
) -> None:
    one.activity, one.recurs_on = activity, at
    one.save(update_fields=["activity", "recurs_on"])
    if not by_hand:
        ends = ends_at(activity, at, timedelta(minutes=activity.minutes))
        move(one, {"starts": at, "ends": ends}, "", by=by, now=now)


def _let_go(gone: list[Occurrence], *, by: User | None, now: datetime) -> None:
    free = untouched(one.pk for one in gone)
    Occurrence.objects.filter(pk__in=free).delete()
    for one in gone:
        if one.pk not in free and one.cancelled_at is None:
            cancel(one, "", by=by, now=now)


__all__ = [
    "AlreadyCancelled",
    "BadRule",
    "NotCancelled",
    "arrange",
    "cancel",
    "change_all",
    "change_from",
    "move",
    "stop_from",
    "uncancel",
]
