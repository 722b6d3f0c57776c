"""The trainings and the declaration as texts of their own: one file for each language, in chapters.

A file begins with its version. `# code | Title` begins a chapter; the codes are the same in every language, so that
somebody may read one chapter in Swedish and the next in Norwegian. A line that begins with a dash is an item of a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILES = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Block:
    """A paragraph (one line), or a list (`is_list`) with a line for each item."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Chapter:
    code: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class LongText:
    """A whole text in one language. `words` is the file as it stands, to keep with a signature."""

    name: str
    version: int
    language: str
    chapters: tuple[Chapter, ...]
    words: str

    def chapter(self, code: str) -> Chapter | None:
        return next((one for one in self.chapters if one.code == code), None)

    def after(self, code: str) -> Chapter | None:
        """The chapter that follows, if any."""
        codes = [one.code for one in self.chapters]
        place = codes.index(code) + 1
        return self.chapters[place] if place < len(codes) else None

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.chapters]


def long_text(name: str, language: str | None = None) -> LongText:
    """The text in the language of the page. Raises FileNotFoundError for a text or language there is none of."""
    return _read(name, language or get_language() or "nb")


def parse(words: str, *, name: str, language: str) -> LongText:
    """Raises ValueError where the version or a chapter's code is missing."""
    head, *parts = words.split("\n# ")
    label, _colon, version = head.strip().partition(":")
    if label != "version":
        raise ValueError(f"{name}.{language}: the first line tells the version")
    return LongText(name, int(version), language, tuple(_chapter(part) for part in parts), words)


@cache
def _read(name: str, language: str) -> LongText:
    words = (FILES / f"{name}.{language}.txt").read_text(encoding="utf-8")
    return parse(words, name=name, language=language)


def _chapter(part: str) -> Chapter:
    heading, _line, body = part.partition("\n")
    code, bar, title = heading.partition("|")
    if not bar:
        raise ValueError(f"A chapter without a code: {heading}")
    return Chapter(code.strip(), title.strip(), tuple(_blocks(body)))


def _blocks(body: str) -> list[Block]:
    blocks: list[Block] = []
    items: list[str] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("- "):
            items.append(line[2:].strip())
            continue
        if items:
            blocks.append(Block(tuple(items), is_list=True))
            items = []
        if line.strip():
            blocks.append(Block((line.strip(),)))
    return blocks
