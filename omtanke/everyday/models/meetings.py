"""Residents' meetings: what is talked about, who came, what was decided, and what came of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.people.models import Citizen, Employee, Unit


class ResidentsMeeting(models.Model):
    """Those who live in or belong to a unit meet and say how they want it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="residents_meetings", verbose_name=_("unit"))
    starts = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=80, blank=True)
    led_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who leads it")
    )
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-starts", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "starts"], name="residents_meet_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.starts:%Y-%m-%d}"


class MeetingItemQuerySet(models.QuerySet["MeetingItem"]):
    def waiting(self) -> Self:
        """Decided, and nobody has said yet what came of it."""
        return self.exclude(decision="").filter(outcome="")


class MeetingItem(models.Model):
    """Something that was on the agenda: what was said, what was decided, who has it and by when, what came of it.

    It is about the unit, not about one person, and names nobody of those who live there.
    """

    meeting = models.ForeignKey(ResidentsMeeting, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("what is talked about"), max_length=120)
    said = models.TextField(_("what was said"), blank=True)
    decision = models.CharField(_("what was decided"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who has it")
    )
    due = models.DateField(_("by when"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MeetingItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision="") | Q(owner__isnull=False), name="what_is_decided_has_an_owner"
            ),
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_item_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Presence(models.Model):
    """A citizen came to a residents' meeting."""

    meeting = models.ForeignKey(ResidentsMeeting, models.CASCADE, related_name="presences")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "citizen"], name="came_once_to_a_meeting")]

    def __str__(self) -> str:
        return f"{self.citizen_id} at {self.meeting_id}"
