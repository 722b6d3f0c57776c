"""The need-to-know ledger about one person, in words: who can see them, since when and why; and who could before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.access.models import Grant, GrantQuerySet, Reason, Scope
from omtanke.people.models import Belonging, Unit
from omtanke.trust.causes import in_words

# Those nearest to the person are told first.
_ORDER = (
    Reason.EMERGENCY,
    Reason.CONTACT,
    Reason.LIST,
    Reason.REPRESENTS,
    Reason.VOLUNTEERS,
    Reason.LEADS_UNIT,
    Reason.COORDINATES,
    Reason.ARRANGES,
    Reason.OVERSIGHT,
    Reason.SHIFT,
)
# These come and go with every shift: they are told together, not one by one.
BY_SHIFT = (Reason.SHIFT, Reason.LIST)


@dataclass(frozen=True)
class Line:
    """Somebody who can or could see the person."""

    name: str
    why: str
    since: datetime
    until: datetime | None = None
    how_much: str = ""
    words: str = ""


@dataclass
class AtWork:
    """Those who are at work in one of the person's units."""

    unit: str
    since: date
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class WhoSees:
    lines: Sequence[Line]
    at_work: Sequence[AtWork]


def who_sees(citizen_id: int, *, at: datetime) -> WhoSees:
    """Every grant that opens this person at that moment."""
    belongings = {b.unit_id: b for b in Belonging.objects.current(timezone.localdate(at)).filter(citizen=citizen_id)}
    units = dict(Unit.objects.filter(pk__in=belongings).values_list("pk", "name"))
    running = Grant.objects.running(at).concerning(citizen_id, list(belongings)).select_related("holder")
    at_work = {pk: AtWork(units[pk], belonging.since) for pk, belonging in belongings.items()}
    one_by_one = []
    for grant in running.order_by("since", "pk"):
        if grant.reason in BY_SHIFT and grant.unit_id:
            if grant.holder.name not in at_work[grant.unit_id].names:
                at_work[grant.unit_id].names.append(grant.holder.name)
        else:
            one_by_one.append(grant)
    joined = {pk: _midnight(belonging.since) for pk, belonging in belongings.items()}
    for those in at_work.values():
        those.names.sort()
    one_by_one.sort(key=lambda grant: _ORDER.index(Reason(grant.reason)))
    return WhoSees(_lines(one_by_one, units, joined), list(at_work.values()))


def who_could_see(citizen_id: int, *, before: datetime) -> list[Line]:
    """Every grant that opened this person and has ended, the latest first; shifts of one colleague together."""
    belongings = list(Belonging.objects.filter(citizen=citizen_id))
    units = dict(Unit.objects.filter(pk__in=[b.unit_id for b in belongings]).values_list("pk", "name"))
    concerned = Q(citizen_id=citizen_id) | Q(citizen_id=None, unit_id=None)
    for belonging in belongings:
        while_there = Q(unit_id=belonging.unit_id, until__gt=_midnight(belonging.since))
        if belonging.until:
            while_there &= Q(since__lt=_midnight(belonging.until))
        concerned |= while_there
    ended = Grant.objects.filter(concerned, until__lte=before, until__gt=F("since"))
    one_by_one = ended.exclude(reason__in=BY_SHIFT).select_related("holder")
    lines = [*_lines(one_by_one, units, {}), *_shifts_together(ended, units)]
    return sorted(lines, key=lambda line: line.until or before, reverse=True)


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))


def _lines(grants: Iterable[Grant], units: dict[int, str], joined: dict[int, datetime]) -> list[Line]:
    """One line for each grant; through a unit nobody sees somebody before that somebody came to the unit."""
    listed = list(grants)
    causes = in_words(grant.because for grant in listed)
    return [
        Line(
            name=grant.holder.name,
            why=causes.get(grant.because) or why(Reason(grant.reason), units.get(grant.unit_id or 0, "")),
            since=max(grant.since, joined.get(grant.unit_id or 0, grant.since)),
            until=grant.until,
            how_much=str(Scope(grant.scope).label),
            words=grant.words,
        )
        for grant in listed
    ]


def _shifts_together(grants: GrantQuerySet, units: dict[int, str]) -> list[Line]:
    rows = (
        grants.filter(reason__in=BY_SHIFT)
        .values("holder__name", "unit_id")
        .annotate(times=Count("pk"), first=Min("since"), last=Max("until"))
    )
    return [
        Line(
            name=row["holder__name"],
            why=ngettext(
                "Was at work in %(unit)s (%(times)d shift)", "Was at work in %(unit)s (%(times)d shifts)", row["times"]
            )
            % {"unit": units.get(row["unit_id"] or 0, _("the service")), "times": row["times"]},
            since=row["first"],
            until=row["last"],
            how_much=str(Scope.FULL.label),
        )
        for row in rows
    ]


def why(reason: Reason, unit: str = "") -> str:
    """A reason in the words that the person and their family read."""
    match reason:
        case Reason.LEADS_UNIT if unit:
            return _("Leads %(unit)s") % {"unit": unit}
        case Reason.COORDINATES if unit:
            return _("Coordinates the work in %(unit)s") % {"unit": unit}
        case Reason.ARRANGES if unit:
            return _("Arranges activities for the people of %(unit)s") % {"unit": unit}
        case Reason.SHIFT if unit:
            return _("At work in %(unit)s") % {"unit": unit}
    return {
        Reason.CONTACT: _("Named contact"),
        Reason.SHIFT: _("At work in the unit"),
        Reason.LIST: _("Has the work list with the visits"),
        Reason.LEADS_UNIT: _("Leads the unit"),
        Reason.COORDINATES: _("Coordinates the work of the unit"),
        Reason.ARRANGES: _("Arranges activities for the people of the unit"),
        Reason.VOLUNTEERS: _("The volunteer who comes"),
        Reason.REPRESENTS: _("Acts on the person's behalf"),
        Reason.EMERGENCY: _("Emergency access"),
        Reason.OVERSIGHT: _("Privacy officer"),
    }[reason]
