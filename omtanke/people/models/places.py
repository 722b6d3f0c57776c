"""Units of the service and the hamlets people live in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from omtanke.people.sorting import sort_key


class Hamlet(models.Model):
    """A village or hamlet (grend): what neighbours share, and how activities and rides are thought of."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("Degrees north, WGS 84."))
    longitude = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("Degrees east, WGS 84."))

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of the service with people of its own: a zone, a sheltered housing, the practical help."""

    class Kind(models.TextChoices):
        ZONE = "zone", _("Home nursing zone")
        PRACTICAL_HELP = "practical_help", _("Practical help")
        SHELTERED_HOUSING = "sheltered_housing", _("Sheltered housing")
        SENIOR_CENTRE = "senior_centre", _("Senior centre")
        VISIT_SERVICE = "visit_service", _("Visit service")

    code = models.CharField(_("code"), max_length=30, unique=True, help_text=_("The name other systems know it by."))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ZONE)
    phone = models.CharField(_("phone"), max_length=20, blank=True, help_text=_("Whoever is on duty answers."))
    address = models.CharField(_("address"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("Where its cars stand."))
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    sort_name = sort_key("name")

    class Meta:
        ordering: ClassVar = ["sort_name"]

    def __str__(self) -> str:
        return self.name
