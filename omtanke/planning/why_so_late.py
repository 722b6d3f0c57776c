"""Why does a visit not begin earlier? The chain of causes in two sentences: what is nearest, and what is last."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omtanke.kernel.planning.cost import windows_of
from omtanke.kernel.planning.explain import Because, Cause, Explainer
from omtanke.kernel.planning.problem import PairKind
from omtanke.planning.called import Called
from omtanke.planning.words import tidy


def why_so_late(about: Explainer, task_id: str, called: Called) -> list[str]:
    """First how late it is, then what it waits for, then what is behind all that."""
    chain = about.why_so_late(task_id)
    said = [_how_late(about, chain[0], called), _nearest(about, chain[0], called)]
    if len(chain) > 1:
        said.append(_root(about, chain, called))
    return tidy(said)


def _how_late(about: Explainer, cause: Cause, called: Called) -> str:
    late = round(cause.minutes_late)
    if late < 1:
        return ""
    start = about.plan.starts()[cause.task]
    words = ngettext(
        "It begins at %(clock)s, %(n)d minute later than agreed.",
        "It begins at %(clock)s, %(n)d minutes later than agreed.",
        late,
    )
    return words % {"clock": called.clock(start), "n": late}


def _nearest(about: Explainer, cause: Cause, called: Called) -> str:
    """What this start itself waits for."""
    shift = about.shifts[about.plan.shift_of()[cause.task]]
    values = {"carer": called.carer(shift.carer), "clock": called.clock(shift.starts)}
    if cause.because is Because.WINDOW:
        return _("It may not begin before %(clock)s.") % {"clock": _opens(about, cause.task, called)}
    if cause.because is Because.SHIFT:
        return _("The shift of %(carer)s begins at %(clock)s, and this is the first visit.") % values
    if cause.because is Because.BEFORE and cause.behind is not None:
        return _comes_from(about, cause, called)
    if cause.because is Because.MATE and cause.behind is not None:
        return _waits_for_mate(about, cause, called)
    if cause.because is Because.ORDER and cause.behind is not None:
        ends = about.plan.starts()[cause.behind] + about.tasks[cause.behind].minutes
        told = {"other": _visit(about, cause.behind, called), "clock": called.clock(ends)}
        return _("It comes after %(other)s, which is over at %(clock)s.") % told
    if cause.because is Because.BREAK:
        return _("%(carer)s has the break first.") % values
    if cause.because is Because.SAVED_WAITING:
        return _("%(carer)s comes later on purpose, so as not to wait between visits.") % values
    if cause.because is Because.BEGUN:
        return _("It has begun already.")
    return _("%(carer)s cannot be there earlier.") % values


def _comes_from(about: Explainer, cause: Cause, called: Called) -> str:
    before, here = about.tasks[cause.behind or ""], about.tasks[cause.task]
    ends = about.plan.starts()[before.id] + before.minutes
    leg = round(float(about.problem.travel[about.places[before.place], about.places[here.place]]))
    values = {
        "carer": called.carer(about.shifts[about.plan.shift_of()[cause.task]].carer),
        "other": called.person(before.person),
        "clock": called.clock(ends),
        "n": leg,
    }
    if not leg:
        return _("%(carer)s is at %(other)s's until %(clock)s.") % values
    words = ngettext(
        "%(carer)s is at %(other)s's until %(clock)s and drives for %(n)d minute.",
        "%(carer)s is at %(other)s's until %(clock)s and drives for %(n)d minutes.",
        leg,
    )
    return words % values


def _waits_for_mate(about: Explainer, cause: Cause, called: Called) -> str:
    mate = cause.behind or ""
    values = {
        "carer": called.carer(about.shifts[about.plan.shift_of()[mate]].carer),
        "clock": called.clock(about.plan.starts()[mate]),
    }
    if about.pair_of[cause.task].kind is PairKind.TOGETHER:
        return _("Two come together, and %(carer)s cannot be there before %(clock)s.") % values
    return _("It hangs together with another part of the visit, at %(clock)s with %(carer)s.") % values


def _root(about: Explainer, chain: tuple[Cause, ...], called: Called) -> str:
    """What is at the end of the chain, which nobody can move."""
    last = chain[-1]
    shift = about.shifts[about.plan.shift_of()[last.task]]
    values = {
        "other": _visit(about, last.task, called),
        "carer": called.carer(shift.carer),
        "clock": _opens(about, last.task, called),
        "starts": called.clock(shift.starts),
        "n": len(chain) - 1,
    }
    if last.because is Because.WINDOW:
        return _("Behind that: %(other)s may not begin before %(clock)s.") % values
    if last.because is Because.SHIFT:
        return (
            ngettext(
                "Before it there is no gap since the shift began at %(starts)s.",
                "The %(n)d visits before it follow one another since the shift began at %(starts)s.",
                len(chain) - 1,
            )
            % values
        )
    if last.because is Because.SAVED_WAITING:
        return _("Behind that: %(carer)s begins the tour later on purpose, so as not to wait between visits.") % values
    if last.because is Because.BEGUN:
        return _("Behind that: %(other)s has begun already.") % values
    if last.because is Because.BREAK:
        return _("Behind that: %(carer)s has the break when it is due.") % values
    return ""


def _visit(about: Explainer, task_id: str, called: Called) -> str:
    """As "the visit to Astrid N. at 09:15"."""
    start = about.plan.starts()[task_id]
    values = {"person": called.person(about.tasks[task_id].person), "clock": called.clock(start)}
    return _("the visit to %(person)s at %(clock)s") % values


def _opens(about: Explainer, task_id: str, called: Called) -> str:
    start = about.plan.starts()[task_id]
    opened = [window for window in windows_of(about.tasks[task_id]) if window.opens <= start + 1e-3]
    return called.clock((opened or list(windows_of(about.tasks[task_id])))[-1].opens)
