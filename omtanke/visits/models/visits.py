"""The visits of a day, and the visit book."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.care.models import Decision
from omtanke.people.models import Citizen, Competence, Employee
from omtanke.visits.models.lists import RecurringVisit, Round


class VisitQuerySet(models.QuerySet["Visit"]):
    def in_order(self) -> Self:
        return self.order_by("planned_start", "pk")

    def done(self) -> Self:
        return self.filter(ended_at__isnull=False)

    def still_to_do(self) -> Self:
        return self.filter(ended_at=None, not_done="")


@with_history()
class Visit(models.Model):
    """One carer's part of one visit. A visit of two carers is two rows that name each other in `together_with`.

    Planned → under way (`started_at`) → done (`ended_at`); or planned → not done, with a reason.
    """

    class NotDone(models.TextChoices):
        DECLINED = "declined", _("Said no today")
        AWAY = "away", _("Was not at home")
        MOVED = "moved", _("Agreed on another time")
        HOSPITAL = "hospital", _("In hospital")
        NO_TIME = "no_time", _("We did not get there")

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="visits")
    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    on = models.DateField(_("day"))
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="visits")
    recurring = models.ForeignKey(RecurringVisit, models.PROTECT, null=True, blank=True, related_name="visits")
    second_carer = models.BooleanField(default=False, help_text="The second carer's part of a visit of two.")
    together_with = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="+")
    planned_start = models.DateTimeField(_("planned"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    what = models.CharField(_("what is done"), max_length=200)
    competence = models.CharField(_("asks for"), max_length=20, choices=Competence.choices, blank=True)
    done_by = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="visits")
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    not_done = models.CharField(_("why it was not done"), max_length=10, choices=NotDone.choices, blank=True)
    not_done_words = models.CharField(_("in words"), max_length=300, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recurring", "on", "second_carer"], name="recurs_once_a_day"),
            models.CheckConstraint(condition=Q(started_at=None) | Q(done_by__isnull=False), name="started_by_somebody"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="visit_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(not_done="") | Q(started_at=None), name="begun_or_not_done"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["citizen", "planned_start"], name="visit_by_citizen"),
            models.Index(
                fields=["done_by", "citizen", "planned_start"],
                condition=Q(done_by__isnull=False),
                name="visit_by_carer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.planned_start:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> str:
        """One of 'done', 'under_way', 'not_done', 'planned'."""
        if self.ended_at:
            return "done"
        if self.started_at:
            return "under_way"
        return "not_done" if self.not_done else "planned"


class NoteQuerySet(models.QuerySet["Note"]):
    def latest_first(self) -> Self:
        return self.order_by("-written_at", "-pk")


@with_history()
class Note(models.Model):
    """A line in the visit book: what happened and what was said, in plain words."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="notes")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="notes")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="notes")
    text = models.TextField(_("what happened, what was said"))
    for_next = models.BooleanField(_("the next one must read this"), default=False)
    written_at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["citizen", "-written_at"], name="note_by_citizen"),
            models.Index(fields=["citizen", "-written_at"], condition=Q(for_next=True), name="note_for_next"),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.written_at:%Y-%m-%d %H:%M}"


class BriefingRead(models.Model):
    """Somebody has read the short briefing before their first visit to a citizen."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["employee", "citizen"], name="briefing_read_once")]

    def __str__(self) -> str:
        return f"{self.employee_id} read about {self.citizen_id}"
