"""What people have said that a plan must keep to, in the planner's names (see from_rows.py for the ids)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pin:
    """A visit stays on this shift, and begins then when `start` (minutes) is given."""

    shift: str
    start: float | None = None


@dataclass(frozen=True)
class Rules:
    """`forbidden` are carers by visit and `not_there` carers by person, `wishes` the carers who wish to meet a person,
    `lists` the work list that a carer wishes for."""

    pins: Mapping[str, Pin] = field(default_factory=dict)
    forbidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_there: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wishes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
