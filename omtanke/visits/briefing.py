"""The one-minute briefing before somebody's first visit: has it been read?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Subquery

from omtanke.people.models import Citizen, Employee
from omtanke.visits.models import BriefingRead, Visit


def say_read(citizen: Citizen, *, by: Employee, at: datetime) -> None:
    """Remember that somebody has read up on this person; the first time stands."""
    BriefingRead.objects.bulk_create([BriefingRead(employee=by, citizen=citizen, at=at)], ignore_conflicts=True)


def read_by(employee: Employee, citizen_ids: Iterable[int]) -> frozenset[int]:
    """Those of the citizens whose briefing this person has read."""
    read = BriefingRead.objects.filter(employee=employee, citizen__in=list(citizen_ids))
    return frozenset(read.values_list("citizen_id", flat=True))


def last_there(employee: Employee, citizen_ids: Iterable[int]) -> dict[int, datetime]:
    """When this person last ended a visit to each of the citizens. Whoever is missing has not met them."""
    # One look-up in an index for each citizen, however many visits there have been.
    latest = Visit.objects.done().filter(done_by=employee, citizen=OuterRef("pk")).order_by("-planned_start")
    citizens = Citizen.objects.filter(pk__in=list(citizen_ids)).order_by()
    found = citizens.annotate(last=Subquery(latest.values("ended_at")[:1])).values_list("pk", "last")
    return {pk: last for pk, last in found if last is not None}
