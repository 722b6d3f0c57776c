"""What is this sheet, and which column is which?

Every row near the top is tried as the row of headings for every kind. A heading that only few kinds know says more
than one that many know ("fra" is everywhere, "vaktkode" is not), and the sheet's name helps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from omtanke.exchange.spreadsheets.columns import Kind
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.reading import Raw, Sheet

SEARCHED = 30  # rows with something in them, before the headings must have come
NAME_SAYS = 4.0
MISSING_COSTS = 2.0


@dataclass(frozen=True)
class Layout:
    """How a sheet is laid out: its kind, the row of headings, and the column of each thing."""

    kind: Kind
    row: int
    columns: dict[str, int]
    headings: dict[str, str]
    unknown: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]

    @property
    def first_row(self) -> int:
        return self.row + 1


def lay_of(sheet: Sheet, kinds: Sequence[Kind]) -> Layout | None:
    """The layout that fits best; None where no kind fits."""
    rarity = _rarity(kinds)
    head = sheet.rows[:SEARCHED]
    tried = [(kind, number, cells) for kind, (number, cells) in product(kinds, head)]
    scored = [(_score(kind, cells, sheet, rarity), kind, number, cells) for kind, number, cells in tried]
    score, kind, number, cells = max(scored, key=lambda found: (found[0], -found[2]))
    if score <= 0:
        return None
    return _layout(kind, number, cells)


def _rarity(kinds: Iterable[Kind]) -> dict[str, float]:
    known = Counter(name for kind in kinds for name in {f for column in kind.columns for f in column.folded})
    return {name: 1 / count for name, count in known.items()}


def _score(kind: Kind, cells: list[Raw], sheet: Sheet, rarity: dict[str, float]) -> float:
    layout = _layout(kind, 0, cells)
    found = len(layout.columns)
    named = _names(sheet, kind)
    enough = (3 if layout.unknown else 2) + 2 * len(layout.missing)
    if not found or (not named and found < enough):
        return 0  # an explanation that happens to say "Telefon" is no list of people
    worth = sum(rarity.get(fold(heading), 0.2) for heading in layout.headings.values())
    share = found / max(1, found + len(layout.unknown))
    # A row of data is no row of headings, even where one of its words happens to be known.
    return (worth + found * 0.25) * share + NAME_SAYS * named - MISSING_COSTS * len(layout.missing) + 1


def _names(sheet: Sheet, kind: Kind) -> float:
    """How far the sheet's name says this kind: 1 when it is one of its names, less when it has one in it."""
    name = fold(sheet.name)
    if name in kind.folded:
        return 1.0
    longest = max((len(known) for known in kind.folded if len(known) > 3 and known in name), default=0)
    return 0.8 * longest / max(len(name), 1)


def _layout(kind: Kind, number: int, cells: list[Raw]) -> Layout:
    columns: dict[str, int] = {}
    headings: dict[str, str] = {}
    written = [(index, " ".join(cell.split())) for index, cell in enumerate(cells) if isinstance(cell, str)]
    # Words that only one column knows choose first: "Pårørende" is the relative, so "Navn" must be the citizen.
    for sure in (True, False):
        for index, heading in written:
            name = None if index in columns.values() else _column_named(kind, heading, columns, sure=sure)
            if name:
                columns[name], headings[name] = index, heading
    unknown = tuple(heading for index, heading in written if heading and index not in columns.values())
    missing = tuple(group for group in kind.needs if not any(name in columns for name in group))
    return Layout(kind, number, columns, headings, unknown, missing)


def _column_named(kind: Kind, heading: str, taken: dict[str, int], *, sure: bool) -> str | None:
    """The column that a heading names and that has none yet; where several could, one that cannot be done without."""
    for form in (heading, heading.partition("(")[0], heading.partition(":")[0]):
        named = kind.by_heading.get(fold(form), ())
        if sure and len(named) > 1:
            return None
        free = sorted((name for name in named if name not in taken), key=lambda name: (name,) not in kind.needs)
        if free:
            return free[0]
    return None
