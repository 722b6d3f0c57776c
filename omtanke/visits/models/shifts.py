"""When people are at work, and when they are away."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omtanke.people.constraints import moments, same
from omtanke.people.models import Employee, Unit


class ShiftQuerySet(models.QuerySet["Shift"]):
    def on_day(self, on: date) -> Self:
        return self.filter(starts__date=on)


class Shift(models.Model):
    """One person's planned work in one unit, from `starts` up to `ends`."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="shifts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shifts")
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    code = models.CharField(_("shift code"), max_length=10, blank=True, help_text=_("As the rota calls it: D, A, N."))

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_it_starts"),
            ExclusionConstraint(
                name="at_work_once_at_a_time",
                expressions=[
                    (same("employee"), RangeOperators.OVERLAPS),
                    (moments("starts", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "starts"], name="shift_by_unit")]

    def __str__(self) -> str:
        return f"{self.employee} {self.starts:%Y-%m-%d %H:%M}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def covering(self, on: date) -> Self:
        return self.filter(Q(last_day=None) | Q(last_day__gte=on), first_day__lte=on)


class Absence(models.Model):
    """Somebody is away from `first_day` through `last_day`; without a last day nobody knows yet."""

    class Kind(models.TextChoices):
        ILL = "ill", _("Ill")
        HOLIDAY = "holiday", _("Holiday")
        LEAVE = "leave", _("Leave")
        COURSE = "course", _("Course")
        OTHER = "other", _("Away")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="absences")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employee", "first_day"], name="absence_begins_once"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} {self.first_day}"
