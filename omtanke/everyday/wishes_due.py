"""What is due about wishes: a new one wants an answer, and none grows silently old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from omtanke.everyday.models import Wish, WishStep
from omtanke.people.models import Belonging
from omtanke.people.questions import Due, what_is_due

ANSWER_WITHIN = timedelta(days=7)
TOO_OLD = timedelta(days=60)  # without a step: nobody remembers what was agreed any more
SHOWN = 40  # letters of the wish


@what_is_due.answered_by
def wishes_due(citizen_ids: Sequence[int], on: date) -> Iterable[Due]:
    """New wishes at once, to be followed up within a week; older ones when nothing has happened for 60 days."""
    open_now = {wish.pk: wish for wish in Wish.objects.open().filter(citizen__in=citizen_ids)}
    steps = WishStep.objects.filter(wish__in=list(open_now)).values_list("wish").order_by()
    taken = steps.annotate(times=Count("pk"), last=Max("at"))
    return [due for pk, times, last in taken if (due := _due(open_now[pk], times, last, on))]


def standing_still_in(unit_id: int, on: date) -> int:
    """Open wishes of a unit's people about which nothing has happened for 60 days."""
    here = Belonging.objects.current(on).filter(unit=unit_id).values("citizen")
    still = Wish.objects.open().filter(citizen__in=here).annotate(last=Max("steps__at"))
    return still.filter(last__date__lte=on - TOO_OLD).count()


def _due(wish: Wish, steps: int, last_step: datetime, on: date) -> Due | None:
    words = Truncator(wish.words).chars(SHOWN)
    last = timezone.localdate(last_step)
    where = reverse("everyday:wish", args=[wish.pk])
    if steps <= 1 and wish.state == Wish.State.SAID:
        return Due(wish.citizen_id, _("New wish: “%(words)s”") % {"words": words}, last + ANSWER_WITHIN, where)
    if on - last >= TOO_OLD:
        return Due(wish.citizen_id, _("The wish “%(words)s” has stood still") % {"words": words}, last + TOO_OLD, where)
    return None
