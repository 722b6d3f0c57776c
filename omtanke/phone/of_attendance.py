"""Who was there, and how it was, written down where the activity was: often a hall at the end of the coverage.

An event says with `saw` how it stood on the phone when it was pressed. Where a colleague has written something else
meanwhile, their words stand, the event waits, and somebody who can ask both decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from omtanke.everyday import attendance
from omtanke.everyday.models import Occurrence, Participation
from omtanke.people.models import Citizen, Employee
from omtanke.phone.models import Report
from omtanke.phone.what_it_does import CannotBe, Dealing, deals_with

Kind, Why = Report.Kind, Report.Why
PARTS = {Kind.TOOK_PART: Participation.Part.ACTIVE, Kind.LOOKED_ON: Participation.Part.LOOKING_ON}
LONGEST = 300
NOTED = {Participation.State.THERE, Participation.State.NOT_THERE}


def stands(participation: Participation | None) -> str:
    """How somebody's place stands, in the phone's word; '' while nobody has noted it."""
    if participation is None or participation.state not in NOTED:
        return ""
    if participation.state == Participation.State.NOT_THERE:
        return Kind.NOT_THERE
    return Kind.LOOKED_ON if participation.part == Participation.Part.LOOKING_ON else Kind.TOOK_PART


@deals_with(Kind.TOOK_PART, Kind.LOOKED_ON, Kind.NOT_THERE, Kind.HOW_IT_WAS)
class OfAttendance(Dealing):
    """The places of the batch, as the sender may see them; each is noted by everyday's own deeds."""

    def __init__(self, events: Sequence[Report], by: Employee) -> None:
        super().__init__(events, by)
        self.citizens = Citizen.objects.in_bulk({event.citizen_id for event in events})
        occurrences = Occurrence.objects.select_related("activity")
        self.occurrences = occurrences.in_bulk({event.occurrence_id for event in events if event.occurrence_id})

    def do(self, event: Report) -> None:
        occurrence = self.occurrences.get(event.occurrence_id or 0)
        citizen = self.citizens.get(event.citizen_id)
        if occurrence is None or citizen is None:
            raise CannotBe(Why.NOT_SEEN)
        place = _held(citizen, occurrence)
        if event.kind == Kind.HOW_IT_WAS:
            return self._how_it_was(event, place)
        now = stands(place)
        if now == event.kind:
            return None
        if place and now != event.said.get("saw", "") and place.noted_by_id != self.by.user_id:
            raise CannotBe(Why.RECORDED)
        self._note(event, citizen, occurrence, place)
        return None

    def _note(self, event: Report, citizen: Citizen, occurrence: Occurrence, place: Participation | None) -> None:
        by, at = self.by.user, event.happened_at
        try:
            if event.kind != Kind.NOT_THERE:
                attendance.was_there(citizen, occurrence, PARTS[Kind(event.kind)], by=by, at=at)
            elif place:
                attendance.was_not_there(place, by=by, at=at)
        except attendance.DidNotTakePlace:
            raise CannotBe(Why.CANCELLED) from None
        except attendance.NotYet:
            raise CannotBe(Why.NOT_YET) from None
        except attendance.ElsewhereThen:
            raise CannotBe(Why.ELSEWHERE) from None

    def _how_it_was(self, event: Report, place: Participation | None) -> None:
        words, smile = str(event.said.get("words", "")).strip()[:LONGEST], event.said.get("smile")
        if smile not in (None, 1, 2, 3, 4, 5) or not (words or smile):
            raise CannotBe(Why.ODD)
        if place is None or place.state != Participation.State.THERE:
            raise CannotBe(Why.RECORDED)  # they were not there, says the record
        if (place.words, place.smile) == (words, smile):
            return
        if place.words and place.words != event.said.get("saw", "") and place.noted_by_id != self.by.user_id:
            raise CannotBe(Why.RECORDED)
        attendance.tell_how_it_was(place, words=words, smile=smile, wish="", by=self.by.user, at=event.happened_at)


def _held(citizen: Citizen, occurrence: Occurrence) -> Participation | None:
    """Their place, locked: what is compared with what the phone saw does not change under our hands."""
    return Participation.objects.select_for_update().filter(citizen=citizen, occurrence=occurrence).first()
