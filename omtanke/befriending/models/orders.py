"""What can be ordered, and an order: who asks for visits to whom."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.people.models import Citizen, Employee, Unit


class ServiceArea(models.Model):
    """Something that the visit service does. Data: a service adds and takes away its own."""

    code = models.SlugField(max_length=30, unique=True)
    names = models.JSONField(help_text="By language: nb, sv and en.")
    about = models.JSONField(default=dict, help_text="One sentence for those who order, by language.")
    place = models.PositiveSmallIntegerField(default=0)
    offered = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the active language."""
        return _in_language(self.names)

    @property
    def sentence(self) -> str:
        return _in_language(self.about)


def _in_language(said: dict[str, str]) -> str:
    return said.get((get_language() or "en").split("-")[0]) or said.get("en") or next(iter(said.values()), "")


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def waiting(self) -> Self:
        """Those nobody has taken on yet."""
        return self.open().filter(taken_on_at=None)

    def oldest_first(self) -> Self:
        return self.order_by("ordered_at", "pk")


@with_history()
class Order(models.Model):
    """A relative, or the person themselves, asks a department for visits.

    What was typed on the public page stays as it was typed. When the department takes the order on, it is tied to a
    citizen; until then only the department's leaders see it.
    """

    department = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("department"))
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, blank=True, related_name="visit_orders")
    ordered_at = models.DateTimeField(_("ordered"), default=timezone.now)
    ordered_by = models.CharField(_("your name"), max_length=120)
    relation = models.CharField(_("who you are to them"), max_length=60, blank=True)
    phone = models.CharField(_("your phone"), max_length=20)
    email = models.EmailField(_("your e-mail"), blank=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    born = models.DateField(_("born"), null=True, blank=True)
    their_phone = models.CharField(_("their phone"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=120)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=60, blank=True)
    areas = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("what you would like"))
    wishes = models.TextField(_("what you hope for"), blank=True)
    person_knows = models.BooleanField(_("the person knows of it, and wants it"), default=False)
    has_it = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who has it")
    )
    taken_on_at = models.DateTimeField(null=True, blank=True)
    taken_on_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_because = models.CharField(_("why it ends"), max_length=300, blank=True)
    project_number = models.CharField(
        _("project number"), max_length=20, blank=True, help_text=_("The customer's project in Tripletex.")
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(citizen=None, taken_on_at=None) | Q(citizen__isnull=False, taken_on_at__isnull=False),
                name="order_taken_on_is_about_a_citizen",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "ordered_at"], condition=Q(closed_at=None), name="order_open"),
            models.Index(fields=["citizen"], name="order_by_citizen"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.department_id}"

    @property
    def for_whom(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def short_name(self) -> str:
        """As on lists: 'Aslaug N.'"""
        return f"{self.first_name} {self.last_name[:1]}."

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()
