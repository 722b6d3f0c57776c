"""The questionnaires that come along: files beside this module."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "questionnaires"


@cache
def shipped(name: str) -> dict[str, Any]:
    """One of them, as 'interest-talk'. Shared by all who ask: not to be changed."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return content


def every_shipped() -> list[dict[str, Any]]:
    return [shipped(path.stem) for path in sorted(FOLDER.glob("*.json"))]
