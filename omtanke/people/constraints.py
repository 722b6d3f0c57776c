"""Pieces of exclusion constraints: nothing of the same kind twice at the same time.

PostgreSQL compares plain numbers in such a constraint only with the btree_gist extension, which the PostgreSQL that
comes along does not ship. A range from the number to itself says the same with what is built in.
"""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, DateTimeRangeField
from django.db.models import F, Func, Value


def same(field: str) -> Func:
    """Two rows clash only where `field` (a number or a foreign key) is the same."""
    return Func(F(field), F(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def days(since: str, until: str) -> Func:
    """The days from `since` up to, without, `until`; no end when `until` is empty."""
    return Func(F(since), F(until), function="daterange", output_field=DateRangeField())


def moments(start: str, end: str) -> Func:
    """The time from `start` up to, without, `end`."""
    return Func(F(start), F(end), function="tstzrange", output_field=DateTimeRangeField())
