"""The answer to a what if, from ids and numbers to people and words, for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from omtanke.kernel.planning.explain import Difference
from omtanke.people.models import Citizen, Employee
from omtanke.planning.called import listed
from omtanke.planning.costs_in_words import as_effects
from omtanke.planning.effects_in_words import TOLD_BY_NAME
from omtanke.planning.models import WhatIf
from omtanke.planning.what_if_answer import SOMEBODY_NEW
from omtanke.visits.effects import Effect
from omtanke.visits.models import Shift, Visit

MANY = 10 * 60  # minutes
NOT_TOLD = TOLD_BY_NAME | {"changed_carer", "changed_time", "rotation", "off_list", "unfair"}


@dataclass(frozen=True)
class NewFace:
    """Somebody who meets carers they do not know; `spared` when the stand-ins would change that."""

    citizen: Citizen
    carers: str
    spared: bool = False


@dataclass(frozen=True)
class Column:
    """One way in the table of figures."""

    new: int
    new_to_vulnerable: int
    unplaced: int
    visits: int
    faces: float
    by_contacts: int
    driving: int
    late: int
    overtime: int
    means: list[Effect]


@dataclass(frozen=True)
class Candidate:
    """A colleague who could take a shift, in words."""

    employee: Employee
    knows: int
    new_for_vulnerable: str
    new_for: str
    contact_for: int
    untrained: int


@dataclass(frozen=True)
class EmptyShift:
    shift: Shift
    people: int
    first: Candidate | None
    others: list[Candidate]


@dataclass(frozen=True)
class Read:
    now: Column
    then: Column
    gently: Column | None
    new_faces: list[NewFace]
    unplaced: list[Visit]
    still_unplaced: frozenset[int]
    shifts: list[EmptyShift]
    new_with_stand_ins: int = 0
    hard_with_stand_ins: int = 0
    citizen_ids: list[int] = field(default_factory=list)

    @property
    def best(self) -> Column:
        return self.gently or self.then

    @property
    def hard(self) -> bool:
        """Are there people among them for whom new faces are hard?"""
        return any(each.citizen.vulnerable for each in self.new_faces)

    @property
    def nobody_concerned(self) -> bool:
        return not (self.new_faces or self.unplaced)


def read(asked: WhatIf) -> Read:
    """What the reader may not see is left out; four queries."""
    said: dict[str, Any] = asked.answer
    names = _names(said)
    now, then, gently = said["now"], said["then"], said.get("gently")
    unplaced = _unplaced(now, then)
    citizens = names.citizens
    new = _new_faces(now, then, gently, names)
    with_them = _because_of_it(now, gently) if gently else set()
    left = frozenset(int(pk) for pk in (gently or then)["unplaced"])
    return Read(
        now=_column(now),
        then=_column(then),
        gently=_column(gently) if gently else None,
        new_faces=new,
        unplaced=[visit for visit in unplaced if str(visit.citizen_id) in citizens],
        still_unplaced=left,
        shifts=_shifts(said.get("shifts", []), names),
        new_with_stand_ins=len(with_them),
        hard_with_stand_ins=sum(citizens[person].vulnerable for person in with_them if person in citizens),
        citizen_ids=[citizen.pk for citizen in citizens.values()],
    )


@dataclass(frozen=True)
class _Names:
    citizens: Mapping[str, Citizen]
    employees: Mapping[str, Employee]
    shifts: Mapping[str, Shift]

    def people(self, ids: list[str]) -> str:
        return listed(self.citizens[pk].short_name for pk in ids if pk in self.citizens)

    def carers(self, ids: list[str]) -> str:
        return listed(self.employees[pk].name if pk in self.employees else _("somebody new") for pk in ids)


def _names(said: Mapping[str, Any]) -> _Names:
    ways = [said[name] for name in ("now", "then", "gently") if said.get(name)]
    offers = [offer for shift in said.get("shifts", []) for offer in shift["offers"]]
    citizens = {person for way in ways for person, _carers in way["new"]}
    citizens |= {person for offer in offers for person in (*offer["new_for"], *offer["new_for_vulnerable"])}
    visits = {pk for way in ways for pk in way["unplaced"]}
    citizens |= {str(pk) for pk in Visit.objects.filter(pk__in=visits).values_list("citizen_id", flat=True)}
    carers = {carer for way in ways for _person, carers in way["new"] for carer in carers if carer != SOMEBODY_NEW}
    carers |= {offer["carer"] for offer in offers}
    shifts = [shift["shift"] for shift in said.get("shifts", [])]
    return _Names(
        citizens={str(row.pk): row for row in Citizen.objects.filter(pk__in=citizens)},
        employees={str(row.pk): row for row in Employee.objects.filter(pk__in=carers)},
        shifts={str(row.pk): row for row in Shift.objects.filter(pk__in=shifts)},
    )


def _column(way: Mapping[str, Any]) -> Column:
    means = [Difference(name, amount, cost) for name, amount, cost in way["means"]]
    return Column(
        new=len(way["new"]),
        new_to_vulnerable=way["new_to_vulnerable"],
        unplaced=len(way["unplaced"]),
        visits=way["visits"],
        faces=way["faces"],
        by_contacts=way["by_contacts"],
        driving=_rounded(way["driving"]),
        late=_rounded(way["late"]),
        overtime=_rounded(way["overtime"]),
        means=as_effects(means, without=NOT_TOLD),
    )


def _rounded(minutes: int) -> int:
    """Of many hours nobody needs the minutes."""
    return round(minutes / 60) * 60 if minutes >= MANY else minutes


def _new_faces(
    now: Mapping[str, Any], then: Mapping[str, Any], gently: Mapping[str, Any] | None, names: _Names
) -> list[NewFace]:
    """Who meets somebody they would not meet as the rota is."""
    had = {(person, carer) for person, carers in now["new"] for carer in carers}
    still = _because_of_it(now, gently or then)
    found = []
    for person, carers in then["new"]:
        new = [carer for carer in carers if (person, carer) not in had]
        if new and person in names.citizens:
            found.append(NewFace(names.citizens[person], names.carers(new), person not in still))
    return found


def _because_of_it(now: Mapping[str, Any], way: Mapping[str, Any]) -> set[str]:
    """People who meet somebody whom they would not meet as the rota is."""
    had = {(person, carer) for person, carers in now["new"] for carer in carers}
    return {person for person, carers in way["new"] if any((person, carer) not in had for carer in carers)}


def _unplaced(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[Visit]:
    lost = set(then["unplaced"]) - set(now["unplaced"])
    return list(Visit.objects.filter(pk__in=lost).select_related("citizen").in_order())


def _shifts(rows: list[Mapping[str, Any]], names: _Names) -> list[EmptyShift]:
    found = []
    for row in rows:
        shift = names.shifts.get(row["shift"])
        if shift is None:
            continue
        offers = {
            offer["carer"]: _candidate(offer, names) for offer in row["offers"] if offer["carer"] in names.employees
        }
        first = offers.pop(row["chosen"], None) if row["chosen"] else None
        found.append(EmptyShift(shift, row["people"], first, list(offers.values())))
    return found


def _candidate(offer: Mapping[str, Any], names: _Names) -> Candidate:
    return Candidate(
        employee=names.employees[offer["carer"]],
        knows=offer["knows"],
        new_for_vulnerable=names.people(offer["new_for_vulnerable"]),
        new_for=names.people(offer["new_for"]),
        contact_for=offer["contact_for"],
        untrained=offer["untrained"],
    )
