"""What came of an import: per sheet how many rows were taken, changed or refused, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from omtanke.exchange.spreadsheets.changes import CHANGED, TAKEN, UNCHANGED
from omtanke.exchange.spreadsheets.columns import Kind, Problem, Row
from omtanke.exchange.spreadsheets.kinds import KINDS
from omtanke.exchange.spreadsheets.words import Words


@dataclass
class SheetReport:
    """One sheet. `held_back`: its file has errors, or refers to one that has, so nothing of it is written."""

    file: str
    sheet: str
    kind: str
    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    held_back: bool = False

    @property
    def rows_refused(self) -> int:
        return len({problem.row for problem in self.refused})

    @property
    def kind_in_words(self) -> str:
        """In the active language."""
        kind: Kind = next(kind for kind in KINDS if kind.code == self.kind)
        return kind.title(str(get_language() or "nb")[:2])

    def count(self, rows: Iterable[Row]) -> None:
        """Take the verdicts of the sheet's rows."""
        verdicts = Counter(row.verdict for row in rows if not row.is_refused())
        self.taken, self.changed, self.unchanged = verdicts[TAKEN], verdicts[CHANGED], verdicts[UNCHANGED]

    def hold_back(self) -> None:
        """Nothing of the sheet is written."""
        self.held_back = True
        self.taken = self.changed = self.unchanged = 0

    def as_printed(self) -> dict[str, Any]:
        """As `omtanke import --json` prints it, in the language that is active."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "kind": self.kind,
            "taken": self.taken,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": [{"row": p.row, "column": p.column, "why": str(p.why)} for p in self.refused],
        }

    def as_json(self) -> dict[str, Any]:
        """As a run keeps it, to be said in any language."""
        refused = [{"row": p.row, "column": p.column, "why": p.why.as_json()} for p in self.refused]
        kept = {"unknown_columns": self.unknown_columns, "held_back": self.held_back}
        return self.as_printed() | kept | {"refused": refused}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SheetReport:
        refused = [Problem(p["row"], p["column"], Words.from_json(p["why"])) for p in kept["refused"]]
        return cls(**(dict(kept) | {"refused": refused}))


@dataclass
class Report:
    """All sheets, and the sheets nobody recognised."""

    sheets: list[SheetReport] = field(default_factory=list)
    unrecognised: list[tuple[str, str]] = field(default_factory=list)

    @property
    def rows_refused(self) -> int:
        return sum(sheet.rows_refused for sheet in self.sheets)

    @property
    def rows_good(self) -> int:
        return sum(sheet.taken + sheet.changed + sheet.unchanged for sheet in self.sheets)

    @property
    def rows_to_write(self) -> int:
        return sum(sheet.taken + sheet.changed for sheet in self.sheets)

    @property
    def is_clean(self) -> bool:
        return not any(sheet.refused for sheet in self.sheets)

    def as_json(self) -> dict[str, Any]:
        return {
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "unrecognised": [list(pair) for pair in self.unrecognised],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Report:
        sheets = [SheetReport.from_json(sheet) for sheet in kept.get("sheets", [])]
        return cls(sheets, [(file, sheet) for file, sheet in kept.get("unrecognised", [])])
