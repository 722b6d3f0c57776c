"""Starts, ends, reasons and notes that were pressed and written without coverage.

What happened, happened: whoever did a visit did it, also when the list was changed meanwhile. Only where two people say
different things about the same visit does the record wait for somebody to decide.
"""

from __future__ import annotations

from collections.abc import Callable

from omtanke.people.models import Employee
from omtanke.phone.models import Report
from omtanke.phone.what_it_does import CannotBe, does
from omtanke.visits import carry_out as deeds
from omtanke.visits.models import Visit
from omtanke.visits.visit_book import write_note

Kind, Why = Report.Kind, Report.Why


@does(Kind.START)
def start(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    if visit.state == "done" and visit.done_by_id == by.pk:
        return None  # the start came another way, and the end too
    return _carry_out(visit, by, lambda: deeds.start_visit(visit, by=by, at=event.happened_at))


@does(Kind.END)
def end(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    if visit.done_by_id not in (None, by.pk):
        raise CannotBe(Why.SOMEBODY_ELSE)
    if visit.state == "done":
        return None
    return _carry_out(visit, by, lambda: deeds.end_visit(visit, at=event.happened_at))


@does(Kind.UNDO_START)
def undo_start(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    return _carry_out(visit, by, lambda: deeds.take_back_start(visit, by=by))


@does(Kind.UNDO_END)
def undo_end(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    return _carry_out(visit, by, lambda: deeds.take_back_end(visit, by=by, at=event.happened_at))


@does(Kind.NOT_DONE)
def not_done(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    why = str(event.said.get("why", ""))
    if why not in Visit.NotDone.values:
        raise CannotBe(Why.ODD)
    if visit.state == "not_done" and visit.not_done == why:
        return None
    words = str(event.said.get("words", ""))[:300]
    reason = Visit.NotDone(why)
    return _carry_out(visit, by, lambda: deeds.say_not_done(visit, reason, words, at=event.happened_at))


@does(Kind.NOTE)
def note(event: Report, visit: Visit, by: Employee) -> Report.Why | None:
    """Words are always taken in: whoever was there has something to tell, whatever happened to the list."""
    text = str(event.said.get("text", "")).strip()[:5000]
    if not text:
        raise CannotBe(Why.ODD)
    for_next = event.said.get("for_next") is True
    write_note(visit.citizen, text, for_next=for_next, by=by, at=event.happened_at, visit=visit)
    return None


def _carry_out(visit: Visit, by: Employee, deed: Callable[[], None]) -> Report.Why | None:
    try:
        deed()
    except deeds.AlreadyNotDone:
        raise CannotBe(Why.NOT_DONE) from None
    except deeds.VisitChanged as changed:
        others = changed.visit.done_by_id not in (None, by.pk)
        raise CannotBe(Why.SOMEBODY_ELSE if others else Why.DONE) from None
    except deeds.NotOnThisDay:
        raise CannotBe(Why.DAY) from None
    return Why.MOVED if visit.round.taken_by_id not in (None, by.pk) else None
