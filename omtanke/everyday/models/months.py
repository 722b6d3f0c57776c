"""A month planned from wishes: what is proposed for whom, what cannot be and why, and what one more would give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.everyday.models.activities import Occurrence
from omtanke.everyday.models.participation import Participation
from omtanke.everyday.models.volunteers import Volunteer
from omtanke.everyday.models.wishes import Wish
from omtanke.kernel.moments.reasons import Why
from omtanke.people.models import Citizen, Hamlet, Unit

ALIVE = timedelta(minutes=3)


class MatchingNo(models.Model):
    """Somebody does not want to be matched, or wants it again: who wrote it, and when. The latest row counts."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    says_no = models.BooleanField()
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.citizen_id} {'no' if self.says_no else 'yes'}"


class MonthPlanQuerySet(models.QuerySet["MonthPlan"]):
    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def within(self, unit_ids: Iterable[int]) -> Self:
        """Of these units and no others."""
        others = MonthPlan.units.through.objects.exclude(unit_id__in=list(unit_ids))
        return self.exclude(pk__in=others.values("monthplan_id"))

    def stopped(self, at: datetime) -> Self:
        """Said to be running, though nothing has been heard of them for a while."""
        return self.filter(state=MonthPlan.State.RUNNING, beat_at__lt=at - ALIVE)


class MonthPlan(models.Model):
    """A proposal for a month in one unit, or in several together: then they share activities, volunteers and cars.

    Waiting → running → ready or failed; ready → invited.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        RUNNING = "running", _("Is being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Did not come to an end")
        INVITED = "invited", _("People are asked")

    units = models.ManyToManyField(Unit, related_name="+")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)
    progress = models.FloatField(default=0.0)
    begins_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    people = models.PositiveIntegerField(default=0, help_text="Who have a wish and want to be matched.")
    wishes = models.PositiveIntegerField(default=0)
    most_wishes = models.PositiveIntegerField(default=0, help_text="No plan whatever could have more.")
    without = models.PositiveIntegerField(default=0, help_text="Who have nothing, and had nothing lately.")

    objects = MonthPlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="month_has_days")]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("everyday:month", args=[self.pk])

    @property
    def where(self) -> str:
        """The unit's name, or how many they are."""
        names = [one.name for one in self.units.all()]
        return names[0] if len(names) == 1 else _("%(n)d units") % {"n": len(names)}


class MonthChoice(models.Model):
    """Somebody goes to something for a wish; with whom, and who drives. Kept, pinned or taken out by a person."""

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="choices")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    wish = models.ForeignKey(Wish, models.CASCADE, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="+")
    driver = models.ForeignKey(Volunteer, models.SET_NULL, null=True, related_name="+")
    companion = models.ForeignKey(Volunteer, models.SET_NULL, null=True, related_name="+")
    stop_number = models.PositiveSmallIntegerField(null=True)
    leaves_at = models.DateTimeField(help_text="Is fetched, or leaves home.")
    home_at = models.DateTimeField()
    driver_out = models.PositiveSmallIntegerField(default=0, help_text="Minutes from the driver's home to the start.")
    pinned = models.BooleanField(default=False)
    taken_out = models.BooleanField(default=False)
    participation = models.ForeignKey(Participation, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "wish", "occurrence"], name="chosen_once_in_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.citizen_id} at {self.occurrence_id}"


class MonthUnmet(models.Model):
    """A wish that does not come true in the plan, with the reason."""

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="unmet")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    wish = models.ForeignKey(Wish, models.CASCADE, related_name="+")
    why = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Why])
    occurrence = models.ForeignKey(Occurrence, models.SET_NULL, null=True, related_name="+")
    missing = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.wish_id} {self.why}"


class MonthGain(models.Model):
    """What one more volunteer in a hamlet, one more activity, or one more seat at one would give at least. Counts
    wishes, names nobody."""

    class Kind(models.TextChoices):
        VOLUNTEER = "volunteer", _("one more volunteer with a car")
        ACTIVITY = "activity", _("one more activity")
        SEAT = "seat", _("one more seat")

    plan = models.ForeignKey(MonthPlan, models.CASCADE, related_name="gains")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    hamlet = models.ForeignKey(Hamlet, models.CASCADE, null=True, related_name="+")
    interest = models.CharField(max_length=40, blank=True)
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, null=True, related_name="+")
    wishes = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-wishes", "pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind} {self.wishes}"
