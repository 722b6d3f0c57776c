"""What a visiting senior has seen, signed and read before the first visit, each with its day and by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.befriending.models.before import OfOrder
from omtanke.people.models import Employee


class Training(models.TextChoices):
    """The two trainings; each is a text in chapters (`texts/`) and, where the department has linked one, a video."""

    PREPARATION = "preparation", _("Before the visit")
    VISIT = "visit", _("Carrying out the visit")


@with_history()
class TrainingVideo(models.Model):
    """Where the video of a training is. It lies with whoever the department trusts with it; we keep the address."""

    training = models.CharField(_("training"), max_length=12, choices=Training.choices, unique=True)
    url = models.URLField(_("address of the video"), max_length=500)
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), null=True, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.training


class ChapterSeen(models.Model):
    """A senior has gone through one chapter: read it here, or heard it in the video. Both count alike."""

    class How(models.TextChoices):
        READ = "read", _("read")
        WATCHED = "watched", _("seen in the video")

    senior = models.ForeignKey(Employee, models.PROTECT, related_name="chapters_seen")
    training = models.CharField(max_length=12, choices=Training.choices)
    version = models.PositiveSmallIntegerField()
    chapter = models.CharField(max_length=20)
    how = models.CharField(max_length=8, choices=How.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["senior", "training", "version", "chapter"], name="chapter_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.senior_id} {self.training} {self.chapter}"


class TrainingDone(models.Model):
    """A senior has confirmed that they have been through a whole training."""

    senior = models.ForeignKey(Employee, models.PROTECT, related_name="trainings_done")
    training = models.CharField(max_length=12, choices=Training.choices)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["senior", "training", "version"], name="training_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.senior_id} {self.training}"


class Signature(models.Model):
    """A senior has signed the confidentiality declaration. What stood there is kept as they read it; only added to."""

    senior = models.ForeignKey(Employee, models.PROTECT, related_name="declarations")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    words = models.TextField(help_text="The whole text, as it was signed.")
    name = models.CharField(_("your full name"), max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["senior", "version"], name="declaration_signed_once")]

    def __str__(self) -> str:
        return f"{self.senior_id} {self.version}"


class PlanRead(OfOrder):
    """A senior has read a person's exercise plan and tried the exercises. A changed plan is read anew."""

    senior = models.ForeignKey(Employee, models.PROTECT, related_name="plans_read")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["citizen", "senior", "-at"], name="plan_read_latest")]

    def __str__(self) -> str:
        return f"{self.senior_id} {self.citizen_id}"
