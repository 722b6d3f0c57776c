"""Who and what has no place yet: decisions, people, lists of the coming days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from omtanke.care.models import Decision, DecisionQuerySet, NamedContact
from omtanke.people.models import Belonging, Citizen
from omtanke.visits.models import RecurringVisit, Round

COMING_DAYS = 3  # a list nobody has by then is the leader's to hand out


@dataclass(frozen=True)
class NoPlace:
    decisions: list[Decision]
    without_primary: list[Citizen]
    without_secondary: list[Citizen]
    rounds: list[Round]

    @property
    def citizen_ids(self) -> set[int]:
        people = {citizen.pk for citizen in (*self.without_primary, *self.without_secondary)}
        return people | {decision.citizen_id for decision in self.decisions}

    @property
    def nothing(self) -> bool:
        return not (self.decisions or self.without_primary or self.without_secondary or self.rounds)


def without_place(unit_ids: Collection[int], on: date) -> QuerySet[Decision]:
    """Decisions that ask for visits and have none that recur, now or later."""
    recurs = RecurringVisit.objects.filter(decision=OuterRef("pk")).filter(Q(until=None) | Q(until__gt=on))
    asking: DecisionQuerySet = Decision.objects.filter(unit__in=unit_ids)
    return (
        asking.given_by_visits()
        .not_ended(on)
        .filter(~Exists(recurs))
        .select_related("citizen", "unit")
        .order_by("since", "pk")
    )


def who_has_no_place(unit_ids: Collection[int], on: date) -> NoPlace:
    return NoPlace(
        decisions=list(without_place(unit_ids, on)),
        without_primary=list(_without(NamedContact.Role.PRIMARY, unit_ids, on)),
        without_secondary=list(_without(NamedContact.Role.SECONDARY, unit_ids, on)),
        rounds=list(_without_taker(unit_ids, on)),
    )


def _without(role: str, unit_ids: Collection[int], on: date) -> QuerySet[Citizen]:
    """People of these units with a running decision, and nobody in this role."""
    of_units = Belonging.objects.current(on).filter(unit__in=unit_ids).values("citizen_id")
    served = Decision.objects.current(on).filter(citizen=OuterRef("pk"), unit__in=unit_ids)
    named = NamedContact.objects.current(on).filter(citizen=OuterRef("pk"), role=role)
    return Citizen.objects.filter(pk__in=of_units).filter(Exists(served), ~Exists(named)).in_order()


def _without_taker(unit_ids: Collection[int], on: date) -> QuerySet[Round]:
    return (
        Round.objects.filter(
            work_list__unit__in=unit_ids, on__range=(on, on + timedelta(days=COMING_DAYS - 1)), taken_by=None
        )
        .annotate(how_many=Count("visits", filter=Q(visits__not_done="")))
        .filter(how_many__gt=0)
        .select_related("work_list__unit")
        .order_by("on", "work_list__starts", "work_list__name")
    )
