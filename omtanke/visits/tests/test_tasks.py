"""Every night the worker lays out the weeks ahead, as the database role for jobs."""

import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from omtanke.config.tests.cast import day
from omtanke.visits import tasks
from omtanke.visits.models import Visit


@contextmanager
def the_worker():
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE omtanke_worker")
        yield
        cursor.execute("RESET ROLE")


def test_it_is_on_the_nightly_schedule():
    scheduled = {(task.task.name, task.cron) for task in app.periodic_registry.periodic_tasks.values()}
    assert ("visits.lay_out_the_weeks_ahead", tasks.QUARTER_PAST_ONE) in scheduled


def test_the_worker_may_do_it_and_doing_it_twice_changes_nothing(cast):
    with the_worker():
        assert tasks.lay_out_the_weeks_ahead(timestamp=0) > 0
        assert tasks.lay_out_the_weeks_ahead(timestamp=0) == 0
    assert Visit.objects.filter(recurring=cast.recurring, on=day(28)).exists()


def test_catching_up_twice_asks_once(cast):
    with the_worker():
        tasks.catch_up()
        tasks.catch_up()
    assert ProcrastinateJob.objects.filter(task_name="visits.lay_out_the_weeks_ahead", status="todo").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_takes_it_from_the_queue_and_does_it(transactional_db, request):
    cast = request.getfixturevalue("cast")
    tasks.catch_up()

    subprocess.run(
        [sys.executable, "-m", "omtanke", "procrastinate", "worker", "--one-shot"],
        env=os.environ | {"DATABASE_URL": _address(), "OMTANKE_DATABASE_ROLE": "omtanke_worker"},
        check=True,
        capture_output=True,
        timeout=90,
    )

    # Other rooms have schedules of their own, and at the turn of a minute a schedule may ask beside us.
    jobs = ProcrastinateJob.objects.filter(task_name="visits.lay_out_the_weeks_ahead").order_by("pk")
    assert jobs[0].status == "succeeded"
    assert Visit.objects.filter(recurring=cast.recurring, on=day(28)).exists()


def _address() -> str:
    """The test's own database, as an operator would write it."""
    where = connection.settings_dict
    return (
        f"postgresql://{quote(where['USER'])}:{quote(where['PASSWORD'])}@/{where['NAME']}?host={quote(where['HOST'])}"
        + (f"&port={where['PORT']}" if where["PORT"] else "")
    )
