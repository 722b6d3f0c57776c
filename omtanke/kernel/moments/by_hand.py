"""What a coordinator would do by hand, under the same rules and with the same rides. For comparison only."""

from collections import defaultdict

from omtanke.kernel.moments.month import Month, fill
from omtanke.kernel.moments.problem import Choice, Problem


def first_come_first_served(problem: Problem) -> Month:
    """People in the order they are listed; each gets all that can be found before it is the next one's turn."""
    month = Month(problem)
    dear = _dearness(problem)
    by_person: dict[int, list[Choice]] = defaultdict(list)
    for choice in month.fits.candidates():
        by_person[choice.person].append(choice)
    for person in problem.people:
        fill(month, sorted(by_person[person.id], key=lambda one: (-dear[one.person, one.wish], _when(problem, one))))
    return month


def greedy_by_rank(problem: Problem) -> Month:
    """Everybody's dearest wish first, then everybody's second; each gets the first time that is possible."""
    month = Month(problem)
    rank = {
        (person.id, wish.id): place
        for person in problem.people
        for place, wish in enumerate(sorted(person.wishes, key=lambda one: -one.dear))
    }
    order = {person.id: place for place, person in enumerate(problem.people)}
    candidates = month.fits.candidates()
    fill(
        month,
        sorted(candidates, key=lambda one: (rank[one.person, one.wish], order[one.person], _when(problem, one))),
    )
    return month


def _dearness(problem: Problem) -> dict[tuple[int, int], int]:
    return {(person.id, wish.id): wish.dear for person in problem.people for wish in person.wishes}


def _when(problem: Problem, choice: Choice) -> tuple[int, int]:
    return problem.happening[choice.happening].starts, choice.happening
