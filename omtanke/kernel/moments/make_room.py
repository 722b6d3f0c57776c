"""One more who fits if somebody else goes with another car: who sits where at one happening is changed, nothing else.

A chain: this person takes a place in a car, whoever had it takes one in the next, until somebody finds an empty seat or
a volunteer who was not out yet. Nobody loses what they had.
"""

from __future__ import annotations

from dataclasses import replace

from omtanke.kernel.moments.month import Help, Month, ride_of
from omtanke.kernel.moments.problem import Choice, Happening

LINKS = 3  # of a chain

type Riders = dict[int, list[int]]  # by helper


def make_room(month: Month, choice: Choice) -> bool:
    """Let it be so if others can change cars for it."""
    person, happening = month.problem.person[choice.person], month.problem.happening[choice.happening]
    if not month.has_time(choice) or not month.has_seat(happening) or not month.fits.is_driven(person, happening):
        return False
    if not month.companions(person, happening):
        return False
    before = {key: list(one.riders) for key, one in month.outings[happening.id].items()}
    cars = {key: list(riders) for key, riders in before.items()}
    if not _takes_a_place(month, happening, choice.person, cars, set(), LINKS):
        return False
    driver = next(key for key, riders in cars.items() if choice.person in riders)
    for helper, riders in cars.items():
        if riders != before.get(helper, []):
            _seat(month, happening, helper, [one for one in riders if one != choice.person])
    companions = month.companions(person, happening)
    companion, _costs = min(companions, key=lambda one: (one[0] != driver, one[1]))
    ride = ride_of(month.fits, month.problem.helper[driver], cars[driver], happening)
    month.place(choice, Help(driver, ride, companion, 0.0))
    return True


def _seat(month: Month, happening: Happening, helper: int, riders: list[int]) -> None:
    outing = month.outing(helper, happening)
    outing.riders = riders
    outing.ride = ride_of(month.fits, month.problem.helper[helper], riders, happening) if riders else None
    for key in riders:
        choice = month.choices[key, happening.day]
        month.help_of[choice] = replace(month.help_of[choice], driver=helper, ride=outing.ride)


def _takes_a_place(month: Month, happening: Happening, key: int, cars: Riders, tried: set[int], links: int) -> bool:
    """Whether this person gets into a car, and whoever had to leave it into another; `cars` are changed so."""
    drivers = [
        helper
        for helper in month.fits.drivers(month.problem.person[key], happening)
        if helper in cars or month.can_go_out(month.problem.helper[helper], happening)
    ]
    for helper in drivers:
        if _can_ride(month, happening, helper, [*cars.get(helper, ()), key]):
            cars[helper] = [*cars.get(helper, ()), key]
            return True
    if links == 0:
        return False
    for helper in drivers:
        if helper in tried:
            continue
        tried.add(helper)
        riders = cars.get(helper, [])
        for other in riders:
            cars[helper] = [key, *(one for one in riders if one != other)]
            if _can_ride(month, happening, helper, cars[helper]) and _takes_a_place(
                month, happening, other, cars, tried, links - 1
            ):
                return True
            cars[helper] = riders
    return False


def _can_ride(month: Month, happening: Happening, helper: int, riders: list[int]) -> bool:
    return ride_of(month.fits, month.problem.helper[helper], riders, happening) is not None
