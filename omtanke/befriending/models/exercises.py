"""A person's exercise plan in its versions, what was chosen by hand, what was done; a department's own exercises."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.befriending.models.before import OfOrder
from omtanke.befriending.models.visits import ServiceVisit
from omtanke.forms.models import Answers
from omtanke.people.models import Unit


class ExercisePlanQuerySet(models.QuerySet["ExercisePlan"]):
    def newest_first(self) -> Self:
        return self.order_by("-number", "-pk")


class ExercisePlan(OfOrder):
    """One version of a person's plan. It stays as it was made; a change is the next version, with what was changed.

    `facts` is what the exercises are shaped by (kernel.exercises.Person as data): from the getting-to-know form, and by
    hand.
    """

    number = models.PositiveSmallIntegerField(default=1)
    answers = models.ForeignKey(Answers, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField()
    minutes = models.PositiveSmallIntegerField(_("minutes of exercise at a visit"), default=45)
    note = models.TextField(_("to whoever visits"), blank=True)
    changed = models.CharField(_("what was changed, and why"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ExercisePlanQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["citizen", "-number"], name="exercise_plan_latest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "citizen", "number"], name="exercise_plan_version_once"),
            models.CheckConstraint(condition=Q(minutes__gte=20), name="exercise_plan_takes_time"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk} of citizen {self.citizen_id}"


class ExerciseChoice(OfOrder):
    """Somebody has put an exercise first in a version of a plan, or left it out, and said why."""

    class Kind(models.TextChoices):
        FIRST = "first", _("always first")
        LEFT_OUT = "left_out", _("left out")

    plan = models.ForeignKey(ExercisePlan, models.PROTECT, related_name="choices")
    exercise = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    why = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "exercise"], name="exercise_chosen_once_in_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.kind}"


@with_history()
class ExerciseDone(OfOrder):
    """An exercise at a visit, and how it went. How an exercise went, never how good the person is."""

    class How(models.TextChoices):
        EASY = "easy", pgettext_lazy("how an exercise went", "Easy")
        RIGHT = "right", pgettext_lazy("how an exercise went", "Just right")
        HARD = "hard", pgettext_lazy("how an exercise went", "Hard")
        NOT_DONE = "not_done", pgettext_lazy("how an exercise went", "Not today")

    visit = models.ForeignKey(ServiceVisit, models.PROTECT, related_name="exercises")
    exercise = models.CharField(max_length=40)
    family = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "exercise"], name="exercise_done_once_in_a_visit"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="exercise_done_at_a_level"),
        ]
        indexes: ClassVar = [models.Index(fields=["citizen", "on"], name="exercise_done_by_citizen")]

    def __str__(self) -> str:
        return f"{self.exercise} {self.on}: {self.how}"


class OwnExercise(models.Model):
    """An exercise that a department's professional lead has added. It is about nobody."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("for the body")
        COGNITIVE = "cognitive", _("for the mind")

    class Position(models.TextChoices):
        SEATED = "seated", _("seated")
        SUPPORTED = "supported", _("standing, holding on")
        STANDING = "standing", _("standing, without holding on")

    class Trains(models.TextChoices):
        STRENGTH = "strength", _("strength")
        BALANCE = "balance", _("balance")

    department = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("for what"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    how = models.TextField(_("how to do it"), help_text=_("Three short sentences, one a line."))
    watch = models.CharField(_("what to watch"), max_length=200, blank=True)
    needs = models.CharField(_("what one needs"), max_length=120, blank=True)
    family = models.CharField(_("a step of"), max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(
        _("how much it asks"), choices=[(1, _("little")), (2, _("some")), (3, _("much"))], default=1
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    position = models.CharField(
        _("seated or standing"), max_length=10, choices=Position.choices, default=Position.SEATED
    )
    trains = models.CharField(_("trains"), max_length=10, choices=Trains.choices, default=Trains.STRENGTH)
    not_with = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("not with"))
    asks = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("asks for good"))
    likes = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("for those who like"))
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3, minutes__gte=1, minutes__lte=30), name="own_exercise_fits"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        return f"own-{self.pk}"

    @property
    def is_physical(self) -> bool:
        return self.kind == self.Kind.PHYSICAL


def latest_plan(citizen_id: int, *, by_day: date | None = None) -> ExercisePlan | None:
    """The newest version; with `by_day` the newest that was there at the end of that day, or else the first."""
    versions = ExercisePlan.objects.filter(citizen=citizen_id).newest_first()
    if by_day is None:
        return versions.first()
    return versions.filter(made_at__date__lte=by_day).first() or versions.last()
