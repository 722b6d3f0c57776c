"""What the tests of the whole have: a log that is listened to, and a cast whose ids stand out in it."""

import io
import logging

import pytest
from django.db import connection

from omtanke.config import observing
from omtanke.config.tests.cast import Cast
from omtanke.config.tests.logs import RARE


@pytest.fixture
def written():
    """What a log file would hold."""
    stream = io.StringIO()
    handler = observing.handler(stream)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def rare_cast(db) -> Cast:
    """The cast, with ids that cannot be taken for anything else."""
    with connection.cursor() as cursor:
        for n, table in enumerate(("people_citizen", "people_employee", "access_user", "visits_visit")):
            cursor.execute(f"SELECT setval('{table}_id_seq', {RARE + n * 1000})")
    return Cast()
