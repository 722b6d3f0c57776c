"""Drafts: what the planner proposes for a unit's days, what people have said about it, and what they changed; and
road notices: what people know about the roads that no map knows.

A draft itself tells nothing about one citizen, so whoever plans the unit's lists sees that it is there; whose visits it
places is in rows of their own, which need-to-know protects.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.people.models import Citizen, Employee, Hamlet, Unit
from omtanke.visits.models import Shift, Visit, WorkList

SILENT_FOR = timedelta(seconds=60)  # whoever works on a draft tells how far it is every second


class DraftQuerySet(models.QuerySet["Draft"]):
    def stopped(self, at: datetime) -> Self:
        """Under way by their state, but silent: the worker that had them is gone."""
        return self.filter(state=Draft.State.RUNNING, beat_at__lt=at - SILENT_FOR)

    def not_dropped(self) -> Self:
        return self.exclude(state=Draft.State.DROPPED)

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Draft(models.Model):
    """A proposal for the days `first` through `last` of one unit. `MAY_BECOME` is its life in one table."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        RUNNING = "running", _("Is being made")
        READY = "ready", _("Ready for you to look at")
        PARTLY = "partly", _("In use in part")
        ACCEPTED = "accepted", _("In use")
        DROPPED = "dropped", _("Put away")
        CANCELLED = "cancelled", _("Stopped before there was a plan")
        FAILED = "failed", _("Did not come to an end")

    class Trouble(models.TextChoices):
        """Why a draft did not come to an end, in words that help."""

        NOBODY_AT_WORK = "nobody", _("Nobody is at work on these days in this unit. Plan the shifts first.")
        NOTHING_TO_DO = "nothing", _("There is nothing to plan: no visit lies on the lists of these days.")
        WORKER_GONE = "gone", _("What made it was stopped, as when the machine is restarted. Nothing is lost.")
        OUR_ERROR = "error", _("An error at our end. It has been noted; the lists are as they were.")

    MAY_BECOME: ClassVar[Mapping[str, frozenset[str]]] = {
        State.WAITING: frozenset({State.RUNNING, State.CANCELLED}),
        State.RUNNING: frozenset({State.READY, State.CANCELLED, State.FAILED}),
        State.READY: frozenset({State.PARTLY, State.ACCEPTED, State.DROPPED}),
        State.PARTLY: frozenset({State.READY, State.ACCEPTED, State.DROPPED}),
        State.ACCEPTED: frozenset({State.READY, State.PARTLY}),
        State.CANCELLED: frozenset({State.WAITING, State.DROPPED}),
        State.FAILED: frozenset({State.WAITING, State.DROPPED}),
        State.DROPPED: frozenset({State.READY}),
    }
    HAS_PLAN: ClassVar = (State.READY, State.PARTLY, State.ACCEPTED)
    MOVING: ClassVar = (State.WAITING, State.RUNNING)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="drafts", verbose_name=_("unit"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    since = models.DateTimeField(null=True, blank=True, help_text="Set when only the rest of a day is planned.")
    name = models.CharField(_("name"), max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    begins_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", help_text="The draft that it mends."
    )
    seconds = models.PositiveSmallIntegerField(default=20, help_text="How long the search may take.")
    seed = models.PositiveIntegerField(default=1)
    progress = models.FloatField(default=0.0, help_text="From 0 to 1.")
    best_cost = models.FloatField(null=True, blank=True, help_text="In minutes of driving; of no meaning to people.")
    wants_stop = models.BooleanField(default=False, help_text="Somebody has pressed Stop; the worker looks at it.")
    beat_at = models.DateTimeField(default=timezone.now, help_text="The last sign of life of whoever works on it.")
    finished_at = models.DateTimeField(null=True, blank=True)
    made_from = models.JSONField(null=True, blank=True, help_text="Lists and rota as they were then (basis.py).")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="draft_ends_after_it_begins")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "-asked_at"], name="draft_by_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_plan(self) -> bool:
        return self.state in self.HAS_PLAN

    @property
    def is_moving(self) -> bool:
        return self.state in self.MOVING

    @property
    def percent(self) -> int:
        return round(self.progress * 100)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


class DraftVisit(models.Model):
    """One visit in a draft: on which shift and when; and where it lay when the draft was made."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="visits")
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    shift = models.ForeignKey(Shift, models.SET_NULL, null=True, blank=True, related_name="+")
    starts = models.DateTimeField(null=True, blank=True, help_text="Empty while it has no place.")
    was_shift = models.ForeignKey(Shift, models.SET_NULL, null=True, blank=True, related_name="+")
    was_starts = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="When it became part of a list.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "visit"], name="visit_once_in_a_draft")]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.visit_id}"


class DraftBreak(models.Model):
    """A break on a tour, taken where the carer is anyway: at the visit before it, or already at the next one."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="breaks")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    starts = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    at_next = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "shift", "number"], name="break_once_in_a_draft")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.starts:%H:%M}"


class DraftRuleQuerySet(models.QuerySet["DraftRule"]):
    def current(self) -> Self:
        return self.filter(gone_at=None)


