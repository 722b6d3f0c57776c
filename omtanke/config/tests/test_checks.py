"""`omtanke check --deploy` refuses what must not meet real people."""

import os
import shutil

import pytest
from django.core.checks import run_checks
from django.db import connection

from omtanke.config import checks, texts


def ids(found) -> set[str]:
    return {message.id for message in found}


def test_the_database_as_we_make_it_passes(db):
    assert checks.the_database_guards_its_rows(databases=["default"]) == []


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("CREATE TABLE people_secret (citizen_id bigint)", "people_secret has no row-level security."),
        ("ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY", "visits_visit has no row-level security."),
        ("ALTER TABLE people_hamlet OWNER TO omtanke_web", "omtanke_web owns people_hamlet."),
        ("ALTER ROLE omtanke_web BYPASSRLS", "omtanke_web passes every policy."),
    ],
    ids=["a table without", "protection turned off", "the web owns a table", "the web passes policies"],
)
def test_an_open_door_in_the_database_is_found(db, statement, complaint):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert complaint in [message.msg for message in checks.the_database_guards_its_rows()]


def test_demo_mode_is_an_error_and_mail_to_nowhere_a_warning(settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert {"omtanke.E001", "omtanke.W002"} <= ids(run_checks(include_deployment_checks=True))
    settings.DEMO = False
    assert checks.demo_mode_is_off() == []


def test_stale_texts_and_ungathered_files_are_errors(settings, tmp_path, monkeypatch):
    assert checks.texts_are_compiled() == []
    room = tmp_path / "room"
    shutil.copytree(settings.BASE_DIR / "omtanke" / "shell" / "locale", room / "locale")
    os.utime(texts.catalogue_file(room, "nb"))
    texts.catalogue_file(room, "nb").with_suffix(".mo").unlink()
    monkeypatch.setattr(texts, "rooms", lambda: [room])
    assert ids(checks.texts_are_compiled()) == {"omtanke.E002"}

    settings.STATIC_ROOT = tmp_path
    assert ids(checks.static_files_are_gathered()) == {"omtanke.E003"}
