"""A drift is a real share of the decision and real time, and it has one cause that explains most of it."""

import pytest

from omtanke.kernel.delivered import Cause, Drift, Weekly


@pytest.mark.parametrize(
    ("granted", "delivered", "drift"),
    [
        pytest.param(210, 190, Drift.NONE, id="twenty minutes of three and a half hours"),
        pytest.param(210, 175, Drift.LESS, id="thirty-five minutes less"),
        pytest.param(60, 40, Drift.NONE, id="a third, but only twenty minutes"),
        pytest.param(900, 850, Drift.NONE, id="fifty minutes, but a small share"),
        pytest.param(900, 1100, Drift.MORE, id="three hours more"),
        pytest.param(0, 40, Drift.MORE, id="nothing granted at all"),
    ],
)
def test_what_counts_as_a_drift(granted, delivered, drift):
    assert Weekly(granted, granted, delivered).drift == drift


@pytest.mark.parametrize(
    ("week", "cause"),
    [
        pytest.param(Weekly(210, 120, 115), Cause.TOO_LITTLE_PLANNED, id="planned less than granted"),
        pytest.param(Weekly(210, 210, 140, not_done_minutes=60), Cause.NOT_DONE, id="visits not done"),
        pytest.param(Weekly(210, 210, 150), Cause.SHORTER, id="visits shorter than planned"),
        pytest.param(Weekly(60, 150, 145), Cause.MORE_PLANNED, id="planned more than granted"),
        pytest.param(Weekly(210, 210, 280), Cause.LONGER, id="visits longer than planned"),
        pytest.param(Weekly(210, 200, 205), None, id="no drift, no cause"),
    ],
)
def test_the_cause_is_what_explains_most_of_the_drift(week, cause):
    assert week.cause == cause
