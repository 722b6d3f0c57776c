"""What somebody needs to take part: a ride, company, no stairs; who said it, and when."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.people.models import Citizen


class NeedsNoteQuerySet(models.QuerySet["NeedsNote"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class NeedsNote(models.Model):
    """What somebody needs to take part, as they or somebody who knows them said it. The latest row counts.

    The codes of what a place must have are those of `Needs`. No needs at all is an answer too.
    """

    class Need(models.TextChoices):
        RIDE = "ride", _("To be fetched and brought home")
        COMPANY = "company", _("Somebody to go with")
        WHEELCHAIR = "wheelchair", _("Uses a wheelchair")
        WALKING_AID = "walking_aid", _("Uses a walking aid")
        STEP_FREE = "step_free", _("Cannot manage stairs")
        TOILET = "toilet", _("An accessible toilet nearby")
        HEARING_LOOP = "hearing_loop", _("A hearing loop")
        QUIET = "quiet", _("Quiet around them")

    class SaidBy(models.TextChoices):
        SELF = "self", _("The person")
        KIN = "kin", _("Next of kin")
        STAFF = "staff", _("Somebody who helps them")

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="needs_notes")
    needs = ArrayField(
        models.CharField(max_length=14, choices=Need.choices), default=list, blank=True, verbose_name=_("needs")
    )
    words = models.CharField(_("in the person's own words"), max_length=300, blank=True)
    said_by = models.CharField(_("who says so"), max_length=6, choices=SaidBy.choices, default=SaidBy.SELF)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = NeedsNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["citizen", "-at"], name="needs_note_by_citizen")]

    def __str__(self) -> str:
        return f"{self.citizen_id}: {', '.join(self.needs)}"

    @property
    def labels(self) -> list[str]:
        """In words, in the order of `Need`."""
        return [str(label) for code, label in self.Need.choices if code in self.needs]
