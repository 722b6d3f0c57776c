"""The month of wishes: nobody goes without for somebody's third, no rule is broken, every reason is true.

Small cases are compared with all plans there are; random small problems are checked rule by rule (`broken_rules`).
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations, permutations
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omtanke.kernel.moments import cars, one_more, proof
from omtanke.kernel.moments import goal as goals
from omtanke.kernel.moments.broken import broken_rules
from omtanke.kernel.moments.by_hand import first_come_first_served, greedy_by_rank
from omtanke.kernel.moments.cars import Cars
from omtanke.kernel.moments.first_plan import first_plan
from omtanke.kernel.moments.fits import Fits
from omtanke.kernel.moments.highs import Floats, Indices, Relaxed, relax, solve, worth
from omtanke.kernel.moments.improve import as_values
from omtanke.kernel.moments.make_room import make_room
from omtanke.kernel.moments.month import Help, Month, ride_of
from omtanke.kernel.moments.problem import (
    MINUTES_A_DAY,
    Choice,
    Happening,
    Helper,
    Person,
    Problem,
    Rules,
    Unplannable,
    Wanted,
    drive,
)
from omtanke.kernel.moments.propose import Effort, propose
from omtanke.kernel.moments.reasons import Why, unmet, what_stops
from omtanke.kernel.moments.rides import Passenger, best_ride
from omtanke.kernel.moments.search import Search
from omtanke.kernel.travel import Place

TOLERANCE = 1e-5  # wishes; how near the interior point comes to its optimum
TRIED = 6  # choices, in every order
QUICK = Effort(seconds=5, threads=1)
VILLAGE = Place(67.90, 15.00)
SONG, FISHING = frozenset({"song"}), frozenset({"fishing"})
ALL_MONTH = ((0, 31 * MINUTES_A_DAY),)


def near(kilometres: float) -> Place:
    return Place(VILLAGE.latitude + kilometres / 111.2, VILLAGE.longitude)


def happening(key: int, day: int, interests: frozenset[str] = SONG, **facts) -> Happening:
    starts = day * MINUTES_A_DAY + 11 * 60
    return Happening(key, key, starts, starts + 90, **{"place": VILLAGE, "interests": interests, **facts})


def person(key: int, *wishes: frozenset[str], **facts) -> Person:
    wanted = tuple(Wanted(key * 10 + n, codes, 10 - n) for n, codes in enumerate(wishes or (SONG,)))
    return Person(key, **{"home": near(3), "wishes": wanted, **facts})


def helper(key: int, **facts) -> Helper:
    return Helper(key, **{"home": near(2), "free": ALL_MONTH, "seats": 3, "times": 2, **facts})


def problem(people, happenings, helpers=()) -> Problem:
    return Problem(tuple(people), tuple(happenings), tuple(helpers))


def why(month: Month) -> dict[int, Why]:
    return {one.wish: one.why for one in unmet(month)}


def test_the_one_seat_goes_to_whoever_had_least_although_the_other_wishes_for_it_more():
    had_two = person(1, SONG, had=2)
    had_none = replace(person(2), wishes=(Wanted(20, SONG, 1),))
    proposal = propose(problem([had_two, had_none], [happening(1, 3, seats=1)]), QUICK)

    assert set(proposal.month.help_of) == {Choice(2, 20, 1)}
    assert why(proposal.month) == {10: Why.FULL}


def test_nobody_is_left_with_nothing_while_another_has_three():
    people = [person(1, SONG, SONG, SONG), person(2, SONG), person(3, SONG)]
    proposal = propose(problem(people, [happening(n, n, seats=1) for n in (1, 2, 3)]), QUICK)

    assert {key: proposal.month.times[key] for key in (1, 2, 3)} == {1: 1, 2: 1, 3: 1}
    assert proposal.measured.most_first == proposal.measured.first == 3


def test_one_persons_first_goes_before_three_others_second():
    three = [person(n, needs_ride=True, had=1, home=near(20)) for n in (1, 2, 3)]
    first = person(4, FISHING, needs_ride=True)
    there = [happening(1, 3, place=near(17)), happening(2, 3, FISHING)]
    proposal = propose(problem([*three, first], there, [helper(7, times=1, range_km=60)]), QUICK)

    assert {choice.person for choice in proposal.month.help_of} == {4}
    assert (proposal.measured.first, proposal.measured.most_first) == (1, 1)
    assert (proposal.measured.wishes, proposal.measured.most_fair, proposal.measured.most_wishes) == (1, 1, 3)


def test_whoever_says_no_is_never_in_the_plan():
    proposal = propose(problem([person(1, says_no=True), person(2)], [happening(1, 2)]), QUICK)

    assert {choice.person for choice in proposal.month.help_of} == {2}
    assert why(proposal.month) == {10: Why.SAID_NO}


@pytest.mark.parametrize(
    ("facts", "offered", "reason"),
    [
        ({}, {"interests": FISHING}, Why.NOT_OFFERED),
        ({"needs": frozenset({"step_free"})}, {}, Why.PLACE),
        ({"home": near(80)}, {}, Why.TOO_FAR),
        ({"busy": ((MINUTES_A_DAY + 600, MINUTES_A_DAY + 700),)}, {}, Why.BUSY),
        ({"needs_ride": True}, {}, Why.NO_DRIVER),
        ({"needs_ride": True, "home": None}, {}, Why.HOME_UNKNOWN),
        ({"needs_company": True}, {}, Why.NO_COMPANY),
        ({"most": 0}, {}, Why.ENOUGH),
        ({}, {"seats": 0}, Why.FULL),
    ],
    ids=["not offered", "stairs", "far", "busy", "no driver", "home unknown", "no company", "enough", "full"],
)
def test_each_wish_that_cannot_has_its_reason(facts, offered, reason):
    proposal = propose(problem([person(1, **facts)], [happening(1, 1, **offered)]), QUICK)

    assert why(proposal.month) == {10: reason}


def test_a_driver_with_one_seat_takes_one_of_two_and_one_more_driver_would_take_the_other():
    people = [person(1, needs_ride=True), person(2, needs_ride=True)]
    month = propose(problem(people, [happening(1, 1)], [helper(7, seats=1)]), QUICK).month

    assert len(month.help_of) == 1
    assert list(why(month).values()) == [Why.DRIVERS_TAKEN]
    assert one_more.with_helper(month, helper(8, seats=1)) == 1
    assert one_more.with_helper(month, helper(8, seats=1, free=())) == 0


def test_one_more_seat_and_one_more_activity_give_what_they_give():
    month = propose(problem([person(1), person(2), person(3, FISHING)], [happening(1, 1, seats=1)]), QUICK).month

    assert one_more.with_seats(month, 1) == 1
    assert one_more.with_happening(month, happening(2, 5, FISHING)) == 1
    assert one_more.with_happening(month, happening(2, 5, SONG)) == 1


def test_a_pinned_choice_stays_a_removed_one_stays_away_and_what_is_known_is_kept():
    people = [person(n) for n in range(1, 7)]
    month_of_wishes = problem(people, [happening(1, 1, seats=2), happening(2, 8, seats=2)])
    before = propose(month_of_wishes, QUICK).month
    kept, gone = sorted(before.help_of)[0], sorted(before.help_of)[1]
    again = propose(
        month_of_wishes, QUICK, pinned=[kept], forbidden=[gone], known=[one for one in before.help_of if one != gone]
    ).month

    assert kept in again.help_of
    assert gone not in again.help_of
    assert len(set(before.help_of) - set(again.help_of)) == 1


def test_company_speaks_the_language_that_the_person_needs():
    people = [person(1, needs_company=True, language="se")]
    only_norwegian = helper(7, languages=frozenset({"nb"}))
    speaks_sami = helper(8, languages=frozenset({"nb", "se"}))

    assert why(propose(problem(people, [happening(1, 1)], [only_norwegian]), QUICK).month) == {10: Why.NO_COMPANY}
    both = propose(problem(people, [happening(1, 1)], [only_norwegian, speaks_sami]), QUICK).month
    assert [help_.companion for help_ in both.help_of.values()] == [8]


def test_a_ride_is_the_best_of_all_orders_and_nobody_sits_longer_than_agreed():
    homes = {1: near(4), 2: near(9), 3: near(6)}
    passengers = [Passenger(key, home, longest=200) for key, home in homes.items()]
    ride = best_ride(near(5), passengers, VILLAGE, longest=300)

    assert ride is not None
    assert ride.dear == min(_dear(near(5), [homes[key] for key in order]) for order in permutations(homes))
    tight = [Passenger(key, home, longest=drive(home, VILLAGE) - 1) for key, home in homes.items()]
    assert best_ride(near(5), tight, VILLAGE, longest=300) is None


def _dear(home: Place, stops: list[Place]) -> int:
    """The driver's minutes and every passenger's, leg by leg."""
    legs = [drive(a, b) for a, b in zip([home, *stops], [*stops, VILLAGE], strict=True)]
    return sum(legs) + sum(sum(legs[n + 1 :]) for n in range(len(stops)))


def test_two_who_live_in_opposite_directions_do_not_share_a_car_when_one_would_sit_too_long():
    people = [person(1, needs_ride=True, home=near(20)), person(2, needs_ride=True, home=near(-20))]
    month_of_wishes = replace(problem(people, [happening(1, 1)], [helper(7, range_km=60)]), rules=Rules(detour=10))
    fits = Fits(month_of_wishes)

    assert ride_of(fits, month_of_wishes.helper[7], [1], month_of_wishes.happening[1]) is not None
    assert ride_of(fits, month_of_wishes.helper[7], [1, 2], month_of_wishes.happening[1]) is None
    assert len(propose(month_of_wishes, QUICK).month.help_of) == 1


def test_one_more_gets_a_ride_when_another_changes_cars_and_none_when_nobody_can():
    people = [person(n, needs_ride=True, home=near(4)) for n in (1, 2)]
    near_only, goes_far = helper(7, seats=1, range_km=8), helper(8, seats=1, home=near(9), range_km=60)
    far = person(3, needs_ride=True, home=near(12))
    there = happening(1, 1)

    def two_in(seated: dict[int, int], *helpers: Helper) -> Month:
        month = Month(problem([*people, far], [there], helpers))
        for who, driver in seated.items():
            ride = month.ride_with(driver, (), month.problem.person[who], there)
            month.place(Choice(who, who * 10, 1), Help(driver, ride, None, 0.0))
        return month

    month = two_in({1: 8}, near_only, goes_far)
    assert not month.try_to_place(Choice(3, 30, 1))
    assert make_room(month, Choice(3, 30, 1))
    assert {choice.person: help_.driver for choice, help_ in month.help_of.items()} == {1: 7, 3: 8}
    assert broken_rules(month) == []
    full = two_in({1: 8, 2: 7}, near_only, goes_far)
    assert not make_room(full, Choice(3, 30, 1))
    assert {choice.person: help_.driver for choice, help_ in full.help_of.items()} == {1: 8, 2: 7}


def test_the_first_plan_leaves_a_volunteer_to_where_more_need_them():
    one, three = person(1, needs_ride=True, had=1), [person(n, SONG, needs_ride=True, had=1) for n in (2, 3, 4)]
    one = replace(one, wishes=(Wanted(10, FISHING, 9),))
    month_of_wishes = problem([one, *three], [happening(1, 3, FISHING), happening(2, 3)], [helper(7, times=1)])
    for first in (0, 1):
        search = Search(month_of_wishes, fits := Fits(month_of_wishes), fits.candidates(), QUICK)
        values = _first_plan(search, np.array([first, 1 - first]))
        assert {choice.person for choice in search._read_out(values)[0].help_of} == {2, 3, 4}


def _first_plan(search: Search, part_of_happening: Indices, relaxed: Relaxed | None = None) -> Floats:
    """With the happenings in these parts of the map."""
    model, part_of = search.model, np.zeros(len(search.goal), dtype=np.int64)
    for choice, column in zip(model.choices, model.choice_columns, strict=True):
        part_of[column] = part_of_happening[choice.happening - 1]
    for (_helper, key), column in model.outings.items():
        part_of[column] = part_of_happening[key - 1]
    for flow in [*model.rides.values(), *model.company.values()]:
        part_of[list(flow.by_helper.values())] = part_of_happening[flow.happening - 1]
    for (_helper, key), blocks in model.blocks.items():
        part_of[[column for _block, column in blocks]] = part_of_happening[key - 1]
    return first_plan(
        model,
        search.matrix,
        search.goal,
        relaxed or relax(search.matrix, search.goal),
        part_of,
        promising=np.ones(len(part_of), dtype=np.bool_),
        part_seconds=5,
        seed=1,
        stop=lambda: False,
    )


def test_a_problem_that_contradicts_itself_is_refused():
    with pytest.raises(Unplannable):
        Happening(1, 1, 100, 100, VILLAGE, SONG)
    with pytest.raises(Unplannable):
        helper(1, seats=-1)


spots = st.sampled_from([near(0), near(1), near(4), near(-6), near(-13), near(12), near(25)])
codes = st.sampled_from([SONG, FISHING, frozenset({"cards"})])
things = st.frozensets(st.sampled_from(["step_free", "hearing_loop"]), max_size=1)


@st.composite
def problems(draw, most_people: int = 5) -> Problem:
    helpers = [
        helper(
            key,
            home=draw(spots),
            times=draw(st.integers(0, 2)),
            seats=draw(st.integers(0, 3)),
            wheelchair_places=draw(st.integers(0, 1)),
            accompanies=draw(st.integers(0, 2)),
            range_km=draw(st.sampled_from([8, 40])),
            free=draw(st.sampled_from([ALL_MONTH, ((MINUTES_A_DAY, 3 * MINUTES_A_DAY),), ()])),
        )
        for key in range(100, 100 + draw(st.integers(0, 3)))
    ]
    people = [
        person(
            key,
            *draw(st.lists(codes, min_size=1, max_size=3)),
            home=draw(spots),
            needs=draw(things),
            most=draw(st.integers(0, 3)),
            needs_ride=draw(st.booleans()),
            needs_company=draw(st.booleans()),
            wheelchair=draw(st.booleans()),
            says_no=draw(st.sampled_from([False, False, False, True])),
            had=draw(st.integers(0, 2)),
            busy=draw(st.sampled_from([(), ((MINUTES_A_DAY + 600, MINUTES_A_DAY + 720),)])),
        )
        for key in range(1, 1 + draw(st.integers(1, most_people)))
    ]
    happenings = [
        happening(
            key,
            draw(st.integers(1, 3)),
            draw(codes),
            seats=draw(st.sampled_from([None, 1, 2])),
            has=draw(things),
            place=draw(spots),
        )
        for key in range(1, 1 + draw(st.integers(1, 4)))
    ]
    return problem(people, happenings, helpers)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_plan_breaks_a_rule_and_every_reason_is_true(month_of_wishes):
    for month in (
        propose(month_of_wishes, QUICK).month,
        greedy_by_rank(month_of_wishes),
        first_come_first_served(month_of_wishes),
    ):
        assert broken_rules(month) == []
    month = propose(month_of_wishes, QUICK).month
    told = unmet(month)
    assert {(one.person, one.wish) for one in told} == {(who.id, wish) for who, wish in month.wishes_left()}
    for one in told:
        _is_true(month, one)


def _is_true(month: Month, one) -> None:
    """Told anew from the problem: the reason holds, and nothing that was offered could simply have been added."""
    who = month.problem.person[one.person]
    wish = next(wanted for wanted in who.wishes if wanted.id == one.wish)
    offered = [each for each in month.problem.happenings if each.interests & wish.interests]
    if one.why is Why.SAID_NO:
        assert who.says_no
    elif one.why is Why.ENOUGH:
        assert sum(choice.person == who.id for choice in month.help_of) >= who.most
    elif one.why is Why.NOT_OFFERED:
        assert not offered
    else:
        assert offered
        assert all(what_stops(month, who, each) is not None for each in offered)


@settings(max_examples=40, deadline=None)
@given(problems(most_people=4))
def test_no_plan_there_is_exceeds_the_bound_and_none_leaves_fewer_with_nothing(month_of_wishes):
    proposal = propose(month_of_wishes, QUICK)
    all_plans = list(_every_plan(month_of_wishes))
    most = max(wishes for _first, wishes in all_plans)
    most_first = max(first for first, _wishes in all_plans)

    assert proposal.measured.most_wishes >= most
    assert proposal.measured.most_first >= most_first
    assert proposal.measured.wishes <= proposal.measured.most_wishes
    if proposal.measured.most_first == proposal.measured.first and len(Fits(month_of_wishes).candidates()) <= TRIED:
        assert proposal.measured.first == most_first


@settings(max_examples=40, deadline=None)
@given(problems(most_people=4))
def test_the_bound_of_parts_is_no_lower_than_any_plan_and_the_bound_told_no_higher_than_the_wholes(month_of_wishes):
    search = Search(month_of_wishes, fits := Fits(month_of_wishes), fits.candidates(), QUICK)
    if not search.model.choices:
        return
    goal = goals.wishes(search.model)
    relaxed = relax(search.matrix, goal)
    told, parts_alone = (
        proof.Priced.of(month_of_wishes, search.model, search.matrix, goal, room=1, alone=alone)
        for alone in (proof.ALONE, 0)
    )
    most = max(wishes for _first, wishes in _every_plan(month_of_wishes))
    with ThreadPoolExecutor(1) as cores:
        assert most <= proof.prove(told, cores, seconds=10) <= proof.relax_in_parts(told, cores).bound == relaxed.bound
        in_parts = proof.relax_in_parts(parts_alone, cores).bound
        assert most <= proof.prove(parts_alone, cores, seconds=10) <= in_parts + TOLERANCE
    assert in_parts >= relaxed.bound - TOLERANCE


@settings(max_examples=40, deadline=None)
@given(problems(most_people=4), st.integers(0, 99))
def test_a_bound_is_proven_at_whatever_prices_and_at_the_solvers_equals_what_is_reached(month_of_wishes, seed):
    search = Search(month_of_wishes, fits := Fits(month_of_wishes), fits.candidates(), QUICK)
    if not search.model.choices:
        return
    goal = goals.wishes(search.model)
    relaxed = relax(search.matrix, goal)
    assert relaxed.bound == pytest.approx(goal @ relaxed.values, abs=TOLERANCE)
    any_price = np.random.default_rng(seed).normal(0, 1, len(search.matrix.low))
    rows, left = worth(search.matrix, goal, any_price)
    assert rows + np.maximum(0.0, left) @ search.matrix.upper >= relaxed.bound - TOLERANCE


@settings(max_examples=40, deadline=None)
@given(problems(), st.lists(st.integers(0, 2), min_size=4, max_size=4), st.integers(0, 99))
def test_the_first_plan_keeps_every_row_of_the_program_whatever_the_parts_and_prices(month_of_wishes, parts, seed):
    search = Search(month_of_wishes, fits := Fits(month_of_wishes), fits.candidates(), QUICK)
    if search.model.choices:
        chance, size = np.random.default_rng(seed), len(search.goal)
        prices = chance.normal(0, 300, len(search.matrix.low))
        values = _first_plan(search, np.array(parts), Relaxed(0.0, chance.uniform(0, 1, size), np.zeros(size), prices))
        assert _kept(search, values)
        assert _kept(search, as_values(search.model, search._read_out(values)[0]))


def _kept(search: Search, values: Floats) -> bool:
    matrix, sums = search.matrix, np.zeros(len(search.matrix.low))
    np.add.at(sums, matrix.rows, matrix.values * values[matrix.columns])
    return bool(np.all(sums >= matrix.low - TOLERANCE) and np.all(sums <= matrix.high + TOLERANCE))


@st.composite
def all_driven(draw) -> Problem:
    """Everybody wishes for the same and needs a ride, from all sides of the place."""
    far = st.floats(-15, 15)
    homes = [Place(VILLAGE.latitude + draw(far) / 111.2, VILLAGE.longitude + draw(far) / 41.8) for _n in range(6)]
    people = [person(n, needs_ride=True, wheelchair=n == 1, home=home) for n, home in enumerate(homes)]
    hours = draw(st.integers(1, 3))
    starts = 3 * MINUTES_A_DAY + 11 * 60
    driver = helper(
        7, range_km=60, wheelchair_places=draw(st.integers(0, 1)), free=((starts - hours * 40, starts + 300),)
    )
    return replace(problem(people, [happening(1, 3)], [driver]), rules=Rules(detour=draw(st.integers(4, 20))))


@settings(max_examples=100, deadline=None)
@given(all_driven())
def test_all_who_can_ride_together_are_in_one_block_also_after_others_are_kept_apart(month_of_wishes):
    fits = Fits(month_of_wishes)
    all_cars = Cars(fits, fits.candidates())
    for car, blocks in list(all_cars.blocks.items()):
        there = sorted(frozenset.union(*blocks))
        sets = [each for size in (1, 2, 3) for each in combinations(there, size)]
        rides = {each: _can_ride(fits, car, each) for each in sets}
        apart = [each for each in sets if not rides[each] and _has_room(month_of_wishes, car, each)]
        for each in apart:
            all_cars.keep_apart(car, each)
        for each in sets:
            if rides[each]:
                assert any(block.issuperset(each) for block in all_cars.blocks[car])
        assert not any(block.issuperset(each) for each in apart for block in all_cars.blocks[car])


@settings(max_examples=100, deadline=None)
@given(all_driven(), st.booleans())
def test_a_car_with_too_many_blocks_refuses_those_who_cannot_ride_together_and_nobody_else(month_of_wishes, helped):
    another = replace(month_of_wishes.helpers[0], id=8)
    month_of_wishes = replace(month_of_wishes, helpers=(*month_of_wishes.helpers, another)[: 1 + helped])
    search = Search(month_of_wishes, fits := Fits(month_of_wishes), fits.candidates(), QUICK)
    with patch.object(cars, "MOST_LEARNT", 0):
        for car, blocks in list(search.cars.blocks.items()):
            for three in combinations(sorted(frozenset.union(*blocks)), 3):
                if not _can_ride(fits, car, three):
                    search.cars.keep_apart_wherever(car, three)
    search._build()
    for three in combinations(range(6), 3):
        month = Month(month_of_wishes, fits)
        alone = [month.try_to_place(Choice(one, one * 10, 1)) for one in three]
        assert not all(alone) or _kept(search, as_values(search.model, month))
        if not helped and ((7, 1), frozenset(three)) in search.cars.never:
            assert not all(alone)
            assert _most_who_come(search, three) < 3


def _most_who_come(search: Search, people: tuple[int, ...]) -> float:
    wanted = np.zeros(len(search.goal))
    for choice, column in zip(search.model.choices, search.model.choice_columns, strict=True):
        wanted[column] = 20.0 * (choice.person in people)
    return float(wanted @ solve(search.matrix, wanted, np.zeros(len(wanted)), seconds=5, seed=1)) / 20


def _can_ride(fits: Fits, car: tuple[int, int], people: tuple[int, ...]) -> bool:
    helper, happening = fits.problem.helper[car[0]], fits.problem.happening[car[1]]
    return ride_of(fits, helper, list(people), happening) is not None


def _has_room(month_of_wishes: Problem, car: tuple[int, int], people: tuple[int, ...]) -> bool:
    """Is it the way, and not the seats, that keeps them apart?"""
    helper = month_of_wishes.helper[car[0]]
    wheelchairs = sum(month_of_wishes.person[key].wheelchair for key in people)
    return wheelchairs <= helper.wheelchair_places and len(people) - wheelchairs <= helper.seats


def _every_plan(month_of_wishes: Problem):
    """Those that trying choices in every order with the first help found gives: people with a first one, wishes."""
    candidates = Fits(month_of_wishes).candidates()[:TRIED]
    for order in permutations(candidates):
        month = Month(month_of_wishes)
        for choice in order:
            month.try_to_place(choice)
        yield (
            sum(1 for one in month_of_wishes.people if one.had == 0 and month.times[one.id]),
            len(month.granted),
        )
