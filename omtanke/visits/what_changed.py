"""Who has changed a day's lists since somebody saw them: told to the one who came second."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from omtanke.access.models import User
from omtanke.visits.models import Round, Visit

LATEST = 50  # changes looked through: more than a day's lists get in an hour


@dataclass(frozen=True)
class Change:
    """A visit lay on one list at a time, and now lies elsewhere."""

    who: str
    visit: Visit
    from_list: str
    from_start: datetime

    @property
    def to_list(self) -> str:
        return self.visit.round.work_list.name


def changes_since(seen: Mapping[int, int], list_ids: Collection[int], on: date) -> list[Change]:
    """What has moved to or from these lists after the versions `seen` (by list), the latest first."""
    of_unit = Round.objects.filter(on=on, work_list__unit__work_lists__in=list_ids).select_related("work_list")
    rounds = {round_.pk: round_.work_list for round_ in of_unit}
    concerned = [pk for pk, work_list in rounds.items() if work_list.pk in list_ids]
    events: Any = apps.get_model("visits", "VisitEvent")
    rows = (
        events.objects.filter(Q(round__in=concerned) | Q(pgh_obj__round__in=concerned), pgh_context__isnull=False)
        .select_related("pgh_context", "pgh_obj__citizen", "pgh_obj__round__work_list")
        .order_by("-pgh_created_at", "-pgh_id")[:LATEST]
    )
    versions = {str(pk): seen.get(work_list.pk, 0) for pk, work_list in rounds.items()}
    new = [row for row in rows if row.pgh_obj is not None and _unseen(row.pgh_context.metadata, versions)]
    names = dict(User.objects.filter(pk__in={_user_of(row) for row in new}).values_list("pk", "name"))
    return [
        Change(
            who=names.get(_user_of(row), ""),
            visit=row.pgh_obj,
            from_list=rounds[row.round_id].name if row.round_id in rounds else "",
            from_start=row.planned_start,
        )
        for row in new
    ]


def _unseen(metadata: Mapping[str, Any], versions: Mapping[str, int]) -> bool:
    """Did this edit give one of the rounds a version that had not been seen?"""
    gave = metadata.get("rounds") or {}
    return any(version > versions[pk] for pk, version in gave.items() if pk in versions)


def _user_of(event: Any) -> int:
    return int(event.pgh_context.metadata.get("user") or 0)
