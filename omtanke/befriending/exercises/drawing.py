"""Line drawings by code: a calm stick figure, furniture, arrows. Black on white or white on black; no grey needed.

The sheet is 200 wide and 170 high, the floor at 160. A figure is drawn with its nearer limbs stronger than the farther
ones. What each exercise looks like stands in poses.py.
"""

from collections.abc import Iterable, Sequence
from math import atan2, cos, pi, sin

Point = tuple[float, float]

WIDTH, HEIGHT, FLOOR = 200, 170, 160
BODY, FAR, THING = 6.0, 4.0, 2.5  # widths of line


def line(points: Sequence[Point], width: float, *, dashed: bool = False) -> str:
    way = " ".join(f"{'M' if n == 0 else 'L'}{x:g} {y:g}" for n, (x, y) in enumerate(points))
    return f'<path d="{way}" stroke-width="{width:g}"{_dash(dashed)}/>'


def _dash(dashed: bool) -> str:  # noqa: FBT001 - a word of one caller
    return ' stroke-dasharray="5 7"' if dashed else ""


def head(x: float, y: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="12" stroke-width="{BODY - 1:g}"/>'


def figure(
    top: Point,
    neck: Point,
    hip: Point,
    *,
    near: Iterable[Sequence[Point]],
    far: Iterable[Sequence[Point]] = (),
) -> str:
    """Head at `top`, back from neck to hip, and limbs as rows of points."""
    behind = [line(limb, FAR) for limb in far]
    return "".join([*behind, head(*top), line([neck, hip], BODY), *(line(limb, BODY) for limb in near)])


def floor() -> str:
    return line([(8, FLOOR + 3), (192, FLOOR + 3)], 1.5)


def chair(x: float, *, arms: bool = False) -> str:
    """Seen from the side, its back at `x`, facing right."""
    parts = [
        line([(x - 4, 64), (x, 114), (x, FLOOR)], THING),
        line([(x, 114), (x + 42, 114), (x + 42, FLOOR)], THING),
    ]
    if arms:
        parts.append(line([(x - 2, 92), (x + 36, 92), (x + 36, 114)], THING))
    return "".join(parts)


def bench(x: float, *, to: float = 192) -> str:
    """A kitchen bench seen from the side, its edge at `x`."""
    return line([(x, 94), (to, 94)], THING + 1.5) + line([(x + 5, 96), (x + 5, FLOOR), (to - 2, FLOOR)], THING)


def wall(x: float) -> str:
    bricks = [line([(x, y), (x + 8, y + 8)], 1.5) for y in range(16, FLOOR, 18)]
    return line([(x, 8), (x, FLOOR)], THING + 1.5) + "".join(bricks)


def cup(x: float, y: float) -> str:
    """Standing on `y`."""
    handle = f'<path d="M{x + 11:g} {y - 11:g} q7 3 0 7" stroke-width="2"/>'
    return line([(x, y - 14), (x + 1, y), (x + 10, y), (x + 11, y - 14), (x, y - 14)], 2.5) + handle


def bottle(x: float, y: float) -> str:
    """Held at `y`."""
    body = [(x - 4, y - 6), (x - 4, y + 12), (x + 4, y + 12), (x + 4, y - 6), (x + 2, y - 10), (x - 2, y - 10)]
    return line([*body, body[0]], 2.5)


def arrow(start: Point, end: Point, *, bend: float = 0) -> str:
    """From one point to the other; `bend` says how far it bows to the left of its way."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + bend * (y2 - y1) / 50, (y1 + y2) / 2 - bend * (x2 - x1) / 50)
    way = f'<path d="M{x1:g} {y1:g} Q{middle[0]:g} {middle[1]:g} {x2:g} {y2:g}" stroke-width="{THING:g}"/>'
    angle = atan2(y2 - middle[1], x2 - middle[0])
    tips = [(x2 + 9 * cos(angle + turn), y2 + 9 * sin(angle + turn)) for turn in (pi * 0.84, -pi * 0.84)]
    return way + line([tips[0], end, tips[1]], THING)


def sheet(parts: Iterable[str]) -> str:
    """The drawing's inside, on its floor."""
    return "".join([floor(), *parts])
