"""A questionnaire as the engine knows it: frozen, pure, and read from FHIR by `reading.py`.

An answer is kept under its *path*: the linkId, and within a repeated group where it stands, as `goals#1/goal`. It is a
list of plain values: a code, a number, true, a date as text, or words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

type Said = Mapping[str, str]  # the same words by language; the source's own under ""
type Given = dict[str, list[Any]]  # answers by path


class Kind(StrEnum):
    """FHIR's types of items that the engine draws."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    STRING = "string"
    TEXT = "text"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"


CHOICES = (Kind.CHOICE, Kind.OPEN_CHOICE)
WITHOUT_ANSWER = (Kind.GROUP, Kind.DISPLAY)


@dataclass(frozen=True)
class Option:
    code: str
    said: Said
    system: str = ""
    worth: Decimal | None = None  # what it counts in the score


@dataclass(frozen=True)
class Condition:
    """Asked only when the answer to another question is so."""

    question: str
    operator: str
    value: Any


@dataclass(frozen=True)
class Item:
    link_id: str
    kind: Kind
    said: Said
    required: bool = False
    repeats: bool = False
    options: tuple[Option, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_of_them: bool = False
    items: tuple[Item, ...] = ()
    longest: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    as_control: str = ""  # FHIR's questionnaire-itemControl, as "check-box"
    in_a_row: bool = False

    @property
    def repeated_group(self) -> bool:
        return self.kind == Kind.GROUP and self.repeats

    def option(self, code: object) -> Option | None:
        return next((one for one in self.options if one.code == code), None)

    def all(self) -> Iterator[Item]:
        """This item and everything in it."""
        yield self
        for item in self.items:
            yield from item.all()


@dataclass(frozen=True)
class Level:
    """What a score from `least` to `most` means, and whether it is worth a talk."""

    least: Decimal
    most: Decimal
    said: Said
    worth_a_talk: bool


@dataclass(frozen=True)
class Scoring:
    """Add up what these answers count, times a factor. No code, so that a municipality can make its own."""

    of: tuple[str, ...]
    levels: tuple[Level, ...]
    factor: Decimal = Decimal(1)
    highest: Decimal | None = None
    change_that_matters: Decimal | None = None
    good: Said | None = None  # what is good, in words


@dataclass(frozen=True)
class Form:
    url: str
    version: str
    title: Said
    description: Said
    credit: str
    items: tuple[Item, ...]
    opens_to_everyday: bool = False
    kept_within_unit: bool = False
    page: str = ""  # the name of a page of its own, where it is filled in
    scoring: Scoring | None = None

    @cached_property
    def by_link_id(self) -> dict[str, Item]:
        return {item.link_id: item for top in self.items for item in top.all()}

    @cached_property
    def steps(self) -> tuple[tuple[Item, ...], ...]:
        """What is on the screen at once: a group at a time where there are several, otherwise everything."""
        if len(self.items) > 1 and all(item.kind == Kind.GROUP and not item.repeats for item in self.items):
            return tuple((item,) for item in self.items)
        return (self.items,)
