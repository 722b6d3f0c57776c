"""Load the demo municipality, or bring one that is there up to today.

All or nothing: one transaction. Loading again changes nothing; on a later day it rolls forward, and what users of the
demo did in between stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Grant, Reason, RoleAssignment, User
from omtanke.care.contacts import midnight
from omtanke.config.demo import (
    activities,
    contacts,
    days,
    interests,
    lists,
    needs,
    places,
    residents,
    shifts,
    staff,
    today,
    visit_service,
    volunteers,
    wishes,
)
from omtanke.config.demo.rota import monday
from omtanke.people.models import Citizen, Employee, Unit
from omtanke.trust.representatives import name_representative
from omtanke.visits.lay_out import WEEKS_AHEAD, lay_out, lay_out_weeks_ahead
from omtanke.visits.models import RecurringVisit, Round, Shift

WEEKS_BACK = 6
LOCK = 8_254_011  # one loader at a time


class NotTheDemo(Exception):
    """There are people in this database who are not the demo's."""


class Outcome(StrEnum):
    LOADED = "loaded"
    ROLLED_FORWARD = "rolled forward"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class When:
    """The day that is today, and the moment it is."""

    on: date
    now: datetime

    @classmethod
    def of(cls, on: date | None = None, clock: time | None = None) -> When:
        if on is None:
            return cls(timezone.localdate(), timezone.now())
        return cls(on, timezone.make_aware(datetime.combine(on, clock or time(10, 20))))


@transaction.atomic
def load(*, seed: int, when: When, reset: bool = False) -> Outcome:
    """Make the municipality, or bring it up to `when`. Raises NotTheDemo rather than touch other people's data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if reset:
        forget()
    if not is_loaded():
        if User.objects.exists() or Citizen.objects.exists():
            raise NotTheDemo
        _load(seed, when)
        return Outcome.LOADED
    return roll_forward(seed, when)


def is_loaded() -> bool:
    kari = User.objects.filter(email=staff.address_of(staff.KARI)).exists()
    return kari and Unit.objects.filter(code=places.HELP).exists()


def forget() -> None:
    """Empty every table of ours. Only where everybody who can log in is made up."""
    if User.objects.exclude(email__endswith=".example.org").exists():
        raise NotTheDemo
    tables = [
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("omtanke.")
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # nothing may wait for its check
        cursor.execute(f"TRUNCATE {', '.join(tables)}, django_session RESTART IDENTITY CASCADE")


def _load(seed: int, when: When) -> None:
    units, hamlets = places.settle()
    employees = staff.hire(seed, units, when.on)
    registry = residents.Registry(seed, when.on, hamlets)
    people = residents.with_services(seed, registry, units, when.on)
    residents.without_services(seed, registry, residents.IN_ALL - len(people))
    lists.Placing(seed, units, when.on).everybody(people)
    contacts.name_contacts(seed, people, employees, when.on)
    interests.talk_about_interests(seed, people, when.on)
    needs.ask_what_they_need(seed, people, when.on)
    _represent(people, when.on)
    _roles_since_they_were_given()
    shifts.send_away(employees, when.on)
    first = when.on - timedelta(weeks=WEEKS_BACK)
    new_since = when.on - timedelta(days=shifts.TOR_BEGAN)
    shifts.plan(seed, employees, first=first, last=_horizon(when.on), new_since=new_since)
    shifts.be_at_work_today(employees, when.on, units)
    recurring = list(RecurringVisit.objects.select_related("decision").order_by("pk"))
    lay_out(recurring, first=first, last=when.on - timedelta(days=1))
    lay_out_weeks_ahead(when.on)
    activities.offer(seed, units, hamlets, when)
    volunteers.sign_up(seed, hamlets, employees, when.on)
    wishes.wish(seed, people, units, when)
    _live(seed, when, first)
    visit_service.begin(seed, hamlets, when)


def roll_forward(seed: int, when: When) -> Outcome:
    """Live through the days since the last time, and plan and lay out as far ahead as ever."""
    last_round = Round.objects.order_by("-on").values_list("on", flat=True).first()
    if last_round is None or last_round >= when.on + timedelta(weeks=WEEKS_AHEAD):
        return Outcome.UNCHANGED
    last_time = last_round - timedelta(weeks=WEEKS_AHEAD)
    employees = {employee.name: employee for employee in Employee.objects.filter(number__regex=r"^1\d{3}$")}
    units = {unit.code: unit for unit in Unit.objects.exclude(kind=Unit.Kind.VISIT_SERVICE)}
    planned = Shift.objects.order_by("-starts").values_list("starts", flat=True).first()
    begin = timezone.localdate(planned) + timedelta(days=1) if planned else when.on
    shifts.plan(seed, employees, first=begin, last=_horizon(when.on), new_since=last_time)
    shifts.be_at_work_today(employees, when.on, units)
    recurring = list(RecurringVisit.objects.select_related("decision").order_by("pk"))
    lay_out(recurring, first=last_time, last=when.on - timedelta(days=1))
    lay_out_weeks_ahead(when.on)
    activities.come_along(seed, when, last_time)
    visit_service.come_along(when)
    _live(seed, when, last_time)
    return Outcome.ROLLED_FORWARD


def _horizon(on: date) -> date:
    """The rota is planned to the end of the week four weeks ahead."""
    return monday(on + timedelta(weeks=WEEKS_AHEAD)) + timedelta(days=6)


def _live(seed: int, when: When, first: date) -> None:
    """The days before today as they were, and today as far as it has come."""
    past = Round.objects.filter(on__gte=first, on__lt=when.on).select_related("work_list__unit").order_by("on", "pk")
    lived = days.Days.between(seed, first, when.on, when.now)
    days.live_through(lived, past)
    today.fill_the_route_of_hanne(when.on)
    today.let_them_choose(lived, when.on)
    days.live_through(lived, today.taken(when.on, when.now))


def _represent(people: list[residents.Person], on: date) -> None:
    """Eva sees what her mother shares with her."""
    astrid = people[0].citizen
    since = on - timedelta(days=240)
    email = staff.address_of(staff.DAUGHTER)
    eva = name_representative(astrid, name=staff.DAUGHTER, email=email, by=None, on=since)
    Grant.objects.filter(holder=eva, reason=Reason.REPRESENTS).update(since=midnight(since))


def _roles_since_they_were_given() -> None:
    """What a role opened, it opened on the day it was given."""
    for assignment in RoleAssignment.objects.all():
        Grant.objects.filter(because=grants.cause(assignment)).update(since=midnight(assignment.since))
