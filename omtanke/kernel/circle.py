"""Draw the circle around a person: they in the middle, rings for closeness, a sector for family, friends, services.

Where everybody stands on a sheet of a given width, so that no two labels lie over each other. The sheet grows in
height, never in width, until there is room: letters stay as large on a phone as on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from math import cos, pi, radians, sin

TURN = 2 * pi
UP = -pi / 2
STEP = radians(3)
LETTER = 0.57  # the width of a letter against its height, on the safe side for Atkinson Hyperlegible
INNERMOST = 0.38  # where the first ring begins, as a part of the way to the rim
ROUNDER = 0.8  # inner rings a little broader than outer ones, which have more way around
WAYS = (0.5, 0.62, 0.38, 0.74, 0.26, 0.86, 0.14)  # where in a ring people may stand, the middle first
RINGS = (1, 2, 3)
TALLER = 1.05


class NoRoom(Exception):
    """Somebody did not find a place on a sheet of this height."""


@dataclass(frozen=True)
class Someone:
    """One to be placed. `ring` is 1 (very close) to 3; `lines` is what stands below the face."""

    key: str
    sector: str
    ring: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What is drawn on. All measures are in the units of its width."""

    width: int
    letters: int = 14
    face: int = 18
    middle: int = 36
    gap: int = 6

    @property
    def line(self) -> int:
        return round(self.letters * 1.25)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Placed:
    """Somebody with the middle of their face, and the box that face and lines fill."""

    someone: Someone
    x: int
    y: int
    angle: float
    box: Box


@dataclass(frozen=True)
class Sector:
    """A slice from one angle to another (radians, clockwise from the right), its name's place, and where it ends."""

    name: str
    begins: float
    ends: float
    x: int
    y: int
    edge_x: int
    edge_y: int
    box: Box


@dataclass(frozen=True)
class Picture:
    sheet: Sheet
    height: int
    middle_x: int
    middle_y: int
    rings: tuple[tuple[int, int], ...]
    sectors: tuple[Sector, ...]
    placed: tuple[Placed, ...]


def draw(people: Sequence[Someone], names: dict[str, str], sheet: Sheet) -> Picture:
    """Place everybody. `names` are the sectors' names in their order; a sector without anybody is left out."""
    area = sum(_width(one, sheet) * _height(one, sheet) for one in people)
    height = max(sheet.width * 0.75, 1.6 * area / sheet.width, 8.0 * sheet.middle)
    while True:
        try:
            return _Attempt(people, names, sheet, round(height)).picture()
        except NoRoom:
            height *= TALLER


def _width(one: Someone, sheet: Sheet) -> float:
    return max([2 * sheet.face, *(len(line) * LETTER * sheet.letters for line in one.lines)]) + sheet.gap


def _height(one: Someone, sheet: Sheet) -> float:
    return 2 * sheet.face + len(one.lines) * sheet.line + sheet.gap


def _edges(people: Sequence[Someone]) -> tuple[float, ...]:
    """Where the rings begin and end, the broader the more people are in them."""
    weights = [1 + sum(one.ring == ring for one in people) / max(len(people), 1) for ring in RINGS]
    steps = accumulate(weights, initial=0.0)
    return tuple(INNERMOST + (1 - INNERMOST) * (step / sum(weights)) ** ROUNDER for step in steps)


