"""Who has changed what about a volunteer, and when: told from what was kept before each change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from omtanke.access.models import User
from omtanke.everyday.interests import label
from omtanke.everyday.models import Volunteer

TOLD = (
    "hamlet_id", "languages", "interests", "times_a_month", "range_km", "has_car", "seats", "wheelchair_places",
    "accompanies", "phone", "email", "looked_after_by_id", "stopped_on",
)  # fmt: skip
LATEST = 8


@dataclass
class Change:
    """All that was changed at once. Each line: what it is, and how it was before."""

    at: datetime
    by: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)


def changes_of(volunteer: Volunteer) -> list[Change]:
    """The latest first."""
    found: dict[datetime, Change] = {}
    users: dict[datetime, int] = {}
    after: Any = volunteer
    events = volunteer.events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")  # type: ignore[attr-defined]
    for row in events[: 3 * LATEST]:
        lines = [_line(name, row) for name in TOLD if getattr(row, name) != getattr(after, name)]
        if lines:
            found.setdefault(row.pgh_created_at, Change(row.pgh_created_at)).lines += lines
            users[row.pgh_created_at] = _who(row)
        after = row
    times = apps.get_model("everyday", "AvailabilityEvent")._default_manager.filter(volunteer=volunteer)
    before: dict[datetime, list[str]] = defaultdict(list)
    for row in times.select_related("pgh_context").order_by("-pgh_created_at", "weekday", "starts")[: 20 * LATEST]:
        before[row.pgh_created_at].append(f"{WEEKDAYS[row.weekday]} {row.starts:%H:%M}–{row.ends:%H:%M}")
        users[row.pgh_created_at] = _who(row)
    for at, spans in before.items():
        found.setdefault(at, Change(at)).lines.append((_("when they can"), ", ".join(spans)))
    names = dict(User.objects.filter(pk__in=users.values()).values_list("pk", "name"))
    for at, change in found.items():
        change.by = names.get(users[at], "")
    return sorted(found.values(), key=lambda one: one.at, reverse=True)[:LATEST]


def _who(row: Any) -> int:
    return int(row.pgh_context.metadata.get("user") or 0) if row.pgh_context else 0


def _line(name: str, row: Any) -> tuple[str, str]:
    what = str(Volunteer._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr] # all are own
    value = getattr(row, name.removesuffix("_id"))
    if name == "interests":
        value = ", ".join(label(code) for code in value)
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    return what, str(value if value not in {None, ""} else "–")
