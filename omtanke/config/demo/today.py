"""Today as somebody finds it who opens the demo: some lists are taken, some wait to be shared out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from omtanke.config.demo import staff
from omtanke.config.demo.days import TORS_NEW_LIST, Days
from omtanke.config.demo.places import HELP, LEIRANGER, NORD, NORDFOLD
from omtanke.people.models import Employee
from omtanke.visits.lay_out import moment, rounds_of
from omtanke.visits.models import PartOfDay, RecurringVisit, Round, Visit, WorkList

# Those one can be in the demo who have come to work and not chosen a list yet, and the lists that wait for somebody.
CHOOSE_THEMSELVES = (staff.KARI, staff.TOR, staff.OLA, staff.HANNE)
WAITING = {
    (NORD, "Liste 1"),
    (NORD, "Liste 2"),
    (NORD, TORS_NEW_LIST),
    (LEIRANGER, "Liste 2"),
    (HELP, "Rute 1"),
    (HELP, "Rute 2"),
}
THEIRS = {(NORDFOLD, "Liste 1"): staff.NILS}
ON_HER_ROUTE, FIRST_VISIT, BETWEEN = 4, time(8, 15), 20  # so many visits, from then, with so many minutes between


def taken(on: date, now: datetime) -> list[Round]:
    """The rounds of today that somebody has, Nils's in his own name. The evening's and the night's are taken once
    their time has come."""
    rounds = Round.objects.filter(on=on, taken_by=None).select_related("work_list__unit").order_by("pk")
    mine = [round_ for round_ in rounds if _is_taken(round_, now)]
    whose = {name: Employee.objects.get(user__name=name) for name in THEIRS.values()}
    for round_ in mine:
        if owner := THEIRS.get((round_.work_list.unit.code, round_.work_list.name)):
            round_.taken_by, round_.taken_at = whose[owner], min(moment(on, round_.work_list.starts), now)
    Round.objects.bulk_update([round_ for round_ in mine if round_.taken_by_id], ["taken_by", "taken_at"])
    return mine


def let_them_choose(days: Days, on: date) -> None:
    """Nobody gives these four a list today: whoever tries the demo as one of them chooses it."""
    four = {e.pk for e in days.employees.values() if e.name in CHOOSE_THEMSELVES}
    for (_unit, _code, day), people in days.at_work.items():
        if day == on:
            people[:] = [person for person in people if person not in four]


def _is_taken(round_: Round, now: datetime) -> bool:
    work_list = round_.work_list
    if work_list.part_of_day != PartOfDay.DAY:
        return now > moment(round_.on, work_list.starts) + timedelta(minutes=20)
    return (work_list.unit.code, work_list.name) not in WAITING


def fill_the_route_of_hanne(on: date) -> None:
    """Practical help rests at weekends; somebody who tries the demo on a Sunday finds Hanne catching up."""
    route = WorkList.objects.get(unit__code=HELP, name="Rute 1")
    round_ = rounds_of([route.pk], [on])[route.pk, on]
    if round_.visits.exists():
        return
    lately = Visit.objects.filter(round__work_list=route, on__gt=on - timedelta(days=8), on__lt=on).values("citizen")
    waiting = RecurringVisit.objects.filter(work_list=route).exclude(citizen__in=lately).order_by("-minutes", "pk")
    starts = moment(on, FIRST_VISIT)
    for visit in waiting[:ON_HER_ROUTE]:
        Visit.objects.create(
            citizen_id=visit.citizen_id,
            round=round_,
            on=on,
            decision_id=visit.decision_id,
            planned_start=starts,
            minutes=visit.minutes,
            what=visit.what,
        )
        starts += timedelta(minutes=visit.minutes + BETWEEN)
    Round.objects.filter(pk=round_.pk).update(note="Helgevakt: besøk som ble utsatt fredag på grunn av glatte veier.")
