"""Icons for paper: one of the page's sprite as an SVG of its own, in black."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders


@cache
def _sprite() -> str:
    found = finders.find("omtanke/icons.svg")
    return Path(str(found)).read_text() if found else ""


def svg(name: str) -> str:
    """The icon as SVG text; empty where the sprite is not built or does not have it."""
    found = re.search(rf'<symbol id="{re.escape(name)}"[^>]*>(.*?)</symbol>', _sprite(), re.DOTALL)
    if not found:
        return ""
    inner = found.group(1).replace("currentColor", "#000000")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none">{inner}</svg>'
