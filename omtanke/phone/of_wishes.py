"""A wish that was caught without coverage: said then, and owned from the moment it arrives."""

from __future__ import annotations

from omtanke.everyday.say_wish import NoWords, say_wish
from omtanke.people.models import Employee
from omtanke.phone.models import Report
from omtanke.phone.what_it_does import CannotBe, does
from omtanke.visits.models import Visit


@does(Report.Kind.WISH)
def wish(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    try:
        say_wish(visit.citizen, str(event.said.get("words", "")), by=by.user, at=event.happened_at)
    except NoWords:
        raise CannotBe(Report.Why.ODD) from None
    return None
