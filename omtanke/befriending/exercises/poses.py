"""What each physical exercise looks like: the position that matters most. Alternative texts stand with the words."""

from functools import cache

from omtanke.befriending.exercises.drawing import (
    HEIGHT,
    THING,
    WIDTH,
    Point,
    arrow,
    bench,
    bottle,
    chair,
    cup,
    figure,
    head,
    line,
    sheet,
    wall,
)

Limb = list[Point]

ON_BENCH: Limb = [(86, 56), (104, 80), (134, 90)]
OTHER_ON_BENCH: Limb = [(86, 56), (112, 78), (142, 90)]
DOWN: Limb = [(86, 56), (80, 80), (84, 102)]
LEG: Limb = [(86, 98), (87, 128), (86, 158), (98, 158)]
OTHER_LEG: Limb = [(86, 98), (82, 128), (79, 158), (91, 158)]
SITTING_LEG: Limb = [(70, 106), (108, 110), (108, 157), (120, 158)]
IN_LAP: Limb = [(68, 64), (74, 88), (98, 104)]


def standing(*near: Limb, far: tuple[Limb, ...] = ()) -> str:
    return figure((86, 33), (86, 50), (86, 98), near=near, far=far)


def sitting(*near: Limb, far: tuple[Limb, ...] = (), lean: float = 0) -> str:
    return figure((70 + lean * 1.4, 40), (68 + lean, 57), (70, 106), near=near, far=far)


def rising(*near: Limb) -> str:
    """On the way up, leaning forward."""
    leg: Limb = [(80, 98), (112, 116), (100, 158), (113, 158)]
    return figure((122, 47), (112, 62), (80, 98), near=[leg, *near])


def from_the_front(*near: Limb) -> str:
    return "".join([head(100, 28), line([(78, 56), (122, 56)], 6), line([(100, 46), (100, 98)], 6)]) + "".join(
        line(limb, 6) for limb in near
    )


def _table() -> str:
    return line([(40, 92), (160, 92)], 4) + line([(46, 94), (46, 160)], THING) + line([(154, 94), (154, 160)], THING)


def _chair_from_the_front() -> str:
    back = line([(72, 112), (72, 54), (128, 54), (128, 112)], THING)
    return (
        back
        + line([(66, 114), (134, 114)], THING)
        + line([(70, 114), (70, 160)], THING)
        + line([(130, 114), (130, 160)], THING)
    )


KNEE_UP: Limb = [(86, 98), (114, 106), (108, 136), (120, 138)]
TIPTOE: Limb = [(86, 92), (86, 122), (84, 150), (96, 158)]
HEEL_BACK: Limb = [(86, 98), (88, 130), (58, 138), (56, 126)]


def _on_tiptoe(*arms: Limb) -> str:
    lifted = [[(x, y - 6) for x, y in arm[:-1]] + [arm[-1]] for arm in arms]
    return figure((86, 27), (86, 44), (86, 92), near=[TIPTOE, *lifted]) + arrow((58, 110), (58, 74))


def _figure_of_eight() -> str:
    way = "M66 148 C80 126 112 132 128 146 C142 158 178 160 180 146 C178 132 142 134 128 146 C112 160 86 164 66 148"
    return f'<path d="{way}" stroke-width="2" stroke-dasharray="5 6"/>'


def _small_chair(x: float) -> str:
    return line([(x, 96), (x, 150)], THING) + line([(x, 122), (x + 20, 122), (x + 20, 150)], THING)


