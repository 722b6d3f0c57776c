"""The events of a request, read: what can be no batch at all is refused as a whole, with words that say where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

MOST = 200  # events in one batch
FURTHEST_OFFSET = 100 * 365 * 86_400_000  # milliseconds: a phone whose clock began anew in 1970
LARGEST_ID = 2**63 - 1


class OddBatch(ValueError):
    """What was sent is no batch of events; the words say where."""


@dataclass(frozen=True)
class Sent:
    """One event as a phone sends it: about a visit, or about somebody's place at an activity."""

    id: UUID
    kind: str
    visit_id: int | None
    device_at: datetime
    offset_ms: int
    said: Mapping[str, Any]
    occurrence_id: int | None = None
    citizen_id: int | None = None


def read_batch(said: object) -> list[Sent]:
    """The events of a request's JSON. Raises OddBatch."""
    if not isinstance(said, list) or len(said) > MOST:
        raise OddBatch(f"a list of at most {MOST} events is wanted")
    return [_read(number, one) for number, one in enumerate(said)]


def _read(number: int, one: object) -> Sent:
    try:
        if not isinstance(one, dict) or not isinstance(one.get("said", {}), dict):
            raise TypeError("an object with an object of words is wanted")
        at = datetime.fromisoformat(str(one["at"]))
        offset = int(one.get("offset", 0))
        if abs(offset) > FURTHEST_OFFSET:
            raise ValueError(f"a clock cannot be {offset} ms wrong")
        place = "occurrence" in one
        return Sent(
            id=UUID(str(one["id"])),
            kind=str(one["kind"]),
            visit_id=None if place else _id(one["visit"]),
            device_at=at if at.tzinfo else at.replace(tzinfo=UTC),
            offset_ms=offset,
            said={_writable(str(name)): _writable(value) for name, value in one.get("said", {}).items()},
            occurrence_id=_id(one["occurrence"]) if place else None,
            citizen_id=_id(one["citizen"]) if place else None,
        )
    except (KeyError, TypeError, ValueError, OverflowError) as odd:
        raise OddBatch(f"event {number}: {odd}") from None


def _id(said: object) -> int:
    number = int(str(said))
    if not 0 < number <= LARGEST_ID:
        raise ValueError(f"{number} is nothing's number")
    return number


def _writable(value: Any) -> Any:
    """Without the signs that no database keeps (a NUL, half a pair): one of them must not hold up a whole shift."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    return value
