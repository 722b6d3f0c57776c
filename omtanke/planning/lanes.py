"""From a day of bars to what the template draws: positions in percent, labels that fit, marks and words.

Positions are attributes of the SVG, since the page's security policy allows no inline style. They are in percent of a
lane, so that the picture fits any width without a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.kernel.planning.problem import Task
from omtanke.people.models import Citizen
from omtanke.planning.called import Called
from omtanke.planning.from_rows import Case
from omtanke.planning.timeline import Bond, DayPicture, Kind, Part, Piece, Row
from omtanke.shell.templatetags.omtanke import hours
from omtanke.visits.models import PartOfDay

FITS_A_NAME, FITS_INITIALS = 40, 20  # minutes of a bar, at the narrowest the picture becomes

# A mark and a word for what the carer is to the person: colour is never alone.
MARKS: Mapping[Bond, str] = {
    Bond.PRIMARY: "StarFill",
    Bond.SECONDARY: "Star",
    Bond.KNOWN: "PersonCheckmark",
    Bond.NEW: "PersonPlus",
    Bond.NEW_VULNERABLE: "ExclamationmarkTriangle",
    Bond.NOBODY: "Buildings3",
}
WORDS: Mapping[Bond, Promise | str] = {
    Bond.PRIMARY: gettext_lazy("primary contact"),
    Bond.SECONDARY: gettext_lazy("secondary contact"),
    Bond.KNOWN: gettext_lazy("known face"),
    Bond.NEW: gettext_lazy("new face"),
    Bond.NEW_VULNERABLE: gettext_lazy("new face, where they should be spared"),
    Bond.NOBODY: gettext_lazy("work for the unit"),
}
# What lies between the visits.
STROKES: tuple[tuple[Kind, Promise | str], ...] = (
    (Kind.DRIVE, gettext_lazy("driving")),
    (Kind.WAIT, gettext_lazy("waiting")),
    (Kind.BREAK, gettext_lazy("break")),
)


@dataclass(frozen=True)
class Bar:
    """One piece as it is drawn and as it is told. `x` and `width` are like '12.5%'."""

    kind: str
    x: str
    width: str
    clock: str
    until: str
    minutes: int
    words: str
    visit: int | None = None
    citizen: Citizen | None = None
    what: str = ""
    label: str = ""
    bond: str = ""
    mark: str = ""
    bond_words: str = ""
    notes: tuple[str, ...] = ()
    can_move: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class Lane:
    """One carer's shift. `x` and `width` are the shift itself, within the hours of its part of the day."""

    shift: int
    carer: str
    initials: str
    hours: str
    x: str
    width: str
    bars: tuple[Bar, ...]
    sums: str

    @property
    def visits(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.kind == Kind.VISIT]


@dataclass(frozen=True)
class Band:
    """One part of the day: its lanes under one scale of hours."""

    name: str
    label: str
    opens: int
    closes: int
    hours: tuple[tuple[str, str], ...]  # position, clock
    lanes: tuple[Lane, ...]
    unplaced: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Legend:
    mark: str
    bond: str
    words: str
    visits: int


def bands_of(picture: DayPicture, case: Case, called: Called) -> list[Band]:
    """Each visit without a place is drawn in the first band whose hours it was agreed in, else in the last one."""
    left: dict[str, list[Task]] = {}
    for task in picture.unplaced:
        agreed = task.windows[0].opens if task.known_start is None else task.known_start
        at = [part for part in picture.parts if part.opens <= agreed < part.closes] or list(picture.parts[-1:])
        if at:
            left.setdefault(at[0].name, []).append(task)
    return [_band(part, left.get(part.name, []), case, called) for part in picture.parts]


def legend_of(picture: DayPicture) -> list[Legend]:
    """Only what is in the picture, with how many."""
    counted = dict.fromkeys(Bond, 0)
    for row in picture.rows:
        for piece in row.visits:
            counted[piece.bond] += 1
    return [Legend(MARKS[bond], bond, str(WORDS[bond]), visits) for bond, visits in counted.items() if visits]


def _band(part: Part, left: list[Task], case: Case, called: Called) -> Band:
    return Band(
        part.name,
        str(PartOfDay(part.name).label),
        int(part.opens),
        int(part.closes),
        tuple((_at(part, hour), called.clock(hour)) for hour in part.hours),
        tuple(_lane(row, part, case, called) for row in part.rows),
        tuple(unplaced_bar(task, part, case, called) for task in left),
    )