POSES: dict[str, list[str]] = {
    "warm1": [
        chair(56),
        sitting(
            [(70, 106), (106, 92), (106, 136), (118, 138)], [(68, 64), (84, 84), (104, 72)],
            far=([(70, 106), (106, 112), (104, 157), (116, 158)], [(68, 64), (56, 84), (62, 102)]),
        ),
        arrow((134, 130), (134, 96)),
    ],
    "warm2": [bench(132), standing(ON_BENCH, KNEE_UP, far=(OTHER_LEG, OTHER_ON_BENCH)), arrow((60, 130), (60, 96))],
    "warm3": [
        bench(150),
        standing(
            [(86, 56), (106, 74), (120, 58)], KNEE_UP, far=(OTHER_LEG, [(86, 56), (70, 78), (58, 92)]),
        ),
        arrow((48, 128), (48, 94)),
    ],
    "calm1": [chair(56), sitting(SITTING_LEG, IN_LAP), arrow((132, 76), (132, 48)), arrow((146, 48), (146, 76))],
    "calm2": [
        bench(132),
        figure(
            (96, 36), (92, 52), (82, 98),
            near=[[(82, 98), (64, 128), (44, 158), (56, 158)], [(91, 58), (110, 80), (134, 90)]],
            far=([(82, 98), (104, 124), (98, 158), (110, 158)],),
        ),
        arrow((32, 128), (36, 150)),
    ],
    "calm3": [
        bench(8, to=54),
        figure(
            (96, 33), (95, 50), (92, 98),
            near=[[(94, 56), (78, 78), (64, 96)], [(92, 98), (93, 128), (92, 158), (104, 158)]],
            far=([(92, 98), (89, 128), (86, 158), (98, 158)],),
        ),
        arrow((112, 92), (122, 64), bend=6),
    ],
    "rise1": [chair(52, arms=True), rising([(110, 66), (104, 86), (88, 91)]), arrow((146, 96), (146, 56))],
    "rise2": [
        chair(52, arms=True), rising([(110, 66), (104, 86), (88, 91)], [(110, 66), (130, 78), (152, 74)]),
        arrow((168, 106), (168, 62)),
    ],
    "rise3": [
        chair(40),
        figure(
            (104, 38), (98, 54), (86, 98),
            near=[[(86, 98), (104, 126), (94, 158), (107, 158)], [(97, 60), (118, 66), (142, 62)]],
            far=([(97, 60), (120, 72), (144, 70)],),
        ),
        arrow((164, 104), (164, 60)),
    ],
    "stance1": [bench(132), standing(ON_BENCH, LEG, far=(OTHER_ON_BENCH,))],
    "stance2": [
        bench(132),
        standing(
            ON_BENCH, [(86, 98), (96, 128), (98, 158), (110, 158)],
            far=([(86, 98), (82, 128), (76, 158), (88, 158)], DOWN),
        ),
    ],
    "stance3": [
        bench(128),
        standing(
            [(86, 56), (104, 78), (132, 88)], [(86, 98), (98, 128), (104, 158), (117, 158)],
            far=([(86, 98), (84, 128), (88, 158), (101, 158)], DOWN),
        ),
        line([(60, 166), (140, 166)], 2, dashed=True),
    ],
    "thighs1": [
        chair(56), sitting([(70, 106), (108, 110), (152, 106), (154, 94)], IN_LAP, far=(SITTING_LEG,)),
        arrow((150, 146), (160, 116), bend=-6),
    ],
    "thighs2": [
        chair(56), sitting([(70, 106), (108, 108), (154, 98), (152, 85)], IN_LAP, far=(SITTING_LEG,)),
        line([(164, 88), (164, 108)], THING), line([(172, 88), (172, 108)], THING),
    ],
    "thighs3": [
        bench(136), chair(18),
        figure(
            (98, 46), (92, 62), (74, 104),
            near=[[(74, 104), (104, 122), (88, 158), (101, 158)], [(91, 68), (110, 86), (138, 90)]],
        ),
        arrow((134, 40), (134, 66)), arrow((146, 66), (146, 40)),
    ],
    "hips1": [
        _chair_from_the_front(),
        from_the_front(
            [(100, 98), (70, 116), (70, 158), (64, 160)], [(100, 98), (130, 116), (130, 158), (136, 160)],
            [(78, 56), (58, 84), (62, 112)], [(122, 56), (142, 84), (138, 112)],
        ),
        arrow((48, 118), (24, 118)), arrow((152, 118), (176, 118)),
    ],
    "hips2": [
        _table(),
        from_the_front(
            [(100, 98), (94, 128), (92, 158)], [(100, 98), (126, 124), (146, 150)],
            [(78, 56), (68, 76), (74, 90)], [(122, 56), (132, 76), (126, 90)],
        ),
        arrow((160, 156), (176, 128), bend=-4),
    ],
    "hips3": [
        line([(24, 92), (76, 92)], 4), line([(30, 94), (30, 160)], THING), line([(70, 94), (70, 160)], THING),
        from_the_front(
            [(100, 98), (94, 128), (92, 158)], [(100, 98), (128, 122), (150, 144)],
            [(78, 56), (62, 74), (66, 90)], [(122, 56), (130, 78), (122, 98)],
        ),
        line([(160, 134), (170, 154)], THING), line([(168, 130), (178, 150)], THING),
    ],
    "toes1": [
        chair(56), sitting([(70, 106), (110, 104), (108, 146), (120, 157)], IN_LAP), arrow((136, 152), (136, 122)),
    ],
    "toes2": [bench(132), _on_tiptoe(ON_BENCH, OTHER_ON_BENCH)],
    "toes3": [bench(132), _on_tiptoe(ON_BENCH, [*DOWN[:-1], (86, 98)])],
    "heel1": [
        chair(56), sitting([(70, 106), (108, 110), (88, 154), (100, 158)], IN_LAP, far=(SITTING_LEG,)),
        arrow((136, 146), (104, 146)),
    ],
    "heel2": [
        bench(132), standing(ON_BENCH, HEEL_BACK, far=(OTHER_ON_BENCH, LEG)), arrow((40, 154), (44, 122), bend=6),
    ],
    "heel3": [
        bench(132), standing(ON_BENCH, HEEL_BACK, far=(DOWN, LEG)),
        line([(36, 122), (36, 142)], THING), line([(44, 122), (44, 142)], THING),
    ],
    "reach1": [
        chair(44),
        figure(
            (92, 44), (84, 60), (60, 106),
            near=[[(60, 106), (98, 110), (98, 157), (110, 158)], [(83, 66), (112, 80), (140, 76)]],
        ),
        line([(132, 92), (186, 92)], 4), line([(160, 94), (160, 160)], THING),
        cup(144, 90), arrow((122, 54), (156, 54)),
    ],
    "reach2": [
        bench(132),
        standing([(86, 56), (114, 60), (144, 58)], LEG, far=(OTHER_LEG, [(86, 56), (106, 82), (136, 90)])),
        cup(148, 66), arrow((112, 38), (148, 38)),
    ],
    "reach3": [
        line([(28, 100), (172, 100)], 4), line([(34, 102), (34, 160)], THING), line([(166, 102), (166, 160)], THING),
        from_the_front(
            [(100, 98), (90, 128), (88, 158)], [(100, 98), (110, 128), (112, 158)],
            [(78, 56), (70, 80), (82, 98)], [(122, 56), (140, 72), (154, 86)],
        ),
        cup(154, 98), f'<g stroke-dasharray="4 5">{cup(38, 98)}</g>', arrow((50, 118), (150, 118), bend=-16),
    ],
    "walk1": [bench(132), standing(ON_BENCH, KNEE_UP, far=(LEG, OTHER_ON_BENCH)), arrow((58, 96), (58, 130))],
    "walk2": [
        _table(),
        from_the_front(
            [(100, 98), (88, 128), (80, 158)], [(100, 98), (114, 128), (122, 158)],
            [(78, 56), (68, 76), (74, 90)], [(122, 56), (132, 76), (126, 90)],
        ),
        arrow((136, 146), (186, 146)), arrow((64, 146), (14, 146)),
    ],
    "walk3": [
        _small_chair(92), _small_chair(150), _figure_of_eight(),
        figure(
            (42, 33), (42, 50), (41, 98),
            near=[[(41, 98), (54, 126), (60, 156), (72, 156)], [(42, 56), (52, 78), (60, 94)]],
            far=([(41, 98), (34, 128), (20, 156), (32, 158)], [(42, 56), (32, 78), (28, 98)]),
        ),
    ],
    "arms1": [chair(66), figure(
        (84, 40), (82, 57), (82, 106),
        near=[[(82, 106), (120, 110), (120, 157), (132, 158)], [(82, 64), (56, 82), (84, 88)]],
    ), arrow((48, 62), (24, 70))],
    "arms2": [
        wall(168),
        figure(
            (112, 44), (104, 58), (82, 102),
            near=[[(82, 102), (68, 130), (52, 158), (65, 158)], [(103, 64), (132, 72), (165, 64)]],
            far=([(103, 64), (134, 80), (165, 76)],),
        ),
        arrow((146, 40), (122, 26), bend=-4), arrow((128, 18), (154, 30), bend=4),
    ],
    "arms3": [
        standing(
            [(86, 56), (82, 84), (108, 68)], LEG, far=(OTHER_LEG, [(86, 56), (66, 78), (58, 96)]),
        ),
        bottle(110, 66), bottle(58, 100), arrow((130, 104), (130, 60), bend=-6),
    ],
}  # fmt: skip


@cache
def drawing(code: str) -> str:
    """The inside of the drawing of an exercise, in lines of `currentColor`; empty for one that has none."""
    parts = POSES.get(code)
    if parts is None:
        return ""
    drawn = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    return f"<g {drawn}>{sheet(parts)}</g>"


def on_paper(code: str) -> str:
    """The drawing as an SVG of its own, in black; empty for an exercise that has none."""
    inner = drawing(code).replace("currentColor", "#000000")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{inner}</svg>' if inner else ""
