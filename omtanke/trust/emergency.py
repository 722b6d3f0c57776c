"""Emergency access: somebody who has no running reason opens a person's record, says why, and is asked about it after.

Found only by what the asker already knows of the person; the reason is theirs, in words; the leaders of the person's
units are told at once; it ends by itself, the follow-up does not.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from omtanke.access import grants
from omtanke.access.models import EmergencyAccess, EmergencySearch, Reason, RoleAssignment, User
from omtanke.access.permissions import Role
from omtanke.people.models import Belonging

# A long shift, a night included: whoever needs longer has become part of the care and should be given a reason.
OPEN_FOR = timedelta(hours=12)
# A word is no reason; this is about five.
SHORTEST_REASON = 20
# So many searches in an hour are enough for any emergency, and far too few to go through a municipality.
SEARCHES, WITHIN = 8, timedelta(hours=1)


class TooManySearches(Exception):
    """So many searches in an hour are not an emergency."""


class AlreadyOpen(Exception):
    """The actor can see this person already: nothing is opened."""


class NotYoursToFollowUp(Exception):
    """Nobody follows up their own emergency access."""


class AlreadyFollowedUp(Exception):
    """A colleague was first."""


class AlreadyOver(Exception):
    """The access has ended already."""


@dataclass(frozen=True)
class Found:
    citizen_id: int
    name: str


@transaction.atomic
def find(*, by: User, at: datetime, name: str = "", born: date | None = None, national_id: str = "") -> list[Found]:
    """Those whose national id, or whole name and birth date, are exactly these. Raises TooManySearches."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one search at a time, so that the count is right
    if EmergencySearch.objects.filter(actor=by, at__gt=at - WITHIN).count() >= SEARCHES:
        raise TooManySearches
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM find_for_emergency(%s, %s, %s)", [name, born, national_id])
        found = [Found(*row) for row in cursor.fetchall()]
    EmergencySearch.objects.create(actor=by, found=bool(found), at=at)
    return found


@transaction.atomic
def open_in_emergency(citizen_id: int, *, words: str, by: User, at: datetime) -> EmergencyAccess:
    """Open the record for `by` until OPEN_FOR has passed. Raises AlreadyOpen."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if EmergencyAccess.objects.running(at).filter(holder=by, citizen_id=citizen_id).exists():
        raise AlreadyOpen
    access = EmergencyAccess.objects.create(
        holder=by, citizen_id=citizen_id, words=words, since=at, until=at + OPEN_FOR
    )
    opening = grants.Opening(
        by.pk,
        Reason.EMERGENCY,
        grants.cause(access),
        citizen_id=citizen_id,
        until=access.until,
        words=words,
    )
    grants.begin([opening], by=by)
    # Only now can the person's units be seen.
    access.unit_ids = list(Belonging.objects.current().filter(citizen=citizen_id).values_list("unit_id", flat=True))
    access.save(update_fields=["unit_ids"])
    return access


def leaders_told(access: EmergencyAccess) -> list[User]:
    """The leaders of the person's units; without one, or when the leader is the holder, the privacy officers."""
    current = RoleAssignment.objects.current()
    leads = current.filter(role=Role.LEADER, unit_id__in=access.unit_ids).exclude(user=access.holder_id)
    told = User.objects.filter(pk__in=leads.values("user_id"), is_active=True)
    if not told:
        told = User.objects.filter(pk__in=current.filter(role=Role.PRIVACY_OFFICER).values("user_id"), is_active=True)
    return list(told.order_by("pk"))


@transaction.atomic
def end_early(access: EmergencyAccess, *, by: User, at: datetime) -> None:
    """The holder needs it no longer. The follow-up remains. Raises AlreadyOver."""
    if not EmergencyAccess.objects.running(at).filter(pk=access.pk, holder=by).update(until=at):
        raise AlreadyOver
    grants.end([grants.cause(access)], at=at)


@transaction.atomic
def follow_up(access: EmergencyAccess, *, verdict: EmergencyAccess.Verdict, words: str, by: User, at: datetime) -> None:
    """A leader has seen it, asked, and says whether it was right. Raises NotYoursToFollowUp, AlreadyFollowedUp."""
    if access.holder_id == by.pk:
        raise NotYoursToFollowUp
    first = EmergencyAccess.objects.without_follow_up().filter(pk=access.pk)
    if not first.update(verdict=verdict, follow_up_words=words, followed_up_by=by, followed_up_at=at):
        raise AlreadyFollowedUp


def sees_already(citizen_id: int) -> bool:
    """Has the actor of this transaction a running reason that opens the whole record?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM need_to_know WHERE citizen_id = %s AND scope = 'full' LIMIT 1", [citizen_id])
        return cursor.fetchone() is not None


def tell_leaders(access: EmergencyAccess, *, address: str) -> None:
    """An e-mail to those who must follow up, in their language, with nobody's name in it; sent once all is saved."""
    for leader in leaders_told(access):
        with translation.override(leader.language or settings.LANGUAGE_CODE):
            subject = _("Emergency access has been used")
            body = _(
                "Somebody has used emergency access to one of your people. Log in to see who and why, and to write the "
                "follow-up:\n%(address)s"
            ) % {"address": address}
        send = partial(send_mail, subject, body, None, [leader.email])
        transaction.on_commit(send, robust=True)
