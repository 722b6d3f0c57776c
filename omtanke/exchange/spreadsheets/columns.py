"""What a kind of sheet holds: its columns, the many words for them, and what makes a row a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from omtanke.exchange.spreadsheets.choices import LANGUAGES, Choice
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.reading import Raw
from omtanke.exchange.spreadsheets.values import Reader
from omtanke.exchange.spreadsheets.words import Words


@dataclass(frozen=True)
class Column:
    """One column. `names` are its headings: Norwegian, Swedish, English (what exports write), then other words.

    `blank_means_none`: in a sheet that has the column, an empty cell says "none", and not "we do not say".
    `in_exports` is off for columns that only say in another way what a further column says.
    """

    name: str
    names: str
    read: Reader[Any]
    example: tuple[str, str, str] = ("", "", "")
    explain: str = ""
    choice: Choice | None = None
    blank_means_none: bool = False
    in_exports: bool = True

    def heading(self, language: str) -> str:
        return self.names.split(",")[LANGUAGES.index(language)].strip()

    @cached_property
    def folded(self) -> frozenset[str]:
        return frozenset(fold(name) for name in [*self.names.split(","), self.name])


@dataclass(frozen=True)
class Kind:
    """A kind of sheet. `needs`: of each group at least one column must be there, and filled in every row."""

    code: str
    names: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]

    def title(self, language: str) -> str:
        return self.names.split(",")[LANGUAGES.index(language)].strip()

    @cached_property
    def folded(self) -> frozenset[str]:
        return frozenset(fold(name) for name in [*self.names.split(","), self.code])

    @cached_property
    def by_heading(self) -> dict[str, tuple[str, ...]]:
        """The names of the columns that know a folded heading."""
        known: dict[str, tuple[str, ...]] = {}
        for column in self.columns:
            for heading in column.folded:
                known[heading] = (*known.get(heading, ()), column.name)
        return known

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


@dataclass(frozen=True)
class Place:
    """Where a row stands."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Problem:
    """Why a row, or what is in one of its columns, cannot be taken. `column` is the heading as the office wrote it."""

    row: int
    column: str
    why: Words


@dataclass
class Row:
    """A row that was read: values by column name (only those that the row gives), and what came of it.

    A column that the sheet has and `blank_means_none` is there as None.
    """

    kind: Kind
    place: Place
    values: dict[str, Any]
    headings: Mapping[str, str]
    unreadable: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    verdict: str = ""

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def refuse(self, name: str, text: str, **values: str | int) -> None:
        self.problems.append(Problem(self.place.row, self.headings.get(name, ""), Words(text, values)))

    def is_refused(self) -> bool:
        return bool(self.unreadable or self.problems)

    def start_over(self) -> None:
        """Forget what was decided about the row; what could not be read stays so."""
        self.problems.clear()
        self.verdict = ""


def printed(value: Any, column: Column, language: str) -> Raw:
    """A value as an export writes it, so that reading it gives the same value."""
    if value is None or value == "":
        return None
    if column.choice is not None:
        codes = value if isinstance(value, list) else [str(value)]
        return ", ".join(column.choice.label(code, language) for code in codes) or None
    if isinstance(value, bool):
        return {"nb": ("Nei", "Ja"), "sv": ("Nej", "Ja"), "en": ("No", "Yes")}[language][value]
    if isinstance(value, int | float | datetime | date | time):
        return value
    return str(value)
