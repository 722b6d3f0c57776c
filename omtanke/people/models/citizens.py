"""Citizens, what matters to them, where they belong, and the circle around them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.people.constraints import days, same
from omtanke.people.models.places import Hamlet, Unit
from omtanke.people.sorting import sort_key


class CitizenQuerySet(models.QuerySet["Citizen"]):
    def of_unit(self, unit_id: int, on: date | None = None) -> Self:
        return self.filter(pk__in=Belonging.objects.current(on).filter(unit_id=unit_id).values("citizen_id"))

    def in_order(self) -> Self:
        return self.order_by("sort_name", "pk")


@with_history()
class Citizen(models.Model):
    """Somebody who lives in the municipality, with or without services."""

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    called = models.CharField(_("likes to be called"), max_length=40, blank=True)
    national_id = models.CharField(
        _("national identity number"),
        max_length=12,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Fødselsnummer, D-number or Swedish personnummer, digits only."),
    )
    born = models.DateField(_("born"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=60, blank=True)
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, verbose_name=_("hamlet"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    memory_loss = models.BooleanField(_("needs to be reminded"), default=False)
    vulnerable = models.BooleanField(
        _("spare new faces"), default=False, help_text=_("New faces are hard for this person: change last.")
    )
    sort_name = sort_key("last_name", "first_name")

    objects = CitizenQuerySet.as_manager()

    class Meta:
        verbose_name = _("citizen")
        indexes: ClassVar = [models.Index(fields=["sort_name"], name="citizen_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def short_name(self) -> str:
        """As on lists, where full names are not printed by default: 'Aslaug N.'"""
        return f"{self.first_name} {self.last_name[:1]}."

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    def age(self, on: date) -> int | None:
        """Whole years on a day, or None while the birth date is unknown."""
        if self.born is None:
            return None
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@with_history()
class Portrait(models.Model):
    """Who the person is, in their own words first: what carers read before they go in."""

    citizen = models.OneToOneField(Citizen, models.CASCADE, related_name="portrait")
    what_matters = models.TextField(_("what matters to me"), blank=True, help_text=_("The person's own words."))
    talk_about = models.CharField(_("likes to talk about"), max_length=300, blank=True)
    avoid = models.CharField(_("better not to talk about"), max_length=300, blank=True)
    good_to_know = models.TextField(_("good to know before you go in"), blank=True)
    i_do_myself = models.TextField(_("what I do myself"), blank=True)
    life_story = models.TextField(_("from my life"), blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    def __str__(self) -> str:
        return f"portrait of {self.citizen_id}"


class BelongingQuerySet(models.QuerySet["Belonging"]):
    def current(self, on: date | None = None) -> Self:
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


@with_history()
class Belonging(models.Model):
    """A citizen belongs to a unit for a time; through it the unit's people see them."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="belongings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="belongings")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day elsewhere."))

    objects = BelongingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="belongs_once_at_a_time",
                expressions=[
                    (same("citizen"), RangeOperators.OVERLAPS),
                    (same("unit"), RangeOperators.OVERLAPS),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "citizen"], include=["since", "until"], name="belonging_by_unit")
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id} in {self.unit_id}"


@with_history()
class Tie(models.Model):
    """Somebody in the citizen's circle: family, a friend, a neighbour, a volunteer; and what they contribute."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        FRIEND = "friend", _("Friend")
        NEIGHBOUR = "neighbour", _("Neighbour")
        VOLUNTEER = "volunteer", _("Volunteer")
        OTHER = "other", _("Other")

    class Closeness(models.IntegerChoices):
        CLOSE = 1, _("Very close")
        REGULAR = 2, _("In regular touch")
        NOW_AND_THEN = 3, _("Now and then")

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="ties")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.FAMILY)
    relation = models.CharField(_("relation"), max_length=60, blank=True, help_text=_("As 'daughter'."))
    closeness = models.PositiveSmallIntegerField(_("closeness"), choices=Closeness.choices, default=Closeness.REGULAR)
    contributes = models.CharField(_("what they contribute"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    lives_in = models.CharField(_("lives in"), max_length=60, blank=True)
    is_next_of_kin = models.BooleanField(_("next of kin"), default=False)
    call_first = models.BooleanField(_("call first"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "name", "kind"], name="tie_named_once"),
            models.UniqueConstraint(fields=["citizen"], condition=Q(call_first=True), name="one_to_call_first"),
        ]
        ordering: ClassVar = ["-call_first", "closeness", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.relation or self.kind})"

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[:1] for word in (words[0], words[-1]) if word).upper() if words else ""
