"""Who visits whom, how often, and each visit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.models import User
from omtanke.befriending.models.before import OfOrder
from omtanke.befriending.models.orders import Order
from omtanke.people.models import Employee


class MatchQuerySet(models.QuerySet["Match"]):
    def current(self, on: date | None = None) -> Self:
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def standing(self, on: date | None = None) -> Self:
        """Those that run, or are going to."""
        return self.filter(Q(until=None) | Q(until__gt=on or timezone.localdate()))


@with_history()
class Match(OfOrder):
    """A senior who visits a person. It opens the person to them, and closes when it ends."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="matches")
    senior = models.ForeignKey(Employee, models.PROTECT, related_name="visit_matches")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day without."))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(_("why it ends"), max_length=300, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "senior"], condition=Q(until=None), name="senior_matched_once_in_an_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.senior_id} visits {self.citizen_id}"


@with_history()
class Rhythm(OfOrder):
    """Visits that come again: a weekday, every so many weeks, at a time."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="rhythms")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()), help_text="0 is Monday.")
    every_weeks = models.PositiveSmallIntegerField(
        _("how often"), default=1, choices=[(1, _("every week")), (2, _("every other week")), (4, _("every 4th week"))]
    )
    at = models.TimeField(_("at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    area = models.CharField(_("what"), max_length=30)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day without."))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="rhythm_on_a_weekday"),
            models.CheckConstraint(condition=Q(every_weeks__gte=1), name="rhythm_comes_again"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.weekday}"

    @property
    def day_name(self) -> str:
        return str(WEEKDAYS[self.weekday])


class ServiceVisitQuerySet(models.QuerySet["ServiceVisit"]):
    def done(self) -> Self:
        return self.filter(ended_at__isnull=False)

    def to_come(self, now: datetime) -> Self:
        return self.filter(began_at=None, not_done_because="", planned_start__gte=now)

    def in_order(self) -> Self:
        return self.order_by("planned_start", "pk")


@with_history()
class ServiceVisit(OfOrder):
    """One visit: planned, carried out with what the senior wrote, or not done, with why.

    The database lets no visit be planned before what must come first is there (migration 0002).
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="visits")
    match = models.ForeignKey(Match, models.PROTECT, related_name="visits")
    senior = models.ForeignKey(Employee, models.PROTECT, related_name="service_visits")
    rhythm = models.ForeignKey(Rhythm, models.PROTECT, null=True, blank=True, related_name="visits")
    rhythm_day = models.DateField(null=True, blank=True, help_text="The day of the rhythm, wherever it was moved to.")
    area = models.CharField(_("what"), max_length=30)
    planned_start = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    report = models.TextField(_("how it was"), blank=True)
    not_done_because = models.CharField(_("why it did not happen"), max_length=300, blank=True)
    kin_told_at = models.DateTimeField(_("next of kin told"), null=True, blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ServiceVisitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rhythm", "rhythm_day"], name="rhythm_makes_one_visit_a_day"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="visit_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(not_done_because=""), name="service_visit_done_or_not"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="service_visit_takes_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["senior", "planned_start"], name="service_visit_by_senior"),
            models.Index(fields=["department", "planned_start"], name="service_visit_by_dept"),
            models.Index(fields=["citizen", "planned_start"], name="service_visit_by_citizen"),
        ]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.planned_start:%Y-%m-%d %H:%M}"

    @property
    def planned_end(self) -> datetime:
        return self.planned_start + timedelta(minutes=self.minutes)
