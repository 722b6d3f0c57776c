"""The bank of exercises: ours from the files beside this module, and a department's own from its rows.

A file says what an exercise is (bank/exercises.toml), three say it in words (nb, sv, en). All of it is our own writing;
the principles behind it and their sources stand in docs/exercises.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from omtanke.befriending.exercises.poses import drawing
from omtanke.befriending.models import OwnExercise
from omtanke.kernel.exercises.problem import (
    Caution,
    Exercise,
    Kind,
    Part,
    Position,
    Sense,
    Situation,
    Taste,
    Trains,
)

FOLDER = Path(__file__).parent / "bank"
LANGUAGES = ("nb", "sv", "en")
MINUTES = {Kind.PHYSICAL: (3, 3, 3), Kind.COGNITIVE: (5, 8, 10)}


@dataclass(frozen=True)
class Words:
    """An exercise as it is said to people, in one language."""

    code: str
    family: str
    way: str  # this step of the family: 'with one hand'
    how: tuple[str, ...]
    watch: str
    needs: tuple[str, ...]
    picture: str = ""  # the alternative text
    drawing: str = ""  # the inside of an SVG
    icon: str = "Figure"

    @property
    def name(self) -> str:
        return f"{self.family}: {self.way}" if self.way else self.family


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def shipped() -> tuple[Exercise, ...]:
    """The exercises that come with the project."""
    kinds = _read("exercises")
    return tuple(
        exercise for kind in Kind for family, facts in kinds[kind].items() for exercise in _ladder(kind, family, facts)
    )


def _ladder(kind: Kind, family: str, facts: Mapping[str, Any]) -> Iterator[Exercise]:
    common = {key: value for key, value in facts.items() if key not in {"levels", "icon"}}
    for level, own in enumerate(facts["levels"], start=1):
        said = {"minutes": MINUTES[kind][level - 1], **common, **own}
        yield Exercise(
            code=f"{family}{level}",
            family=family,
            kind=kind,
            level=level,
            minutes=said["minutes"],
            part=Part(said.get("part", "main")),
            position=Position(said.get("position", "seated")),
            trains=Trains(said.get("trains", "mind")),
            not_with=frozenset(map(Caution, said.get("not_with", ()))),
            asks=frozenset(map(Sense, said.get("asks", ()))),
            likes=frozenset(map(Taste, said.get("likes", ()))),
            helps=frozenset(map(Situation, said.get("helps", ()))),
        )


@cache
def _facts() -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each code its icon and what it needs."""
    kinds = _read("exercises")
    return {
        f"{family}{n}": (facts.get("icon", "Figure"), tuple(own.get("needs", ())))
        for kind in Kind
        for family, facts in kinds[kind].items()
        for n, own in enumerate(facts["levels"], start=1)
    }


@cache
def _spoken(language: str) -> dict[str, Any]:
    return _read(language)


def _here() -> dict[str, Any]:
    language = (get_language() or "en").split("-")[0]
    return _spoken(language if language in LANGUAGES else "en")


@cache
def _in(language: str, code: str) -> Words:
    spoken = _spoken(language)
    said, (icon, needs) = spoken[code], _facts()[code]
    return Words(
        code=code,
        family=spoken["families"][code.rstrip("123")],
        way=said["way"],
        how=tuple(said["how"]),
        watch=said["watch"],
        needs=tuple(spoken["needs"][need] for need in needs),
        picture=said.get("picture", ""),
        drawing=drawing(code),
        icon=icon,
    )


def family_name(family: str) -> str:
    """'Getting up from the chair'; for a family of a department's own, its code."""
    return str(_here()["families"].get(family, family))


@dataclass(frozen=True)
class Bank:
    """What a department has: ours and its own."""

    exercises: tuple[Exercise, ...]
    own: Mapping[str, OwnExercise]

    def words(self, code: str) -> Words:
        """Raises KeyError for a code that is not in the bank (any more)."""
        if code in self.own:
            return self.own_words(self.own[code])
        language = (get_language() or "en").split("-")[0]
        return _in(language if language in LANGUAGES else "en", code)

    def own_words(self, row: OwnExercise) -> Words:
        how = tuple(filter(None, (line.strip() for line in row.how.splitlines())))
        needs = (row.needs,) if row.needs else ()
        return Words(row.code, row.name, "", how, row.watch, needs, icon="Figure" if row.is_physical else "LightBulb")

    def __contains__(self, code: str) -> bool:
        return any(one.code == code for one in self.exercises)

    def get(self, code: str) -> Exercise:
        return next(one for one in self.exercises if one.code == code)


def bank_of(department_id: int) -> Bank:
    """Ours, and what the department's professional lead has added and not taken out."""
    rows = OwnExercise.objects.filter(department=department_id, taken_out_at=None).order_by("pk")
    return Bank((*shipped(), *map(_as_exercise, rows)), {row.code: row for row in rows})


def _as_exercise(row: OwnExercise) -> Exercise:
    kind = Kind(row.kind)
    return Exercise(
        code=row.code,
        family=row.family or row.code,
        kind=kind,
        level=row.level,
        minutes=row.minutes,
        position=Position(row.position),
        trains=Trains(row.trains) if kind is Kind.PHYSICAL else Trains.MIND,
        not_with=frozenset(map(Caution, row.not_with)),
        asks=frozenset(map(Sense, row.asks)),
        likes=frozenset(map(Taste, row.likes)),
    )


def by_family(exercises: Iterable[Exercise]) -> dict[str, list[Exercise]]:
    """Families in the order of the bank, each with its steps."""
    families: dict[str, list[Exercise]] = {}
    for one in exercises:
        families.setdefault(one.family, []).append(one)
    return {family: sorted(steps, key=lambda one: (one.level, one.code)) for family, steps in families.items()}
