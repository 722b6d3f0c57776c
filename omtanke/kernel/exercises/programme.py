"""The programme of one visit: warm-up, physical exercises, a pause, cognitive ones, and a calm end.

Deterministic: the same person, bank, history and day give the same programme. What was ticked on the day itself does
not count, so the programme stands while it is being done.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from omtanke.kernel.exercises.choosing import Chosen, cognitive, of_part, physical
from omtanke.kernel.exercises.problem import Done, Exercise, Part, Person, Stamina

BREATHER, PAUSE = 2, 5  # minutes
FEWEST_PHYSICAL, FEWEST_COGNITIVE = 3, 2  # below these only when the visit is short
MOST_PHYSICAL = {Stamina.TIRES_FAST: 3, Stamina.SOME: 4, Stamina.GOOD: 5}
MOST_COGNITIVE = {Stamina.TIRES_FAST: 2, Stamina.SOME: 3, Stamina.GOOD: 4}


class TooShort(Exception):
    """Even a warm-up, one exercise of each kind, a pause and a calm end take longer."""


class Nothing(Exception):
    """The bank has no warm-up or no calm end that this person may do."""


class What(StrEnum):
    WARM_UP = "warm_up"
    PHYSICAL = "physical"
    BREATHER = "breather"
    PAUSE = "pause"
    COGNITIVE = "cognitive"
    COOL_DOWN = "cool_down"


@dataclass(frozen=True)
class Item:
    """One thing of the programme; `chosen` is None for a rest."""

    what: What
    minutes: int
    chosen: Chosen | None = None


@dataclass(frozen=True)
class Programme:
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        return tuple(item.chosen for item in self.items if item.chosen)

    def count(self, what: What) -> int:
        return sum(item.what is what for item in self.items)


def programme(
    bank: Collection[Exercise],
    person: Person,
    history: Collection[Done],
    *,
    minutes: int,
    on: date,
    pinned: Collection[str] = (),
    removed: Collection[str] = (),
) -> Programme:
    """What to do at a visit of so many minutes. Raises TooShort or Nothing.

    `pinned` are codes that come first as far as they are allowed at all, `removed` such that are left out.
    """
    left = [one for one in bank if one.code not in removed]
    warm_up = of_part(left, person, history, Part.WARM_UP, on=on)
    cool_down = of_part(left, person, history, Part.COOL_DOWN, on=on)
    if warm_up is None or cool_down is None:
        raise Nothing
    body = physical(left, person, history, on=on, pinned=pinned)
    mind = cognitive(left, person, history, on=on, pinned=pinned)
    room = minutes - warm_up.exercise.minutes - cool_down.exercise.minutes
    middle = _that_fits(body, mind, person, room)
    first, last = (_item(What.WARM_UP, warm_up), _item(What.COOL_DOWN, cool_down))
    return Programme((first, *middle, last))


def _that_fits(body: Sequence[Chosen], mind: Sequence[Chosen], person: Person, room: int) -> tuple[Item, ...]:
    for many_body, many_mind in _fewer_and_fewer(person):
        middle = _middle(body[:many_body], mind, many_mind, person, room)
        if middle is not None:
            return middle
    raise TooShort


def _fewer_and_fewer(person: Person) -> Iterator[tuple[int, int]]:
    """How many of each kind to try: what they can stand first, then fewer, of that which has most above its least."""
    body, mind = MOST_PHYSICAL[person.body], MOST_COGNITIVE[person.mind]
    while (body, mind) != (1, 1):
        yield body, mind
        if (body > FEWEST_PHYSICAL or mind > FEWEST_COGNITIVE) and body - FEWEST_PHYSICAL >= mind - FEWEST_COGNITIVE:
            body -= 1
        elif mind > FEWEST_COGNITIVE or mind >= body:
            mind -= 1
        else:
            body -= 1
    yield 1, 1


def _middle(
    body: Sequence[Chosen], mind: Sequence[Chosen], many: int, person: Person, room: int
) -> tuple[Item, ...] | None:
    """The physical ones, a pause and so many cognitive ones as asked for; None where the time is not enough.

    Of the cognitive ones a long one gives way to the next that fits. Where the bank has fewer, there are fewer.
    """
    items = list(_with_breathers(What.PHYSICAL, body, person.body, after=2))
    items.append(Item(What.PAUSE, PAUSE))
    left = room - sum(item.minutes for item in items)
    taken: list[Chosen] = []
    rest = BREATHER if person.mind is Stamina.TIRES_FAST else 0
    for one in mind:
        needs = one.exercise.minutes + (rest if taken else 0)
        if len(taken) < many and needs <= left:
            taken.append(one)
            left -= needs
    if left < 0 or len(taken) < min(many, len(mind)):
        return None
    return (*items, *_with_breathers(What.COGNITIVE, taken, person.mind, after=1))


def _with_breathers(what: What, chosen: Sequence[Chosen], stamina: Stamina, *, after: int) -> Iterator[Item]:
    """The exercises; who tires fast rests a moment after every `after` of them."""
    for n, one in enumerate(chosen):
        if n and n % after == 0 and stamina is Stamina.TIRES_FAST:
            yield Item(What.BREATHER, BREATHER)
        yield _item(what, one)


def _item(what: What, chosen: Chosen) -> Item:
    return Item(what, chosen.exercise.minutes, chosen)
