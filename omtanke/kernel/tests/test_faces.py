"""Few and familiar faces: eight or fewer different carers in 14 days."""

from datetime import date, timedelta

from omtanke.kernel.faces import Meeting, faces

TODAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_face_is_counted_once_and_the_latest_comes_first():
    met = faces([Meeting(1, ago(5)), Meeting(2, ago(1)), Meeting(1, ago(3))], on=TODAY)
    assert (met.who, met.number, met.reaches_goal) == ((2, 1), 2, True)


def test_fourteen_days_are_counted_today_included():
    assert faces([Meeting(1, ago(13)), Meeting(2, ago(14)), Meeting(3, ago(-1))], on=TODAY).who == (1,)


def test_nine_faces_are_more_than_the_goal_and_eight_are_not():
    assert faces([Meeting(who, ago(1)) for who in range(8)], on=TODAY).reaches_goal
    assert not faces([Meeting(who, ago(1)) for who in range(9)], on=TODAY).reaches_goal
