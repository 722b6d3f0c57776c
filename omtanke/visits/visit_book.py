"""The visit book: what happened and what was said, in plain words, and what the next one must read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import transaction
from django.db.models import Q

from omtanke.people.models import Citizen, Employee
from omtanke.visits.models import Note, Visit
from omtanke.visits.models.visits import NoteQuerySet

PRESSED_TWICE = timedelta(minutes=2)
# How far back a list looks for news. What the next one must read waits for those who come seldom.
NEWS, FOR_NEXT = timedelta(days=7), timedelta(days=60)


def write_note(
    citizen: Citizen, text: str, *, for_next: bool, by: Employee, at: datetime, visit: Visit | None = None
) -> Note:
    """Write a line. The same words again at once (a button pressed twice) are the same line."""
    return write_notes([note_of(citizen.pk, text, for_next=for_next, by=by, at=at, visit=visit)])[0]


def note_of(
    citizen_id: int, text: str, *, for_next: bool, by: Employee, at: datetime, visit: Visit | None = None
) -> Note:
    """A line, not written yet."""
    said = text.strip()
    return Note(citizen_id=citizen_id, visit=visit, author=by, text=said, for_next=for_next, written_at=at)


@transaction.atomic
def write_notes(lines: Sequence[Note]) -> list[Note]:
    """Write lines, in one statement however many. Returns each as it stands: one pressed twice is the first one."""
    known = _near(lines)
    kept, new = [], []
    for line in sorted(lines, key=lambda one: one.written_at):
        same = next((other for other in known if _pressed_twice(line, other)), None)
        if same is None:
            new.append(line)
            known.append(line)
        kept.append(same or line)
    Note.objects.bulk_create(new)
    return kept


def _near(lines: Sequence[Note]) -> list[Note]:
    """What is written already about the same people at about the same time."""
    if not lines:
        return []
    times = [line.written_at for line in lines]
    span = (min(times) - PRESSED_TWICE, max(times) + PRESSED_TWICE)
    people = {line.citizen_id for line in lines}
    return list(Note.objects.filter(citizen__in=people, written_at__range=span))


def _pressed_twice(line: Note, other: Note) -> bool:
    same = (line.citizen_id, line.author_id, line.text) == (other.citizen_id, other.author_id, other.text)
    return same and abs(line.written_at - other.written_at) < PRESSED_TWICE


def search(notes: NoteQuerySet, words: str) -> NoteQuerySet:
    """The notes that say this, in whatever form of the words ("tur" finds "turen")."""
    vector = SearchVector("text", config="norwegian")
    query = SearchQuery(words, config="norwegian", search_type="websearch")
    return notes.annotate(said=vector).filter(Q(said=query) | Q(text__icontains=words))


def news_about(citizen_ids: Iterable[int], *, at: datetime) -> dict[int, list[Note]]:
    """Notes new enough to be news for somebody who comes today, by citizen, the latest first."""
    recent = Q(written_at__gte=at - NEWS) | Q(for_next=True, written_at__gte=at - FOR_NEXT)
    notes = Note.objects.filter(recent, citizen__in=list(citizen_ids)).select_related("author").latest_first()
    by_citizen: dict[int, list[Note]] = {}
    for note in notes:
        by_citizen.setdefault(note.citizen_id, []).append(note)
    return by_citizen
