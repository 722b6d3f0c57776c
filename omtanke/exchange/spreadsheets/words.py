"""What the import says: a text and its values, put into the reader's language when it is shown.

A run is examined by a worker and read on a page, maybe by a colleague with another language, so the text is kept as
the source says it and translated late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext


@dataclass(frozen=True)
class Words:
    """A text of the catalogue (marked with `gettext_noop`) and the values for its placeholders."""

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.text) % self.values if self.values else gettext(self.text)

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Words:
        return cls(kept["text"], kept["values"])


class Unreadable(Exception):
    """A cell does not hold what its column asks for."""

    def __init__(self, text: str, **values: str | int) -> None:
        super().__init__(text)
        self.words = Words(text, values)


class Unusable(Exception):
    """Nothing can be done with a file as a whole."""

    def __init__(self, file: str, text: str, **values: str | int) -> None:
        super().__init__(text)
        self.file = file
        self.words = Words(text, values)

    def __str__(self) -> str:
        return f"{self.file}: {self.words}"
