"""The language of whoever sits at the terminal."""

import os

from django.conf import settings

LANGUAGES = ("nb", "sv", "en")
OURS = {"nb": "nb", "no": "nb", "nn": "nb", "sv": "sv", "en": "en"}


def language_of_terminal() -> str:
    """By LC_ALL, LC_MESSAGES or LANG; the municipality's own where these say nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if language := OURS.get(os.environ.get(name, "")[:2].lower()):
            return language
    return settings.LANGUAGE_CODE
