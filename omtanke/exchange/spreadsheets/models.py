"""Runs of the import from the page: what was uploaded, how far it is, and what came of it.

The web may add a file's bytes and never read them (the migration says so to the database): an administrator sees counts
and where the errors are, not whole records.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.exchange.spreadsheets.reports import Report
from omtanke.exchange.spreadsheets.words import Words

KEPT_FOR = timedelta(days=30)
SILENT_FOR = timedelta(seconds=60)  # no step of an import takes as long


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def stopped(self) -> Self:
        """Under way by their state, but silent: whoever worked on them is gone."""
        return self.filter(state__in=ImportRun.UNDER_WAY, beat_at__lt=timezone.now() - SILENT_FOR)


class ImportRun(models.Model):
    """One upload. Waits → is read → ready → waits to be taken in → is taken in → done; or cannot be used."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waits to be read")
        READING = "reading", _("Is being read")
        READY = "ready", _("Ready for you to look at")
        QUEUED = "queued", _("Waits to be taken in")
        TAKING = "taking", _("Is being taken in")
        DONE = "done", _("Taken in")
        UNUSABLE = "unusable", _("Cannot be used")
        FAILED = "failed", _("Stopped by an error at our end")

    UNDER_WAY = (State.READING, State.TAKING)
    MOVING = (State.UPLOADED, State.READING, State.QUEUED, State.TAKING)

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    uploaded_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    accept_good = models.BooleanField(default=False)
    report = models.JSONField(null=True)
    trouble = models.JSONField(null=True, help_text="Why the files cannot be used: a file and words.")
    stage = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(default=timezone.now, help_text="The last sign of life of whoever works on it.")
    finished_at = models.DateTimeField(null=True)
    files_removed_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_moving(self) -> bool:
        return self.state in self.MOVING

    @property
    def has_stopped(self) -> bool:
        silent = timezone.now() - self.beat_at > SILENT_FOR
        return self.state == self.State.FAILED or (self.state in self.UNDER_WAY and silent)

    @property
    def what_came_of_it(self) -> Report:
        return Report.from_json(self.report or {})

    @property
    def words_of_trouble(self) -> str:
        return f"{self.trouble['file']}: {Words.from_json(self.trouble)}" if self.trouble else ""

    @property
    def files_until(self) -> datetime:
        """When the files are removed."""
        return self.uploaded_at + KEPT_FOR

    @property
    def percent(self) -> int:
        """How far it is: reading is a fifth, comparing two, writing the rest."""
        begins, lasts = {"reading": (0, 20), "comparing": (20, 30), "writing": (50, 50)}.get(self.stage, (0, 0))
        return begins + lasts * self.done // max(self.of, 1)


class ImportFile(models.Model):
    """A file of a run: its name and size. They stay when the bytes are removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportContent(models.Model):
    """The bytes of a file. The web can put them here and cannot read them back; the worker can."""

    file = models.OneToOneField(ImportFile, models.CASCADE, primary_key=True, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file_id)
