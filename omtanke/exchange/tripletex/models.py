"""What is booked in Tripletex, line by line, and each time somebody looked or booked.

A line names an employee, a day and a project number, never a customer. It is open to those who may book hours (the gate
of the pages), and its own part to each employee.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.models import User
from omtanke.befriending.models import Acquaintance
from omtanke.people.models import Employee, Unit

SILENT_FOR = timedelta(minutes=5)  # no single request to Tripletex, with all its tries, takes as long


class HoursRunQuerySet(models.QuerySet["HoursRun"]):
    def moving(self) -> Self:
        return self.filter(state__in=HoursRun.MOVING)

    def stopped(self) -> Self:
        """Under way by their state, but silent: whoever worked on them is gone."""
        return self.filter(state__in=HoursRun.UNDER_WAY, beat_at__lt=timezone.now() - SILENT_FOR)


class HoursRun(models.Model):
    """Somebody looks at days of a department, and then books them. Waits → is compared → ready → waits → is booked."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits to be compared")
        LOOKING = "looking", _("Is being compared")
        READY = "ready", _("Ready for you to look at")
        QUEUED = "queued", _("Waits to be booked")
        BOOKING = "booking", _("Is being booked")
        DONE = "done", _("Booked")
        STOPPED = "stopped", _("Stopped on the way")

    class Trouble(models.TextChoices):
        NOT_LET_IN = "not_let_in", _("Tripletex does not let us in.")
        NO_ANSWER = "no_answer", _("Tripletex does not answer.")
        BUSY = "busy", _("Tripletex has too much to do right now.")
        NOT_UNDERSTOOD = "not_understood", _("We do not understand what answers at Tripletex' address.")
        OWN_ERROR = "own_error", _("There was an error at our end.")

    UNDER_WAY = (State.LOOKING, State.BOOKING)
    MOVING = (State.ASKED, State.LOOKING, State.QUEUED, State.BOOKING)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("department"))
    company = models.CharField(max_length=80, blank=True, help_text="Whose token opens it; '' is the organisation's.")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    compared = models.BooleanField(default=False, help_text="Was Tripletex asked? Without tokens it is not.")
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    unfinished = models.PositiveIntegerField(default=0, help_text="Visits that began and have no end.")
    beat_at = models.DateTimeField(default=timezone.now, help_text="The last sign of life of whoever works on it.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = HoursRunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="hours_run_ends_after_it_begins"),
            # Two at once would each find a line missing and each write it.
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(state__in=["asked", "looking", "queued", "booking"]),
                name="one_hours_run_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.first} to {self.last}: {self.state}"

    @property
    def is_moving(self) -> bool:
        return self.state in self.MOVING

    @property
    def has_stopped(self) -> bool:
        silent = timezone.now() - self.beat_at > SILENT_FOR
        return self.state == self.State.STOPPED or (self.state in self.UNDER_WAY and silent)


class BookedQuerySet(models.QuerySet["Booking"]):
    def of_run(self, run: HoursRun) -> Self:
        """The lines that a run is about."""
        return self.filter(company=run.company, departments__contains=[run.unit_id], on__range=(run.first, run.last))

    def to_do(self) -> Self:
        return self.filter(state__in=Booking.TO_DO)

    def in_order(self) -> Self:
        return self.order_by("employee__sort_name", "employee_id", "on", "project_number")


class Booked(models.Model):
    """How something of ours stands in Tripletex."""

    class State(models.TextChoices):
        UNCOMPARED = "uncompared", _("Not compared with Tripletex")
        NEW = "new", _("Will be booked")
        CHANGE = "change", _("Will be changed")
        REMOVE = "remove", _("Will be taken away")
        BOOKED = "booked", _("Booked")
        LOCKED = "locked", _("The month is locked")
        NO_EMPLOYEE = "no_employee", _("Nobody with this e-mail address")
        TWO_EMPLOYEES = "two_employees", _("Several with this e-mail address")
        NO_NUMBER = "no_number", _("The order has no project number")
        NO_PROJECT = "no_project", _("No project with this number")
        NO_ACTIVITY = "no_activity", _("The activity is not open on the project")
        NO_CATEGORY = "no_category", _("No such cost category or payment type")
        REFUSED = "refused", _("Not accepted")
        CHANGED_THERE = "changed_there", _("Changed in Tripletex since you looked")
        UNSURE = "unsure", _("The answer was lost")
        OTHER_AMOUNT = "other_amount", _("Sent with another amount")

    # Tried when somebody books. What was locked or lost may be possible now.
    TO_DO = (State.NEW, State.CHANGE, State.REMOVE, State.LOCKED, State.UNSURE)
    UNMATCHED = (
        State.NO_EMPLOYEE,
        State.TWO_EMPLOYEES,
        State.NO_NUMBER,
        State.NO_PROJECT,
        State.NO_ACTIVITY,
        State.NO_CATEGORY,
    )

    company = models.CharField(max_length=80, blank=True)
    departments = ArrayField(models.BigIntegerField(), help_text="Whose visits or meeting it is of.")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField()
    # Written before it is sent: if nobody comes back to tell, the next look knows that it may be ours.
    sent = models.DecimalField(max_digits=7, decimal_places=2, null=True, help_text="What we sent last.")
    state = models.CharField(max_length=15, choices=State.choices, default=State.UNCOMPARED)
    words = models.CharField(max_length=300, blank=True, help_text="Tripletex' own, where it refused.")
    external_id = models.BigIntegerField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Booking(Booked):
    """One employee's hours of one day on one project and activity: what we say, and what stands in Tripletex."""

    project_number = models.CharField(max_length=20, blank=True)
    activity = models.CharField(max_length=60)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    there = models.DecimalField(max_digits=5, decimal_places=2, null=True, help_text="As it stood when looked at.")
    version = models.PositiveIntegerField(null=True, blank=True)

    objects = BookedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "employee", "on", "project_number", "activity"], name="hours_booked_once"
            ),
            models.CheckConstraint(condition=Q(hours__gte=0), name="hours_are_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["employee", "on"], name="booking_by_employee")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.on} {self.project_number}: {self.hours}"

    @property
    def written_by_others(self) -> bool:
        """Other hours stand there than we have sent: somebody has written them over there."""
        return self.there is not None and self.there != self.sent and self.there != self.hours


class NotebookQuerySet(models.QuerySet["NotebookExpense"]):
    def of_run(self, run: HoursRun) -> Self:
        return self.filter(company=run.company, departments__contains=[run.unit_id], on__range=(run.first, run.last))

    def to_do(self) -> Self:
        return self.filter(state__in=NotebookExpense.TO_DO)

    def in_order(self) -> Self:
        return self.order_by("employee__sort_name", "employee_id", "on", "pk")


class NotebookExpense(Booked):
    """The notebook of a getting-to-know meeting, as an expense of whoever bought it."""

    meeting = models.OneToOneField(Acquaintance, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=7, decimal_places=2)

    objects = NotebookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.employee_id} {self.on}: {self.amount}"

    @property
    def title(self) -> str:
        """What it is called in Tripletex, which is in Norwegian; by its number it is found again."""
        return f"Notatbok (Omtanke {self.meeting_id})"
