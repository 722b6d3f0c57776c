"""Work lists: the standing ones, the visits that recur on them, and who has which list on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.care.models import Decision
from omtanke.people.models import Citizen, Competence, Employee, Unit


class PartOfDay(models.TextChoices):
    DAY = "day", _("Day")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Night")


class WorkList(models.Model):
    """A standing list of a unit ("List 2, day"), which somebody has on each day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="work_lists")
    name = models.CharField(_("name"), max_length=40)
    part_of_day = models.CharField(_("part of day"), max_length=10, choices=PartOfDay.choices, default=PartOfDay.DAY)
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name", "part_of_day"], name="list_named_once")
        ]
        ordering: ClassVar = ["starts", "name"]

    def __str__(self) -> str:
        return self.name


class RecurringVisitQuerySet(models.QuerySet["RecurringVisit"]):
    def current(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


@with_history()
class RecurringVisit(models.Model):
    """A visit that a decision gives again and again: on these weekdays, at this time, on this list."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="recurring_visits")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="recurring_visits")
    work_list = models.ForeignKey(WorkList, models.PROTECT, related_name="recurring_visits", verbose_name=_("list"))
    second_list = models.ForeignKey(
        WorkList,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="second_halves",
        verbose_name=_("list of the second carer"),
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays"), help_text="0 is Monday.")
    every_weeks = models.PositiveSmallIntegerField(
        _("every … weeks"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    starts = models.TimeField(_("at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5), MaxValueValidator(480)])
    what = models.CharField(_("what is done"), max_length=200)
    competence = models.CharField(_("asks for"), max_length=20, choices=Competence.choices, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day without it."))

    objects = RecurringVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring visit")

    def __str__(self) -> str:
        return f"{self.what} {self.starts:%H:%M}"


class Round(models.Model):
    """A work list on one day, and who has it. Nobody has it until somebody takes it or it is handed out."""

    work_list = models.ForeignKey(WorkList, models.PROTECT, related_name="rounds")
    on = models.DateField(_("day"))
    taken_by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="rounds")
    taken_at = models.DateTimeField(null=True, blank=True)
    handed_out_by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_for = models.ForeignKey(
        Employee,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom a plan had in mind. Staff still take lists themselves.",
    )
    note = models.CharField(_("note to whoever has it"), max_length=300, blank=True)
    version = models.PositiveIntegerField(
        default=0, help_text="Counts edits, so that two editors do not undo each other."
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["work_list", "on"], name="one_round_a_day")]
        indexes: ClassVar = [
            models.Index(fields=["on", "work_list"], name="round_by_day"),
            models.Index(fields=["taken_by", "on"], name="round_by_carer"),
        ]

    def __str__(self) -> str:
        return f"{self.work_list} {self.on}"

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.on, self.work_list.starts))

    @property
    def ends_at(self) -> datetime:
        """When the list is over; a night list ends on the day after."""
        passes_midnight = self.work_list.ends <= self.work_list.starts
        last_day = self.on + timedelta(days=1) if passes_midnight else self.on
        return timezone.make_aware(datetime.combine(last_day, self.work_list.ends))
