"""What the worker does for the visit service, by itself: visits that come again are laid out some weeks ahead."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from omtanke.befriending.models import Rhythm
from omtanke.befriending.plan_visits import WEEKS_AHEAD, SomethingComesFirst, lay_out

HALF_PAST_ONE = "30 1 * * *"  # UTC: two or three o'clock where the service is


@app.periodic(cron=HALF_PAST_ONE)
@app.task(name="befriending.lay_out_the_weeks_ahead", queueing_lock="befriending.lay_out_the_weeks_ahead")
def lay_out_the_weeks_ahead(timestamp: int = 0) -> int:
    """How many visits are new. `timestamp` is when it was due; late or twice does no harm."""
    return lay_out_weeks_ahead(timezone.localdate())


def lay_out_weeks_ahead(on: date) -> int:
    """One rhythm at a time: where something is missing since (a criterion is not met any more), nothing is laid out,
    and the others go on. The order's page says what is missing."""
    made = 0
    running = Rhythm.objects.filter(Q(until=None) | Q(until__gt=on)).select_related("match").order_by("pk")
    for rhythm in running:
        try:
            made += len(lay_out([rhythm], first=on, last=on + timedelta(weeks=WEEKS_AHEAD), by=None))
        except SomethingComesFirst:
            continue
    return made
