"""Who must be told that an activity is cancelled or moved, who tells them, and that it was done."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.everyday.models.activities import Occurrence
from omtanke.everyday.models.volunteers import Volunteer
from omtanke.people.models import Citizen


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_tell(self) -> Self:
        return self.filter(told_at=None)

    def most_urgent_first(self) -> Self:
        return self.order_by("was", "occurrence", "about", "pk")


class Notice(models.Model):
    """Somebody who must be told. It stays until somebody has told them, and always names who does that.

    `was` is when the thing was to be, as the person knows it; when it is moved twice before they are told, the first.
    """

    class About(models.TextChoices):
        CANCELLED = "cancelled", _("Cancelled")
        MOVED = "moved", _("Moved")
        NO_LONGER_FITS = "no_longer_fits", _("Moved to a time when they are somewhere else")
        OVER_VISIT = "over_visit", _("Moved to a time when they have a visit")
        BACK = "back", _("Takes place after all")
        SEAT = "seat", _("A place is free for them")

    class How(models.TextChoices):
        CALLED = "called", _("Called")
        SAID = "said", _("Said it face to face")
        READ = "read", _("Read it here")

    citizen = models.ForeignKey(Citizen, models.CASCADE, null=True, blank=True, related_name="notices")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, null=True, blank=True, related_name="notices")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="notices")
    about = models.CharField(max_length=16, choices=About.choices)
    was = models.DateTimeField()
    words = models.CharField(_("why"), max_length=200, blank=True)
    teller = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who tells"))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(_("how"), max_length=8, choices=How.choices, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(citizen=None, volunteer__isnull=False) | Q(citizen__isnull=False, volunteer=None),
                name="notice_is_for_one_person",
            ),
            models.UniqueConstraint(
                fields=["occurrence", "citizen", "volunteer"],
                condition=Q(told_at=None),
                nulls_distinct=False,
                name="told_once_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(told_at=None) | Q(told_by__isnull=False), name="told_by_somebody"),
        ]
        indexes: ClassVar = [models.Index(fields=["was"], condition=Q(told_at=None), name="notice_to_tell")]

    def __str__(self) -> str:
        return f"{self.citizen_id or self.volunteer_id} {self.about} {self.occurrence_id}"

    @property
    def thing(self) -> tuple[int, str]:
        """What is told together: news of one time of an activity, or an offer of a place there."""
        news = self.about not in {self.About.SEAT, self.About.BACK}
        return self.occurrence_id, "" if news else self.about

    @property
    def phone(self) -> str:
        """The number to call them on; empty when none is known."""
        if self.citizen:
            return self.citizen.phone
        return self.volunteer.phone if self.volunteer else ""
