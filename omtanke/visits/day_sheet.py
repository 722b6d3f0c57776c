"""What a carer needs to know about the visits of a day, in order, before each door.

A fixed number of queries however many visits there are, each an index look-up for the citizens on the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from omtanke.care.models import NamedContact
from omtanke.kernel.travel import Place, driving_minutes, place_of
from omtanke.people.models import Citizen, Employee, Portrait, Tie, Unit
from omtanke.visits.briefing import last_there, read_by
from omtanke.visits.models import Note, Round, Visit
from omtanke.visits.plan_shifts import WRITE_DOWN_AFTER
from omtanke.visits.visit_book import news_about

NOTES_SHOWN = 3


@dataclass
class Stop:
    """One visit with what to know before it. `drive` is minutes from the stop before; None when nobody knows."""

    visit: Visit
    drive: int | None = None
    my_role: str = ""
    last_here: datetime | None = None
    read_up: bool = False
    must_read: list[Note] = field(default_factory=list)
    news: list[Note] = field(default_factory=list)
    call_first: Tie | None = None

    @property
    def citizen(self) -> Citizen:
        return self.visit.citizen

    @property
    def portrait(self) -> Portrait | None:
        return getattr(self.citizen, "portrait", None)

    @property
    def first_time(self) -> bool:
        return self.last_here is None

    @property
    def to_read_first(self) -> bool:
        """A first visit whose briefing has not been read yet."""
        return self.first_time and not self.read_up and self.visit.state in {"planned", "under_way"}

    @property
    def portrait_is_new(self) -> bool:
        changed = self.portrait.updated_at if self.portrait else None
        return bool(changed and self.last_here and changed > self.last_here)


def rounds_of(employee: Employee, *, at: datetime, on: date | None = None) -> list[Round]:
    """The lists somebody has on a day; without a day those of now, a night that began yesterday included."""
    today = timezone.localdate(at)
    days = [on] if on else [today - timedelta(days=1), today]
    taken = Round.objects.filter(taken_by=employee, on__in=days).select_related("work_list__unit")
    rounds = sorted(taken, key=lambda round_: round_.starts_at)
    return rounds if on else [r for r in rounds if r.on == today or r.ends_at + WRITE_DOWN_AFTER > at]


def stops_of(rounds: Sequence[Round], reader: Employee, *, at: datetime) -> list[Stop]:
    """The visits of these rounds in order, with what `reader` should know before each."""
    visits = list(
        Visit.objects.filter(round__in=[round_.pk for round_ in rounds])
        .select_related(
            "citizen__portrait",
            "done_by",
            "together_with__round__taken_by",
            "together_with__round__work_list",
        )
        .in_order()
    )
    stops = [Stop(visit) for visit in visits]
    know(stops, reader, at=at)
    add_driving(stops, {round_.pk: round_.work_list.unit for round_ in rounds})
    return stops


def know(stops: Sequence[Stop], reader: Employee, *, at: datetime) -> None:
    """Put beside each visit what is new and special for this reader."""
    citizens = {stop.visit.citizen_id for stop in stops}
    last, read, news = last_there(reader, citizens), read_by(reader, citizens), news_about(citizens, at=at)
    mine = NamedContact.objects.current(timezone.localdate(at)).filter(employee=reader, citizen__in=citizens)
    roles = {contact.citizen_id: contact.role for contact in mine}
    call_first = {tie.citizen_id: tie for tie in Tie.objects.filter(citizen__in=citizens, call_first=True)}
    for stop in stops:
        pk = stop.visit.citizen_id
        stop.last_here, stop.read_up = last.get(pk), pk in read
        stop.my_role, stop.call_first = roles.get(pk, ""), call_first.get(pk)
        unseen = [note for note in news.get(pk, ()) if _is_news(note, reader, stop.last_here)]
        stop.must_read = [note for note in unseen if note.for_next]
        stop.news = [note for note in unseen if not note.for_next][:NOTES_SHOWN]


def _is_news(note: Note, reader: Employee, last_here: datetime | None) -> bool:
    return note.author_id != reader.pk and (last_here is None or note.written_at > last_here)


def add_driving(stops: Iterable[Stop], start: dict[int, Unit]) -> None:
    """Driving time to each stop from the one before; to the first one from where the unit's cars stand."""
    here: Place | None = None
    for number, stop in enumerate(stops):
        if number == 0:
            here = place_of(start[stop.visit.round_id])
        there = place_of(stop.citizen)
        stop.drive = driving_minutes(here, there)
        here = there or here


def next_stop(stops: Iterable[Stop]) -> Stop | None:
    """The visit under way, otherwise the first one still to do."""
    open_stops = [stop for stop in stops if stop.visit.state in {"planned", "under_way"}]
    return min(open_stops, key=lambda stop: stop.visit.state != "under_way", default=None)
