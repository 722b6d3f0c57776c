"""The kernel is compiled once before the first test of planning, by whichever worker comes first."""

import pytest

from ..search import warm


@pytest.fixture(autouse=True, scope="session")
def _compiled_once():
    warm()
