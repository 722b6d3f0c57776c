"""What would one more volunteer, one more activity or one more seat give? At least so many wishes: each is tried.

The plan stays as it is and what is new is added to it, so that nobody loses what they have; a plan made anew could
give more.
"""

from __future__ import annotations

from dataclasses import replace

from omtanke.kernel.moments.month import Month, fill
from omtanke.kernel.moments.problem import Happening, Helper, Problem
from omtanke.kernel.moments.read_out import least_first


def with_helper(month: Month, helper: Helper) -> int:
    """How many more wishes come true at least with this volunteer too."""
    return _gain(month, replace(month.problem, helpers=(*month.problem.helpers, helper)))


def with_happening(month: Month, happening: Happening) -> int:
    """How many more wishes come true at least when this happens too."""
    return _gain(month, replace(month.problem, happenings=(*month.problem.happenings, happening)))


def with_seats(month: Month, happening: int, more: int = 1) -> int:
    """How many more wishes come true at least with so many more seats at one happening."""
    changed = tuple(
        replace(one, seats=one.seats + more) if one.id == happening and one.seats is not None else one
        for one in month.problem.happenings
    )
    return _gain(month, replace(month.problem, happenings=changed))


def _gain(month: Month, problem: Problem) -> int:
    wider = Month(problem)
    for choice, help_ in month.help_of.items():
        wider.place(choice, help_)
    left = [one for one in wider.fits.candidates() if (one.person, one.wish) not in wider.granted]
    return fill(wider, least_first(problem, wider, left))
