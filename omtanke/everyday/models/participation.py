"""A citizen and one time of an activity: proposed, invited, yes or no, and how it was."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.everyday.models.activities import Occurrence
from omtanke.everyday.models.wishes import Wish
from omtanke.people.constraints import moments, same
from omtanke.people.models import Citizen


@with_history()
class Participation(models.Model):
    """Somebody's place at one time of an activity. Looking on is taking part; "no" is an answer.

    Whoever waits for a place has none; since when they wait is `answered_at`.

    `starts` and `ends` are those of the occurrence, from when the person is fetched until they are home again when that
    is known: the database holds that nobody is in two places at once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a place")
        INVITED = "invited", _("Invited")
        YES = "yes", _("Said yes")
        NO = "no", _("Said no")
        CANCELLED = "cancelled", _("Cancelled")
        THERE = "there", _("Was there")
        NOT_THERE = "not_there", _("Did not come")

    class Part(models.TextChoices):
        ACTIVE = "active", _("Took part")
        LOOKING_ON = "looking_on", _("Was there and looked on")

    class Way(models.TextChoices):
        """How they get there and home again, as they say. Empty: nobody has asked; the month's plan asks by itself."""

        DRIVER = "driver", _("Needs somebody of us to drive")
        DRIVEN = "driven", _("Somebody they know drives")
        WALKS = "walks", _("Goes on foot")
        OWN = "own", _("Gets there in their own way")

    TAKES_PLACE: ClassVar = (State.INVITED, State.YES, State.THERE)

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="participations")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="participations")
    wish = models.ForeignKey(Wish, models.SET_NULL, null=True, blank=True, related_name="participations")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.INVITED)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    part = models.CharField(_("how"), max_length=10, choices=Part.choices, blank=True)
    words = models.CharField(_("how it was, in the person's own words"), max_length=300, blank=True)
    smile = models.PositiveSmallIntegerField(
        _("how it was"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    way = models.CharField(_("how they get there"), max_length=8, choices=Way.choices, blank=True)
    driven_by = models.CharField(_("who drives"), max_length=80, blank=True)
    wants_company = models.BooleanField(_("wants somebody to go with"), default=False)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "occurrence"], name="takes_part_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="participation_ends_after_it_starts"),
            ExclusionConstraint(
                name="in_one_place_at_a_time",
                expressions=[
                    (same("citizen"), RangeOperators.OVERLAPS),
                    (moments("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["invited", "yes", "there"]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["citizen", "starts"], name="participation_by_citizen")]

    def __str__(self) -> str:
        return f"{self.citizen_id} at {self.occurrence_id}: {self.state}"
