"""The minutes of a residents' meeting in big type: what was said and decided, who has it, what came of it."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from omtanke.everyday.models import MeetingItem, Presence, ResidentsMeeting
from omtanke.everyday.residents_meeting import from_before


def minutes(meeting: ResidentsMeeting) -> dict[str, Any]:
    """What minutes.typ draws. It hangs on a wall: those who live there are counted, not named."""
    came = Presence.objects.filter(meeting=meeting).count()
    wishes = meeting.wishes.count()
    when = f"{format_date(timezone.localtime(meeting.starts), 'WEEKDAY_DATETIME_FORMAT')}".capitalize()
    return {
        "language": get_language() or "nb",
        "title": _("Residents' meeting"),
        "where": " · ".join(filter(None, [meeting.unit.name, meeting.place])),
        "when": when,
        "came": ngettext("%(number)d person was there", "%(number)d people were there", came) % {"number": came}
        if came
        else "",
        "since": _("What came of it since last time"),
        "since_items": [[item.decision, item.outcome or _("Not done yet.")] for item in from_before(meeting)],
        "items": [_item(item) for item in meeting.items.select_related("owner")],
        "wishes": ngettext(
            "%(number)d wish was said, and somebody has it.",
            "%(number)d wishes were said, and somebody has each of them.",
            wishes,
        )
        % {"number": wishes}
        if wishes
        else "",
    }


def _item(item: MeetingItem) -> dict[str, str]:
    by_when = format_date(item.due, "MONTH_DAY_FORMAT") if item.due else ""
    return {
        "title": f"{item.number}. {item.title}",
        "said": item.said,
        "decision": item.decision,
        "who": " · ".join(filter(None, [item.owner.name if item.owner else "", by_when])) if item.decision else "",
    }
