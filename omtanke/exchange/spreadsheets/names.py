"""A person's name in one cell, or in two."""

from __future__ import annotations

from omtanke.exchange.spreadsheets.columns import Row
from omtanke.exchange.spreadsheets.folding import fold

# Words that belong to the last name: 'Jan van der Berg'.
PARTICLES = frozenset(["van", "von", "der", "den", "de", "af", "av", "da", "di", "du", "la", "le", "zu"])


def name_of(row: Row) -> tuple[str, str]:
    """First and last name: from their own columns, or from 'Berg, Kari' or 'Kari Anne Berg'. Empty where unsaid."""
    first, last = row.get("first_name") or "", row.get("last_name") or ""
    if (first and last) or not row.get("name"):
        return first, last
    return divide(row.get("name"))


def divide(whole: str) -> tuple[str, str]:
    last, comma, first = whole.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = whole.split()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def folded(first: str, last: str) -> str:
    return fold(f"{first} {last}")
