"""The people most seen in the demo, each written by hand. All of them are made up.

What somebody says stands in the first person, as they would say it.
"""

from __future__ import annotations

from dataclasses import dataclass

from omtanke.config.demo.places import NORD
from omtanke.people.models import Tie

FAMILY, FRIEND, NEIGHBOUR, VOLUNTEER = Tie.Kind.FAMILY, Tie.Kind.FRIEND, Tie.Kind.NEIGHBOUR, Tie.Kind.VOLUNTEER


@dataclass(frozen=True)
class Near:
    """Somebody around a citizen. `close` is 1 (very close) to 3 (now and then)."""

    name: str
    relation: str
    contributes: str = ""
    kind: str = FAMILY
    close: int = 2
    lives_in: str = ""
    kin: bool = False
    first: bool = False
    phone: bool = True


@dataclass(frozen=True)
class Life:
    """One citizen. `needs` are the packages of decisions.py; `list` is the day list they are on."""

    name: str
    woman: bool
    age: int
    village: str
    unit: str
    needs: tuple[str, ...]
    what_matters: str
    talk_about: str
    avoid: str = ""
    good_to_know: str = ""
    i_do_myself: str = ""
    life_story: str = ""
    called: str = ""
    memory_loss: bool = False
    vulnerable: bool = False
    language: str = ""
    near: tuple[Near, ...] = ()


ASTRID = "Astrid Nilsen"

LIVES: tuple[Life, ...] = (
    Life(
        ASTRID,
        woman=True,
        age=87,
        village="Leinesfjord",
        unit=NORD,
        needs=("morning", "evening", "shower", "company", "cleaning"),
        what_matters="Å kjenne vind i ansiktet minst én gang om dagen, om det så bare er på trappa. Og at noen setter "
        "seg ned før kaffen er kald. Koret var halve livet mitt; jeg synger ennå, men det er så stille rundt meg.",
        talk_about="koret og salmene, lofotfisket, hagen og solbærene, barnebarna i Bodø",
        avoid="da de solgte gården i Nordfold",
        good_to_know="Bank på og rop hei fra gangen, hun hører dårlig på høyre øre. Katten Pus må ikke slippe ut. "
        "Hun står helst opp selv, gi henne tid.",
        i_do_myself="Jeg koker kaffen, smører brødskiva og vasker meg oppe. Strømpene og ryggen trenger jeg hjelp med.",
        life_story="Vokste opp med sju søsken i Nordfold, egnet line som tiåring. Gift med Harald i 51 år, enke siden "
        "2018. Var poståpner i tjue år og kjente håndskriften til hele bygda. Sang alt i kirkekoret i førti år.",
        called="Asta",
        near=(
            Near("Eva Nilsen", "datter", "ringer hver kveld klokka sju, styrer regningene", close=1, lives_in="Bodø",
                 kin=True, first=True),
            Near("Torgeir Nilsen", "sønn", "kommer hver sommer, maler og reparerer", lives_in="Stavanger", kin=True),
            Near("Ida Nilsen", "barnebarn", "sender bilder av oldebarnet", close=1, lives_in="Bodø"),
            Near("Jakob Nilsen", "barnebarn", "spiller sjakk med henne på nettbrettet", lives_in="Trondheim"),
            Near("Marry Eliassen", "nabo", "har nøkkel, ser etter lys i vinduet", NEIGHBOUR, 1, "Leinesfjord"),
            Near("Oddleif Krane", "nabo", "måker snø og bærer ved", NEIGHBOUR, 2, "Leinesfjord"),
            Near("Borghild Sætran", "venninne fra koret", "kommer på besøk onsdager, de synger sammen", FRIEND, 1,
                 "Leines"),
            Near("Per Aronsen", "besøksvenn", "kjører til salmekveld annenhver torsdag", VOLUNTEER, 2, "Bogøy"),
        ),
    ),
)  # fmt: skip
