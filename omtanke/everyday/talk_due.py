"""When should somebody sit down for the next interest talk? A year after the last, or soon after the person came.

A talk the person would rather not have is an answer: it is offered again a year later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from omtanke.everyday.talk import URL, in_use
from omtanke.forms.models import Answers, Questionnaire
from omtanke.people.models import Belonging
from omtanke.people.questions import Due, what_is_due

EVERY = timedelta(days=365)
TO_SETTLE_IN = timedelta(weeks=4)  # a new person is met first, and asked then
IN_SIGHT = timedelta(weeks=3)


def next_talk(came: date, last: date | None) -> date:
    return came + TO_SETTLE_IN if last is None else last + EVERY


def talks_of(citizen_ids: Sequence[int], on: date) -> dict[int, date]:
    """When each of those who belong to a unit should have the next talk; nothing while the talk is not in use."""
    first = Questionnaire.objects.filter(url=URL).aggregate(first=Min("published_at"))["first"]
    if in_use() is None or first is None:
        return {}
    began = timezone.localdate(first)  # nobody has waited since before there was such a talk
    came = dict(
        Belonging.objects.current(on)
        .filter(citizen__in=citizen_ids)
        .values("citizen_id")
        .annotate(came=Min("since"))
        .values_list("citizen_id", "came")
    )
    last = dict(
        Answers.objects.settled()
        .to(URL)
        .filter(citizen__in=citizen_ids)
        .values("citizen_id")
        .annotate(last=Max("finished_at"))
        .values_list("citizen_id", "last")
    )
    held = {pk: timezone.localdate(at) for pk, at in last.items() if at}
    return {pk: next_talk(max(since, began), held.get(pk)) for pk, since in came.items()}


@what_is_due.answered_by
def talks_due(citizen_ids: Sequence[int], on: date) -> Iterable[Due]:
    return [
        Due(pk, _("Interest talk"), when, reverse("everyday:talk", args=[pk]))
        for pk, when in talks_of(citizen_ids, on).items()
        if when <= on + IN_SIGHT
    ]


def overdue_in(unit_id: int, on: date) -> dict[int, date]:
    """Those of a unit whose talk should have been held, and since when."""
    ids = list(Belonging.objects.current(on).filter(unit=unit_id).values_list("citizen_id", flat=True))
    return {pk: when for pk, when in talks_of(ids, on).items() if when < on}
