"""Ambassadors and partner organisations of the visit service, and who stays in touch with each."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.everyday.models import Organiser


class SupporterQuerySet(models.QuerySet["Supporter"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def overdue(self, on: date) -> Self:
        return self.active().filter(next_contact_on__lt=on)

    def soonest_first(self) -> Self:
        return self.order_by("next_contact_on", "name", "pk")


@with_history()
class Supporter(models.Model):
    """Somebody outside who speaks for the visit service, or an organisation that works with it.

    The organisation is the one that also arranges activities (`everyday.Organiser`): there is one register of them.
    """

    class Kind(models.TextChoices):
        AMBASSADOR = "ambassador", _("Ambassador")
        VOLUNTEER_CENTRE = "volunteer_centre", _("Volunteer centre")
        PENSIONERS = "pensioners", _("Pensioners' association")
        RELATIVES = "relatives", _("Association of next of kin")
        ELDERS_OMBUD = "elders_ombud", _("Ombud for the elderly, elders' council")
        HEALTH = "health", _("Health service, municipality")
        OTHER = "other", _("Another partner")

    name = models.CharField(_("name of the person"), max_length=120)
    kind = models.CharField(_("who they are to us"), max_length=20, choices=Kind.choices)
    organiser = models.ForeignKey(
        Organiser, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    cares_for = models.TextField(_("what they care for"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who stays in touch"))
    next_contact_on = models.DateField(_("next contact"), null=True, blank=True)
    next_about = models.CharField(_("about what"), max_length=200, blank=True)
    active = models.BooleanField(_("active"), default=True)

    objects = SupporterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            # Nobody is forgotten silently: whoever is active has a next contact.
            models.CheckConstraint(
                condition=Q(active=False) | Q(next_contact_on__isnull=False), name="supporter_has_a_next_contact"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SupporterContact(models.Model):
    """A contact held: when, by whom, what was said."""

    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="contacts")
    on = models.DateField(_("day"))
    said = models.TextField(_("what you talked about"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.supporter_id} {self.on}"
