"""Before and after side by side: each figure with what it means, and the finding in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.kernel.faces import GOAL
from omtanke.planning.figures import Figures
from omtanke.shell.templatetags.omtanke import hours

NOTICED = 10.0  # minutes over the period that anybody would notice


@dataclass(frozen=True)
class Line:
    """One figure. `tone` tells whether the draft is better ('good'), worse ('mind') or the same ('plain')."""

    label: str
    before: str
    after: str
    tone: str = "plain"
    meaning: str = ""

    @property
    def said(self) -> str:
        return {"good": _("better"), "mind": _("worse")}.get(self.tone, _("the same"))


def lines_of(before: Figures, after: Figures) -> list[Line]:
    """Faces first. What is nought on both sides is left out, but for what people would look for."""
    lines = [
        Line(
            _("Different faces a person meets in 14 days, on average"),
            number_format(before.faces_mean, 1),
            number_format(after.faces_mean, 1),
            _tone(before.faces_mean, after.faces_mean, 0.05),
            _("The goal is %(goal)d or fewer for everybody.") % {"goal": GOAL},
        ),
        _count(_("Most faces that one person meets"), before.faces_most, after.faces_most),
        _count(
            _("New faces for people for whom new faces are hard"), before.new_to_vulnerable, after.new_to_vulnerable
        ),
        _count(_("New faces for others"), before.new - before.new_to_vulnerable, after.new - after.new_to_vulnerable),
        _share(_("Visits by the primary or the secondary contact"), before.by_contacts, after.by_contacts),
        _share(_("Visits by the primary contact"), before.by_primary, after.by_primary),
        _minutes(_("Driving"), before.driving, after.driving),
        _late(before, after),
    ]
    for label, was, becomes in (
        (_("Without a place"), before.unplaced, after.unplaced),
        (_("With somebody who is not down for what the visit asks for"), before.untrained, after.untrained),
    ):
        lines += [_count(label, was, becomes)] if was or becomes else []
    if before.missed_breaks or after.missed_breaks:
        told = "–" if before.missed_breaks is None else str(before.missed_breaks)
        missed = after.missed_breaks or 0
        lines.append(Line(_("Breaks without room"), told, str(missed), _tone(before.missed_breaks or 0, missed)))
    if before.overtime or after.overtime:
        lines.append(_minutes(_("Overtime"), before.overtime, after.overtime))
    return lines


def finding_of(before: Figures, after: Figures) -> str:
    """What matters most, as one would say it."""
    said = [*_faces_in_words(before, after), *_driving_in_words(after.driving - before.driving)]
    if after.unplaced:
        n = after.unplaced
        said.append(ngettext("%(n)d visit has no place", "%(n)d visits have no place", n) % {"n": n})
    if not said:
        return _("About the same on both sides.")
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}."


def _faces_in_words(before: Figures, after: Figures) -> list[str]:
    less = before.new - after.new
    if less > 0:
        return [ngettext("%(n)d new face less", "%(n)d new faces fewer", less) % {"n": less}]
    if less < 0:
        return [ngettext("%(n)d new face more", "%(n)d new faces more", -less) % {"n": -less}]
    fewer = round(before.faces_mean, 1) - round(after.faces_mean, 1)  # as the figures below say it
    if not round(fewer, 1):
        return []
    values = {"n": number_format(abs(fewer), 1)}
    return [_("%(n)s faces fewer for each person") % values if fewer > 0 else _("%(n)s faces more each") % values]


def _driving_in_words(more: float) -> list[str]:
    if abs(more) < NOTICED:
        return []
    words = _("%(time)s more driving") if more > 0 else _("%(time)s less driving")
    return [words % {"time": hours(abs(more))}]


def _tone(before: float, after: float, noticed: float = 0.0) -> str:
    if abs(after - before) <= noticed:
        return "plain"
    return "good" if after < before else "mind"


def _count(label: str, before: int, after: int) -> Line:
    return Line(label, str(before), str(after), _tone(before, after))


def _share(label: str, before: int, after: int) -> Line:
    words = _("%(share)d per cent")
    return Line(label, words % {"share": before}, words % {"share": after}, _tone(-before, -after))


def _minutes(label: str, before: float, after: float) -> Line:
    return Line(label, hours(before), hours(after), _tone(before, after, NOTICED))


def _late(before: Figures, after: Figures) -> Line:
    return Line(
        _("Later than agreed"),
        _late_words(before),
        _late_words(after),
        _tone(before.late, after.late, NOTICED),
        _("Counted from when the visit should have begun at the latest."),
    )


def _late_words(figures: Figures) -> str:
    if figures.late < 1:
        return _("nobody")
    values = {"all": hours(figures.late), "most": hours(figures.worst_late)}
    return _("%(all)s in all, at most %(most)s") % values
