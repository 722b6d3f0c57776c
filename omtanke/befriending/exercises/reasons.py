"""Why an exercise is there, why at this step, and why another one is not: in words, as one would tell a colleague."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.defaultfilters import date as format_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.befriending.exercises.facts import LIKES, WHEN
from omtanke.kernel.exercises.choosing import Because, Chosen
from omtanke.kernel.exercises.excluded import Excluded
from omtanke.kernel.exercises.levels import Step

EXCLUDED: Mapping[Excluded, Promise] = {
    Excluded.WHEELCHAIR: gettext_lazy("uses a wheelchair: exercises are seated"),
    Excluded.HURT_LATELY: gettext_lazy("was hurt in a fall in the last twelve weeks: exercises are seated"),
    Excluded.FALLS_AND_DIZZY: gettext_lazy("falls and gets dizzy: exercises are seated"),
    Excluded.FELL_LATELY: gettext_lazy("fell in the last twelve weeks, or nobody knows when"),
    Excluded.FALLS: gettext_lazy("has fallen several times or was hurt: always holds on"),
    Excluded.DIZZY: gettext_lazy("gets dizzy"),
    Excluded.NEW_HIP: gettext_lazy("has a new hip"),
    Excluded.WALKING_AID: gettext_lazy("walks with an aid: always holds on"),
    Excluded.TIRES_FAST: gettext_lazy("tires quickly: the hardest step is left out"),
    Excluded.SIGHT: gettext_lazy("asks for good sight"),
    Excluded.HEARING: gettext_lazy("asks for good hearing"),
}
STEP: Mapping[Step, Promise] = {
    Step.FIRST_TIME: gettext_lazy("Begins gently."),
    Step.UP: gettext_lazy("A step further: it was easy the last two times."),
    Step.DOWN: gettext_lazy("A step gentler: it was hard last time."),
    Step.AFTER_BREAK: gettext_lazy("A step gentler after a long break."),
}
BECAUSE: Mapping[Because, Promise] = {
    Because.PINNED: gettext_lazy("Somebody has put it first."),
    Because.BALANCE: gettext_lazy("Some balance belongs to every visit."),
    Because.STRENGTH: gettext_lazy("Some strength belongs to every visit."),
    Because.FIRST: gettext_lazy("Every visit begins with warming up."),
    Because.LAST: gettext_lazy("Every visit ends calmly."),
}


def why(chosen: Chosen) -> str:
    """Two or three short sentences."""
    said = [_because(chosen), str(STEP.get(chosen.step, ""))]
    if chosen.held_back:
        said.append(_("Not further now: %(why)s.") % {"why": EXCLUDED[chosen.held_back]})
    return " ".join(filter(None, said))


def _because(chosen: Chosen) -> str:
    if chosen.because is Because.FELL_SO and chosen.fell_when:
        return _("Trains what went wrong in a fall: %(when)s.") % {"when": WHEN[chosen.fell_when]}
    if chosen.because is Because.LIKES and chosen.taste:
        return _("Likes %(what)s.") % {"what": LIKES[chosen.taste]}
    if chosen.because in BECAUSE:
        return str(BECAUSE[chosen.because])
    if chosen.last_on:
        return _("It has its turn: last done %(when)s.") % {"when": format_date(chosen.last_on, "MONTH_DAY_FORMAT")}
    return _("Not tried yet.")
