"""Users, their roles, the need-to-know ledger and the read log.

The ledger and the log name citizens and units by id without a foreign key: `access` lies below `people`, and what they
tell must outlive the record they tell about.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omtanke.access.history import with_history
from omtanke.access.permissions import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who can log in. What they may do follows from their roles, whose data from the ledger."""

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    pid_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Keyed fingerprint of the national id, for OIDC."
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self, on: date | None = None) -> Self:
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


@with_history()
class RoleAssignment(models.Model):
    """A role that somebody has, in one unit or (without a unit) in the whole municipality."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day without the role."))
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "unit_id"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="role_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Reason(models.TextChoices):
    """Why somebody may see somebody's data. Every grant has exactly one."""

    CONTACT = "contact", _("is the person's contact")
    SHIFT = "shift", _("is at work in the unit")
    LIST = "list", _("has the work list")
    LEADS_UNIT = "leads_unit", _("leads the unit")
    COORDINATES = "coordinates", _("coordinates the unit's work")
    ARRANGES = "arranges", _("arranges activities for the unit's people")
    VOLUNTEERS = "volunteers", _("is the volunteer who comes")
    LEADS_VISITS = "leads_visits", _("leads the visit service")
    VISITS = "visits", _("is the senior who visits")
    REPRESENTS = "represents", _("represents the person")
    EMERGENCY = "emergency", _("used emergency access")
    OVERSIGHT = "oversight", _("watches over privacy")


class Scope(models.TextChoices):
    """How much a grant opens. Policies name the scopes they let through (`need_to_know.py`)."""

    FULL = "full", _("everything needed for care")
    EVERYDAY = "everyday", _("wishes, interests and activities")
    ASSIGNMENT = "assignment", _("what the assignment needs")
    VISITS = "visits", _("what the visit service needs")
    SHARED = "shared", _("what the person shares")
    OVERSIGHT = "oversight", _("name and accesses only")


FOREVER = models.Func(template="'infinity'::timestamptz", output_field=models.DateTimeField())


class GrantQuerySet(models.QuerySet["Grant"]):
    def running(self, at: datetime | None = None) -> Self:
        at = at or timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def concerning(self, citizen_id: int, unit_ids: list[int]) -> Self:
        """Grants that open this citizen: by name, through a unit, or for the whole municipality."""
        everyone = Q(citizen_id=None, unit_id=None)
        return self.filter(Q(citizen_id=citizen_id) | Q(unit_id__in=unit_ids) | everyone)


class Grant(models.Model):
    """One line of the need-to-know ledger. It is ended, never deleted.

    A line names a citizen, or a unit (all who belong to it), or neither (everyone, scope oversight only).
    """

    holder = models.ForeignKey(User, models.PROTECT, related_name="grants")
    citizen_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=12, choices=Scope.choices, default=Scope.FULL)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    because = models.CharField(max_length=60, help_text="What gave it, as 'visits.shift:12'.")
    words = models.TextField(blank=True, help_text="The reason in the holder's own words (emergency access).")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "because"], name="grant_has_one_cause"),
            models.CheckConstraint(
                condition=Q(scope=Scope.OVERSIGHT) | Q(citizen_id__isnull=False) | Q(unit_id__isnull=False),
                name="only_oversight_is_for_everyone",
            ),
            models.CheckConstraint(
                condition=Q(citizen_id=None) | Q(unit_id=None), name="grant_is_for_a_citizen_or_a_unit"
            ),
        ]
        indexes: ClassVar = [
            # What has ended long ago is passed over (`omtanke_opened`).
            models.Index("holder", Coalesce("until", FOREVER), name="grant_running"),
            models.Index(fields=["holder", "citizen_id"], name="grant_by_citizen"),
            models.Index(fields=["holder", "unit_id"], name="grant_by_unit"),
            models.Index(fields=["citizen_id"], condition=Q(citizen_id__isnull=False), name="grant_citizen"),
            models.Index(fields=["unit_id", "since"], condition=Q(unit_id__isnull=False), name="grant_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.reason} {self.because}"


class LookQuerySet(models.QuerySet["Look"]):
    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Look(models.Model):
    """One line of the read log: who looked at whom, at what, and by which grant. Only ever added to."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="looks")
    role = models.CharField(max_length=60, help_text="The roles the actor had then, as 'carer leader'.")
    citizen_id = models.BigIntegerField()
    what = models.CharField(max_length=60, help_text="The name of the page, as 'people:citizen'.")
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="looks", db_constraint=False)
    at = models.DateTimeField(default=timezone.now)

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["citizen_id", "-at"], name="look_by_citizen"),
            models.Index(fields=["actor", "-at"], name="look_by_actor"),
            models.Index(fields=["-at"], condition=Q(grant=None), name="look_without_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.what} {self.citizen_id}"


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    def running(self, at: datetime | None = None) -> Self:
        return self.filter(until__gt=at or timezone.now())

    def without_follow_up(self) -> Self:
        return self.filter(followed_up_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-since", "-pk")


class EmergencyAccess(models.Model):
    """Somebody opened a person's record themselves, with a reason, until `until`. Stays open for its leaders until
    one of them has written the follow-up; never expires by itself."""

    class Verdict(models.TextChoices):
        NEEDED = "needed", _("It was needed")
        NOT_NEEDED = "not_needed", _("It was not needed")

    holder = models.ForeignKey(User, models.PROTECT, related_name="emergencies")
    citizen_id = models.BigIntegerField()
    unit_ids = ArrayField(models.BigIntegerField(), default=list, help_text="The person's units then.")
    words = models.TextField(_("why"))
    since = models.DateTimeField()
    until = models.DateTimeField()
    verdict = models.CharField(_("was it right?"), max_length=12, choices=Verdict.choices, blank=True)
    follow_up_words = models.TextField(_("what you found out"), blank=True)
    followed_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    followed_up_at = models.DateTimeField(null=True)

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-since"], name="emergency_newest"),
            models.Index(fields=["citizen_id"], name="emergency_by_citizen"),
            models.Index(fields=["since"], condition=Q(followed_up_at=None), name="emergency_to_follow_up"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.citizen_id} {self.since:%Y-%m-%d %H:%M}"


class EmergencySearch(models.Model):
    """Somebody looked for a person they cannot see. Counted, so that nobody can go through the whole municipality."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="emergency_searches")
    found = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["actor", "-at"], name="emergency_search_by_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.at:%Y-%m-%d %H:%M}"


class Inquiry(models.Model):
    """A privacy officer looks into what one user has looked at, for a stated reason. Only ever added to."""

    officer = models.ForeignKey(User, models.PROTECT, related_name="inquiries")
    subject = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.TextField(_("why"))
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.officer_id} about {self.subject_id}"
