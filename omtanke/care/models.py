"""Decisions and named contacts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.people.constraints import days, same
from omtanke.people.models import Citizen, Employee, Unit

# Two weeks is one round of a rota: after that a decision is everyday.
NEW_FOR = timedelta(days=14)
# Time for the allocation office to look at the case again before the help stops.
SOON = timedelta(days=28)


class PeriodQuerySet(models.QuerySet):  # type: ignore[type-arg] # shared by two models
    def current(self, on: date | None = None) -> Self:
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class Service(models.TextChoices):
    """What a decision grants. The codes of the national register (KPR) stand in docs/glossary.md."""

    HOME_NURSING = "home_nursing", _("Home nursing")
    PRACTICAL_HELP = "practical_help", _("Practical help")
    DAY_ACTIVITY = "day_activity", _("Day activity")
    MEALS = "meals", _("Meals brought home")
    SAFETY_ALARM = "safety_alarm", _("Safety alarm")
    RESPITE = "respite", _("Respite")
    SUPPORT_CONTACT = "support_contact", _("Support contact")


# Services that are given by going to somebody's home; the others are given elsewhere, or by others than the lists.
GIVEN_BY_VISITS = (Service.HOME_NURSING, Service.PRACTICAL_HELP, Service.RESPITE)


class DecisionQuerySet(PeriodQuerySet):
    def in_order(self) -> Self:
        return self.order_by("service", "since", "pk")

    def not_ended(self, on: date) -> Self:
        """Those that hold now or will."""
        return self.filter(Q(until=None) | Q(until__gt=on))

    def new(self, on: date) -> Self:
        """Those that began lately, or are about to."""
        return self.not_ended(on).filter(since__gt=on - NEW_FOR)

    def ending_soon(self, on: date) -> Self:
        return self.filter(until__gt=on, until__lte=on + SOON)

    def given_by_visits(self) -> Self:
        """Those that ask for a place on a work list."""
        return self.filter(service__in=GIVEN_BY_VISITS, minutes_per_week__gt=0)


@with_history()
class Decision(models.Model):
    """A decision (vedtak) of the allocation office: a service, so many minutes a week, from when, by which unit."""

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="decisions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decisions", verbose_name=_("unit"))
    service = models.CharField(_("service"), max_length=20, choices=Service.choices)
    minutes_per_week = models.PositiveIntegerField(_("minutes a week"), validators=[MinValueValidator(0)])
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("What the help is to make possible."))
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day it no longer holds."))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="decision_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def last_day(self) -> date | None:
        """As people say it: the last day it holds."""
        return self.until - timedelta(days=1) if self.until else None


class ContactQuerySet(PeriodQuerySet):
    def primary(self) -> Self:
        return self.filter(role=NamedContact.Role.PRIMARY)


@with_history()
class NamedContact(models.Model):
    """Somebody who is the primary or secondary contact of a citizen for a time. Handed over, never overwritten."""

    class Role(models.TextChoices):
        PRIMARY = "primary", _("Primary contact")
        SECONDARY = "secondary", _("Secondary contact")

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="contacts")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="contact_for")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day somebody else is."))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("named contact")
        constraints: ClassVar = [
            *(
                ExclusionConstraint(
                    name=f"one_{role}_contact_at_a_time",
                    expressions=[
                        (same("citizen"), RangeOperators.OVERLAPS),
                        (days("since", "until"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(role=role),
                )
                for role in ("primary", "secondary")
            )
        ]
        indexes: ClassVar = [models.Index(fields=["employee", "until"], name="contact_by_employee")]

    def __str__(self) -> str:
        return f"{self.employee} {self.role} {self.citizen_id}"


@with_history()
class Reminder(models.Model):
    """On this day a citizen, and those close to them, were told who their contacts are."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="reminders")
    on = models.DateField(_("day"))
    told_by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["citizen", "on"], name="reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.on}"
