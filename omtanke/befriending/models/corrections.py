"""When the times of a visit were put right: by whom, why, and what stood there before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.befriending.models.before import OfOrder
from omtanke.befriending.models.visits import ServiceVisit


class TimesCorrected(OfOrder):
    """One correction; never changed. `was_booked`: the hours stood in the accounts already."""

    visit = models.ForeignKey(ServiceVisit, models.PROTECT, related_name="corrections")
    was_began_at = models.DateTimeField()
    was_ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(_("why"), max_length=300, blank=True)
    was_booked = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.visit_id} corrected {self.at:%Y-%m-%d}"
