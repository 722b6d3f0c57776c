"""Granted against delivered: where the time somebody gets drifts away from what was decided, and why.

A citizen has a right to what is granted. More than granted is worth a talk too: the need may have grown. A drift is
named only when it is both a real share of the decision and real time: a visit that takes five minutes longer is
everyday life, and five minutes are a third of a small decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DRIFT_SHARE = 0.15  # of what is granted: one visit in seven
DRIFT_MINUTES = 30  # a week: about one visit


class Drift(StrEnum):
    LESS = "less"
    MORE = "more"
    NONE = "none"


class Cause(StrEnum):
    """What explains most of a drift, in the order in which one can do something about it."""

    TOO_LITTLE_PLANNED = "too_little_planned"
    NOT_DONE = "not_done"
    SHORTER = "shorter"
    MORE_PLANNED = "more_planned"
    LONGER = "longer"


@dataclass(frozen=True)
class Weekly:
    """Minutes a week on average. `not_done` is how many visits were not done, by reason, in the whole period."""

    granted: float
    planned: float
    delivered: float
    not_done_minutes: float = 0
    not_done: Mapping[str, int] = field(default_factory=dict)

    @property
    def difference(self) -> float:
        """More than granted is above 0."""
        return self.delivered - self.granted

    @property
    def drift(self) -> Drift:
        if abs(self.difference) < max(DRIFT_MINUTES, DRIFT_SHARE * self.granted):
            return Drift.NONE
        return Drift.LESS if self.difference < 0 else Drift.MORE

    @property
    def cause(self) -> Cause | None:
        """The largest part of the drift; None without one."""
        if self.drift == Drift.NONE:
            return None
        if self.drift == Drift.LESS:
            shorter = self.planned - self.not_done_minutes - self.delivered
            parts = {
                Cause.TOO_LITTLE_PLANNED: self.granted - self.planned,
                Cause.NOT_DONE: self.not_done_minutes,
                Cause.SHORTER: shorter,
            }
        else:
            parts = {
                Cause.MORE_PLANNED: self.planned - self.granted,
                Cause.LONGER: self.delivered - (self.planned - self.not_done_minutes),
            }
        return max(parts, key=lambda cause: parts[cause])
