"""Another draft of the same days was put into use after this one was made.

To use this one too would mix the two: what the other has placed stays, and only the rest would be used. That is hardly
ever meant, so whoever wants it is told first, and has to tick the days themselves.
"""

from __future__ import annotations

from datetime import date

from omtanke.planning.models import Draft, DraftChange


def others_in_use(draft: Draft) -> dict[date, DraftChange]:
    """By day of this draft, the latest acceptance of another that this one does not know of."""
    later = DraftChange.objects.filter(
        kind=DraftChange.Kind.ACCEPTED, undone_at=None, draft__unit=draft.unit_id, at__gt=draft.asked_at
    )
    overlapping = later.filter(draft__first__lte=draft.last, draft__last__gte=draft.first).exclude(draft=draft)
    mine = set(draft.days)
    found: dict[date, DraftChange] = {}
    for change in overlapping.select_related("draft", "by").order_by("at", "pk"):
        for on in map(date.fromisoformat, change.days):
            if on in mine:
                found[on] = change
    return found
