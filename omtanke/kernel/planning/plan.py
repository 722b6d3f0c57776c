"""An answer: for each shift the stops in order, and the tasks that found no place.

A stop is a task or a break. Starts are given outright, so that a plan can be judged without knowing who made it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stop:
    """One task, or one break (its number within the shift) taken at `place`."""

    place: str
    start: float
    end: float
    task: str | None = None
    break_number: int | None = None


@dataclass(frozen=True)
class Plan:
    """Stops by shift id. Shifts without stops may be left out."""

    tours: Mapping[str, tuple[Stop, ...]] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()

    def stops(self) -> Iterator[tuple[str, Stop]]:
        for shift, stops in self.tours.items():
            for stop in stops:
                yield shift, stop

    def shift_of(self) -> dict[str, str]:
        """Which shift does each placed task."""
        return {stop.task: shift for shift, stop in self.stops() if stop.task is not None}

    def starts(self) -> dict[str, float]:
        return {stop.task: stop.start for _, stop in self.stops() if stop.task is not None}
