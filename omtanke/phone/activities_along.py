"""Today's activities of a unit, for a phone: where, when, and who is expected, as far as its user may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from omtanke.everyday.models import Occurrence, Participation
from omtanke.phone.of_attendance import stands

_S = Participation.State
EXPECTED = (_S.INVITED, _S.YES, _S.THERE, _S.NOT_THERE)


@dataclass(frozen=True)
class Today:
    """One time of an activity, and the places there of those whom the user may see, in the order of their names."""

    occurrence: Occurrence
    places: list[Participation]

    def as_json(self) -> dict[str, Any]:
        occurrence = self.occurrence
        place = occurrence.place
        return {
            "id": occurrence.pk,
            "title": occurrence.activity.title,
            "place": place.name if place else "",
            "note": occurrence.note,
            "starts": occurrence.starts.isoformat(),
            "ends": occurrence.ends.isoformat(),
            "people": [_person(one) for one in self.places],
        }


def today_of(unit_ids: Iterable[int], *, at: datetime) -> list[Today]:
    """What these units offer today, and what is for all, where somebody is expected whom the user may see."""
    today = timezone.localdate(at)
    begins = timezone.make_aware(datetime.combine(today, time.min))
    ours = Q(activity__unit__in=list(unit_ids)) | Q(activity__unit=None)
    offered = Occurrence.objects.between(begins, begins + timedelta(days=1)).going_ahead().filter(ours)
    occurrences = {one.pk: one for one in offered.with_place().in_order()}
    places: dict[int, list[Participation]] = {}
    expected = Participation.objects.filter(occurrence__in=list(occurrences), state__in=EXPECTED)
    for one in expected.select_related("citizen", "wish").order_by("citizen__sort_name", "pk"):
        places.setdefault(one.occurrence_id, []).append(one)
    return [Today(one, places[pk]) for pk, one in occurrences.items() if pk in places]


def _person(one: Participation) -> dict[str, Any]:
    return {
        "citizen": one.citizen_id,
        "name": one.citizen.name,
        "first_name": one.citizen.called or one.citizen.first_name,
        "wished": one.wish.words if one.wish else "",
        "stands": stands(one),
        "words": one.words,
        "smile": one.smile,
    }
