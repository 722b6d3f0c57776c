"""Compare words as people do: case, accents, spaces and punctuation make no difference."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

NORDIC = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ð": "d", "þ": "th", "ß": "ss", "đ": "d", "%": "pst"}
)


@lru_cache(maxsize=50_000)
def fold(written: str) -> str:
    """'  Fødselsnr. ' and 'FODSELSNR' are the same. What has no letters at all keeps its signs."""
    lowered = unicodedata.normalize("NFC", written).casefold().translate(NORDIC)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    squeezed = re.sub(r"[\W_]+", "", plain)
    return squeezed or " ".join(lowered.split())


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known name most like what was written, if any is at all like it."""
    by_fold = {fold(name): name for name in known}
    close = difflib.get_close_matches(fold(written), by_fold, n=1, cutoff=0.5)
    return by_fold[close[0]] if close else None
