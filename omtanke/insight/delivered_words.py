"""Granted against delivered in words: what it is, why, and what to do. No blame, and no single employee."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.kernel.delivered import Cause, Drift, Weekly
from omtanke.shell.templatetags.omtanke import hours
from omtanke.visits.models import Visit


def finding(weekly: Weekly) -> str:
    """One sentence: how much less or more than granted."""
    time = {"time": hours(abs(weekly.difference))}
    if weekly.drift == Drift.LESS:
        return _("Gets %(time)s a week less than granted.") % time
    if weekly.drift == Drift.MORE:
        return _("Gets %(time)s a week more than granted.") % time
    return _("Gets about what is granted.")


def explanation(weekly: Weekly) -> str:
    """Why it drifts, as far as the visits can tell."""
    planned = {"planned": hours(weekly.planned), "granted": hours(weekly.granted)}
    if weekly.cause is None:
        return ""
    return {
        Cause.TOO_LITTLE_PLANNED: _("Only %(planned)s a week were planned. Some of the decision has no place.")
        % planned,
        Cause.NOT_DONE: _("Visits were not done: %(why)s.") % {"why": not_done(weekly)},
        Cause.SHORTER: _("The visits were shorter than planned. Ask whether the need has become smaller."),
        Cause.MORE_PLANNED: _("%(planned)s a week were planned, more than granted. Does the decision need a new look?")
        % planned,
        Cause.LONGER: _("The visits took longer than planned. Ask whether the need has grown."),
    }[weekly.cause]


def not_done(weekly: Weekly) -> str:
    """As 'Said no today (3), In hospital (2)', the most frequent first."""
    by_number = sorted(weekly.not_done.items(), key=lambda item: -item[1])
    return ", ".join(f"{str(Visit.NotDone(why).label).lower()} ({number})" for why, number in by_number)


def finding_for_all(less: int, more: int, everybody: int) -> str:
    """The title of the chart: how many drift."""
    if not less and not more:
        return _("Everybody gets about what is granted")
    parts = []
    if less:
        parts.append(ngettext("%(number)s person gets less", "%(number)s people get less", less) % {"number": less})
    if more:
        parts.append(ngettext("%(number)s person gets more", "%(number)s people get more", more) % {"number": more})
    return _("Of %(all)s, %(parts)s than granted") % {"all": everybody, "parts": f" {_('and')} ".join(parts)}
