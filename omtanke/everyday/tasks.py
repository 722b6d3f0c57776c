"""What the worker does for everyday life, by itself. It sees everybody, whoever asked.

Procrastinate finds this module in every room; `omtanke worker` runs the jobs as the database role for jobs.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from omtanke.access.models import User
from omtanke.everyday.assignments import release
from omtanke.everyday.bring_back import bring_everybody_back
from omtanke.everyday.models import Occurrence, Volunteer
from omtanke.everyday.reach import News, left_behind, reach_everybody
from omtanke.everyday.schedule import roll_forward
from omtanke.everyday.waiting_list import offer_seats, with_somebody_waiting

HALF_PAST_ONE = "30 1 * * *"  # UTC


@app.periodic(cron=HALF_PAST_ONE)
@app.task(name="everyday.lay_out_activities", queueing_lock="everyday.lay_out_activities")
def lay_out_activities(timestamp: int = 0) -> int:
    """Lay out what recurs a year ahead. `timestamp` is when it was due; late or twice does no harm."""
    return roll_forward(timezone.now())


@app.task(name="everyday.reach_the_rest")
def reach_the_rest(occurrence_id: int, was: str, was_until: str, words: str, by: int | None, since: str) -> int:
    """Those whom the one who cancelled or moved may not see: their own contact tells them."""
    occurrence = Occurrence.objects.select_related("activity").get(pk=occurrence_id)
    actor = User.objects.get(pk=by) if by else None
    begin, end, at = (datetime.fromisoformat(moment) for moment in (was, was_until, since))
    news = News(occurrence, begin, end, words, actor, at)
    return len(reach_everybody(news, teller=None, now=timezone.now()))


@app.periodic(cron="*/10 * * * *")
@app.task(name="everyday.reach_those_left", queueing_lock="everyday.reach_those_left")
def reach_those_left(timestamp: int = 0) -> int:
    """Whoever got a place in the very moment it was cancelled, or whose job was lost."""
    reached, now = 0, timezone.now()
    for one in left_behind():
        news = News(one, one.starts, one.ends, one.cancelled_because, one.cancelled_by, now)
        reached += len(reach_everybody(news, teller=None, now=now))
    return reached


@app.task(name="everyday.bring_back_the_rest")
def bring_back_the_rest(occurrence_id: int, cancelled_at: str, words: str, by: int | None, since: str) -> int:
    """It takes place after all: those whom the one who said so may not see."""
    occurrence = Occurrence.objects.select_related("activity").get(pk=occurrence_id)
    actor = User.objects.get(pk=by) if by else None
    if occurrence.cancelled_at:  # once more cancelled in the meantime
        return 0
    news = News(occurrence, occurrence.starts, occurrence.ends, words, actor, datetime.fromisoformat(since))
    told = bring_everybody_back(
        news, cancelled_at=datetime.fromisoformat(cancelled_at), teller=None, now=timezone.now()
    )
    return len(told)


@app.task(name="everyday.offer_seats_at")
def offer_seats_at(occurrence_id: int) -> int:
    """A place is free: whoever has waited longest is to be asked."""
    return len(offer_seats(Occurrence.objects.get(pk=occurrence_id), at=timezone.now()))


@app.periodic(cron="*/10 * * * *")
@app.task(name="everyday.offer_seats", queueing_lock="everyday.offer_seats")
def offer_free_seats(timestamp: int = 0) -> int:
    """Places that became free in another way: more room, moved to when somebody is elsewhere, a lost job."""
    now = timezone.now()
    return sum(len(offer_seats(one, at=now)) for one in with_somebody_waiting(now))


@app.task(name="everyday.release_the_rest")
def release_the_rest(volunteer_id: int) -> int:
    """A volunteer has stopped: assignments that the one who wrote it may not see get an owner too."""
    volunteer = Volunteer.objects.get(pk=volunteer_id)
    return release(volunteer, at=timezone.now())


@app.task(name="everyday.mark_the_rest")
def mark_the_rest(volunteer_id: int, before: dict[str, Any]) -> int:
    """A volunteer can other things than before: what no longer fits, also for people whom whoever changed it may not
    see."""
    from omtanke.everyday.what_they_can import Can, mark

    volunteer = Volunteer.objects.select_related("hamlet").get(pk=volunteer_id)
    return len(mark(volunteer, Can.from_job(before), at=timezone.now()))


@app.periodic(cron=HALF_PAST_ONE)
@app.task(name="everyday.wishes_find_owners", queueing_lock="everyday.wishes_find_owners")
def wishes_find_owners(timestamp: int = 0) -> int:
    """Wishes of whoever has stopped working here."""
    from omtanke.everyday.wishes_go_along import find_owners_again

    return find_owners_again(timezone.now())


@app.task(name="everyday.make_month")
def make_month(plan_id: int) -> None:
    from omtanke.everyday.month_make import make

    make(plan_id)


@app.periodic(cron="* * * * *")
@app.task(name="everyday.look_after_months", queueing_lock="everyday.look_after_months")
def look_after_months(timestamp: int = 0) -> None:
    from omtanke.everyday.month_make import look_after

    look_after(timezone.now())
