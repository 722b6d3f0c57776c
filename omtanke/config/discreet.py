"""Take out of log lines what could be about a person.

An exception's message may quote a row ("Key (national_id)=(...) already exists"), a library's message may quote an
address or a job's arguments. What kind of error, where in the code, and which constraint: that is enough to mend it.
"""

import logging
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

from django.conf import settings

INNERMOST = 3  # places in other people's code

type Line = MutableMapping[str, Any]


def without_arguments(_logger: Any, _method: str, line: Line) -> Line:
    """Other libraries' messages without what was put into them (`use_get_message=False` leaves the template).
    Procrastinate puts a job's arguments into its messages before it logs them, so of these only the kind is kept."""
    record: logging.LogRecord = line["_record"]
    if record.name.startswith("procrastinate"):
        job = getattr(record, "job", None)
        line["event"] = getattr(record, "action", "job")
        line["task"] = job.get("task_name") if isinstance(job, dict) else None
    return line


def tell_where(_logger: Any, _method: str, line: Line) -> Line:
    """In place of an exception's message and traceback: kinds of error, places, and names of the schema."""
    given = line.pop("exc_info", None)
    if given is True:
        record: logging.LogRecord = line["_record"]
        given = record.exc_info
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        chain = list(_chain(error))
        line["errors"] = [_kind(one) for one in chain]
        line["where"] = [place for one in chain for place in _places(one.__traceback__)]
        line.update(_names_of_the_database(chain))
    return line


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, the outermost first."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(tb: TracebackType | None) -> list[str]:
    """Every place in our own code, and the innermost ones wherever they are."""
    frames = traceback.extract_tb(tb)
    ours = str(settings.BASE_DIR / "omtanke")
    told = [frame for n, frame in enumerate(frames) if frame.filename.startswith(ours) or n >= len(frames) - INNERMOST]
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in told]


def _names_of_the_database(chain: list[BaseException]) -> dict[str, str]:
    """SQLSTATE, table and constraint are names in the schema, never values."""
    told = {}
    for error in chain:
        diag = getattr(error, "diag", None)
        for name in ("sqlstate", "table_name", "constraint_name"):
            if value := getattr(diag, name, None):
                told[name] = str(value)
    return told
