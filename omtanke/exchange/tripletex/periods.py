"""Months as people pick them, and how a period is said."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format

MONTHS_OFFERED = 12
EARLY = 10  # until this day of the month the month before is what people want


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of its month."""
    return first_of(day.replace(day=28) + timedelta(days=4)) - timedelta(days=1)


def month_before(day: date) -> date:
    return first_of(first_of(day) - timedelta(days=1))


def months_until(today: date) -> list[date]:
    """First days of this month and those before it, newest first."""
    months = [first_of(today)]
    while len(months) < MONTHS_OFFERED:
        months.append(month_before(months[-1]))
    return months


def usual_month(today: date) -> date:
    return month_before(today) if today.day <= EARLY else first_of(today)


def month_name(day: date) -> str:
    return date_format(day, "F Y")


def period_name(first: date, last: date) -> str:
    """As 'November 2026', or from day to day."""
    if first == first_of(first) and last == last_of(first):
        return month_name(first)
    if first == last:
        return date_format(first, "DATE_FORMAT")
    begins = date_format(first, "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT")
    return f"{begins} – {date_format(last, 'DATE_FORMAT')}"
