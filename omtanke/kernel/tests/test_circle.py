"""Around one person or twenty-five: everybody is on the sheet, nobody's label lies over another's, and where somebody
stands says what they are (the sector) and how close they are (the ring)."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from omtanke.kernel.circle import Sheet, Someone, draw

NAMES = {"family": "Familie", "friend": "Venner", "neighbour": "Naboer", "volunteer": "Frivillige", "service": "Hjelp"}
PHONE, WIDE = Sheet(width=340, letters=13, face=17), Sheet(width=900, letters=16, face=22, middle=48)
LABELS = ("Eva", "Bjørn-Erik", "Aslaug Karoline N…", "Wenche")


def people(count: int, sectors=tuple(NAMES)):
    return [
        Someone(str(n), sectors[n % len(sectors)], n % 3 + 1, (LABELS[n % 4][: 6 + n], "søskenbarn"[: 3 + n % 8]))
        for n in range(count)
    ]


def boxes(picture):
    return [one.box for one in picture.placed] + [sector.box for sector in picture.sectors]


def assert_readable(picture, count):
    assert len(picture.placed) == count
    for one, other in combinations(boxes(picture), 2):
        assert not one.overlaps(other)
    for box in boxes(picture):
        assert min(box.left, box.top) >= 0
        assert box.right <= picture.sheet.width
        assert box.bottom <= picture.height


@pytest.mark.parametrize("sheet", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("count", range(1, 26))
def test_no_two_labels_lie_over_each_other(count, sheet):
    assert_readable(draw(people(count), NAMES, sheet), count)


@pytest.mark.parametrize("ring", [1, 2, 3])
def test_there_is_room_when_all_are_equally_close_and_of_one_kind(ring):
    all_alike = [Someone(str(n), "family", ring, ("Aslaug Karoline", "søskenbarn")) for n in range(25)]
    assert_readable(draw(all_alike, NAMES, PHONE), 25)


@settings(max_examples=40, deadline=None)
@given(
    some.lists(
        some.tuples(some.sampled_from(list(NAMES)), some.integers(1, 3), some.text("abcdef", min_size=1, max_size=16)),
        max_size=25,
    )
)
def test_whoever_they_are(around):
    circle = [Someone(str(n), sector, ring, (name,)) for n, (sector, ring, name) in enumerate(around)]
    assert_readable(draw(circle, NAMES, PHONE), len(circle))


def test_everybody_stands_in_their_own_sector():
    picture = draw(people(18), NAMES, WIDE)
    sectors = {sector.name: sector for sector in picture.sectors}
    for placed in picture.placed:
        sector = sectors[NAMES[placed.someone.sector]]
        assert sector.begins <= placed.angle <= sector.ends


@pytest.mark.parametrize("sheet", [PHONE, WIDE], ids=["phone", "wide"])
def test_everybody_stands_in_the_ring_that_says_how_close_they_are(sheet):
    picture = draw(people(20), NAMES, sheet)
    for placed in picture.placed:
        away = [
            hypot((placed.x - picture.middle_x) / rx, (placed.y - picture.middle_y) / ry) for rx, ry in picture.rings
        ]
        assert [part > 1 for part in away] == [ring < placed.someone.ring for ring in (1, 2, 3)]


def test_a_sector_without_anybody_is_left_out_and_nobody_at_all_is_a_picture_too():
    assert [sector.name for sector in draw(people(3, ("friend",)), NAMES, PHONE).sectors] == ["Venner"]
    assert draw([], NAMES, PHONE).placed == ()


def test_the_same_people_stand_where_they_stood():
    assert draw(people(12), NAMES, PHONE) == draw(people(12), NAMES, PHONE)
