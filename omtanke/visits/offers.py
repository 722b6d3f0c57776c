"""The lists of a day as somebody sees them who is about to take one: whom they meet there, who had it lately.

A fixed number of queries however many lists and visits there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from omtanke.care.models import NamedContact
from omtanke.kernel.rotation import Choice, Had, Suggestion, had_lately, suggest
from omtanke.kernel.travel import driving_minutes, place_of
from omtanke.people.models import Citizen, Competence, Employee, Unit
from omtanke.visits.briefing import last_there
from omtanke.visits.models import Round, Shift, Visit

# Far enough back to find five days with the list, also for those of weekends only.
HISTORY = timedelta(days=35)


@dataclass
class Offer:
    """One list of the day.

    `can_take`: I am at work then, here or in another unit. `drive` is minutes in all. `lacks` is what the list asks for
    that I am not trained in. `planned_for_me`: a plan that is in use had me in mind for it.
    """

    round: Round
    during_my_shift: bool
    can_take: bool
    visits: int = 0
    drive: int = 0
    lately: list[Employee] = field(default_factory=list)
    primary_for: list[Citizen] = field(default_factory=list)
    secondary_for: list[Citizen] = field(default_factory=list)
    not_met: list[Citizen] = field(default_factory=list)
    lacks: list[Competence] = field(default_factory=list)
    suggestion: Suggestion | None = None
    planned_for_me: bool = False

    @property
    def is_suggested(self) -> bool:
        return self.planned_for_me or self.suggestion is not None

    @property
    def named(self) -> list[Citizen]:
        return [*self.primary_for, *self.secondary_for, *self.not_met]

    @property
    def is_free(self) -> bool:
        return self.round.taken_by_id is None


def offers_of(units: Collection[Unit], *, on: date, reader: Employee, shifts: Sequence[Shift]) -> list[Offer]:
    """The lists of these units on a day, with the one suggested marked."""
    rounds = Round.objects.filter(on=on, work_list__unit__in=units)
    rounds = rounds.select_related("work_list__unit", "taken_by", "handed_out_by", "proposed_for")
    in_order = sorted(rounds, key=lambda r: (r.work_list.unit.sort_name, r.starts_at, r.work_list.name))
    offers = [_offer(round_, shifts) for round_ in in_order]
    history = _history(in_order, on)
    _say_who_had_it(offers, history, on)
    _say_whom_one_meets(offers, reader, on)
    _suggest(offers, history, reader, on)
    return sorted(offers, key=lambda offer: _mine_then_suggested(offer, reader))


def _mine_then_suggested(offer: Offer, reader: Employee) -> tuple[str, bool, bool]:
    return offer.round.work_list.unit.sort_name, offer.round.taken_by_id != reader.pk, not offer.is_suggested


def _offer(round_: Round, shifts: Iterable[Shift]) -> Offer:
    then = [shift.unit_id for shift in shifts if shift.starts < round_.ends_at and shift.ends > round_.starts_at]
    return Offer(round_, during_my_shift=round_.work_list.unit_id in then, can_take=bool(then))


def _history(rounds: Iterable[Round], on: date) -> list[Had]:
    before = Round.objects.filter(work_list__in=[r.work_list_id for r in rounds], on__gte=on - HISTORY, on__lt=on)
    had = before.exclude(taken_by=None).values_list("work_list_id", "taken_by_id", "on")
    return [Had(list_id, who, day) for list_id, who, day in had if who is not None]


def _say_who_had_it(offers: Iterable[Offer], history: list[Had], on: date) -> None:
    people = Employee.objects.in_bulk({had.who for had in history})
    for offer in offers:
        offer.lately = [people[who] for who in had_lately(history, offer.round.work_list_id, before=on)]


def _say_whom_one_meets(offers: Iterable[Offer], reader: Employee, on: date) -> None:
    by_round: dict[int, list[Visit]] = {}
    rounds = {offer.round.pk for offer in offers}
    for visit in Visit.objects.filter(round__in=rounds).select_related("citizen").in_order():
        by_round.setdefault(visit.round_id, []).append(visit)
    citizens = {visit.citizen_id for visits in by_round.values() for visit in visits}
    contacts = NamedContact.objects.current(on).filter(employee=reader, citizen__in=citizens)
    roles = dict(contacts.values_list("citizen_id", "role"))
    met = last_there(reader, citizens)
    for offer in offers:
        visits = by_round.get(offer.round.pk, [])
        people = {visit.citizen_id: visit.citizen for visit in visits}
        offer.visits, offer.drive = len(visits), _driving(offer.round.work_list.unit, visits)
        offer.primary_for = [c for pk, c in people.items() if roles.get(pk) == NamedContact.Role.PRIMARY]
        offer.secondary_for = [c for pk, c in people.items() if roles.get(pk) == NamedContact.Role.SECONDARY]
        offer.not_met = [c for pk, c in people.items() if pk not in met and pk not in roles]
        asked = {visit.competence for visit in visits if visit.competence}
        offer.lacks = [Competence(word) for word in sorted(asked.difference(reader.competences))]


def _driving(unit: Unit, visits: Iterable[Visit]) -> int:
    """Minutes of driving in all: from where the cars stand, by every door, and back."""
    places = [place_of(unit), *(place_of(visit.citizen) for visit in visits), place_of(unit)]
    known = [somewhere for somewhere in places if somewhere]
    return sum(driving_minutes(a, b) or 0 for a, b in pairwise(known))


def _suggest(offers: Iterable[Offer], history: list[Had], reader: Employee, on: date) -> None:
    if any(offer.round.taken_by_id == reader.pk for offer in offers):
        return  # who has a list needs no suggestion
    free = {offer.round.work_list_id: offer for offer in offers if offer.is_free and offer.during_my_shift}
    planned = [offer for offer in free.values() if offer.round.proposed_for_id == reader.pk]
    for offer in planned:
        offer.planned_for_me = True
    if planned:
        return
    # What a plan had somebody else in mind for is suggested to nobody else; it can be taken all the same.
    free = {list_id: offer for list_id, offer in free.items() if offer.round.proposed_for_id is None}
    choices = [
        Choice(list_id, len(offer.primary_for), len(offer.secondary_for), bool(offer.lacks))
        for list_id, offer in free.items()
    ]
    best = suggest(choices, history, reader.pk, on=on)
    if best:
        free[best.list_id].suggestion = best
