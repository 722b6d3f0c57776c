"""Places to meet, who arranges something there, what is arranged, and each time it happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.people.models import Hamlet, Unit


class Needs(models.TextChoices):
    """What a place has, and what somebody needs to take part there."""

    STEP_FREE = "step_free", _("No stairs")
    TOILET = "toilet", _("Accessible toilet")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    WHEELCHAIR = "wheelchair", _("Room for wheelchairs")
    QUIET = "quiet", _("Quiet")


class Arena(models.Model):
    """A place where people meet: a hall, a church, a boathouse, a path."""

    name = models.CharField(_("name"), max_length=80)
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, verbose_name=_("hamlet"))
    address = models.CharField(_("address"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    has = ArrayField(
        models.CharField(max_length=14, choices=Needs.choices), default=list, blank=True, verbose_name=_("there is")
    )
    outdoors = models.BooleanField(_("outdoors"), default=False)
    contact_name = models.CharField(_("whom to ask"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "hamlet"], name="arena_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_words(self) -> list[str]:
        """What there is, in words, in the order of `Needs`."""
        return [str(label) for code, label in Needs.choices if code in self.has]


class Organiser(models.Model):
    """Who arranges activities: the municipality's own, a club, a parish, a shop, a school."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    contact_name = models.CharField(_("contact"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    web = models.URLField(_("web page"), blank=True)
    is_partner = models.BooleanField(_("partner organisation"), default=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """Something that is offered, once or again and again. Each time it happens is an Occurrence."""

    title = models.CharField(_("what"), max_length=80)
    about = models.TextField(_("about it"), blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("interests"))
    arena = models.ForeignKey(
        Arena, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("place")
    )
    organiser = models.ForeignKey(
        Organiser, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("organiser")
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("unit"),
        help_text=_("Empty: for the whole municipality."),
    )
    starts = models.DateTimeField(_("first time"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(10), MaxValueValidator(20160)]
    )
    all_day = models.BooleanField(_("the whole day"), default=False)
    repeats = models.CharField(
        max_length=300, blank=True, help_text="An RRULE (RFC 5545), without DTSTART; empty: once."
    )
    also_on = ArrayField(
        models.DateTimeField(), default=list, blank=True, help_text="Times beside the recurrence (RDATE)."
    )
    not_on = ArrayField(
        models.DateTimeField(),
        default=list,
        blank=True,
        help_text="Times of the recurrence that are left out (EXDATE).",
    )
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The activity that it continues, since it was changed from one time on.",
    )
    seats = models.PositiveSmallIntegerField(_("room for"), null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=7, decimal_places=2, null=True, blank=True)
    open_to_all = models.BooleanField(_("on the public calendar"), default=True)
    ride_possible = models.BooleanField(_("a ride can be arranged"), default=True)
    icon = models.CharField(max_length=40, blank=True, help_text="A name in frontend/icons.txt.")
    source_uid = models.CharField(max_length=255, blank=True, help_text="UID in the partner's calendar it came from.")
    source = models.CharField(max_length=300, blank=True, help_text="The partner's calendar it came from.")
    active = models.BooleanField(_("active"), default=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, help_text="For calendars that subscribe to it.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_uid"], condition=~Q(source_uid=""), name="imported_activity_is_there_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def between(self, since: datetime, until: datetime) -> Self:
        return self.filter(starts__lt=until, ends__gt=since)

    def going_ahead(self) -> Self:
        return self.filter(cancelled_at=None)

    def in_order(self) -> Self:
        return self.order_by("starts", "pk")

    def with_place(self) -> Self:
        return self.select_related("activity__arena__hamlet", "activity__organiser", "activity__unit", "arena__hamlet")

    def in_hamlet(self, hamlet_id: int) -> Self:
        moved_there = Q(arena__hamlet=hamlet_id)
        return self.filter(moved_there | Q(arena=None, activity__arena__hamlet=hamlet_id))

    def for_unit(self, unit_id: int) -> Self:
        """What the unit offers, and what is for the whole municipality."""
        return self.filter(Q(activity__unit=unit_id) | Q(activity__unit=None))


class Occurrence(models.Model):
    """One time that an activity happens. Moved or cancelled by itself, without changing the others."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="occurrences")
    recurs_on = models.DateTimeField(
        null=True, blank=True, help_text="The time the recurrence gave it (RECURRENCE-ID)."
    )
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    arena = models.ForeignKey(Arena, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    note = models.CharField(_("for this time"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(_("why it is cancelled"), max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, help_text="For calendars that subscribe to it.")

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="occurrence_ends_after_it_starts"),
            models.UniqueConstraint(fields=["activity", "recurs_on"], name="recurs_once_at_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["starts"], name="occurrence_by_time")]

    def __str__(self) -> str:
        return f"{self.activity} {self.starts:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> Arena | None:
        """Where it is this time."""
        return self.arena or self.activity.arena

    @property
    def was_moved(self) -> bool:
        """Was it given another time or place by hand?"""
        length = timedelta(minutes=self.activity.minutes)
        as_laid_out = self.recurs_on in {None, self.starts} and self.ends - self.starts == length
        return not as_laid_out or self.arena_id is not None
