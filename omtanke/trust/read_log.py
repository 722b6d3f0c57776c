"""The read log in words: who looked, at what, when, and for which reason; one line for a day's looks of one kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Min
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from omtanke.access.models import LookQuerySet, Reason
from omtanke.access.permissions import Role
from omtanke.trust.ledger import why


def page_in_words(url_name: str) -> str:
    """What a page shows, for people who have never seen it. Every room has words; some pages have their own."""
    pages = {
        "people:citizen": _("The overview of the person"),
        "people:my_people": _("The list of one's own people"),
        "people:citizens": _("The list of people in the unit"),
        "people:circle": _("Family and network"),
        "care:contact_card": _("The contact card"),
        "care:citizen_decisions": _("Decisions about services"),
        "visits:visit_book": _("The visit book"),
        "visits:my_shift": _("Today's visits"),
        "visits:visit": _("A visit"),
        "visits:citizen_week": _("The week's visits"),
        "access:who_sees": _("Who can see the person"),
        "access:who_could_see": _("Who could see the person before"),
        "access:who_has_looked": _("Who has looked"),
        "access:statement": _("The statement of accesses"),
    }
    rooms = {
        "people": _("About the person"),
        "care": _("Decisions and contacts"),
        "visits": _("Visits and work lists"),
        "insight": _("The unit's overview"),
        "spreadsheets": _("Import and export"),
        "access": _("Who can see, and who has looked"),
    }
    room = url_name.partition(":")[0]
    return pages.get(url_name) or rooms.get(room) or _("Something about the person")


@dataclass(frozen=True)
class Looked:
    """One or more looks of the same kind on one day."""

    day: date
    name: str
    roles: str
    what: str
    why: str
    words: str
    times: int
    first: datetime
    last: datetime
    citizen_id: int


def grouped(looks: LookQuerySet) -> Any:
    """The looks as rows, one for each day, person, page and reason; the latest first. Page them before `in_words`."""
    return (
        looks.values("actor__name", "role", "what", "citizen_id", day=TruncDate("at"), why=F("grant__reason"))
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"), words=Max("grant__words"))
        .order_by("-day", "-last", "actor__name", "what")
    )


def in_words(rows: Iterable[dict[str, Any]]) -> list[Looked]:
    return [
        Looked(
            day=row["day"],
            name=row["actor__name"],
            roles=roles_in_words(row["role"]),
            what=page_in_words(row["what"]),
            why=why(Reason(row["why"])) if row["why"] else "",
            words=row["words"] or "",
            times=row["times"],
            first=row["first"],
            last=row["last"],
            citizen_id=row["citizen_id"],
        )
        for row in rows
    ]


def roles_in_words(codes: str) -> str:
    """'carer leader' as 'Carer, Leader'."""
    return ", ".join(str(Role(code).label) for code in codes.split() if code in Role)
