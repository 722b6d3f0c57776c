"""What is good to know about a senior when somebody is chosen for a person: told by the senior, theirs to change."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from omtanke.people.models import Employee, Hamlet


class SeniorProfile(models.Model):
    """Where a senior lives, what they speak and like, and how much time they have. Never a measure of how good."""

    employee = models.OneToOneField(Employee, models.CASCADE, related_name="senior_profile")
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, verbose_name=_("hamlet"))
    languages = models.CharField(_("languages"), max_length=80, blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("interests"))
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week"), default=4)
    about = models.TextField(_("about me"), blank=True)

    def __str__(self) -> str:
        return f"senior {self.employee_id}"
