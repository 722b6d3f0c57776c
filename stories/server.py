"""A real Omtanke for a story: an own database with the demo municipality, a web process, and a worker if asked for.

The municipality is loaded once into a template database; each story's database is a copy of it, made in a moment. The
other tests begin with copies of a database that is migrated once and kept.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
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


def migrated() -> str:
    """The name of an empty, migrated database to copy; it is kept for later runs, until a migration changes."""
    name = f"migrated_{_migrations()}"
    drop_databases("migrated_", keep=name)
    return _made_once(name, settings.TIME_ZONE, "migrate")


def _migrations() -> str:
    """What the migrations say, and what of ours they call upon, as a few letters."""
    files = sorted(ROOT.glob("omtanke/**/migrations/*.py"))
    called = {name for file in files for name in re.findall(r"^from (omtanke\.\S+) import", file.read_text(), re.M)}
    files += [file for name in sorted(called) if (file := ROOT / f"{name.replace('.', '/')}.py").exists()]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def municipality() -> str:
    """The name of a database with the demo municipality to copy; all test processes of one run share it.

    Its functions know the stories' time zone, so it is migrated by itself.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    return _made_once(f"stories_{run}"[:40], ZONE, "migrate", "demo")


def _is_there(name: str) -> bool:
    with psycopg.connect(_url_of("postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def _made_once(name: str, zone: str, *commands: str) -> str:
    """Run the commands in a new database; where several processes ask for it, the first one does."""
    with (settings.VAR_DIR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_there(name):
            making = f"{name}_making"
            _execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
            _execute(f'CREATE DATABASE "{making}"')
            for command in commands:
                subprocess.run(
                    [sys.executable, "-m", "omtanke", command],
                    env=_environment(making) | {"OMTANKE_TIME_ZONE": zone},
                    cwd=ROOT,
                    check=True,
                    capture_output=True,
                )
            _execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def drop_databases(prefix: str, *, keep: str = "nothing") -> None:
    """Take away databases of this and earlier runs, but for those whose name begins with `keep`."""
    with psycopg.connect(_url_of("postgres"), autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND NOT starts_with(datname, %s)",
            [prefix, keep],
        ).fetchall()
        for (name,) in names:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    for lock in settings.VAR_DIR.glob(f"{prefix}*.lock"):
        if not lock.name.startswith(keep):
            lock.unlink()


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
