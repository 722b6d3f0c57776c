"""From the program's solution to a month with people in cars, every order of pick-up found and every limit kept."""

from __future__ import annotations

from collections import defaultdict

from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.highs import Floats
from omtanke.kernel.moments.model import Clash, Flow, Model, RideKey, ride_keys
from omtanke.kernel.moments.month import Help, Month, fill, ride_of
from omtanke.kernel.moments.problem import Choice, Problem

type Taken = dict[int, int]  # column of a choice → helper


def read_out(problem: Problem, fits: Fits, model: Model, values: Floats) -> tuple[Month, set[Clash]]:
    """The month, and who could not share a car. Whoever would sit too long gets another car, or another day."""
    month = Month(problem, fits)
    drivers = _shared_out(problem, model, values, list(model.rides.values()))
    companions = _shared_out(problem, model, values, list(model.company.values()))
    keys, columns, later = ride_keys(model), dict(zip(model.choices, model.choice_columns, strict=True)), []
    clashes: set[Clash] = set()
    chosen = [one for one in columns.items() if values[one[1]] > 0.5]
    for choice, column in sorted(chosen, key=lambda one: (problem.person[one[0].person].had, one[0])):
        if not _place(month, choice, drivers.get(column), companions.get(column)):
            later.append(choice)
            if column in drivers:
                clashes |= _clashes(month, choice, drivers[column], keys, columns)
    fill(month, later)
    fill(month, least_first(problem, month, model.choices))
    return month, clashes


def _clashes(
    month: Month, choice: Choice, driver: int, keys: dict[int, RideKey], columns: dict[Choice, int]
) -> set[Clash]:
    """Whom in this car they cannot share it with."""
    outing = month.outings[choice.happening].get(driver)
    mine, happening = keys[columns[choice]], month.problem.happening[choice.happening]
    found: set[Clash] = set()
    several: set[Clash] = set()
    for other, help_ in month.help_of.items():
        if other.happening != choice.happening or help_.driver != driver or outing is None:
            continue
        theirs = keys[columns[other]]
        if theirs != mine:
            clash = Clash(driver, choice.happening, *sorted((mine, theirs)))
            together = ride_of(month.fits, month.problem.helper[driver], [other.person, choice.person], happening)
            (found if together is None else several).add(clash)
    return found or several


def _place(month: Month, choice: Choice, driver: int | None, companion: int | None) -> bool:
    person, happening = month.problem.person[choice.person], month.problem.happening[choice.happening]
    if not month.has_time(choice) or not month.has_seat(happening):
        return False
    ride = None
    if driver is not None:
        outing = month.outings[happening.id].get(driver)
        ride = month.ride_with(driver, outing.riders if outing else (), person, happening)
        if ride is None:
            return False
    month.place(choice, Help(driver, ride, companion, 0.0))
    return True


def _shared_out(problem: Problem, model: Model, values: Floats, flows: list[Flow]) -> Taken:
    """Who is helped by whom: as many as the solution says, those who know a volunteer to that volunteer first."""
    choice_at = dict(zip(model.choice_columns, model.choices, strict=True))
    taken: Taken = {}
    for flow in flows:
        waiting = [column for column in flow.people if values[column] > 0.5]
        room = {helper: round(values[column]) for helper, column in flow.by_helper.items()}
        for column in sorted(waiting, key=lambda one: not _knows_any(problem, choice_at[one], room)):
            knows = problem.person[choice_at[column].person].knows
            with_room = [helper for helper, left in room.items() if left > 0]
            if with_room:
                helper = min(with_room, key=lambda one: (one not in knows, one))
                taken[column] = helper
                room[helper] -= 1
    return taken


def _knows_any(problem: Problem, choice: Choice, room: dict[int, int]) -> bool:
    return any(helper in room for helper in problem.person[choice.person].knows)


def least_first(problem: Problem, month: Month, choices: list[Choice]) -> list[Choice]:
    """What is left, for those who have least first, then by how dear it is."""
    dear = {(person.id, wish.id): wish.dear for person in problem.people for wish in person.wishes}
    had: dict[int, int] = defaultdict(int, {one.id: one.had + month.times[one.id] for one in problem.people})
    return sorted(choices, key=lambda one: (had[one.person], -dear[one.person, one.wish], one))
