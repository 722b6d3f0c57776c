"""What the worker does for the day's work, by itself.

Procrastinate finds this module in every room; `omtanke worker` runs the jobs as the database role for jobs.
"""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from omtanke.visits.lay_out import lay_out_weeks_ahead

QUARTER_PAST_ONE = "15 1 * * *"  # UTC: two or three o'clock where the municipality is


@app.periodic(cron=QUARTER_PAST_ONE)
@app.task(name="visits.lay_out_the_weeks_ahead", queueing_lock="visits.lay_out_the_weeks_ahead")
def lay_out_the_weeks_ahead(timestamp: int = 0) -> int:
    """Lay out what recurs for the weeks ahead. `timestamp` is when it was due; late or twice does no harm."""
    return lay_out_weeks_ahead(timezone.localdate())


def catch_up() -> None:
    """Ask for the same now: a machine that was off at night has missed its time."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        lay_out_the_weeks_ahead.defer()
