"""A visit as far as a test needs it."""

from datetime import datetime

from omtanke.befriending.models import Match, ServiceVisit
from omtanke.befriending.plan_visits import plan_visit
from omtanke.config.tests.cast import Cast


def planned(cast: Cast, made: Match, starts: datetime) -> ServiceVisit:
    """A visit with exercises, of whoever has read the plan."""
    return plan_visit(made, starts=starts, minutes=90, area="quality_visit", by=cast.gudrun.user)
