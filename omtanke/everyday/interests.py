"""The bank of everyday interests: one for the interest talk, wishes, activities and volunteers alike.

It is the interest talk's file (forms/questionnaires/interest-talk.json): a group of it is a group here, a question
is an interest, its linkId the code. Beside each stand the words by which people speak of it, in each language:
`kor` is that word, `korsang-` how a word begins, `-fiske` how it ends, `gå_tur` several words in a row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from omtanke.forms.shipped import shipped
from omtanke.forms.texts import Json, extensions, in_language, translations

WORDS = "urn:omtanke:words"
SIGNS = re.compile(r"[^\W_]+(?:[-.:'’][^\W_]+)*", re.UNICODE)
MOST = 3  # suggestions: more would be a list to read


@dataclass(frozen=True)
class Interest:
    code: str
    group: str
    labels: tuple[tuple[str, str], ...]  # language, words
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        return _here(self.labels)


@dataclass(frozen=True)
class Group:
    code: str
    labels: tuple[tuple[str, str], ...]
    interests: tuple[Interest, ...]

    @property
    def label(self) -> str:
        return _here(self.labels)


def _here(labels: tuple[tuple[str, str], ...]) -> str:
    return in_language(dict(labels), get_language() or "en")


@cache
def groups() -> tuple[Group, ...]:
    """The groups with their interests, in the order of the talk."""
    found = []
    for item in shipped("interest-talk")["item"]:
        interests = tuple(_interest(one, item["linkId"]) for one in item["item"] if extensions(one, WORDS))
        if interests:
            found.append(Group(item["linkId"], _labels(item), interests))
    return tuple(found)


def _interest(item: Json, group: str) -> Interest:
    by_language = extensions(item, WORDS)[0]["extension"]
    words = " ".join(one["valueString"] for one in by_language).casefold().split()
    return Interest(item["linkId"], group, _labels(item), tuple(dict.fromkeys(words)))


def _labels(item: Json) -> tuple[tuple[str, str], ...]:
    return tuple(translations(item, "text").items())


@cache
def bank() -> dict[str, Interest]:
    """Every interest by its code."""
    return {interest.code: interest for group in groups() for interest in group.interests}


def label(code: str) -> str:
    """The interest in the active language. A code of an older bank is shown as it is rather than lost."""
    interest = bank().get(code)
    return interest.label if interest else code.replace("_", " ")


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups and their interests, as a Django field takes them."""
    return [(group.label, [(one.code, one.label) for one in group.interests]) for group in groups()]


def suggest(words: str) -> list[str]:
    """The codes of the interests that a sentence is likely about, the likeliest first; none when nothing fits."""
    spoken = [word.casefold() for word in SIGNS.findall(words)]
    weighed = [(_weight(interest, spoken), interest.code) for interest in bank().values()]
    likely = sorted((one for one in weighed if one[0] > (0, 0)), key=lambda one: one[0], reverse=True)
    return [code for _weight, code in likely[:MOST]]


def _weight(interest: Interest, spoken: list[str]) -> tuple[int, int]:
    """How many of the spoken words belong to the interest, and how long the longest of them is."""
    heard = [found for at in range(len(spoken)) if (found := _heard(interest, spoken, at))]
    return len(heard), max(heard, default=0)


def _heard(interest: Interest, spoken: list[str], at: int) -> int:
    """How many letters of what is said from `at` on belong to the interest."""
    return max((_fits(word)(spoken[at:]) for word in interest.words), default=0)


@cache
def _fits(word: str) -> Callable[[list[str]], int]:
    """A test of the next words against one entry of the bank; it answers how many letters fit."""
    bare = word.strip("-")
    row = bare.split("_")
    if len(row) > 1:
        return lambda said: len(bare) if said[: len(row)] == row else 0
    if word.startswith("-"):
        return lambda said: len(bare) if said[0].endswith(bare) else 0
    if word.endswith("-"):
        return lambda said: len(bare) if said[0].startswith(bare) else 0
    return lambda said: len(bare) if said[0] == bare else 0
