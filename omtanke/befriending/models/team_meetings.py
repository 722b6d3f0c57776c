"""The monthly meeting of the visiting seniors: safety, well-being, good practice."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.people.models import Employee, Unit


class TeamMeetingQuerySet(models.QuerySet["TeamMeeting"]):
    def coming(self, at: datetime) -> Self:
        return self.filter(ends__gte=at, cancelled_at=None).order_by("starts", "pk")

    def before(self, at: datetime) -> Self:
        return self.filter(ends__lt=at, cancelled_at=None).order_by("-starts", "-pk")

    def of_departments(self, unit_ids: frozenset[int] | None) -> Self:
        """Of these departments, and those that are for everybody; None: all."""
        if unit_ids is None:
            return self
        return self.filter(models.Q(department=None) | models.Q(department__in=unit_ids))


@with_history()
class TeamMeeting(models.Model):
    """One meeting. All visiting seniors of the department (without one: of all departments) are invited."""

    class Theme(models.TextChoices):
        SAFETY = "safety", _("Safety")
        WELL_BEING = "well_being", _("Well-being")
        ETHICS = "ethics", _("Ethical practice")
        OTHER = "other", _("Something else")

    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the seniors of")
    )
    theme = models.CharField(_("theme"), max_length=12, choices=Theme.choices)
    about = models.TextField(_("what we talk about"), blank=True)
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("address of the video meeting"), max_length=500, blank=True)
    called_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = TeamMeetingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="team_meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~models.Q(place="") | ~models.Q(link=""), name="team_meeting_has_a_place_or_a_link"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.starts:%Y-%m-%d}"


class MeetingAnswer(models.Model):
    """What one senior answered, and whether they were there."""

    meeting = models.ForeignKey(TeamMeeting, models.CASCADE, related_name="answers")
    senior = models.ForeignKey(Employee, models.PROTECT, related_name="meeting_answers")
    comes = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "senior"], name="meeting_answered_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.senior_id}"
