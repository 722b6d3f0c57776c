"""What somebody needs to take part, noted; and, until then, what the interest talk lets us suppose.

The plan of the month takes what is supposed as well, on the careful side, and says that it is: a person whom nobody
has asked is fetched from 80 years on, and has company when they need to be reminded or find new faces hard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from omtanke.access.models import User
from omtanke.everyday.interests import label
from omtanke.everyday.models import Arena, Needs, NeedsNote
from omtanke.everyday.talk import URL, hindrances
from omtanke.forms.models import Answers
from omtanke.people.models import Citizen

Need = NeedsNote.Need
RIDE_FROM = 80  # years
OF_THE_PLACE = frozenset(Needs.values)
BRINGS_ALONG = {Need.WHEELCHAIR: {Needs.WHEELCHAIR, Needs.STEP_FREE}, Need.WALKING_AID: {Needs.STEP_FREE}}
# What stands in the way of something they want more of, and what would help. Health and money are asked about, not
# supposed; of what somebody did not know, they are told.
WOULD_HELP = {
    "ride": Need.RIDE,
    "company": Need.COMPANY,
    "does_not_dare": Need.COMPANY,
    "senses": Need.HEARING_LOOP,
}


@dataclass(frozen=True)
class Supposed:
    """A need that nobody has confirmed. `interests`: what the talk said it about; none: a guess from the record."""

    need: str
    interests: tuple[str, ...] = ()

    @property
    def need_label(self) -> str:
        return str(Need(self.need).label)

    @property
    def about(self) -> str:
        return ", ".join(label(code) for code in self.interests)


@dataclass(frozen=True)
class Known:
    """What somebody needs; confirmed by somebody, or supposed."""

    needs: frozenset[str]
    confirmed: bool

    @property
    def of_the_place(self) -> frozenset[str]:
        """Codes of `Needs` that a place must have for them. What is only supposed shuts nobody out."""
        if not self.confirmed:
            return frozenset()
        also = {str(code) for need in self.needs for code in BRINGS_ALONG.get(Need(need), ())}
        return (self.needs & OF_THE_PLACE) | also


def note_needs(
    citizen: Citizen, needs: Collection[str], *, said_by: str, words: str = "", by: User, at: datetime
) -> NeedsNote:
    """From now on this is what they need. What was noted before is kept beneath it."""
    chosen = [code for code in Need.values if code in needs]
    return NeedsNote.objects.create(citizen=citizen, needs=chosen, words=words, said_by=said_by, noted_by=by, at=at)


def latest_of(citizen_ids: Collection[int]) -> dict[int, NeedsNote]:
    """The note that counts, of those who have one."""
    found: dict[int, NeedsNote] = {}
    for one in NeedsNote.objects.filter(citizen__in=citizen_ids).newest_first():
        found.setdefault(one.citizen_id, one)
    return found


def supposed(citizen: Citizen, talk: Answers | None, on: date) -> list[Supposed]:
    """What the talk and the record let us suppose, what the person said first."""
    said: dict[str, list[str]] = {}
    for interest, codes in (hindrances(talk) if talk else {}).items():
        for code in codes:
            if code in WOULD_HELP:
                said.setdefault(WOULD_HELP[code], []).append(interest)
    found = [Supposed(need, tuple(interests)) for need, interests in said.items()]
    age = citizen.age(on)
    guesses = {Need.RIDE: age is None or age >= RIDE_FROM, Need.COMPANY: citizen.memory_loss or citizen.vulnerable}
    return found + [Supposed(need) for need, holds in guesses.items() if holds and need not in said]


def needs_of(citizens: Iterable[Citizen], on: date) -> dict[int, Known]:
    """For each of them what was noted, or what is supposed."""
    everybody = {one.pk: one for one in citizens}
    noted = latest_of(list(everybody))
    talks = _latest_talks([pk for pk in everybody if pk not in noted])
    return {
        pk: Known(frozenset(noted[pk].needs), confirmed=True)
        if pk in noted
        else Known(frozenset(one.need for one in supposed(citizen, talks.get(pk), on)), confirmed=False)
        for pk, citizen in everybody.items()
    }


def _latest_talks(citizen_ids: Collection[int]) -> dict[int, Answers]:
    found: dict[int, Answers] = {}
    rows = Answers.objects.finished().to(URL).filter(citizen__in=citizen_ids).select_related("questionnaire")
    for row in rows.newest_first():
        found.setdefault(row.citizen_id, row)
    return found


def lacking(known: Known, arena: Arena | None) -> list[str]:
    """Codes of what the place does not have, as far as is written, in the order of `Needs`."""
    has = set(arena.has) if arena else set()
    return [code for code in Needs.values if code in known.of_the_place - has]
