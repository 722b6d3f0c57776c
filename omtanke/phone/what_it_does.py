"""What events from a phone do to the record: each kind has one dealing, registered by who knows the kind.

A dealing gets all events of its kinds in one batch, so that it can load and lock what they are about at once. Then each
event is done in turn, as of its `happened_at`: `do` returns why a person has to look at it, or nothing, and raises
CannotBe when the record does not allow it: the event is kept and waits. In the end `write_down` saves what happened.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from omtanke.people.models import Employee
from omtanke.phone.models import Report

DEALINGS: dict[str, type[Dealing]] = {}


class CannotBe(Exception):
    """The record stands otherwise; `why` says how."""

    def __init__(self, why: Report.Why) -> None:
        super().__init__(why)
        self.why = why


class Dealing(ABC):
    """What the events of some kinds do, for one batch."""

    def __init__(self, events: Sequence[Report], by: Employee) -> None:
        self.events, self.by = events, by

    @abstractmethod
    def do(self, event: Report) -> Report.Why | None:
        """Let it do what it does. Raises CannotBe."""

    def write_down(self) -> None:  # noqa: B027 - a dealing that saves as it goes has nothing left to do
        """Save what happened, for all events at once."""


def deals_with(*kinds: Report.Kind) -> Callable[[type[Dealing]], type[Dealing]]:
    """Decorate the dealing with these kinds of event."""

    def register(dealing: type[Dealing]) -> type[Dealing]:
        DEALINGS.update(dict.fromkeys(kinds, dealing))
        return dealing

    return register
