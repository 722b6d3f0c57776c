"""The circle around those who are not written by hand: family, friends, neighbours, volunteers, and what they do."""

from __future__ import annotations

from random import Random

from omtanke.config.demo.names import FAMILY, YOUNGER_MEN, YOUNGER_WOMEN
from omtanke.config.demo.vivid import Near
from omtanke.people.models import Tie

AWAY = ("Bodø", "Tromsø", "Oslo", "Trondheim", "Fauske", "Narvik", "Svolvær", "Alta", "Bergen", "Göteborg")
BY_FAMILY = (
    "ringer hver søndag", "handler på lørdager", "ordner med banken og timer", "kommer til jul og om sommeren",
    "kjører til lege og tannlege", "vasker klær", "kommer innom etter jobb", "lager middag på søndager",
    "ringer på skjerm hver kveld", "ordner hagen", "sender blader og konfekt", "følger til sykehuset i Bodø",
    "har fullmakt og ordner papirer", "måker og bærer ved",
)  # fmt: skip
BY_FRIENDS = (
    "kommer på kaffe tirsdager", "ringer annenhver dag", "spiller kort", "strikker sammen", "kjører til trim",
    "går tur når det er bart", "låner bort bøker", "tar med på bingo",
)  # fmt: skip
BY_NEIGHBOURS = (
    "har nøkkel og ser innom", "tar inn posten", "måker trappa", "passer katten", "kommer med fersk fisk",
    "ser etter at det lyser om morgenen", "kjører søppelet ut",
)  # fmt: skip
BY_VOLUNTEERS = (
    "besøksvenn, kommer hver uke", "leser avisa høyt", "kjører til pensjonisttreff", "går tur på onsdager",
    "spiller trekkspill i stua", "følger på konsert",
)  # fmt: skip


class Circle:
    """Draws the people around one citizen; nobody in it has the same name."""

    def __init__(self, source: Random, last_name: str, village: str, age: int) -> None:
        self.source, self.last_name, self.village, self.age = source, last_name, village, age
        self.near: list[Near] = []
        self.said: set[str] = set()

    def draw(self) -> tuple[Near, ...]:
        """From nobody at all to a full table: some have a big family, some have only a neighbour."""
        source = self.source
        for _ in range(source.choice((0, 1, 1, 2, 2, 3))):
            self._child()
        for _ in range(source.choice((0, 0, 1, 2))):
            self._grandchild()
        if source.random() < 0.4:
            self._sibling()
        for _ in range(source.choice((0, 1, 1, 2))):
            self._other(
                Tie.Kind.FRIEND, source.choice(("venn fra før", "venn", "turvenn", "gammel kollega")), BY_FRIENDS
            )
        for _ in range(source.choice((0, 1, 1))):
            self._other(Tie.Kind.NEIGHBOUR, "nabo", BY_NEIGHBOURS)
        if source.random() < 0.25:
            self._other(Tie.Kind.VOLUNTEER, "frivillig", BY_VOLUNTEERS)
        return tuple(self.near)

    def _child(self) -> None:
        woman = self.source.random() < 0.55
        self._add(woman, "datter" if woman else "sønn", BY_FAMILY, kin=True, same_name=0.75)

    def _grandchild(self) -> None:
        self._add(self.source.random() < 0.5, "barnebarn", BY_FAMILY, kin=False, same_name=0.6)

    def _sibling(self) -> None:
        woman = self.source.random() < 0.5
        self._add(woman, "søster" if woman else "bror", ("ringer hver dag", "skriver brev", "ringer på bursdager"),
                  kin=not self.near, same_name=0.5)  # fmt: skip

    def _add(self, woman: bool, relation: str, does: tuple[str, ...], *, kin: bool, same_name: float) -> None:  # noqa: FBT001
        source = self.source
        last = self.last_name if source.random() < same_name else source.choice(FAMILY)
        near_by = source.random() < 0.35
        self._keep(
            Near(
                f"{source.choice(YOUNGER_WOMEN if woman else YOUNGER_MEN)} {last}",
                relation,
                self._new(does),
                close=1 if near_by else source.choice((1, 2, 2, 3)),
                lives_in=self.village if near_by else source.choice(AWAY),
                kin=kin,
                first=kin and not any(near.first for near in self.near),
            )
        )

    def _other(self, kind: str, relation: str, does: tuple[str, ...]) -> None:
        source = self.source
        name = f"{source.choice(YOUNGER_WOMEN + YOUNGER_MEN)} {source.choice(FAMILY)}"
        self._keep(Near(name, relation, self._new(does), kind, source.choice((1, 2, 2, 3)), self.village))

    def _new(self, does: tuple[str, ...]) -> str:
        """Something nobody else in the circle does yet."""
        left = [words for words in does if words not in self.said] or [""]
        words = self.source.choice(left)
        self.said.add(words)
        return words

    def _keep(self, near: Near) -> None:
        if near.name not in {known.name for known in self.near}:
            self.near.append(near)