class DraftRule(models.Model):
    """Something that people have said and every plan of this draft keeps to, with who said it and why."""

    class Kind(models.TextChoices):
        PIN = "pin", _("stays with this carer")
        NOT_VISIT = "not_visit", _("not this carer at this visit")
        NOT_PERSON = "not_person", _("not this carer at this person's")
        WISH_PERSON = "wish_person", _("wishes to meet this person")
        WISH_LIST = "wish_list", _("wishes for this list")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="+", verbose_name=_("carer"))
    citizen = models.ForeignKey(Citizen, models.CASCADE, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="+")
    work_list = models.ForeignKey(
        WorkList, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("list")
    )
    shift = models.ForeignKey(Shift, models.CASCADE, null=True, blank=True, related_name="+")
    starts = models.DateTimeField(null=True, blank=True)
    said_by = models.CharField(_("who said so"), max_length=80, blank=True)
    why = models.CharField(_("why"), max_length=200, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True, help_text="Taken back; it can come again by undo.")

    objects = DraftRuleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="wish_list", citizen=None, work_list__isnull=False)
                | (~Q(kind="wish_list") & Q(citizen__isnull=False)),
                name="rule_is_about_a_person_or_a_list",
            ),
            models.CheckConstraint(
                condition=Q(visit__isnull=False) | ~Q(kind__in=["pin", "not_visit"]), name="rule_knows_its_visit"
            ),
        ]
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.kind}"


class DraftChange(models.Model):
    """What somebody did with a draft, so that it has a name and can be taken back. `undo` is in ids and times only."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved a visit")
        RULE = "rule", _("said something that the plan keeps to")
        RULE_GONE = "rule_gone", _("took back what the plan kept to")
        ACCEPTED = "accepted", _("put it into use")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="+")
    employee = models.ForeignKey(Employee, models.SET_NULL, null=True, blank=True, related_name="+")
    days = models.JSONField(default=list, blank=True, help_text="The days put into use.")
    undo = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.kind}"

    @property
    def in_days(self) -> list[str]:
        """The days put into use, as people say them."""
        return [date_format(date.fromisoformat(day), "WEEKDAY_NUMBER_FORMAT") for day in self.days]


class RoadNoticeQuerySet(models.QuerySet["RoadNotice"]):
    def during(self, first: date, last: date) -> Self:
        """Those that hold on any day from `first` through `last`."""
        return self.filter(Q(until=None) | Q(until__gt=first), since__lte=last)

    def not_ended(self, on: date) -> Self:
        """Those that hold now or will."""
        return self.filter(Q(until=None) | Q(until__gt=on))


@with_history()
class RoadNotice(models.Model):
    """Between two hamlets it takes so many minutes more, for a time. Without `to_hamlet`: to everywhere else."""

    from_hamlet = models.ForeignKey(Hamlet, models.PROTECT, related_name="+", verbose_name=_("from"))
    to_hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes more"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    both_ways = models.BooleanField(_("both ways"), default=True)
    why = models.CharField(_("why"), max_length=200)
    since = models.DateField(_("first day"))
    until = models.DateField(_("until"), null=True, blank=True, help_text="The first day without it.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = RoadNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("road notice")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_hamlet=None) | ~Q(to_hamlet=F("from_hamlet")), name="way_leads_away"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="road_notice_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_hamlet_id} {self.to_hamlet_id} +{self.minutes}"

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def last_day(self) -> date | None:
        """As people say it: the last day it holds."""
        return self.until - timedelta(days=1) if self.until else None


class WhatIf(models.Model):
    """A question before something is decided: what if somebody is away, two swap, a shift gets longer, one more comes?

    The answer is in ids and numbers only; whom it is about is looked up by those who may see them.
    """

    class Kind(models.TextChoices):
        AWAY = "away", _("Somebody is away")
        SWAP = "swap", _("Two swap shifts")
        LONGER = "longer", _("A shift gets longer")
        ONE_MORE = "one_more", _("One more at work")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        RUNNING = "running", _("Is being worked out")
        READY = "ready", _("Worked out")
        FAILED = "failed", _("Did not come to an end")

    class Trouble(models.TextChoices):
        NOTHING_TO_DO = "nothing", _("No visit lies on the lists of these days, so it makes no difference to anybody.")
        NO_SHIFT = "no_shift", _("There is no shift of theirs in these days any more, so it makes no difference.")
        WORKER_GONE = "gone", _("What worked on it was stopped. Ask once more.")
        OUR_ERROR = "error", _("An error at our end. It has been noted; nothing has changed.")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="what_ifs", verbose_name=_("unit"))
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    employee = models.ForeignKey(Employee, models.CASCADE, null=True, blank=True, related_name="+")
    shift = models.ForeignKey(Shift, models.CASCADE, null=True, blank=True, related_name="+")
    other_shift = models.ForeignKey(Shift, models.CASCADE, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now, help_text="The last sign of life of whoever works on it.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)
    progress = models.FloatField(default=0.0, help_text="From 0 to 1.")
    answer = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "-asked_at"], name="what_if_by_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"

    @property
    def is_moving(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self) -> int:
        return round(self.progress * 100)
