"""From the program's solution to a month with people in cars, every order of pick-up found and every limit kept."""

from __future__ import annotations

from collections import defaultdict

from omtanke.kernel.moments.cars import Car
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.highs import Floats
from omtanke.kernel.moments.make_room import make_room
from omtanke.kernel.moments.model import Flow, Model
from omtanke.kernel.moments.month import Help, Month, fill, ride_of
from omtanke.kernel.moments.problem import Choice, Problem

type Taken = dict[int, int]  # column of a choice → helper
type Together = dict[Car, set[frozenset[int]]]


def read_out(problem: Problem, fits: Fits, model: Model, values: Floats) -> tuple[Month, Together]:
    """The month, and who could not share a car. Whoever would sit too long gets another car, or another day."""
    month = Month(problem, fits)
    drivers = _shared_out(problem, model, values, list(model.rides.values()))
    companions = _shared_out(problem, model, values, list(model.company.values()))
    columns, later = dict(zip(model.choices, model.choice_columns, strict=True)), []
    apart: Together = defaultdict(set)
    chosen = [one for one in columns.items() if values[one[1]] > 0.5]
    for choice, column in sorted(chosen, key=lambda one: (problem.person[one[0].person].had, one[0])):
        if not _place(month, choice, drivers.get(column), companions.get(column)):
            later.append(choice)
            if column in drivers and (people := _fewest_apart(month, choice, drivers[column])):
                apart[drivers[column], choice.happening].add(people)
    fill(month, [one for one in later if not make_room(month, one)])
    fill(month, least_first(problem, month, model.choices))
    return month, apart


def _fewest_apart(month: Month, choice: Choice, driver: int) -> frozenset[int]:
    """Of those in this car and the one who did not fit, as few as cannot ride together; none, if they all can."""
    helper, happening = month.problem.helper[driver], month.problem.happening[choice.happening]
    outing = month.outings[choice.happening].get(driver)
    people = [*(outing.riders if outing else ()), choice.person]
    if ride_of(month.fits, helper, people, happening) is not None:
        return frozenset()
    for one in list(people):
        fewer = [other for other in people if other != one]
        if ride_of(month.fits, helper, fewer, happening) is None:
            people = fewer
    return frozenset(people)


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
