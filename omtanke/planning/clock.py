"""Minutes of the planner and moments of the day.

The planner counts minutes from local midnight of the first day, by the clock on the wall: nine in the morning is nine
in the morning on every day, also where summer time begins or ends (then one night is an hour longer or shorter than
the planner thinks).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from omtanke.kernel.planning.problem import MINUTES_A_DAY


@dataclass(frozen=True)
class Clock:
    """`first` is the day whose midnight is minute 0."""

    first: date

    def minutes(self, moment: datetime) -> float:
        local = timezone.localtime(moment)
        midnight = datetime.combine(self.first, time.min)
        return (local.replace(tzinfo=None) - midnight).total_seconds() / 60

    def moment(self, minutes: float) -> datetime:
        """Exactly; what people are told is rounded when it is shown."""
        midnight = datetime.combine(self.first, time.min)
        return timezone.make_aware(midnight + timedelta(minutes=minutes))

    def day(self, minutes: float) -> date:
        return self.first + timedelta(days=int(minutes // MINUTES_A_DAY))
