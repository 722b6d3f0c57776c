"""Starts, ends, reasons and notes that were pressed and written without coverage.

What happened, happened: whoever did a visit did it, also when the list was changed meanwhile. Only where two people say
different things about the same visit does the record wait for somebody to decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from omtanke.people.models import Employee
from omtanke.phone.models import Report
from omtanke.phone.what_it_does import CannotBe, Dealing, deals_with
from omtanke.visits import steps
from omtanke.visits.carry_out import HeldVisits
from omtanke.visits.models import Note, Visit
from omtanke.visits.visit_book import note_of, write_notes

Kind, Why = Report.Kind, Report.Why


@deals_with(Kind.START, Kind.END, Kind.UNDO_START, Kind.UNDO_END, Kind.NOT_DONE, Kind.NOTE)
class OfVisits(Dealing):
    """All visits of the batch are held at once, and written down at once."""

    def __init__(self, events: Sequence[Report], by: Employee) -> None:
        super().__init__(events, by)
        self.held = HeldVisits({event.visit_id for event in events if event.visit_id})
        self.lines: list[Note] = []

    def do(self, event: Report) -> Report.Why | None:
        visit = self.held.visits.get(event.visit_id or 0)
        if visit is None:
            raise CannotBe(Why.NOT_SEEN)
        if event.kind == Kind.NOTE:
            self._note(event, visit)
            return None
        if _is_so_already(event, visit, self.by):
            return None
        try:
            _step(event, visit, self.by)
        except steps.AlreadyNotDone:
            raise CannotBe(Why.NOT_DONE) from None
        except steps.VisitChanged as changed:
            others = changed.visit.done_by_id not in (None, self.by.pk)
            raise CannotBe(Why.SOMEBODY_ELSE if others else Why.DONE) from None
        except steps.NotOnThisDay:
            raise CannotBe(Why.DAY) from None
        return Why.MOVED if visit.round.taken_by_id not in (None, self.by.pk) else None

    def _note(self, event: Report, visit: Visit) -> None:
        """Words are always taken in: whoever was there has something to tell, whatever happened to the list."""
        text = str(event.said.get("text", "")).strip()[:5000]
        if not text:
            raise CannotBe(Why.ODD)
        for_next = event.said.get("for_next") is True
        self.lines.append(
            note_of(visit.citizen_id, text, for_next=for_next, by=self.by, at=event.happened_at, visit=visit)
        )

    def write_down(self) -> None:
        self.held.write_down()
        write_notes(self.lines)


def _is_so_already(event: Report, visit: Visit, by: Employee) -> bool:
    """Did it come another way already? Then there is nothing to do, and nothing for anybody to look at."""
    if event.kind == Kind.NOT_DONE:
        return visit.state == "not_done" and visit.not_done == event.said.get("why")
    return event.kind in {Kind.START, Kind.END} and visit.state == "done" and visit.done_by_id == by.pk


def _step(event: Report, visit: Visit, by: Employee) -> None:
    at = event.happened_at
    match event.kind:
        case Kind.START:
            steps.start(visit, by=by, at=at)
        case Kind.END:
            if visit.done_by_id not in (None, by.pk):
                raise CannotBe(Why.SOMEBODY_ELSE)  # nobody ends a colleague's visit
            steps.end(visit, at=at)
        case Kind.UNDO_START:
            steps.take_back_start(visit, by=by)
        case Kind.UNDO_END:
            steps.take_back_end(visit, by=by, at=at)
        case Kind.NOT_DONE:
            steps.say_not_done(visit, _reason(event), str(event.said.get("words", ""))[:300], at=at)


def _reason(event: Report) -> Visit.NotDone:
    try:
        return Visit.NotDone(str(event.said.get("why", "")))
    except ValueError:
        raise CannotBe(Why.ODD) from None
