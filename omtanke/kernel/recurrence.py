"""On which days does something that recurs take place?"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta


def days_of(
    weekdays: Collection[int], *, every_weeks: int, since: date, until: date | None, first: date, last: date
) -> Iterator[date]:
    """The days from `first` through `last` on which it takes place.

    `weekdays` counts Monday as 0. Weeks are counted from the Monday of the week of `since`, so that a visit every
    second week keeps to its weeks whichever weekday it began on. `until` is the first day without it; None: no end.
    """
    anchor = since - timedelta(days=since.weekday())
    on = max(first, since)
    end = min(last, until - timedelta(days=1)) if until else last
    while on <= end:
        if on.weekday() in weekdays and (on - anchor).days // 7 % every_weeks == 0:
            yield on
        on += timedelta(days=1)
