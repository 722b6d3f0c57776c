"""Live through days that have been laid out: lists are taken, visits begun and ended, and the visit book written.

Only what nobody has touched is lived through, so what a user of the demo did stays as they did it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pgtrigger
from django.db import connection
from django.utils import timezone

from omtanke.care.models import NamedContact
from omtanke.config.demo import own_lines, visit_book
from omtanke.config.demo.chance import chance
from omtanke.config.demo.staff import HANNE, TOR
from omtanke.config.demo.visit_book import VisitBook
from omtanke.kernel.travel import Place, driving_minutes, place_of
from omtanke.people.models import Employee
from omtanke.visits.models import Note, PartOfDay, Round, Shift, Visit

# Practical help comes every second week: without a route of one's own, every visit would be the first.
USUAL = {HANNE: "Rute 1", "Anita Gjerde": "Rute 2", "Torunn Alvestad": "Rute 3"}
# Tor, the temp, has been kept from this list until today, so that he meets people for the first time.
TORS_NEW_LIST = "Liste 4"
CODE = {PartOfDay.DAY: "D", PartOfDay.EVENING: "A", PartOfDay.NIGHT: "N"}
NOT_DONE, WRITES, NEXT_MUST_READ = 0.02, 0.13, 0.12
UPDATE = """
UPDATE visits_visit SET done_by_id = lived.done_by, started_at = lived.started, ended_at = lived.ended,
       not_done = lived.not_done, not_done_words = lived.words
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[])
     AS lived(id, done_by, started, ended, not_done, words)
WHERE visits_visit.id = lived.id
"""


@dataclass
class Days:
    """What is needed to live through days: who is at work, and who knows whom."""

    seed: int
    now: datetime
    employees: Mapping[int, Employee]
    contacts: Mapping[int, set[int]]
    at_work: Mapping[tuple[int, str, date], list[int]]
    book: VisitBook

    @classmethod
    def between(cls, seed: int, first: date, last: date, now: datetime) -> Days:
        at_work: dict[tuple[int, str, date], list[int]] = defaultdict(list)
        shifts = Shift.objects.filter(starts__date__range=(first, last)).order_by("employee__number")
        for unit, code, starts, employee in shifts.values_list("unit_id", "code", "starts", "employee_id"):
            at_work[unit, code, timezone.localdate(starts)].append(employee)
        contacts: dict[int, set[int]] = defaultdict(set)
        for employee, citizen in NamedContact.objects.current(last).values_list("employee_id", "citizen_id"):
            contacts[employee].add(citizen)
        return cls(seed, now, Employee.objects.in_bulk(), contacts, at_work, VisitBook(seed))


def live_through(days: Days, rounds: Iterable[Round]) -> None:
    """Let these rounds be taken and their visits be done, as far as `now` has come.

    A list that somebody has taken is theirs: what is left on it, they do.
    """
    everyone = sorted(rounds, key=lambda r: (r.on, r.work_list.unit_id, r.work_list.starts, r.work_list.name))
    untouched = [r for r in everyone if r.taken_by_id is None]
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in (
        Visit.objects.filter(round__in=[r.pk for r in everyone])
        .still_to_do()
        .select_related("citizen", "decision")
        .order_by("planned_start", "citizen__sort_name", "second_carer")
    ):
        visits[visit.round_id].append(visit)
    by_carer: dict[tuple[date, int], list[Visit]] = defaultdict(list)
    for group in _by_part(untouched):
        _share_out(days, group, visits)
    for taken in everyone:
        if taken.taken_by_id:
            by_carer[taken.on, taken.taken_by_id] += visits[taken.pk]
    Round.objects.bulk_update([r for r in untouched if r.taken_by_id], ["taken_by", "taken_at"], batch_size=500)
    lived = [visit for (_on, carer), theirs in by_carer.items() for visit in _work(days, carer, theirs)]
    _save(lived)
    Note.objects.bulk_create(_notes(days, lived), batch_size=1000)


def _by_part(rounds: Iterable[Round]) -> list[list[Round]]:
    """Rounds that are shared out together: of one unit, day and part of the day; in the order of days."""
    groups: dict[tuple[date, int, str], list[Round]] = defaultdict(list)
    for round_ in rounds:
        groups[round_.on, round_.work_list.unit_id, round_.work_list.part_of_day].append(round_)
    return [groups[key] for key in sorted(groups)]


def _share_out(days: Days, group: list[Round], visits: Mapping[int, list[Visit]]) -> None:
    """Each list to one of those at work: rather to whom its people know, and not always to the same."""
    one = group[0].work_list
    people = list(days.at_work.get((one.unit_id, CODE[PartOfDay(one.part_of_day)], group[0].on), []))
    source = chance(days.seed, "share out", group[0].on, one.unit.code, one.part_of_day)
    free = list(people)
    for round_ in sorted(group, key=lambda r: r.work_list.name):
        theirs = visits[round_.pk]
        if not people or not theirs:
            continue
        met = {visit.citizen_id for visit in theirs}
        chosen = max(free or people, key=lambda p: _suits(days, p, round_, met, source))
        if chosen in free:
            free.remove(chosen)
        round_.taken_by = days.employees[chosen]
        starts = timezone.make_aware(datetime.combine(round_.on, round_.work_list.starts))
        round_.taken_at = min(starts + timedelta(minutes=source.randint(1, 12)), days.now)


def _suits(days: Days, person: int, round_: Round, met: set[int], source: Random) -> float:
    """Those who know the list's people come first, each has a list they like, and chance does the rest."""
    employee = days.employees[person]
    knows = len(days.contacts.get(person, set()) & met)
    likes = chance(days.seed, "likes", employee.number, round_.work_list.name).random()
    often = 3.0 if USUAL.get(employee.name) == round_.work_list.name else 0.0
    if employee.name == TOR and round_.work_list.name == TORS_NEW_LIST:
        return 0.0
    return knows * 0.3 + likes * 1.2 + often + source.random() * 1.5


