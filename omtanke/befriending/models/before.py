"""What comes before the first visit: the talk with next of kin, the three criteria, the getting-to-know meeting."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.befriending.models.orders import Order
from omtanke.forms.models import Answers
from omtanke.people.models import Citizen, Employee, Unit


class OfOrder(models.Model):
    """A row about the person of an order; department and citizen are the order's, for the database's policies."""

    department = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@with_history()
class KinTalk(OfOrder):
    """The talk with next of kin that every order has before anything begins. Read by the department's leaders only."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="kin_talks")
    with_whom = models.CharField(_("with whom"), max_length=120)
    planned_at = models.DateTimeField(_("when"))
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    held_by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    notes = models.TextField(_("what was said"), blank=True)

    class Meta:
        ordering: ClassVar = ["planned_at", "pk"]

    def __str__(self) -> str:
        return f"talk of order {self.order_id}"


@with_history()
class Criterion(OfOrder):
    """One of the three criteria for getting visits: who judged it, when, and what they said."""

    class Kind(models.TextChoices):
        VOLUNTARY = "voluntary", _("It is voluntary, and the person wants it")
        CALM = "calm", _("The person is not known for sudden anger without a reason that others can see")
        TOILET = "toilet", _("The person manages the toilet alone")

    order = models.ForeignKey(Order, models.PROTECT, related_name="criteria")
    kind = models.CharField(_("criterion"), max_length=12, choices=Kind.choices)
    met = models.BooleanField(_("met"))
    words = models.CharField(_("in your own words"), max_length=300, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(_("judged"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "kind"], name="criterion_judged_once_in_an_order")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.kind}"


@with_history()
class Acquaintance(OfOrder):
    """The getting-to-know meeting ("Bli kjent"): when, who, how long, and the filled-in form.

    Its minutes and the notebook are hours and an expense of the service's own, not of the customer (Tripletex).
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="acquaintances")
    starts = models.DateTimeField(_("when"))
    held_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name=_("who holds it"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True, help_text=_("How long it took."))
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    also_there = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Employees who were there beside whoever held it."
    )
    answers = models.OneToOneField(Answers, models.PROTECT, null=True, blank=True, related_name="+")
    notebook_cost = models.DecimalField(_("notebook, kroner"), max_digits=7, decimal_places=2, null=True, blank=True)
    notebook_on = models.DateField(_("notebook bought"), null=True, blank=True)
    notebook_by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["starts", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__gt=0), name="acquaintance_takes_time"),
            models.CheckConstraint(
                condition=Q(notebook_cost=None) | Q(notebook_cost__gte=0), name="notebook_costs_something_or_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting of order {self.order_id}"

    @property
    def attending_ids(self) -> list[int]:
        """The employees who were there; each of them has worked as long as it took."""
        return sorted({self.held_by_id, *self.also_there})
