"""What somebody wishes for, in their own words, and every step from said to enjoyed or openly unmet."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.everyday.models.meetings import ResidentsMeeting
from omtanke.people.models import Citizen, Employee


class WishQuerySet(models.QuerySet["Wish"]):
    def open(self) -> Self:
        """Those that somebody still has to do something about."""
        return self.filter(state__in=Wish.OPEN)

    def newest_first(self) -> Self:
        return self.order_by("-said_at", "-pk")

    def as_ranked(self) -> Self:
        """As the person ranks them; those not ranked come last, newest first."""
        return self.order_by(models.F("rank").asc(nulls_last=True), "-said_at", "-pk")


@with_history()
class Wish(models.Model):
    """A wish in the person's own words. It always has an owner: whoever has it now.

    Said → offered → tried → enjoyed, again please, or not for me; or openly unmet, with a cause. "No, thank you" to an
    offer is an answer: the wish is said again, and another offer may come.
    """

    class State(models.TextChoices):
        SAID = "said", _("Said")
        OFFERED = "offered", _("Offered")
        TRIED = "tried", _("Tried")
        ENJOYED = "enjoyed", _("Became a moment")
        AGAIN = "again", _("Again, please")
        NOT_FOR_ME = "not_for_me", _("Not for me after all")
        UNMET = "unmet", _("Openly unmet")

    class Cause(models.TextChoices):
        """Why a wish cannot come true for now."""

        NO_OFFER = "no_offer", _("Nothing like it is offered")
        NO_COMPANY = "no_company", _("Nobody to go with")
        NO_RIDE = "no_ride", _("No ride")
        NO_SEAT = "no_seat", _("No room")
        PLACE = "place", _("The place does not fit")
        HEALTH = "health", _("Health")
        MONEY = "money", _("Money")
        SENSES = "senses", _("Hearing or sight")
        NOT_DARE = "not_dare", _("Does not quite dare")
        TIME = "time", _("The time does not fit")
        OTHER = "other", _("Something else")

    class Source(models.TextChoices):
        CAUGHT = "caught", _("Caught on the spot")
        TALK = "talk", _("Interest talk")
        MEETING = "meeting", _("Residents' meeting")
        KIN = "kin", _("Told by next of kin")

    OPEN: ClassVar = (State.SAID, State.OFFERED, State.TRIED, State.AGAIN)

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="wishes")
    words = models.CharField(_("in the person's own words"), max_length=300)
    interest = models.CharField(
        _("interest"), max_length=40, blank=True, help_text="A code of the interest bank (everyday/interests.py)."
    )
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.CAUGHT)
    meeting = models.ForeignKey(
        ResidentsMeeting, models.SET_NULL, null=True, blank=True, related_name="wishes", help_text="Where it was said."
    )
    said_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("said to"))
    said_at = models.DateTimeField(_("said"), default=timezone.now)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="wishes", verbose_name=_("who has it"))
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, help_text="1 is dearest to the person.")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.SAID)
    cause = models.CharField(_("why not"), max_length=12, choices=Cause.choices, blank=True)
    cause_words = models.CharField(_("why not, in words"), max_length=300, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="unmet") | ~Q(cause=""), name="unmet_wish_has_a_cause"),
            models.UniqueConstraint(
                fields=["citizen", "rank"], name="wish_ranked_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["citizen", "-said_at"], name="wish_by_citizen"),
            models.Index(fields=["owner", "state"], name="wish_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id}: {self.words[:40]}"


class WishStep(models.Model):
    """One step on a wish's way: what happened, who did it, when. Only ever added to."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    wish = models.ForeignKey(Wish, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=Wish.State.choices)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    owner = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="+", verbose_name=_("who has it from then")
    )
    participation = models.ForeignKey(
        "everyday.Participation", models.SET_NULL, null=True, blank=True, related_name="wish_steps"
    )

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.wish_id} {self.state}"