class _Attempt:
    """One try at a sheet of one height."""

    def __init__(self, people: Sequence[Someone], names: dict[str, str], sheet: Sheet, height: int) -> None:
        self.sheet, self.height = sheet, height
        widest = max((_width(one, sheet) for one in people), default=0)
        lines = max((len(one.lines) for one in people), default=0)
        above = sheet.line + 2 * sheet.gap + sheet.face  # a sector's name, and half a face
        below = sheet.line + 2 * sheet.gap + sheet.face + lines * sheet.line
        self.reach_x, self.reach_y = sheet.width / 2 - widest / 2 - 1, (height - above - below) / 2
        self.x, self.y = sheet.width // 2, round(above + self.reach_y)
        self.edges = _edges(people)
        order = list(names)
        self.people = sorted(people, key=lambda one: (order.index(one.sector), one.ring))
        self.sectors = self._slices(names)
        middle = sheet.middle + sheet.gap
        self.taken = [Box(self.x - middle, self.y - middle, self.x + middle, self.y + middle + sheet.line)]
        self.taken += [sector.box for sector in self.sectors.values()]

    def picture(self) -> Picture:
        by_place = groupby(self.people, key=lambda one: (one.sector, one.ring))
        groups = sorted(((ring, sector, list(group)) for (sector, ring), group in by_place), key=lambda g: g[0])
        placed = [
            self._place(one, (number + 0.5) / len(group)) for _, _, group in groups for number, one in enumerate(group)
        ]
        rim = self.sheet.face + self.sheet.gap
        rings = [(self.reach_x * edge, self.reach_y * edge) for edge in self.edges[1:-1]]
        rings.append((min(self.reach_x + rim, self.sheet.width / 2 - 1), self.reach_y + rim))
        round_rings = tuple((round(x), round(y)) for x, y in rings)
        return Picture(
            self.sheet, self.height, self.x, self.y, round_rings, tuple(self.sectors.values()), tuple(placed)
        )

    def _slices(self, names: dict[str, str]) -> dict[str, Sector]:
        """Each sector as wide as its people need, the first one around the top."""
        weights = {name: 0.8 + count for name in names if (count := sum(one.sector == name for one in self.people))}
        whole = sum(weights.values())
        begins = UP - (TURN * next(iter(weights.values()), 0) / whole / 2 if whole else 0)
        slices = {}
        for key, weight in weights.items():
            ends = begins + TURN * weight / whole
            slices[key] = self._sector(names[key], begins, ends)
            begins = ends
        return slices

    def _sector(self, name: str, begins: float, ends: float) -> Sector:
        """The name stands at the rim, in the middle of the slice, inside the sheet."""
        middle = (begins + ends) / 2
        wide, line = len(name) * LETTER * self.sheet.letters + self.sheet.gap, self.sheet.line
        x = self.x + (self.sheet.width / 2) * cos(middle)
        y = self.y + self.height * sin(middle) * 0.55
        left = min(max(x - wide / 2, 0), self.sheet.width - wide)
        top = min(max(y - line / 2, 0), self.height - line)
        edge = (self.x + self.reach_x * cos(begins), self.y + self.reach_y * sin(begins))
        return Sector(
            name,
            begins,
            ends,
            round(left + wide / 2),
            round(top + line * 0.75),
            round(edge[0]),
            round(edge[1]),
            Box(left, top, left + wide, top + line),
        )

    def _place(self, one: Someone, part: float) -> Placed:
        """The free place nearest to where this one would stand by themselves. Raises NoRoom."""
        wide, high = _width(one, self.sheet), _height(one, self.sheet)
        for angle, way in self._places(one, part):
            x, y = self.x + self.reach_x * way * cos(angle), self.y + self.reach_y * way * sin(angle)
            top = y - self.sheet.face - self.sheet.gap / 2
            box = Box(x - wide / 2, top, x + wide / 2, top + high)
            if not any(box.overlaps(other) for other in self.taken):
                self.taken.append(box)
                return Placed(one, round(x), round(y), angle, box)
        raise NoRoom

    def _places(self, one: Someone, part: float) -> Iterator[tuple[float, float]]:
        """Angles in one's sector, the wished for first, then away from it to both sides; the ring's middle first."""
        sector = self.sectors[one.sector]
        inner, outer = self.edges[one.ring - 1 : one.ring + 1]
        wished = sector.begins + (sector.ends - sector.begins) * part
        for step in range(int((sector.ends - sector.begins) / STEP) + 2):
            for angle in {wished + step * STEP, wished - step * STEP}:
                if sector.begins <= angle <= sector.ends:
                    for way in WAYS:
                        yield angle, inner + (outer - inner) * way
