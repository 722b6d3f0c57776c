"""Who has changed a day's lists since somebody saw them: told to the one who came second."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from omtanke.access.models import User
from omtanke.visits.models import Round, Visit


@dataclass(frozen=True)
class Change:
    """A visit lay on one list at a time, and now lies elsewhere."""

    who: str
    at: datetime
    visit: Visit
    from_list: str
    from_start: datetime

    @property
    def to_list(self) -> str:
        return self.visit.round.work_list.name


def changes_since(list_ids: Collection[int], on: date, since: datetime) -> list[Change]:
    """What moved to or from these lists after `since`, the latest first."""
    of_unit = Round.objects.filter(on=on, work_list__unit__work_lists__in=list_ids)
    rounds = dict(of_unit.values_list("pk", "work_list__name"))
    concerned = list(Round.objects.filter(work_list__in=list_ids, on=on).values_list("pk", flat=True))
    events: Any = apps.get_model("visits", "VisitEvent")
    rows = list(
        events.objects.filter(pgh_created_at__gt=since)
        .filter(Q(round__in=concerned) | Q(pgh_obj__round__in=concerned))
        .select_related("pgh_context", "pgh_obj__citizen", "pgh_obj__round__work_list")
        .order_by("-pgh_created_at")[:20]
    )
    names = _names(rows)
    return [
        Change(
            who=names.get(_user_of(row), ""),
            at=row.pgh_created_at,
            visit=row.pgh_obj,
            from_list=rounds.get(row.round_id, ""),
            from_start=row.planned_start,
        )
        for row in rows
        if row.pgh_obj is not None
    ]


def _user_of(event: Any) -> int:
    return int(event.pgh_context.metadata.get("user") or 0) if event.pgh_context else 0


def _names(events: list[Any]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in={_user_of(event) for event in events}).values_list("pk", "name"))
