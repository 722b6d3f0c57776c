"""People with services who are not written by hand: put together so that no two are alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from omtanke.config.demo.chance import chance, deal
from omtanke.config.demo.circle import Circle
from omtanke.config.demo.places import Village
from omtanke.config.demo.themes import AVOID_MAYBE, KNOW, LIVED, MYSELF, THEMES, Theme
from omtanke.config.demo.vivid import Life


class Composer:
    """Gives out lives; a pair of themes, and each thing worth knowing, as seldom twice as can be."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        source = chance(seed, "portraits")
        self.pairs = iter(deal(source, list(combinations(THEMES, 2))))
        self.said: set[str] = set()
        self.know = _again_and_again(deal(source, list(combinations(KNOW, 2))))
        self.myself = _again_and_again(deal(source, list(combinations(MYSELF, 2))))

    def life(self, name: str, village: Village, unit: str, needs: tuple[str, ...], *, woman: bool, age: int) -> Life:
        source = chance(self.seed, "life", name)
        one, other = next(self.pairs)
        lived = source.choice(LIVED).format(year=source.randint(2001, 2022), early=source.randint(1961, 1985))
        if not woman:
            lived = lived.replace("Enke", "Enkemann")
        return Life(
            name,
            woman=woman,
            age=age,
            village=village.name,
            unit=unit,
            needs=needs,
            what_matters=self._matters(
                source.choice(one.matters), source.choice(other.matters), source.random() < 0.45
            ),
            talk_about=f"{one.talk}, {_some_of(other)}",
            avoid=source.choice(AVOID_MAYBE) if source.random() < 0.35 else "",
            good_to_know=" ".join(next(self.know)[: source.choice((1, 1, 2))]),
            i_do_myself=" ".join(next(self.myself)[: source.choice((1, 2, 2))]),
            life_story=" ".join((source.choice(one.past), lived, source.choice(other.past))).replace(
                "{mannen} sin", "mannen sin" if woman else "kona si"
            ),
            memory_loss=age > 78 and source.random() < 0.18,
            vulnerable=source.random() < 0.15,
            near=Circle(source, name.split(" ", 1)[1], village.name, age).draw(),
        )

    def _matters(self, one: str, other: str, both: bool) -> str:  # noqa: FBT001
        """One thing that matters, or two; nobody says quite what somebody else said."""
        words = f"{one} {other}" if both or one in self.said else one
        self.said.add(words)
        return words


def _some_of(theme: Theme) -> str:
    return ", ".join(theme.talk.split(", ")[:2])


def _again_and_again[T](cards: list[T]) -> Iterator[T]:
    while True:
        yield from cards
