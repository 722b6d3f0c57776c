"""What the interest talk said stands in the way, until somebody has dealt with it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.forms.models import Answers
from omtanke.people.models import Citizen, Employee


class HindranceQuerySet(models.QuerySet["Hindrance"]):
    def open(self) -> Self:
        return self.filter(dealt_at=None)

    def about(self, interest: str) -> Self:
        return self.filter(interests__contains=[interest])

    def newest_first(self) -> Self:
        return self.order_by("-said_at", "pk")


class Hindrance(models.Model):
    """Something that stands in the way of what the person wants more of, and that no plan of a month can solve by
    itself. It is a question to somebody, by name, until they write what was done.

    One for each kind, not for each interest: it is one conversation. What a ride or company would solve is not here:
    the plan of the month looks for those (needs.py).
    """

    class Kind(models.TextChoices):
        """Codes of the interest talk."""

        HEALTH = "health", _("Health")
        MONEY = "money", _("Money")
        SENSES = "senses", _("Hearing or sight")
        DID_NOT_KNOW = "did_not_know", _("Did not know of it")
        DOES_NOT_DARE = "does_not_dare", _("Does not quite dare")

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="hindrances")
    answers = models.ForeignKey(Answers, models.PROTECT, related_name="+", help_text="The talk in which it was said.")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    interests = ArrayField(models.CharField(max_length=40), help_text="Of what: codes of the interest bank.")
    owner = models.ForeignKey(
        Employee, models.PROTECT, null=True, related_name="hindrances", verbose_name=_("who has it")
    )
    said_at = models.DateTimeField(default=timezone.now)
    dealt_at = models.DateTimeField(null=True, blank=True)
    dealt_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(_("what was done"), max_length=300, blank=True)

    objects = HindranceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "kind"], condition=Q(dealt_at=None), name="hindrance_open_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["citizen"], condition=Q(dealt_at=None), name="hindrance_open_by_citizen"),
            models.Index(fields=["owner"], condition=Q(dealt_at=None), name="hindrance_open_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.kind}"