def _lane(row: Row, part: Part, case: Case, called: Called) -> Lane:
    shift, carer = row.shift, case.employees[row.shift.carer]
    return Lane(
        int(shift.id),
        carer.name,
        carer.initials,
        f"{called.clock(shift.starts)}–{called.clock(shift.ends)}",
        _at(part, shift.starts),
        _share(part, shift.minutes),
        tuple(_bar(piece, part, case, called) for piece in row.pieces),
        sums_in_words(row, called),
    )


def sums_in_words(row: Row, called: Called) -> str:
    """As "6 visits · 3 h 20 min with people · 48 min driving"."""
    if not row.visits:
        return _("No visits.")
    told = [
        _("%(n)s with people") % {"n": hours(row.with_people)},
        _("%(n)s driving") % {"n": hours(row.driving)},
    ]
    if row.waiting >= 1:
        told.append(_("%(n)s waiting") % {"n": hours(row.waiting)})
    if row.overtime >= 1 and row.back is not None:
        told.append(_("back %(clock)s, after the shift") % {"clock": called.clock(row.back)})
    return " · ".join(told)


def _bar(piece: Piece, part: Part, case: Case, called: Called) -> Bar:
    drawn = (piece.kind, _at(part, piece.start), _share(part, piece.minutes))
    clock, until, minutes = called.clock(piece.start), called.clock(piece.end), round(piece.minutes)
    if piece.task is None:
        names = {
            Kind.DRIVE: _("drives for %(minutes)d min"),
            Kind.WAIT: _("waits for %(minutes)d min"),
            Kind.BREAK: _("break of %(minutes)d min"),
        }
        return Bar(*drawn, clock, until, minutes, names[piece.kind] % {"minutes": minutes})
    visit = case.visits[piece.task.id]
    citizen = visit.citizen
    bond_words, notes = str(WORDS[piece.bond]), _notes(piece, called)
    return Bar(
        *drawn,
        clock,
        until,
        minutes,
        ", ".join([f"{clock} {citizen.short_name}", bond_words, visit.what, *notes]),
        visit=visit.pk,
        citizen=citizen,
        what=visit.what,
        label=_label(citizen, minutes),
        bond=piece.bond,
        mark=MARKS[piece.bond],
        bond_words=bond_words,
        notes=notes,
        can_move=not piece.task.begun,
        pinned=piece.task.pinned_shift is not None and not piece.task.begun,
    )


def unplaced_bar(task: Task, part: Part, case: Case, called: Called) -> Bar:
    """Drawn where it was agreed, although nobody has it."""
    visit = case.visits[task.id]
    start = task.windows[0].opens if task.known_start is None else task.known_start
    start = min(max(start, part.opens), part.closes - task.minutes)
    words = _("without a place")
    return Bar(
        Kind.VISIT,
        _at(part, start),
        _share(part, task.minutes),
        called.clock(start),
        called.clock(start + task.minutes),
        round(task.minutes),
        ", ".join([f"{called.clock(start)} {visit.citizen.short_name}", words, visit.what]),
        visit=visit.pk,
        citizen=visit.citizen,
        what=visit.what,
        label=_label(visit.citizen, round(task.minutes)),
        bond="unplaced",
        mark="Hourglass",
        bond_words=words,
        can_move=True,
    )


def _notes(piece: Piece, called: Called) -> tuple[str, ...]:
    notes = []
    if piece.late >= 1:
        notes.append(_("%(minutes)d min later than agreed") % {"minutes": round(piece.late)})
    if piece.mate is not None:
        notes.append(_("two carers, with %(carer)s") % {"carer": called.carer(piece.mate)})
    if piece.task is not None and piece.task.begun:
        notes.append(_("has begun"))
    elif piece.task is not None and piece.task.pinned_shift is not None:
        notes.append(_("pinned"))
    return tuple(notes)


def _label(citizen: Citizen, minutes: int) -> str:
    if minutes >= FITS_A_NAME:
        return citizen.first_name
    return citizen.initials if minutes >= FITS_INITIALS else ""


def agreed_window(task: Task, called: Called) -> str:
    """As '08:45–09:45', when the visit should begin."""
    return f"{called.clock(task.windows[0].opens)}–{called.clock(task.windows[-1].closes)}"


def _at(part: Part, minutes: float) -> str:
    return f"{(minutes - part.opens) / (part.closes - part.opens) * 100:.3f}%"


def _share(part: Part, minutes: float) -> str:
    return f"{minutes / (part.closes - part.opens) * 100:.3f}%"
