"""Phones, the visits and activities they hold, and what was said and done on them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.everyday.models import Occurrence
from omtanke.people.models import Citizen, Employee
from omtanke.visits.models import Visit


class PhoneQuerySet(models.QuerySet["Phone"]):
    def holding(self, at: datetime) -> Self:
        """Those that hold a list now."""
        return self.filter(revoked_at=None, holds_until__gt=at)


class Phone(models.Model):
    """A telephone (or a tablet) that has taken a list along. Its number is made on the phone and means nothing else."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="phones")
    label = models.CharField(_("telephone"), max_length=80, blank=True, help_text="What it calls itself, as 'Android'.")
    first_seen = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    holds = models.CharField(max_length=200, blank=True, help_text="The lists it holds, in words.")
    holds_until = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PhoneQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-last_seen"], name="phone_by_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.label}"


class Held(models.Model):
    """A visit, or somebody's place at an activity, that a phone was given to take along, and until when.

    Kept: it tells what a lost phone held.
    """

    phone = models.ForeignKey(Phone, models.CASCADE, related_name="held")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, null=True, blank=True, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phone", "visit"], name="held_once"),
            models.UniqueConstraint(fields=["phone", "occurrence", "citizen"], name="place_held_once"),
            models.CheckConstraint(
                condition=Q(visit=None, occurrence__isnull=False) | Q(visit__isnull=False, occurrence=None),
                name="held_visit_or_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phone_id} {self.visit_id or self.occurrence_id}"


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        """Those that somebody has to look at."""
        return self.filter(seen_at=None).exclude(why="")

    def in_order(self) -> Self:
        return self.order_by("happened_at", "pk")


class Report(models.Model):
    """One thing said or done on a phone. Its id (UUID version 7) is made there, so that it is taken in once however
    often it is sent. Only ever added to, but for who has looked at it.

    `happened_at` is the phone's clock put right by the offset it measured; `device_at` is what the phone's clock said.
    """

    class Kind(models.TextChoices):
        START = "start", _("started the visit")
        END = "end", _("ended the visit")
        UNDO_START = "undo_start", _("took the start back")
        UNDO_END = "undo_end", _("took the end back")
        NOT_DONE = "not_done", _("could not do the visit")
        NOTE = "note", _("wrote in the visit book")
        WISH = "wish", _("caught a wish")
        TOOK_PART = "took_part", _("wrote down who took part")
        LOOKED_ON = "looked_on", _("wrote down who was there and looked on")
        NOT_THERE = "not_there", _("wrote down who did not come")
        HOW_IT_WAS = "how_it_was", _("wrote down how it was")

    class Why(models.TextChoices):
        """Why a person has to look at it."""

        SOMEBODY_ELSE = "somebody_else", _("Somebody else did this visit meanwhile.")
        NOT_DONE = "not_done", _("The visit was down as not done.")
        DONE = "done", _("The visit was down as done.")
        MOVED = "moved", _("The visit had been moved to another list meanwhile. It is written down as said here.")
        NOT_SEEN = "not_seen", _("Whoever did it no longer had access when it arrived.")
        DAY = "day", _("It arrived more than a day late.")
        RECORDED = "recorded", _("Somebody else wrote it down differently meanwhile.")
        CANCELLED = "cancelled", _("The activity was cancelled meanwhile.")
        NOT_YET = "not_yet", _("The activity had not begun then: perhaps it was moved.")
        ELSEWHERE = "elsewhere", _("The person stands as being at something else at that time.")
        ODD = "odd", _("It could not be read.")

    id = models.UUIDField(primary_key=True)
    phone = models.ForeignKey(Phone, models.PROTECT, related_name="reports")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="phone_reports")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    said = models.JSONField(default=dict, help_text="What goes with it: the words, the reason.")
    device_at = models.DateTimeField()
    offset_ms = models.BigIntegerField(default=0, help_text="Server's clock minus the phone's, as the phone measured.")
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    applied = models.BooleanField(default=False, help_text="It is in the record.")
    why = models.CharField(max_length=16, choices=Why.choices, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_words = models.CharField(_("what you did about it"), max_length=300, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["citizen", "happened_at"], name="phone_report_by_citizen"),
            models.Index(fields=["received_at"], condition=Q(seen_at=None) & ~Q(why=""), name="phone_report_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d %H:%M}"
