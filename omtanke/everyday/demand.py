"""What is wished for most, per unit and hamlet, against what is offered in the months to come.

Somebody wishes for an interest who has an open wish for it (or one that is openly unmet), or wants more of it in the
last interest talk. The database counts, and keeps numbers under five to itself (migration 0007); here more is hidden
where a sum would give one away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.everyday.interests import label
from omtanke.everyday.models import Occurrence
from omtanke.everyday.talk import URL
from omtanke.forms.models import Answers
from omtanke.kernel.small_numbers import hide_more

AHEAD = timedelta(days=90)
MANY_ENOUGH = 3  # what one or two wish for is their own matter, not a finding
# What people do at home or with their own. No calendar offers it, so it is never said to be missing there.
OF_ONES_OWN = frozenset(
    [
        "audiobooks",
        "cabin",
        "cats",
        "computers",
        "daily_chores",
        "family",
        "firewood",
        "making_it_nice",
        "newspaper",
        "photographs",
        "potted_plants",
        "quiet_and_prayer",
        "radio",
        "sitting_outdoors",
        "small_repairs",
        "television",
        "visits_from_friends",
    ]
)


class By(StrEnum):
    UNIT = "unit"
    HAMLET = "hamlet"


@dataclass(frozen=True)
class Wanted:
    """How many wish for an interest in a place; None where it is too few to be told. `offered`: times to come."""

    interest: str
    people: int | None
    offered: int

    @property
    def label(self) -> str:
        return label(self.interest)

    @property
    def could_be_offered(self) -> bool:
        return self.interest not in OF_ONES_OWN

    @property
    def is_missing(self) -> bool:
        return self.offered == 0 and self.could_be_offered


def wanted(by: By, place: int | None, *, at: datetime) -> list[Wanted]:
    """Everything wished for in a unit or hamlet (None: anywhere), what is offered least and wished for most first."""
    offered = _offered(by, place, at)
    found = [
        Wanted(interest, people, offered[interest])
        for interest, people in _wished(by, place).items()
        if people is None or people > 0
    ]
    return sorted(found, key=lambda one: (not one.is_missing, -(one.people or 0), one.label))


def _wished(by: By, place: int | None) -> dict[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT interest, place, people, open FROM everyday_wished(%s)", [by])
        rows = cursor.fetchall()
    parts: dict[str, dict[int, int | None]] = {}
    totals: dict[str, int | None] = {}
    known: dict[str, set[int]] = {}
    for interest, where, people, is_open in rows:
        if where is None:
            totals[interest] = people
            continue
        parts.setdefault(interest, {})[where] = people
        if is_open:
            known.setdefault(interest, set()).add(where)
    found = {}
    for interest in totals:
        shown, total = hide_more(parts.get(interest, {}), totals[interest], known=known.get(interest, ()))
        found[interest] = total if place is None else shown.get(place, 0)
    return found


def want_more(interest: str) -> QuerySet[Answers]:
    """The last talks in which somebody wants more of it, as the database counts them (migration 0007)."""
    talks = Answers.objects.settled().to(URL).order_by("citizen", "-finished_at").distinct("citizen")
    likes = Q(given__contains={interest: ["strong"]}) | Q(given__contains={interest: ["some"]})
    return Answers.objects.filter(likes, pk__in=talks.values("pk"), given__contains={f"{interest}.more": [True]})


def _offered(by: By, place: int | None, at: datetime) -> Counter[str]:
    coming = Occurrence.objects.between(at, at + AHEAD).going_ahead().filter(activity__active=True)
    if place is not None:
        coming = coming.for_unit(place) if by == By.UNIT else coming.in_hamlet(place)
    return Counter(code for codes in coming.values_list("activity__interests", flat=True) for code in codes)


def finding(rows: Iterable[Wanted], where: str) -> str:
    """What the figures say, in one sentence: the greatest wish that nothing meets, else the greatest."""
    counted = sorted(
        (one for one in rows if (one.people or 0) >= MANY_ENOUGH and one.could_be_offered),
        key=lambda one: (not one.is_missing, -(one.people or 0)),
    )
    if not counted:
        return _("Too few have wished for the same thing in %(where)s to count them") % {"where": where}
    first = counted[0]
    said = {"people": first.people, "interest": first.label, "where": where, "times": first.offered}
    if first.is_missing:
        return (
            ngettext(
                "%(people)d wishes for “%(interest)s”, and nothing is offered in %(where)s",
                "%(people)d wish for “%(interest)s”, and nothing is offered in %(where)s",
                first.people or 0,
            )
            % said
        )
    return (
        ngettext(
            "Everything that is wished for in %(where)s is offered; most wish for “%(interest)s”: %(people)d person",
            "Everything that is wished for in %(where)s is offered; most wish for “%(interest)s”: %(people)d people",
            first.people or 0,
        )
        % said
    )
