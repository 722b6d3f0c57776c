"""A scratch database beside the one in use: made, filled, measured and dropped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

from omtanke.config.database import database_url


def url_of(name: str) -> str:
    """The address of a database by that name on the server in use."""
    return urlunsplit(urlsplit(database_url(settings.VAR_DIR))._replace(path=f"/{name}"))


def _on_the_server(statement: str, *names: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """The address of a new database with all tables, dropped afterwards whatever happens.

    It begins as a copy of `OMTANKE_SCRATCH_TEMPLATE`, if that is set, so that there is little left to migrate.
    """
    _on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _on_the_server("CREATE DATABASE {} TEMPLATE {}", name, os.environ.get("OMTANKE_SCRATCH_TEMPLATE", "template1"))
    try:
        migrate = [sys.executable, "-m", "omtanke", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=os.environ | {"DATABASE_URL": url_of(name)}, check=True)  # noqa: S603
        yield url_of(name)
    finally:
        _on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
