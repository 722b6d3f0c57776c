"""What an event from a phone does to the record: each kind has one handler, registered by who knows the kind.

A handler gets the event (not saved yet), the visit and the employee, does the deed as of `event.happened_at`, and
returns why a person has to look at it, or nothing. It raises CannotBe when the record does not allow it: the event is
kept and waits.
"""

from collections.abc import Callable

from omtanke.people.models import Employee
from omtanke.phone.models import Report
from omtanke.visits.models import Visit

type Handler = Callable[[Report, Visit, Employee], Report.Why | None]

HANDLERS: dict[str, Handler] = {}


class CannotBe(Exception):
    """The record stands otherwise; `why` says how."""

    def __init__(self, why: Report.Why) -> None:
        super().__init__(why)
        self.why = why


def does(kind: Report.Kind) -> Callable[[Handler], Handler]:
    """Decorate the handler of one kind of event."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register
