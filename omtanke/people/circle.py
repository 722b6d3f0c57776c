"""The circle around a citizen, as a picture and as a list that says the same.

Those they have ties to stand where they say they are close; named contacts stand close; services in regular touch.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from omtanke.kernel.circle import Picture, Placed, Sheet, Someone, draw
from omtanke.people.models import Citizen, Tie
from omtanke.people.questions import Helper, Part

PHONE = Sheet(width=340, letters=13, face=15, middle=30, gap=4)
WIDE = Sheet(width=880, letters=16, face=22, middle=46)
SERVICE = "service"
SECTORS: dict[str, str | Promise] = {
    Tie.Kind.FAMILY: _("Family"),
    Tie.Kind.FRIEND: _("Friends"),
    Tie.Kind.NEIGHBOUR: _("Neighbours"),
    Tie.Kind.VOLUNTEER: _("Volunteers"),
    Tie.Kind.OTHER: _("Others"),
    SERVICE: _("Services"),
}


@dataclass(frozen=True)
class Member:
    """Somebody in the circle, whether a tie or a helper of the service."""

    key: str
    sector: str
    ring: int
    name: str
    what: str
    contributes: str
    initials: str
    tie: Tie | None = None
    helper: Helper | None = None


@dataclass(frozen=True)
class Face:
    """A member as drawn: the middle of the face, its corner and size, and each line with its height."""

    member: Member
    x: int
    y: int
    left: int
    top: int
    size: int
    rows: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Drawn:
    picture: Picture
    faces: Sequence[Face]

    @property
    def middle_name_y(self) -> int:
        sheet = self.picture.sheet
        return self.picture.middle_y + sheet.middle + round(sheet.line * 0.85)


@dataclass(frozen=True)
class Circle:
    members: Sequence[Member]
    groups: Sequence[tuple[str, Sequence[Member]]]
    phone: Drawn
    wide: Drawn


def circle_of(citizen: Citizen, ties: Iterable[Tie], helpers: Iterable[Helper]) -> Circle:
    members = [_tied(tie) for tie in ties] + [_helping(number, helper) for number, helper in enumerate(helpers)]
    groups = [
        (str(label), group)
        for sector, label in SECTORS.items()
        if (group := [member for member in members if member.sector == sector])
    ]
    return Circle(
        members,
        groups,
        phone=_drawn(members, PHONE, _in_short),
        wide=_drawn(members, WIDE, lambda one: (_short(one.name, 20), _short(one.contributes or one.what, 24))),
    )


def _tied(tie: Tie) -> Member:
    return Member(
        key=f"tie-{tie.pk}",
        sector=tie.kind,
        ring=tie.closeness,
        name=tie.name,
        what=tie.relation or tie.get_kind_display(),
        contributes=tie.contributes,
        initials=tie.initials,
        tie=tie,
    )


def _helping(number: int, helper: Helper) -> Member:
    """A contact stands by their name, a service by what it is."""
    named = helper.part != Part.SERVICE
    return Member(
        key=f"helper-{number}",
        sector=SERVICE,
        ring=Tie.Closeness.CLOSE if helper.part == Part.PRIMARY else Tie.Closeness.REGULAR,
        name=helper.name if named else helper.what,
        what=helper.what if named else helper.name if helper.name != helper.what else "",
        contributes="",
        initials=helper.initials or helper.what[:1].upper(),
        helper=helper,
    )


def _drawn(members: Sequence[Member], sheet: Sheet, lines_of: Callable[[Member], tuple[str, ...]]) -> Drawn:
    names = {sector: str(label) for sector, label in SECTORS.items()}
    people = [
        Someone(member.key, member.sector, member.ring, tuple(line for line in lines_of(member) if line))
        for member in members
    ]
    picture = draw(people, names, sheet)
    by_key = {member.key: member for member in members}
    return Drawn(picture, [_face(placed, by_key[placed.someone.key], sheet) for placed in picture.placed])


def _face(placed: Placed, member: Member, sheet: Sheet) -> Face:
    return Face(
        member,
        placed.x,
        placed.y,
        left=placed.x - sheet.face,
        top=placed.y - sheet.face,
        size=2 * sheet.face,
        rows=[
            (placed.y + sheet.face + round(sheet.line * (number + 0.85)), line)
            for number, line in enumerate(placed.someone.lines)
        ],
    )


def _in_short(member: Member) -> tuple[str, ...]:
    """For a small picture: people by first name and what they are, services by their own name."""
    first, _space, rest = member.name.partition(" ")
    if member.helper and member.helper.part == Part.SERVICE:
        return _short(first, 15), _short(rest, 13)
    return _short(first, 11), _short(member.what, 15 if member.helper else 10)


def _short(text: str, letters: int) -> str:
    return Truncator(text).chars(letters)
