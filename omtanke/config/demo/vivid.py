"""The shape of somebody's life as the demo tells it. Those most seen are written by hand: `lives_*.py`.

What somebody says stands in the first person, as they would say it.
"""

from __future__ import annotations

from dataclasses import dataclass

from omtanke.people.models import Tie

FAMILY, FRIEND, NEIGHBOUR, VOLUNTEER = Tie.Kind.FAMILY, Tie.Kind.FRIEND, Tie.Kind.NEIGHBOUR, Tie.Kind.VOLUNTEER
ASTRID = "Astrid Nilsen"


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
    """One citizen. `needs` are the packages of decisions.py."""

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
