"""How many places are taken and left; counted for all, also those whom the one who asks may not see."""

from collections.abc import Iterable

from django.db import connection

from omtanke.everyday.models import Occurrence


def taken_at(occurrence_ids: Iterable[int]) -> dict[int, int]:
    """How many are invited, have said yes, or were there, by occurrence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT occurrence_id, taken FROM everyday_taken(%s::bigint[])", [list(occurrence_ids)])
        return dict(cursor.fetchall())


def free_at(occurrence: Occurrence) -> int | None:
    """Places left; None when there is room for everybody."""
    seats = occurrence.activity.seats
    return None if seats is None else max(seats - taken_at([occurrence.pk]).get(occurrence.pk, 0), 0)
