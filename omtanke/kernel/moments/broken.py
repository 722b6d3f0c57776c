"""Which rules does a plan break? A plain check that shares nothing with how plans are made. For tests and bench."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from omtanke.kernel.moments.month import Help, Month
from omtanke.kernel.moments.problem import Choice, Happening, Helper, Person, Problem, drive, is_driven, road_km


def broken_rules(month: Month) -> list[str]:
    """Each in a few words; none: the plan can be carried out."""
    problem = month.problem
    choices = list(month.help_of)
    return [
        *_about_people(problem, choices),
        *(said for choice, help_ in month.help_of.items() for said in _about_choice(problem, choice, help_)),
        *_about_seats(problem, choices),
        *_about_helpers(problem, month.help_of),
        *_about_cars(problem, month),
    ]


def _about_people(problem: Problem, choices: list[Choice]) -> Iterator[str]:
    times = Counter(one.person for one in choices)
    yield from (f"person {key}: too many" for key, n in times.items() if n > problem.person[key].most)
    wishes = Counter((one.person, one.wish) for one in choices)
    yield from (f"wish {key}: twice" for key, n in wishes.items() if n > 1)
    days = Counter((one.person, problem.happening[one.happening].day) for one in choices)
    yield from (f"person {key}: twice in a day" for key, n in days.items() if n > 1)


def _about_choice(problem: Problem, choice: Choice, help_: Help) -> Iterator[str]:
    person, happening = problem.person[choice.person], problem.happening[choice.happening]
    wish = next(one for one in person.wishes if one.id == choice.wish)
    if person.says_no:
        yield f"{choice}: said no"
    if not wish.interests & happening.interests:
        yield f"{choice}: another interest"
    if not person.needs <= happening.has:
        yield f"{choice}: the place does not fit"
    if person.home and happening.place and drive(person.home, happening.place) > person.furthest:
        yield f"{choice}: too far"
    if is_driven(person, happening) != (help_.driver is not None):
        yield f"{choice}: ride"
    if person.needs_company != (help_.companion is not None):
        yield f"{choice}: company"
    companion = problem.helper.get(help_.companion) if help_.companion is not None else None
    if companion and person.language and person.language not in companion.languages:
        yield f"{choice}: language"


def _about_seats(problem: Problem, choices: list[Choice]) -> Iterator[str]:
    there = Counter(one.happening for one in choices)
    for key, number in there.items():
        seats = problem.happening[key].seats
        if seats is not None and number > seats:
            yield f"happening {key}: {number} on {seats} seats"


def _about_helpers(problem: Problem, help_of: Mapping[Choice, Help]) -> Iterator[str]:
    out: dict[int, set[int]] = defaultdict(set)
    company: Counter[tuple[int, int]] = Counter()
    for choice, help_ in help_of.items():
        for one in (help_.driver, help_.companion):
            if one is not None:
                out[one].add(choice.happening)
        if help_.companion is not None:
            company[help_.companion, choice.happening] += 1
    for key, happenings in out.items():
        helper = problem.helper[key]
        if len(happenings) > helper.times:
            yield f"helper {key}: too often"
        if len({problem.happening[one].day for one in happenings}) < len(happenings):
            yield f"helper {key}: twice in a day"
        yield from (said for one in happenings for said in _is_there(helper, problem.happening[one]))
    for (key, happening), number in company.items():
        if number > problem.helper[key].accompanies:
            yield f"helper {key} at {happening}: company of {number}"


def _is_there(helper: Helper, happening: Happening) -> Iterator[str]:
    if helper.home is None or happening.place is None:
        yield f"helper {helper.id}: place unknown"
        return
    if road_km(helper.home, happening.place) > helper.range_km:
        yield f"helper {helper.id}: out of range"
    way = drive(helper.home, happening.place)
    if not _is_free(helper, happening.starts - way, happening.ends + way):
        yield f"helper {helper.id}: not free"


def _is_free(helper: Helper, starts: int, ends: int) -> bool:
    return any(first <= starts and ends <= last for first, last in helper.free)


def _about_cars(problem: Problem, month: Month) -> Iterator[str]:
    carried: dict[tuple[int, int], list[Person]] = defaultdict(list)
    for choice, help_ in month.help_of.items():
        if help_.driver is not None:
            carried[help_.driver, choice.happening].append(problem.person[choice.person])
    for (key, happening), people in carried.items():
        helper, outing = problem.helper[key], month.outings[happening][key]
        wheelchairs = sum(one.wheelchair for one in people)
        if wheelchairs > helper.wheelchair_places or len(people) - wheelchairs > helper.seats:
            yield f"car {key} at {happening}: full"
        if outing.ride is None or set(outing.ride.order) != {one.id for one in people}:
            yield f"car {key} at {happening}: somebody is not fetched"
            continue
        yield from _along_the_way(problem, helper, problem.happening[happening], outing.ride.order)


def _along_the_way(problem: Problem, helper: Helper, happening: Happening, order: tuple[int, ...]) -> Iterator[str]:
    place, clock = happening.place, 0
    for key in reversed(order):
        person = problem.person[key]
        if person.home is None or place is None or happening.place is None or helper.home is None:
            yield f"car {helper.id}: place unknown"
            return
        clock += drive(person.home, place)
        place = person.home
        if clock > drive(person.home, happening.place) + problem.rules.detour:
            yield f"person {key}: sits too long"
        if any(a < happening.ends + clock and b > happening.starts - clock for a, b in person.busy):
            yield f"person {key}: busy"
        if road_km(helper.home, person.home) > helper.range_km:
            yield f"helper {helper.id}: fetches too far away"
    if helper.home is None or place is None:
        return
    clock += drive(helper.home, place)
    if not _is_free(helper, happening.starts - clock, happening.ends + clock):
        yield f"helper {helper.id}: not free so long"
