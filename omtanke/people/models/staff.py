"""The people who do the work."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.people.models.places import Unit
from omtanke.people.sorting import sort_key


class Competence(models.TextChoices):
    """What somebody is trained for. Tasks ask for one of them."""

    NURSE = "nurse", _("Registered nurse")
    HEALTH_WORKER = "health_worker", _("Health worker")
    ASSISTANT = "assistant", _("Care assistant")
    HOME_HELPER = "home_helper", _("Home helper")
    MEDICATION = "medication", _("May give medicines")
    WOUND_CARE = "wound_care", _("Wound care")
    DEMENTIA = "dementia", _("Dementia care")
    PALLIATIVE = "palliative", _("Palliative care")
    DRIVER = "driver", _("Driving licence")


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def at_work(self) -> Self:
        return self.filter(active=True)

    def in_order(self) -> Self:
        return self.order_by("sort_name", "pk")


class Employee(models.Model):
    """Somebody employed in the service, permanent or temp. `user` is empty until they can log in."""

    number = models.CharField(_("employee number"), max_length=20, unique=True)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="employee")
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    title = models.CharField(_("title"), max_length=60, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="employees")
    competences = ArrayField(
        models.CharField(max_length=20, choices=Competence.choices),
        default=list,
        blank=True,
        verbose_name=_("competences"),
    )
    fraction = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Percent of full time."))
    is_temp = models.BooleanField(_("temp"), default=False)
    active = models.BooleanField(_("active"), default=True)
    sort_name = sort_key("last_name", "first_name")

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fraction__lte=100), name="position_is_at_most_full")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()
