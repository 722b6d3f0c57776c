"""The two trainings: a chapter read here or the whole video seen, and at the end "I have been through it".

What is written down is what somebody says they have done, each with its day. The same press twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from omtanke.befriending.long_texts import LongText, long_text
from omtanke.befriending.models import ChapterSeen, Training, TrainingDone
from omtanke.people.models import Employee


class ChaptersLeft(Exception):
    """Some chapters are not read or watched yet. `codes` are which."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.codes = codes


class NoSuchChapter(Exception):
    """The text in use has no such chapter."""


@dataclass(frozen=True)
class Standing:
    """How far a senior is with one training. `seen` is how each chapter was gone through, and when."""

    training: Training
    text: LongText
    seen: dict[str, ChapterSeen]
    done: TrainingDone | None

    @property
    def next_chapter(self) -> str:
        """The first chapter that is left; empty when there is none."""
        return next((code for code in self.text.codes if code not in self.seen), "")

    @property
    def count(self) -> int:
        return len(self.text.codes)

    @property
    def is_through(self) -> bool:
        return not self.next_chapter


def standing(senior: Employee, training: Training) -> Standing:
    """Done is done, whatever version of the text it was; chapters are those of the text in use."""
    text = long_text(training)
    chapters = ChapterSeen.objects.filter(senior=senior, training=training, version=text.version)
    done = TrainingDone.objects.filter(senior=senior, training=training).order_by("-version").first()
    return Standing(training, text, {one.chapter: one for one in chapters}, done)


@transaction.atomic
def see_chapter(senior: Employee, training: Training, chapter: str, *, how: ChapterSeen.How, at: datetime) -> None:
    """Raises NoSuchChapter."""
    text = long_text(training)
    if text.chapter(chapter) is None:
        raise NoSuchChapter
    ChapterSeen.objects.get_or_create(
        senior=senior, training=training, version=text.version, chapter=chapter, defaults={"how": how, "at": at}
    )


@transaction.atomic
def see_video(senior: Employee, training: Training, *, at: datetime) -> None:
    """They have seen the whole video: chapters that they have not read count as watched."""
    for chapter in long_text(training).codes:
        see_chapter(senior, training, chapter, how=ChapterSeen.How.WATCHED, at=at)


@transaction.atomic
def finish(senior: Employee, training: Training, *, at: datetime) -> TrainingDone:
    """They confirm that they have been through it. Raises ChaptersLeft."""
    where = standing(senior, training)
    left = [code for code in where.text.codes if code not in where.seen]
    if left:
        raise ChaptersLeft(left)
    done, _new = TrainingDone.objects.get_or_create(
        senior=senior, training=training, version=where.text.version, defaults={"at": at}
    )
    return done
