"""Questionnaires in their versions, and a citizen's answers to one of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.forms.items import Form
from omtanke.forms.reading import form_of
from omtanke.forms.texts import in_language
from omtanke.people.models import Citizen, Unit

_READ: dict[tuple[int, str, str, datetime], Form] = {}


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def active(self) -> Self:
        return self.filter(status=Questionnaire.Status.ACTIVE)

    def of_care(self) -> Self:
        """Without those that a visit service keeps to itself."""
        return self.filter(kept_within_unit=False)

    def in_order(self) -> Self:
        return self.order_by("title", "url", "-pk")


class Questionnaire(models.Model):
    """One version of a questionnaire. Its content is that of the file and stays as it was published."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("In use")
        RETIRED = "retired", _("Retired")

    url = models.CharField(max_length=200, help_text="The canonical url: which questionnaire, whatever its version.")
    version = models.CharField(_("version"), max_length=20)
    title = models.CharField(max_length=200, help_text="In the file's own language; see `name`.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    content = models.JSONField(help_text="The FHIR R4 Questionnaire as it was given.")
    page = models.CharField(max_length=60, blank=True, help_text="The page of its own where it is filled in.")
    opens_to_everyday = models.BooleanField(default=False, help_text="Also for those who arrange activities.")
    kept_within_unit = models.BooleanField(default=False, help_text="Only for the visit service it is filled in at.")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["url", "version"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["url"], condition=Q(status="active"), name="one_version_of_a_questionnaire_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.version}"

    @property
    def form(self) -> Form:
        """Read once and kept: a version's content never changes, and drafts are replaced by new rows."""
        kept = _READ.get(self.key)
        if kept is None:
            kept = _READ[self.key] = form_of(self.content)
        return kept

    @property
    def key(self) -> tuple[int, str, str, datetime]:
        return self.pk, self.url, self.version, self.added_at

    @property
    def name(self) -> str:
        """Its title in the active language."""
        return in_language(self.form.title, get_language() or "en")


class AnswersQuerySet(models.QuerySet["Answers"]):
    def to(self, url: str) -> Self:
        """Answers to a questionnaire, whatever its version."""
        return self.filter(questionnaire__url=url)

    def finished(self) -> Self:
        """Those that were answered to the end."""
        return self.filter(finished_at__isnull=False, declined=False)

    def settled(self) -> Self:
        """Answered, or answered with "no, thank you"."""
        return self.filter(finished_at__isnull=False)

    def paused(self) -> Self:
        return self.filter(finished_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-begun_at", "-pk")


class Answers(models.Model):
    """A citizen's answers to one version (FHIR: QuestionnaireResponse). Saved as they are given; finished, they stay.

    `open_to_everyday` is the questionnaire's when it was begun: the database's policy reads it beside the row. With
    `within` they belong to a department of a visit service, and are read there by those who visit the person and those
    who lead it: by nobody in the municipality's care, no administrator, no job (migration 0004).
    """

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="answers")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answers")
    open_to_everyday = models.BooleanField(default=False)
    within = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    given = models.JSONField(default=dict, help_text="Answers by path (omtanke/forms/items.py).")
    step = models.PositiveSmallIntegerField(default=0, help_text="Where it was paused.")
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    declined = models.BooleanField(default=False, help_text="The person would rather not: that is an answer too.")
    score = models.DecimalField(max_digits=9, decimal_places=2, null=True)

    objects = AnswersQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["citizen", "questionnaire"], condition=Q(finished_at=None), name="paused_once_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["citizen", "-begun_at"], name="answers_by_citizen"),
            models.Index(fields=["questionnaire", "finished_at"], name="answers_by_questionnaire"),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id}: {self.questionnaire_id}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None
