"""Logs tell how the service runs and nothing about people, not even when it crashes in the middle of a name.

That every page keeps people out of them as well, test_every_page.py sees on its way.
"""

import json
import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

from omtanke.access.gate import open_to_all
from omtanke.config.tests.logs import told


@open_to_all
def crash(request, citizen_id):
    """As a view that gives the database something it cannot read: PostgreSQL's message quotes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::bigint", ["Astrid Nilsen 04053912345"])
    return HttpResponse()


@open_to_all
def crash_in_words(request, citizen_id):
    raise ValueError("Astrid Nilsen, 04053912345")


handler500 = "omtanke.config.views.error_500"
urlpatterns = [
    path("crash/<int:citizen_id>/", crash, name="crash"),
    path("words/<int:citizen_id>/", crash_in_words, name="words"),
    path("", include("omtanke.config.urls")),
]


@pytest.mark.urls("omtanke.config.tests.test_logs")
@pytest.mark.parametrize("where", ["crash", "words"], ids=["in the database", "in our own words"])
def test_a_crash_tells_where_and_not_about_whom(rare_cast, web, written, where):
    web.raise_request_exception = False
    page = web.be(rare_cast.kari).get(f"/{where}/{rare_cast.astrid.pk}/", {"name": "Astrid"})

    assert page.status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    (crashed,) = [line for line in lines if "errors" in line]
    assert any("test_logs.py" in place for place in crashed["where"])
    assert told(rare_cast, written.getvalue()) == set()
    if where == "crash":
        assert crashed["errors"] == ["django.db.utils.DataError", "psycopg.errors.InvalidTextRepresentation"]
        assert crashed["sqlstate"] == "22P02"


@pytest.mark.urls("omtanke.config.tests.test_logs")
def test_the_number_on_the_error_page_is_in_the_log(rare_cast, web, written):
    web.raise_request_exception = False
    page = web.be(rare_cast.kari).get("/words/1/")
    answered = [json.loads(line) for line in written.getvalue().splitlines() if '"answered"' in line]
    assert answered[-1]["reference"] in page.text
    assert answered[-1]["status"] == 500


def test_an_error_page_is_drawn_even_when_its_frame_cannot_be(cast, web, settings, written, monkeypatch):
    monkeypatch.setattr("omtanke.config.views._error", lambda *_: 1 / 0)
    settings.ROOT_URLCONF = "omtanke.config.tests.test_logs"
    web.raise_request_exception = False
    page = web.get("/words/1/")
    assert page.status_code == 500
    assert "Noe gikk galt" in page.text


def test_a_jobs_arguments_stay_out_of_the_log(written):
    job = {"task_name": "import", "call_string": "import(name='Astrid')"}
    logging.getLogger("procrastinate.worker").error(
        "Job import(name='Astrid') ended with an error", extra={"action": "job_error", "job": job}
    )
    line = json.loads(written.getvalue())
    assert (line["event"], line["task"]) == ("job_error", "import")
    assert "Astrid" not in written.getvalue()


def test_postgresqls_own_log_keeps_statements_and_rows_out(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_min_error_statement'), current_setting('log_error_verbosity')")
        assert cursor.fetchone() == ("panic", "terse")
