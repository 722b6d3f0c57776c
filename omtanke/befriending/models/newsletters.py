"""The monthly newsletter of the visit service: published, it is read without a login and says nothing about anybody."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


@with_history()
class Newsletter(models.Model):
    """One month's. A draft until it is published; it can be taken back and mended."""

    month = models.DateField(_("month"), unique=True, help_text="Its first day.")
    title = models.CharField(_("title"), max_length=80)
    lead = models.TextField(_("how it begins"), blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(month__day=1), name="newsletter_of_a_month"),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(published_by__isnull=False),
                name="newsletter_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.month:%Y-%m}"


class NewsletterPiece(models.Model):
    """One piece of it: a heading and what is told."""

    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(_("heading"), max_length=100)
    text = models.TextField(_("text"))

    class Meta:
        ordering: ClassVar = ["number", "pk"]

    def __str__(self) -> str:
        return self.heading
