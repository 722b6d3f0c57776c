"""Languages as people write them ("Norsk, lulesamisk"), so that company can be found who speaks the same.

What most here speak is nobody's need: whoever speaks it too can go with anybody.
"""

import re

SPOKEN_BY_MOST = "norwegian"
BETWEEN = re.compile(r"[,;/&+]|\b(?:og|och|and|samt)\b")
# Beginnings of words, as each is written in Norwegian, Swedish and English.
KNOWN = {
    SPOKEN_BY_MOST: ("nor", "bokmål", "nynorsk", "sven", "swed", "dan"),
    "lule sami": ("lule", "julev"),
    "southern sami": ("sørsam", "sydsam", "southern sam", "south sam"),
    "sami": ("nordsam", "northern sam", "north sam", "sam"),
    "english": ("engel", "engl"),
    "german": ("tysk", "germ", "deut"),
    "polish": ("pol",),
    "arabic": ("arab",),
    "finnish": ("fin", "suomi"),
    "czech": ("tsjek", "tjeck", "cze"),
    "ukrainian": ("ukrain",),
    "sign language": ("tegnspr", "teckenspr", "sign"),
}


def spoken(words: str) -> list[str]:
    """Each language that is written, by one name whatever it was written in; the first comes first."""
    parts = [part.strip() for part in BETWEEN.split(words.casefold())]
    return list(dict.fromkeys(_name(part) for part in parts if part))


def _name(word: str) -> str:
    return next((name for name, begins in KNOWN.items() if word.startswith(begins)), word)


def company_must_speak(words: str) -> str:
    """The language without which company is no company for somebody; empty: whoever comes can talk with them."""
    languages = spoken(words)
    return "" if not languages or SPOKEN_BY_MOST in languages else languages[0]
