"""A criterion is not met any more: the visits that are planned are on hold until it is.

Nothing is deleted and nothing is set: a visit is on hold because of how the criteria stand, so it is taken up again by
itself when the criterion is met. The database lets no visit begin meanwhile (migration 0009).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from omtanke.befriending.models import Criterion, Order, ServiceVisit
from omtanke.befriending.readiness import who_helps
from omtanke.people.models import Employee

NOT_BEGUN = Q(began_at=None, not_done_because="")


@dataclass(frozen=True)
class Hold:
    """An order whose visits are on hold: which criteria are not met, and which visits wait, in their order."""

    order: Order
    why: list[Criterion]
    visits: list[ServiceVisit]


def on_hold(orders: Iterable[Order]) -> list[Hold]:
    """Those of the orders that have visits waiting. Two queries, however many orders there are."""
    open_ones = {order.pk: order for order in orders if order.closed_at is None}
    why: dict[int, list[Criterion]] = {}
    not_met = Criterion.objects.filter(order__in=open_ones, met=False).select_related("judged_by")
    for criterion in not_met.order_by("judged_at"):
        why.setdefault(criterion.order_id, []).append(criterion)
    waiting: dict[int, list[ServiceVisit]] = {}
    visits = ServiceVisit.objects.filter(NOT_BEGUN, order__in=why).select_related("senior")
    for visit in visits.in_order():
        waiting.setdefault(visit.order_id, []).append(visit)
    return [Hold(open_ones[pk], why[pk], waiting[pk]) for pk in open_ones if pk in why and pk in waiting]


def held(visits: Iterable[ServiceVisit]) -> set[int]:
    """Which of these visits (by primary key) are on hold. One query."""
    open_still = [visit for visit in visits if visit.began_at is None and not visit.not_done_because]
    orders = {visit.order_id for visit in open_still}
    not_met = set(Criterion.objects.filter(order__in=orders, met=False).values_list("order_id", flat=True))
    return {visit.pk for visit in open_still if visit.order_id in not_met}


def whom_to_ask(visit: ServiceVisit) -> list[Employee]:
    """Whoever has the order; otherwise those who lead the department."""
    return [visit.order.has_it] if visit.order.has_it else who_helps(visit.senior)


@transaction.atomic
def take_out_held(order: Order, *, because: str) -> int:
    """None of the visits that wait takes place; they stay, with the reason. Returns how many."""
    if not Criterion.objects.filter(order=order, met=False).exists():
        return 0
    return ServiceVisit.objects.filter(NOT_BEGUN, order=order).update(not_done_because=because)
