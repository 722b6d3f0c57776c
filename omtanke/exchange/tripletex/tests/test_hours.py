"""One figure for each employee, date, activity and project: real time, divided at midnight, rounded on the sum."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from omtanke.exchange.tripletex.hours import Line, Stretch, add_up, in_hours

OSLO = ZoneInfo("Europe/Oslo")
BERIT, JON = 1, 2


def clock(words: str, *, fold: int = 0) -> datetime:
    """As '2026-03-02 10:00', where the municipality is."""
    return datetime.fromisoformat(words).replace(tzinfo=OSLO, fold=fold)


def visit(starts: str, ends: str, *, who: int = BERIT, project: str = "20011", fold: int = 0) -> Stretch:
    return Stretch(who, project, "Omsorg", clock(starts), clock(ends, fold=fold))


def hours(*visits: Stretch, step: int = 15) -> dict[tuple[str, int, str], str]:
    summed = add_up(visits, zone=OSLO, step=step)
    return {(line.on.isoformat(), line.employee_id, line.project): str(figure) for line, figure in summed.items()}


def test_two_visits_on_one_project_are_one_figure_and_another_project_has_its_own():
    morning, evening = visit("2026-03-02 10:00", "2026-03-02 11:30"), visit("2026-03-02 17:00", "2026-03-02 18:00")
    elsewhere = visit("2026-03-02 12:00", "2026-03-02 13:00", project="20012")

    assert hours(morning, elsewhere, evening) == {
        ("2026-03-02", BERIT, "20011"): "2.50",
        ("2026-03-02", BERIT, "20012"): "1.00",
    }


def test_a_line_says_the_activity_too_and_two_people_have_a_line_each():
    meeting = [Stretch(who, "19000", "Omsorg", clock("2026-03-02 10:00"), clock("2026-03-02 11:00")) for who in (1, 2)]
    assert add_up(meeting, zone=OSLO) == {
        Line(date(2026, 3, 2), BERIT, "19000", "Omsorg"): Decimal("1.00"),
        Line(date(2026, 3, 2), JON, "19000", "Omsorg"): Decimal("1.00"),
    }


def test_rounding_comes_after_adding_up():
    seven_minutes = [visit(f"2026-03-02 {at}:00", f"2026-03-02 {at}:07") for at in (10, 12, 14, 16)]
    assert hours(*seven_minutes) == {("2026-03-02", BERIT, "20011"): "0.50"}  # 28 minutes, not four times nothing


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "0.00"), (1, "0.25"), (7, "0.25"), (22, "0.25"), (22.5, "0.50"), (53, "1.00"), (60, "1.00"), (67, "1.00")],
    ids=str,
)
def test_to_the_nearest_quarter_half_of_one_up_and_never_down_to_nothing(minutes, expected):
    assert str(in_hours(timedelta(minutes=minutes))) == expected


def test_another_step_is_possible():
    assert str(in_hours(timedelta(minutes=100), step=30)) == "1.50"
    assert str(in_hours(timedelta(minutes=100), step=5)) == "1.67"
    assert str(in_hours(timedelta(minutes=100), step=1)) == "1.67"


def test_a_visit_over_midnight_belongs_to_both_days():
    assert hours(visit("2026-03-02 22:30", "2026-03-03 01:00")) == {
        ("2026-03-02", BERIT, "20011"): "1.50",
        ("2026-03-03", BERIT, "20011"): "1.00",
    }


def test_until_midnight_is_one_day():
    assert hours(visit("2026-03-02 22:00", "2026-03-03 00:00")) == {("2026-03-02", BERIT, "20011"): "2.00"}


def test_the_night_clocks_go_forward_is_an_hour_shorter_and_the_night_they_go_back_an_hour_longer():
    spring = visit("2026-03-29 00:00", "2026-03-29 06:00")
    autumn = visit("2026-10-25 00:00", "2026-10-25 06:00")
    assert hours(spring) == {("2026-03-29", BERIT, "20011"): "5.00"}
    assert hours(autumn) == {("2026-10-25", BERIT, "20011"): "7.00"}


def test_a_visit_that_ends_in_the_hour_that_comes_twice_has_taken_its_real_time():
    assert hours(visit("2026-10-25 01:30", "2026-10-25 02:30", fold=1)) == {("2026-10-25", BERIT, "20011"): "2.00"}


def test_no_minutes_give_no_line():
    assert hours(visit("2026-03-02 10:00", "2026-03-02 10:00")) == {}


def test_what_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before"):
        visit("2026-03-02 10:00", "2026-03-02 09:00")


def test_where_clocks_are_decides_which_day_it_is():
    late = visit("2026-03-02 23:30", "2026-03-03 00:00")
    assert [line.on for line in add_up([late], zone=ZoneInfo("Europe/Helsinki"))] == [date(2026, 3, 3)]
