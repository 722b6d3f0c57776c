"""The files that paths name: a folder stands for the spreadsheets in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.reading import SourceFile, refuse_too_large
from omtanke.exchange.spreadsheets.words import Unusable

ENDINGS = {".xlsx", ".csv", ".tsv"}


def files_at(paths: Sequence[str]) -> list[SourceFile]:
    """Read the files into memory, after a look at their size. Raises Unusable."""
    found = [file for path in paths for file in _files(path)]
    names = Counter(file.name for file in found)
    return [_read(file, file.name if names[file.name] == 1 else str(file)) for file in found]


def _files(path: str) -> list[Path]:
    here = Path(path)
    if not here.is_dir():
        return [here]
    inside = sorted(file for file in here.iterdir() if file.suffix.lower() in ENDINGS and not _is_leftover(file))
    if not inside:
        raise Unusable(path, _("There is no .xlsx or .csv file in this folder."))
    return inside


def _is_leftover(file: Path) -> bool:
    return file.name.startswith((".", "~$"))  # what Excel and exports leave while they work


def _read(path: Path, name: str) -> SourceFile:
    try:
        refuse_too_large(name, path.stat().st_size)
        return SourceFile(name, path.read_bytes())
    except FileNotFoundError as error:
        raise Unusable(name, _("There is no such file.")) from error
    except OSError as error:
        raise Unusable(name, _("The file cannot be read: %(why)s."), why=error.strerror or "") from error
