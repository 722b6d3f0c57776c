"""The picture of a day tells the whole shift: every minute of it is a visit, a way, a wait, a break or free."""

from dataclasses import replace

import pytest

from omtanke.kernel.planning.example import MORNING, NOON, small_example
from omtanke.kernel.planning.plan import Plan, Stop
from omtanke.kernel.planning.problem import Shift
from omtanke.kernel.planning.search import Effort, search
from omtanke.planning.timeline import Bond, Kind, bond_of, part_of, picture_of


@pytest.fixture(scope="module")
def problem():
    return small_example()


@pytest.fixture(scope="module")
def plan(problem):
    return search(problem, Effort(moves=30_000)).plan


@pytest.fixture(scope="module")
def rows(problem, plan):
    return {row.shift.id: row for row in picture_of(problem, plan, 0).rows}


def test_the_pieces_of_a_row_follow_each_other_from_the_start_of_the_shift_until_one_is_back(rows):
    for row in rows.values():
        assert row.pieces[0].start == pytest.approx(row.shift.starts)
        for before, after in zip(row.pieces, row.pieces[1:], strict=False):
            assert before.end == pytest.approx(after.start)
        assert row.pieces[-1].end == pytest.approx(row.back)


def test_every_placed_visit_is_a_bar_and_every_other_one_stands_by_itself(problem, plan):
    picture = picture_of(problem, plan, 0)
    drawn = [piece.task.id for row in picture.rows for piece in row.visits]

    assert sorted(drawn) == sorted(plan.shift_of())
    assert [task.id for task in picture.unplaced] == ["far-away"]


def test_a_bar_is_as_long_as_the_visit_and_knows_what_the_carer_is_to_the_person(rows):
    bars = {piece.task.id: piece for row in rows.values() for piece in row.visits}

    assert bars["morning-care"].minutes == 30
    assert bars["morning-care"].bond is Bond.PRIMARY
    assert {bars["lift-one"].bond, bars["lift-two"].bond} == {Bond.PRIMARY, Bond.KNOWN}
    assert bars["bandage"].bond is Bond.NEW
    assert bars["meeting"].bond is Bond.NOBODY
    assert {bars["lift-one"].mate, bars["lift-two"].mate} == {"ola", "siri"}


def test_a_new_face_where_it_is_hard_is_a_bond_of_its_own(problem):
    astrid, bjarne, _cecilie = problem.persons

    assert bond_of(astrid, "siri") is Bond.NEW_VULNERABLE
    assert bond_of(bjarne, "kari") is Bond.NEW
    assert bond_of(astrid, "ola") is Bond.SECONDARY


def test_one_waits_before_leaving_on_the_first_way_and_at_the_door_later(problem):
    hill, church = (next(t for t in problem.tasks if t.id == name) for name in ("morning-care", "dinner"))
    stops = (Stop("hill", 480, 510, hill.id), Stop("church", 720, 750, church.id))
    row = picture_of(problem, Plan({"kari-monday": stops}), 0).rows[0]

    kinds = [(piece.kind, piece.start, piece.end) for piece in row.pieces]
    assert kinds == [
        (Kind.WAIT, 450, 472),
        (Kind.DRIVE, 472, 480),
        (Kind.VISIT, 480, 510),
        (Kind.DRIVE, 510, 517),
        (Kind.WAIT, 517, 720),
        (Kind.VISIT, 720, 750),
        (Kind.DRIVE, 750, 755),
    ]
    assert (row.with_people, row.driving, row.waiting) == (60, 20, 203)


def test_a_late_visit_says_by_how_much_and_a_long_tour_how_far_past_the_shift(problem):
    dinner = next(task for task in problem.tasks if task.id == "dinner")
    row = picture_of(problem, Plan({"siri-monday": (Stop("church", 790, 820, dinner.id),)}), 0).rows[-1]

    assert row.visits[0].late == 10
    assert row.overtime == 825 - NOON


def test_a_shift_without_visits_is_still_a_row(problem):
    picture = picture_of(problem, Plan(), 0)

    assert [row.shift.id for row in picture.rows] == ["kari-monday", "ola-monday", "siri-monday"]
    assert all(row.pieces == () for row in picture.rows)
    assert len(picture.unplaced) == len(problem.tasks)


@pytest.mark.parametrize(
    ("begins", "part"), [(7.5, "day"), (11.9, "day"), (14.75, "evening"), (22, "night"), (31, "day")]
)
def test_a_shift_belongs_to_the_part_of_the_day_it_begins_in(begins, part):
    assert part_of(Shift("s", "c", begins * 60, begins * 60 + 480, "a", "a")) == part


def test_the_scale_holds_all_shifts_and_marks_whole_hours(problem, plan):
    (part,) = picture_of(problem, plan, 0).parts

    assert (part.opens, part.closes) == (MORNING, 15 * 60)
    assert part.hours == [hour * 60.0 for hour in range(8, 16)]


def test_a_night_goes_on_after_midnight_in_the_row_of_its_evening(problem):
    night = Shift("night", "ola", 22 * 60.0, 31 * 60.0, "base", "base")
    problem = replace(problem, shifts=(*problem.shifts, night))
    after_midnight = 26 * 60.0
    picture = picture_of(problem, Plan({"night": (Stop("church", after_midnight, after_midnight + 30, "dinner"),)}), 0)

    part = picture.parts[-1]
    assert (part.name, [piece.start for piece in part.rows[0].visits]) == ("night", [after_midnight])
    assert part.opens == 22 * 60
    assert part.hours[-1] == 31 * 60
