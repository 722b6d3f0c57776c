"""The newsletter on paper."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from omtanke.befriending.models import Newsletter, TeamMeeting
from omtanke.befriending.newsletter import meetings_of


def on_paper(newsletter: Newsletter) -> dict[str, Any]:
    """What newsletter.typ draws."""
    return {
        "language": get_language() or "nb",
        "title": newsletter.title,
        "month": format_date(newsletter.month, "F Y").capitalize(),
        "lead": _paragraphs(newsletter.lead),
        "pieces": [{"heading": one.heading, "text": _paragraphs(one.text)} for one in newsletter.pieces.all()],
        "meetings_title": _("Team meetings this month"),
        "meetings": [_meeting(one) for one in meetings_of(newsletter)],
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _meeting(meeting: TeamMeeting) -> dict[str, str]:
    starts = timezone.localtime(meeting.starts)
    where = [meeting.department.name if meeting.department else "", meeting.place or _("Video meeting")]
    return {
        "when": format_date(starts, "WEEKDAY_CLOCK_FORMAT").capitalize(),
        "what": str(TeamMeeting.Theme(meeting.theme).label),
        "where": " · ".join(filter(None, where)),
    }
