"""The catalogues of texts: gather what code and templates say, keep nb and sv complete, compile without msgfmt.

English is the language of the source, so its catalogue is the source itself. Each room keeps its own catalogues.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = ("nb", "sv")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# `templatize` turns a template into calls of these, between runs of X.
TEMPLATE_CALL = re.compile(
    r"""\b(_|gettext|ngettext|pgettext|npgettext)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?)+)"""
)


@dataclass(frozen=True)
class Text:
    """One text as the source says it."""

    singular: str
    plural: str | None = None
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural is not None else self.singular


def rooms(root: Path | None = None) -> list[Path]:
    """The folders that have catalogues: each application of ours."""
    base = (root or settings.BASE_DIR) / "omtanke"
    return sorted({path.parent for path in base.rglob("apps.py")})


def texts_of(room: Path) -> set[Text]:
    """Every text in a room's code and templates. Tests say nothing to users."""
    found: set[Text] = set()
    for path in room.rglob("*"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            found.update(_texts_in_python(path))
        elif path.suffix in {".html", ".txt", ".typ"} and "templates" in path.parts:
            found.update(_texts_in_template(path))
    return found


def _texts_in_python(path: Path) -> Iterator[Text]:
    # The kernel's words are English codes; they are put into people's words above it.
    for _line, said, _comments, context in extract("python", BytesIO(path.read_bytes()), keywords=KEYWORDS):
        if isinstance(said, tuple):
            yield Text(said[0], said[1], context)
        elif said:
            yield Text(said, None, context)


def _texts_in_template(path: Path) -> Iterator[Text]:
    for call, arguments in TEMPLATE_CALL.findall(templatize(path.read_text(), origin=str(path))):
        parts = list(ast.literal_eval(f"({arguments.rstrip().rstrip(',')},)"))
        context = parts.pop(0) if call in {"pgettext", "npgettext"} else None
        plural = parts[1] if call in {"ngettext", "npgettext"} else None
        yield Text(parts[0], plural, context)


def catalogue_file(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(room: Path, language: str) -> Catalog:
    file = catalogue_file(room, language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def update(room: Path, language: str) -> Catalog:
    """Bring a catalogue up to what the source says: new texts empty, texts no longer said gone."""
    old = read(room, language)
    new = Catalog(locale=language, fuzzy=False, creation_date=None)
    for text in sorted(texts_of(room), key=lambda text: (text.singular, text.context or "")):
        known: Message | None = old.get(text.id, context=text.context)
        new.add(text.id, known.string if known else None, context=text.context)
    return new


def write(room: Path, language: str, catalogue: Catalog) -> None:
    file = catalogue_file(room, language)
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = BytesIO()
    write_po(lines, catalogue, width=0, omit_header=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    file.write_text(header + lines.getvalue().decode().strip() + "\n")


def problems(room: Path, language: str) -> list[str]:
    """What is missing, unsure or left over in a room's catalogue; and placeholders that differ."""
    catalogue, wanted = read(room, language), texts_of(room)
    found = []
    for text in wanted:
        message = catalogue.get(text.id, context=text.context)
        strings = _translations(message)
        if not strings or not all(strings):
            found.append(f"missing: {text.singular!r}")
        elif message and message.fuzzy:
            found.append(f"fuzzy: {text.singular!r}")
        elif any(_placeholders(string) - _placeholders(text.singular + (text.plural or "")) for string in strings):
            found.append(f"unknown placeholder in: {text.singular!r}")
    said = {(text.id, text.context) for text in wanted}
    found += [f"no longer said: {m.id!r}" for m in catalogue if m.id and (m.id, m.context) not in said]
    return [f"{room.name}/{language}: {problem}" for problem in sorted(found)]


def contradictions(language: str) -> list[str]:
    """Texts that one room translates in one way and another in another: Django takes one of them, for both."""
    said: dict[tuple[str, str | None], dict[tuple[str, ...], str]] = {}
    for room in rooms():
        for message in read(room, language):
            if message.id:
                ways = said.setdefault((str(message.id), message.context), {})
                ways.setdefault(_translations(message), room.name)
    return [
        f"{language}: {text!r} is translated differently in {' and '.join(ways.values())}"
        for (text, _context), ways in sorted(said.items(), key=lambda one: one[0][0])
        if len(ways) > 1
    ]


def _translations(message: Message | None) -> tuple[str, ...]:
    if message is None or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def compile_all(root: Path | None = None) -> None:
    """Write the .mo file beside each catalogue, where it is older."""
    for room in rooms(root):
        for language in LANGUAGES:
            source = catalogue_file(room, language)
            compiled = source.with_suffix(".mo")
            if source.exists() and (not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime):
                with compiled.open("wb") as out:
                    write_mo(out, read(room, language))
