"""What this room asks and higher rooms answer, so that a page about a person need not know who knows.

A room answers in a module that its `apps.py` imports when it is ready:

    @who_is_around.answered_by
    def named_contacts(citizen_ids, on): ...

Every answer is asked about many citizens at once: a page costs the same number of queries for one person and for 25.
Answers come as the acting user may see them: the database leaves out what need-to-know does not open.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Question[**P, Answer]:
    """Asked here; answered by any number of rooms above."""

    def __init__(self) -> None:
        self._answers: list[Callable[P, Iterable[Answer]]] = []

    def answered_by(self, answer: Callable[P, Iterable[Answer]]) -> Callable[P, Iterable[Answer]]:
        self._answers.append(answer)
        return answer

    def ask(self, *args: P.args, **kwargs: P.kwargs) -> list[Answer]:
        return [said for answer in self._answers for said in answer(*args, **kwargs)]


class Part(StrEnum):
    """What a helper is to the person."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SERVICE = "service"


@dataclass(frozen=True)
class Helper:
    """Somebody of the service, or a service as a whole, around a citizen now."""

    citizen_id: int
    part: Part
    name: str
    what: str
    since: date
    initials: str = ""
    phone: str = ""
    employee_id: int | None = None


@dataclass(frozen=True)
class NextVisit:
    """The next planned visit to a citizen, and who comes, if somebody has it already."""

    citizen_id: int
    starts: datetime
    what: str
    who: str = ""


@dataclass(frozen=True)
class BeenThere:
    """How often an employee has been at a citizen's lately: familiarity, never a ranking."""

    employee_id: int
    times: int


@dataclass(frozen=True)
class Meeting:
    """A citizen whom an employee meets on a day, from when; `now` while they are there."""

    citizen_id: int
    starts: datetime
    now: bool = False


@dataclass(frozen=True)
class Due:
    """Something that should be done for a citizen, from `on` at the latest; `url` is where."""

    citizen_id: int
    what: str
    on: date
    url: str


@dataclass(frozen=True)
class Busy:
    """A citizen expects somebody from `starts` to `ends`. What it is, is nobody's business who only plans around it."""

    citizen_id: int
    starts: datetime
    ends: datetime


who_is_around: Question[[Sequence[int], date], Helper] = Question()
next_visits: Question[[Sequence[int], datetime], NextVisit] = Question()
what_is_due: Question[[Sequence[int], date], Due] = Question()
been_there: Question[[int, date], BeenThere] = Question()
whom_i_meet: Question[[int, date], Meeting] = Question()
busy_times: Question[[Sequence[int], datetime, datetime], Busy] = Question()


def helpers_of(citizen_ids: Sequence[int], on: date) -> dict[int, list[Helper]]:
    """Contacts first, then services, for each of these citizens."""
    helpers: dict[int, list[Helper]] = {pk: [] for pk in citizen_ids}
    order = list(Part)
    for helper in sorted(
        who_is_around.ask(citizen_ids, on), key=lambda helper: (order.index(helper.part), helper.what)
    ):
        helpers[helper.citizen_id].append(helper)
    return helpers
