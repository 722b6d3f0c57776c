"""Secret feeds, partners' calendars, and what came of each time one was read."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.everyday.models import Activity, Organiser
from omtanke.people.models import Unit

ALIVE = timedelta(minutes=3)


class FeedQuerySet(models.QuerySet["Feed"]):
    def open(self) -> Self:
        return self.filter(ended_at=None, user__is_active=True)


class Feed(models.Model):
    """Somebody's secret address. Only its fingerprint is kept: it is shown once, and made anew when it is lost."""

    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    fingerprint = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="one_open_feed_each")
        ]

    def __str__(self) -> str:
        return f"feed of {self.user_id}"


def fingerprint_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class PartnerCalendar(models.Model):
    """A partner's calendar, uploaded now and then or fetched from an address every night."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    organiser = models.ForeignKey(Organiser, models.PROTECT, null=True, blank=True, verbose_name=_("organiser"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
    address = models.URLField(_("web address of the calendar"), blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True, help_text="Why the last fetch did not work.")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """What its activities are marked with."""
        return f"ical:{self.pk}"


class ImportedEvent(models.Model):
    """What we know an event of a partner's calendar by: so that reading it again changes what has changed."""

    partner = models.ForeignKey(PartnerCalendar, models.CASCADE, related_name="events")
    uid = models.CharField(max_length=255)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    when = models.CharField(max_length=64, help_text="Fingerprint of when it happens.")
    all = models.CharField(max_length=64, help_text="Fingerprint of all of it.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "uid"], name="event_is_there_once")]

    def __str__(self) -> str:
        return self.uid


class CalendarImportQuerySet(models.QuerySet["CalendarImport"]):
    def stopped(self, at: datetime) -> Self:
        """Said to be worked on, though nothing has been heard of it for a while."""
        working = [CalendarImport.State.LOOKING, CalendarImport.State.TAKING]
        return self.filter(state__in=working, beat_at__lt=at - ALIVE)


class CalendarImport(models.Model):
    """One reading of a partner's calendar: looked at first, then taken in. Many events are read by the worker.

    Waiting → looking → ready; ready → queued → taking → done. Failed: nothing of it was done.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        LOOKING = "looking", _("Is being looked at")
        READY = "ready", _("Looked at")
        QUEUED = "queued", _("Waits to be taken in")
        TAKING = "taking", _("Is being taken in")
        DONE = "done", _("Taken in")
        FAILED = "failed", _("Did not come to an end")

    partner = models.ForeignKey(PartnerCalendar, models.CASCADE, related_name="imports")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    content = models.BinaryField()
    report = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    end_gone = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0, help_text="How many events there are.")
    beat_at = models.DateTimeField(default=timezone.now)
    taken_in_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.partner} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def under_way(self) -> bool:
        return self.state not in {self.State.READY, self.State.DONE, self.State.FAILED}
