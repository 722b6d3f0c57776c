"""What this room answers when a page about a person asks: the next visit, who has been there lately, and whom
somebody meets today."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Count

from omtanke.people.questions import (
    BeenThere,
    Busy,
    Meeting,
    NextVisit,
    been_there,
    busy_times,
    next_visits,
    whom_i_meet,
)
from omtanke.visits.models import Visit


@next_visits.answered_by
def planned(citizen_ids: Sequence[int], at: datetime) -> Iterable[NextVisit]:
    """The first visit still to do, with the carer who has the list, if somebody has it."""
    coming = (
        Visit.objects.still_to_do()
        .filter(citizen__in=citizen_ids, planned_start__gte=at, second_carer=False)
        .order_by("citizen_id", "planned_start", "pk")
        .distinct("citizen_id")
        .select_related("round__taken_by")
    )
    return [
        NextVisit(
            visit.citizen_id,
            visit.planned_start,
            visit.what,
            who=visit.round.taken_by.first_name if visit.round.taken_by else "",
        )
        for visit in coming
    ]


@been_there.answered_by
def carried_out(citizen_id: int, since: date) -> Iterable[BeenThere]:
    done = Visit.objects.done().filter(citizen=citizen_id, on__gte=since, done_by__isnull=False)
    return [
        BeenThere(employee_id, times)
        for employee_id, times in done.values_list("done_by").annotate(times=Count("pk")).order_by()
    ]


@whom_i_meet.answered_by
def on_my_lists(employee_id: int, on: date) -> Iterable[Meeting]:
    """Those on the lists that somebody has on a day."""
    visits = Visit.objects.filter(round__taken_by=employee_id, on=on).in_order()
    return [
        Meeting(visit.citizen_id, visit.started_at or visit.planned_start, now=visit.state == "under_way")
        for visit in visits
    ]


@busy_times.answered_by
def when_visited(citizen_ids: Sequence[int], since: datetime, until: datetime) -> Iterable[Busy]:
    """The visits between, as times only: those who arrange activities may know that, and no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM visits_busy(%s::bigint[], %s, %s)", [list(citizen_ids), since, until])
        return [Busy(*row) for row in cursor.fetchall()]
