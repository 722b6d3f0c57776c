"""Chance that can be repeated: the same seed and the same words give the same choices, whatever was chosen before."""

from collections.abc import Sequence
from random import Random


def chance(seed: int, *about: object) -> Random:
    """A source of choices for one thing, as `chance(seed, "portrait", name)`."""
    return Random("/".join(str(word) for word in (seed, *about)))  # noqa: S311 - made-up people, no secrets


def deal[T](source: Random, cards: Sequence[T]) -> list[T]:
    """All the cards in a random order."""
    dealt = list(cards)
    source.shuffle(dealt)
    return dealt
