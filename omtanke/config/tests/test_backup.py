"""What is backed up can be restored, policies and all; a file that is no backup changes nothing."""

import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from omtanke.config.tests import running
from omtanke.config.tests.cast import Cast


def omtanke(*arguments, database, var):
    return subprocess.run(
        [sys.executable, "-m", "omtanke", *map(str, arguments)],
        env=running.environment(var) | {"DATABASE_URL": running.database_url(database)},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def elsewhere(django_db_blocker):
    """The name of an empty database."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with psycopg.connect(running.database_url("postgres"), autocommit=True) as server:
        for statement in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {}"):
            server.execute(statement.format(name))
        yield name
        for (database,) in server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
        ).fetchall():
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def people(database) -> list[str]:
    with psycopg.connect(running.database_url(database)) as there:
        return [row[0] for row in there.execute("SELECT first_name FROM people_citizen ORDER BY id")]


@pytest.mark.django_db(transaction=True)
def test_everything_comes_back_and_is_still_guarded(tmp_path, elsewhere):
    Cast()
    file = tmp_path / "omtanke.backup"
    here = connection.settings_dict["NAME"]

    assert omtanke("backup", file, database=here, var=tmp_path).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    restored = omtanke("restore", file, database=elsewhere, var=tmp_path)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert people(elsewhere) == ["Astrid", "Edvard", "Signe"]
    with psycopg.connect(running.database_url(elsewhere)) as there:
        there.execute("SET ROLE omtanke_web")
        assert there.execute("SELECT count(*) FROM people_citizen").fetchone() == (0,)

    again = omtanke("restore", file, database=elsewhere, var=tmp_path)
    assert f"stays in the database {elsewhere}_until_" in again.stdout

    file.write_bytes(file.read_bytes()[:-1000])
    refused = omtanke("restore", file, database=elsewhere, var=tmp_path)
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert people(elsewhere) == ["Astrid", "Edvard", "Signe"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_restored_under_somebodys_feet(tmp_path, elsewhere):
    Cast()
    file = tmp_path / "omtanke.backup"
    omtanke("backup", file, database=connection.settings_dict["NAME"], var=tmp_path)
    with psycopg.connect(running.database_url(elsewhere)):
        refused = omtanke("restore", file, database=elsewhere, var=tmp_path)
    assert "Somebody still uses the database" in refused.stderr
    assert "Traceback" not in refused.stderr
