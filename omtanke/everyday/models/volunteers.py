"""Volunteers: who they are, when they can, the gates before a first assignment, and what they have said yes to."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.everyday.models.activities import Occurrence
from omtanke.everyday.models.participation import Participation
from omtanke.people.constraints import moments, same
from omtanke.people.models import Citizen, Employee, Hamlet


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def ready(self) -> Self:
        """Those who have been through all gates and have not stopped."""
        return self.filter(
            stopped_on=None,
            talked_on__isnull=False,
            confidentiality_on__isnull=False,
            certificate_seen_on__isnull=False,
        )


@with_history()
class Volunteer(models.Model):
    """Somebody who gives of their time. The police certificate is seen and its date noted; it is never stored."""

    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="volunteer")
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=20)
    email = models.EmailField(_("email"), blank=True)
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, verbose_name=_("hamlet"))
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    about = models.TextField(_("about me"), blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("interests"))
    languages = models.CharField(_("languages"), max_length=80, blank=True)
    range_km = models.PositiveSmallIntegerField(_("how far, in kilometres"), default=20)
    times_a_month = models.PositiveSmallIntegerField(_("how often in a month"), default=2)
    has_car = models.BooleanField(_("has a car"), default=False)
    seats = models.PositiveSmallIntegerField(_("seats for others"), default=0)
    wheelchair_places = models.PositiveSmallIntegerField(_("places for a wheelchair"), default=0)
    signed_up_at = models.DateTimeField(default=timezone.now)
    looked_after_by = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who looks after them")
    )
    talked_on = models.DateField(_("conversation held"), null=True, blank=True)
    confidentiality_on = models.DateField(_("confidentiality signed"), null=True, blank=True)
    certificate_seen_on = models.DateField(_("police certificate seen"), null=True, blank=True)
    stopped_on = models.DateField(_("stopped"), null=True, blank=True)
    accompanies = models.PositiveSmallIntegerField(_("how many at once"), default=2)
    consented_at = models.DateTimeField(null=True, blank=True, help_text="When they said yes to being registered.")

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        """Through all gates, and still with us. The database holds the same (migration 0010)."""
        gates = (self.talked_on, self.confidentiality_on, self.certificate_seen_on)
        return all(gates) and self.stopped_on is None


@with_history()
class Availability(models.Model):
    """When a volunteer usually can: a weekday, from one time of day to another."""

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="availabilities")
    weekday = models.PositiveSmallIntegerField(_("weekday"), help_text="0 is Monday.")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        ordering: ClassVar = ["weekday", "starts"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="availability_on_a_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="availability_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.weekday} {self.starts:%H:%M}"

    @property
    def day_name(self) -> str:
        return str(WEEKDAYS[self.weekday])


@with_history()
class Assignment(models.Model):
    """A volunteer asked to be company or to drive, for one citizen. Asked → accepted or declined; then done."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        RIDE = "ride", _("Ride")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")
        DONE = "done", _("Done")

    class Doubt(models.TextChoices):
        """What no longer fits since the volunteer changed what they can."""

        TIME = "time", _("not at that time any more")
        RANGE = "range", _("further away than they come now")
        CAR = "car", _("no car any more")
        SEATS = "seats", _("fewer seats than there are people")

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="assignments")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="assignments")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, blank=True, related_name="assignments")
    participation = models.ForeignKey(Participation, models.SET_NULL, null=True, blank=True, related_name="assignments")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("to"))
    pick_up_at = models.DateTimeField(_("picked up"), null=True, blank=True)
    stop_number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which stop of the ride, from 1.")
    words = models.CharField(_("message"), max_length=300, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes given"), null=True, blank=True)
    doubts = ArrayField(
        models.CharField(max_length=5, choices=Doubt.choices),
        default=list,
        blank=True,
        help_text="It stands; whether it still can is asked.",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="assignment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["participation", "kind"],
                condition=Q(state__in=["asked", "accepted", "done"]),
                name="one_volunteer_for_each_part",
            ),
            # One volunteer may go with several people to the same thing, never to two things at once.
            ExclusionConstraint(
                name="volunteer_in_one_place_at_a_time",
                expressions=[
                    (same("volunteer"), RangeOperators.OVERLAPS),
                    (moments("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["asked", "accepted", "done"], occurrence=None),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["volunteer", "starts"], name="assignment_by_volunteer")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.kind} {self.citizen_id}"

    @property
    def doubt_labels(self) -> list[str]:
        return [str(self.Doubt(code).label) for code in self.doubts]


class HelpWantedQuerySet(models.QuerySet["HelpWanted"]):
    def open(self) -> Self:
        return self.filter(found_at=None)

    def soonest_first(self) -> Self:
        return self.order_by("starts", "pk")


class HelpWanted(models.Model):
    """Somebody is to have company or a ride, and has nobody: nobody has been asked yet, or whoever was asked cannot.

    It stays, with an owner, until it is solved.
    """

    class Because(models.TextChoices):
        DECLINED = "declined", _("could not this time")
        STOPPED = "stopped", _("has stopped")
        MOVED = "moved", _("is somewhere else at the new time")
        AGAIN = "again", _("was told not to come; now it is needed after all")
        NEEDED = "needed", _("nobody has been asked yet")

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    assignment = models.OneToOneField(
        Assignment, models.CASCADE, null=True, blank=True, related_name="help_wanted", help_text="Who was asked before."
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Assignment.Kind.choices)
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, blank=True, related_name="+")
    participation = models.ForeignKey(Participation, models.SET_NULL, null=True, blank=True, related_name="help_wanted")
    because = models.CharField(max_length=10, choices=Because.choices)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", verbose_name=_("who has it"))
    starts = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    found_at = models.DateTimeField(null=True, blank=True)
    found_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = HelpWantedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participation", "kind"],
                condition=Q(assignment=None),
                name="wanted_once_before_anyone_is_asked",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["starts"], condition=Q(found_at=None), name="help_wanted_open")]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.kind} {self.because}"