def _work(days: Days, carer: int, visits: list[Visit]) -> list[Visit]:
    """One carer's day: visit after visit with the drive between, as far as now. Returns those lived through."""
    lived: list[Visit] = []
    free_at: datetime | None = None
    place: Place | None = None
    for visit in sorted(visits, key=lambda v: (v.planned_start, v.citizen.name, v.second_carer)):
        if visit.started_at and visit.on < timezone.localdate(days.now):  # begun, and forgotten to end
            visit.ended_at = visit.started_at + timedelta(minutes=visit.minutes)
            lived.append(visit)
            continue
        source = chance(days.seed, "visit", visit.on, visit.citizen.name, visit.what, visit.second_carer)
        here = place_of(visit.citizen)
        starts = visit.planned_start + timedelta(
            minutes=round(source.triangular(-6, 14, 2)), seconds=source.randint(0, 59)
        )
        if free_at:
            starts = max(starts, free_at + timedelta(minutes=0.6 * (driving_minutes(place, here) or 1)))
        ends = starts + timedelta(minutes=_minutes(days.seed, visit, source))
        if starts > days.now:
            break
        if source.random() < NOT_DONE and not visit.together_with_id:
            why, words, _weight = source.choices(
                visit_book.WHY_NOT, [weight for _w, _words, weight in visit_book.WHY_NOT]
            )[0]
            visit.not_done, visit.not_done_words = why, source.choice(words)
        else:
            visit.done_by, visit.started_at = days.employees[carer], starts
            visit.ended_at = ends if ends <= days.now else None
            free_at, place = ends, here
        lived.append(visit)
    return lived


def _minutes(seed: int, visit: Visit, source: Random) -> float:
    """How long it really took: for some people always more, or less, than planned."""
    drift = chance(seed, "takes", visit.citizen.name).choices((1.0, 1.35, 0.7), (80, 12, 8))[0]
    return max(4.0, visit.minutes * drift * source.triangular(0.8, 1.25, 1.0))


def _save(lived: list[Visit]) -> None:
    """One statement for all; the demo's past keeps no history of how it was made up."""
    columns: list[Any] = [
        [visit.pk for visit in lived],
        [visit.done_by_id for visit in lived],
        [visit.started_at for visit in lived],
        [visit.ended_at for visit in lived],
        [visit.not_done for visit in lived],
        [visit.not_done_words for visit in lived],
    ]
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(UPDATE, columns)


def _notes(days: Days, lived: list[Visit]) -> list[Note]:
    notes = []
    warned: set[str] = set()
    yesterday = timezone.localdate(days.now) - timedelta(days=1)
    for visit in sorted(lived, key=lambda v: (v.planned_start, v.citizen.name)):
        if visit.ended_at is None or visit.done_by is None or visit.second_carer:
            continue
        source = chance(days.seed, "note", visit.on, visit.citizen.name, visit.what)
        name = visit.citizen.name
        must_read = name in own_lines.MUST_READ and visit.on == yesterday and name not in warned
        if not must_read and source.random() > (WRITES * 1.5 if name in own_lines.OWN else WRITES):
            continue
        rarely = visit.on >= yesterday - timedelta(days=2) and source.random() < NEXT_MUST_READ
        if must_read:
            text = own_lines.MUST_READ[name]
            warned.add(name)
        else:
            text = source.choice(visit_book.FOR_NEXT) if rarely else days.book.line(visit.citizen_id, name, visit.what)
        if not text:
            continue
        notes.append(
            Note(
                citizen_id=visit.citizen_id,
                visit=visit,
                author=visit.done_by,
                text=text,
                for_next=must_read or rarely,
                written_at=min(visit.ended_at + timedelta(minutes=source.randint(0, 40)), days.now),
            )
        )
    return notes
