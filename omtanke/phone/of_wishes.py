"""A wish that was caught without coverage: said then, and owned from the moment it arrives."""

from __future__ import annotations

from collections.abc import Sequence

from omtanke.everyday.say_wish import NoWords, say_wish
from omtanke.people.models import Citizen, Employee
from omtanke.phone.models import Report
from omtanke.phone.what_it_does import CannotBe, Dealing, deals_with


@deals_with(Report.Kind.WISH)
class OfWishes(Dealing):
    """Wishes are few: each is said for itself."""

    def __init__(self, events: Sequence[Report], by: Employee) -> None:
        super().__init__(events, by)
        self.citizens = Citizen.objects.in_bulk({event.citizen_id for event in events})

    def do(self, event: Report) -> None:
        citizen = self.citizens.get(event.citizen_id)
        if citizen is None:
            raise CannotBe(Report.Why.NOT_SEEN)
        try:
            say_wish(citizen, str(event.said.get("words", "")), by=self.by.user, at=event.happened_at)
        except NoWords:
            raise CannotBe(Report.Why.ODD) from None
