"""The visit book: what happened and what was said, in plain words, and what the next one must read."""

from __future__ import annotations

from collections.abc import Iterable
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


@transaction.atomic
def write_note(
    citizen: Citizen, text: str, *, for_next: bool, by: Employee, at: datetime, visit: Visit | None = None
) -> Note:
    """Write a line. The same words again at once (a button pressed twice) are the same line."""
    said = text.strip()
    just_now = Note.objects.filter(citizen=citizen, author=by, text=said, written_at__gt=at - PRESSED_TWICE)
    same = just_now.first()
    if same:
        return same
    return Note.objects.create(citizen=citizen, visit=visit, author=by, text=said, for_next=for_next, written_at=at)


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
