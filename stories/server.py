"""A real Omtanke for a story: an own database with the demo municipality, a web process, and a worker if asked for.

The municipality is loaded once into a template database; each story's database is a copy of it, made in a moment.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

from omtanke.config.database import database_url

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30  # seconds for a process to begin to answer


def _where_it_is_morning() -> str:
    """A time zone in which the clock is between nine and ten, so that no story depends on the hour it is told at."""
    ahead = (9 - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"  # POSIX turns the sign: Etc/GMT-2 is two hours ahead of UTC


# One for the whole run: what the first process found, the other test processes inherit.
ZONE = os.environ.setdefault("OMTANKE_STORIES_ZONE", _where_it_is_morning())


def _url_of(name: str) -> str:
    return urlunsplit(urlsplit(database_url(settings.VAR_DIR))._replace(path=f"/{name}"))


def _execute(statement: str) -> None:
    with psycopg.connect(_url_of("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def _environment(database: str) -> dict[str, str]:
    ours = {"DATABASE_URL": _url_of(database), "OMTANKE_DEMO": "1", "OMTANKE_POOL": "4", "OMTANKE_TIME_ZONE": ZONE}
    return os.environ | ours


def make_template(name: str) -> None:
    """Load the demo municipality into the template database; where several test processes ask, the first one does."""
    with (settings.VAR_DIR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(_url_of("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known:
            return
        making = f"{name}_making"
        _execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
        _execute(f'CREATE DATABASE "{making}"')
        for command in (["migrate", "-v0"], ["demo"]):
            subprocess.run(
                [sys.executable, "-m", "omtanke", *command],
                env=_environment(making),
                cwd=ROOT,
                check=True,
                capture_output=True,
            )
        _execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')


def drop_databases(prefix: str) -> None:
    """Take away databases of this and earlier runs."""
    with psycopg.connect(_url_of("postgres"), autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
        ).fetchall()
        for (name,) in names:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Omtanke:
    """A running Omtanke. `url` is where it answers."""

    def __init__(self, database: str) -> None:
        self.database = database
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "omtanke", *command],
            env=_environment(self.database),
            cwd=ROOT,
            stderr=(settings.VAR_DIR / f"{self.database}.log").open("ab"),
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def start_web(self) -> subprocess.Popen[bytes]:
        process = self.start("web", "--port", str(self.port))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready", timeout=2):
                    return process
            except (URLError, OSError):
                if process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"The web process did not begin to answer; see {self.database}.log")

    def execute(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """Ask the story's database, as its owner; clock and date are those of the municipality."""
        with psycopg.connect(_url_of(self.database), autocommit=True, options=f"-c TimeZone={ZONE}") as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=20)


@contextmanager
def running(template: str, name: str, *, worker: bool = False) -> Iterator[Omtanke]:
    """An Omtanke of its own, with a fresh copy of the municipality."""
    _execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    omtanke = Omtanke(name)
    try:
        omtanke.start_web()
        if worker:
            omtanke.start("worker")
        yield omtanke
    finally:
        omtanke.stop()
        _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
