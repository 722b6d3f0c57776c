"""What an edit of the lists means for people, told in words before it is done and after.

New faces first, then the drive, then what no longer fits. Staff decide; nothing here forbids anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.care.models import NamedContact
from omtanke.people.models import Competence, Employee
from omtanke.visits.board import Column, Stop, route
from omtanke.visits.models import Round, Visit
from omtanke.visits.placements import Placement

# Whoever had the list in the last four weeks is likely to have it again.
LATELY = timedelta(weeks=4)


@dataclass(frozen=True)
class Effect:
    """`good`, `mind` (somebody should think of it) or `plain`; and the words."""

    tone: str
    words: str


@dataclass(frozen=True)
class Moved:
    """A visit that changes list."""

    visit: Visit
    before: Column
    after: Column


def effects_of(columns: Sequence[Column], placements: Sequence[Placement]) -> list[Effect]:
    """`columns` are the lists of the day as they are; `placements` what is to be done to them."""
    after = placed(columns, placements)
    touched = [(one, other) for one, other in zip(columns, after, strict=True) if _differ(one, other)]
    moved = _moved(columns, after)
    return [*_faces(moved), *_driving(touched), *_fit(touched), *_trained(moved)]


def placed(columns: Sequence[Column], placements: Iterable[Placement]) -> list[Column]:
    """The columns as they would be."""
    to = {placement.visit_id: placement for placement in placements}
    lying: dict[int, list[Visit]] = {column.work_list.pk: [] for column in columns}
    for column in columns:
        for stop in column.stops:
            visit, list_id = stop.visit, column.work_list.pk
            if placement := to.get(visit.pk):
                visit, list_id = copy(visit), placement.list_id
                visit.planned_start = placement.starts
            lying.setdefault(list_id, []).append(visit)
    return [
        Column(column.work_list, column.on, column.round, route(column.work_list.unit, lying[column.work_list.pk]))
        for column in columns
    ]


def _differ(one: Column, other: Column) -> bool:
    def lies(column: Column) -> list[tuple[int, object]]:
        return [(stop.visit.pk, stop.visit.planned_start) for stop in column.stops]

    return lies(one) != lies(other)


def _moved(before: Sequence[Column], after: Sequence[Column]) -> list[Moved]:
    was = {stop.visit.pk: column for column in before for stop in column.stops}
    return [
        Moved(stop.visit, was[stop.visit.pk], column)
        for column in after
        for stop in column.stops
        if was[stop.visit.pk].work_list != column.work_list
    ]


# Faces


@dataclass(frozen=True)
class Faces:
    """Who knows whom: `had` are those who had a list lately, `met` who has been at whose, `contacts` the named ones."""

    had: Mapping[int, list[int]]
    met: frozenset[tuple[int, int]]
    contacts: Mapping[tuple[int, int], str]


def _faces(moved: Sequence[Moved]) -> list[Effect]:
    if not moved:
        return []
    faces = _who_knows_whom(moved)
    effects = []
    for each in moved:
        holder = each.after.round.taken_by if each.after.round else None
        said = _with_holder(each, holder, faces) if holder else []
        effects += [*said, *_contact_lost(each, faces)]
    return effects + _with_nobody(
        [each for each in moved if not (each.after.round and each.after.round.taken_by)], faces
    )


def _with_holder(each: Moved, holder: Employee, faces: Faces) -> list[Effect]:
    names = {"citizen": each.visit.citizen.short_name, "carer": holder.name}
    role = faces.contacts.get((each.visit.citizen_id, holder.pk))
    if role == NamedContact.Role.PRIMARY:
        return [Effect("good", _("%(citizen)s meets the primary contact, %(carer)s.") % names)]
    if role:
        return [Effect("good", _("%(citizen)s meets the secondary contact, %(carer)s.") % names)]
    if (each.visit.citizen_id, holder.pk) in faces.met:
        return [Effect("plain", _("%(citizen)s knows %(carer)s.") % names)]
    words = _("%(citizen)s gets a face they have not met: %(carer)s.") % names
    if each.visit.citizen.vulnerable:
        words += " " + _("New faces are hard for them.")
    return [Effect("mind", words)]


def _with_nobody(moved: Sequence[Moved], faces: Faces) -> list[Effect]:
    """Nobody has the list yet: those who had it lately tell what is likely. Said once for each list."""
    strangers: dict[str, dict[int, str]] = {}
    for each in moved:
        had = faces.had.get(each.after.work_list.pk, [])
        knows = sum((each.visit.citizen_id, who) in faces.met for who in had)
        if had and knows * 2 < len(had):
            names = strangers.setdefault(each.after.work_list.name, {})
            names[each.visit.citizen_id] = each.visit.citizen.short_name
    words = _("Nobody has %(list)s yet. Few of those who had it lately have been at home with: %(citizens)s")
    return [
        Effect("mind", words % {"list": name, "citizens": ", ".join(citizens.values())})
        for name, citizens in strangers.items()
    ]


def _contact_lost(each: Moved, faces: Faces) -> list[Effect]:
    holder = each.before.round.taken_by if each.before.round else None
    if not holder or (each.visit.citizen_id, holder.pk) not in faces.contacts:
        return []
    names = {"citizen": each.visit.citizen.short_name, "carer": holder.name}
    return [Effect("mind", _("%(citizen)s does not meet their contact %(carer)s then.") % names)]


def _who_knows_whom(moved: Sequence[Moved]) -> Faces:
    on = moved[0].after.on
    citizens = {each.visit.citizen_id for each in moved}
    had = _had_lately({each.after.work_list.pk for each in moved}, on)
    rounds = [column.round for each in moved for column in (each.before, each.after) if column.round]
    people = {round_.taken_by_id for round_ in rounds if round_.taken_by_id}
    people |= {who for holders in had.values() for who in holders}
    done = Visit.objects.done().filter(citizen__in=citizens, done_by__in=people).order_by()
    contacts = NamedContact.objects.current(on).filter(citizen__in=citizens)
    return Faces(
        had=had,
        met=frozenset((c, e) for c, e in done.values_list("citizen_id", "done_by_id").distinct() if e),
        contacts={(c, e): role for c, e, role in contacts.values_list("citizen_id", "employee_id", "role")},
    )


def _had_lately(list_ids: set[int], on: date) -> dict[int, list[int]]:
    rows = Round.objects.filter(work_list__in=list_ids, on__range=(on - LATELY, on), taken_by__isnull=False)
    had: dict[int, list[int]] = {}
    for list_id, who in rows.order_by().values_list("work_list_id", "taken_by_id").distinct():
        had.setdefault(list_id, []).append(who)
    return had


# The drive, and what fits


def _driving(touched: Sequence[tuple[Column, Column]]) -> list[Effect]:
    more = sum(after.driving - before.driving for before, after in touched)
    if more > 0:
        words = ngettext("%(minutes)s minute more driving.", "%(minutes)s minutes more driving.", more)
        return [Effect("mind", words % {"minutes": more})]
    if more < 0:
        words = ngettext("%(minutes)s minute less driving.", "%(minutes)s minutes less driving.", -more)
        return [Effect("good", words % {"minutes": -more})]
    return [Effect("plain", _("The drive is as long as before."))]


def _fit(touched: Sequence[tuple[Column, Column]]) -> list[Effect]:
    effects = []
    for before, after in touched:
        already = {stop.visit.pk for stop in before.stops if stop.too_close}
        effects += [_too_close(after, stop) for stop in after.stops if stop.too_close and stop.visit.pk not in already]
        load = after.minutes + after.driving
        if load > after.of_minutes >= before.minutes + before.driving:
            words = _("%(list)s is then fuller than its hours: %(load)s of %(whole)s minutes.")
            values = {"list": after.work_list.name, "load": load, "whole": after.of_minutes}
            effects.append(Effect("mind", words % values))
    return effects


def _too_close(column: Column, stop: Stop) -> Effect:
    values = {"list": column.work_list.name, "citizen": stop.visit.citizen.short_name}
    return Effect("mind", _("On %(list)s, the visit to %(citizen)s begins before the one before it is over.") % values)


def _trained(moved: Sequence[Moved]) -> list[Effect]:
    effects = []
    for each in moved:
        holder = each.after.round.taken_by if each.after.round else None
        asks = each.visit.competence
        if holder and asks and asks not in holder.competences:
            values = {
                "citizen": each.visit.citizen.short_name,
                "asks": str(Competence(asks).label).lower(),
                "carer": holder.name,
            }
            words = _("The visit to %(citizen)s asks for: %(asks)s. %(carer)s is not down as that.")
            effects.append(Effect("mind", words % values))
    return effects
