"""A visit service with two customers and two seniors, a Tripletex that knows them, and jobs that wait for nothing."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from omtanke.befriending.models import Acquaintance, Match, Order, ServiceVisit
from omtanke.befriending.tests.making import judged, met, read_plan, taken_on, talked
from omtanke.config.tests.cast import make_senior
from omtanke.exchange.tripletex import jobs, runs
from omtanke.exchange.tripletex.client import Client, Patience
from omtanke.exchange.tripletex.models import Booking, HoursRun
from omtanke.exchange.tripletex.tests.fake import CONSUMER, EMPLOYEE, FakeTripletex

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
BORGHILD, OLGA, INTERNAL = "20011", "20012", "19000"


@pytest.fixture
def tripletex(cast, settings, monkeypatch):
    """Running, with a session for the tokens that the settings name."""
    with FakeTripletex() as running:
        books = running.books
        running.omsorg = books.has_activity("Omsorg")
        books.has_activity("Omsorg natt")
        known = (cast.arne, cast.turid, cast.hilde)
        running.people = {one.pk: books.employs(str(one), one.user.email) for one in known}
        numbers = (BORGHILD, OLGA, INTERNAL)
        running.projects = {number: books.has_project(number, activities=[running.omsorg]) for number in numbers}
        books.has_cost_category("Kontorrekvisita")
        books.has_payment_type("Privat utlegg")
        settings.TRIPLETEX_URL, settings.TRIPLETEX_CONSUMER_TOKEN = running.url, CONSUMER
        settings.TRIPLETEX_EMPLOYEE_TOKENS = {"": EMPLOYEE}
        monkeypatch.setattr(jobs, "client_for", _client_that_waits_for_nothing)
        yield running


def _client_that_waits_for_nothing(keys):
    return Client(keys, patience=Patience(tries=3, answer_within=0.3), sleep=lambda _seconds: None)


class Service:
    """What the visit service did, in a sentence each."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.ivar = make_senior("Ivar Nes", cast.seniorene)  # whom Tripletex does not know
        self.matches = {
            (BORGHILD, cast.arne.pk): self._match("Borghild", "Strand", BORGHILD, cast.arne),
            (OLGA, cast.turid.pk): self._match("Olga", "Vik", OLGA, cast.turid),
        }

    def _match(self, first_name: str, last_name: str, project: str, senior) -> Match:
        order = talked(self.cast, taken_on(self.cast, first_name=first_name, last_name=last_name))
        met(self.cast, order)
        judged(self.cast, order)
        Order.objects.filter(pk=order.pk).update(project_number=project)
        return self._matched(order, senior)

    def _matched(self, order: Order, senior) -> Match:
        made = Match.objects.create(
            order=order, citizen=order.citizen, department=order.department, senior=senior, since=date(2026, 1, 1)
        )
        read_plan(made)
        return made

    def visit(self, starts: str, ends: str, *, senior=None, project: str = BORGHILD, **facts) -> ServiceVisit:
        """Carried out from the one to the other, where the municipality is: '2026-03-02 10:00'."""
        senior = senior or self.cast.arne
        if (project, senior.pk) not in self.matches:
            order = next(one.order for (number, _who), one in self.matches.items() if number == project)
            self.matches[project, senior.pk] = self._matched(order, senior)
        match = self.matches[project, senior.pk]
        times = {"planned_start": clock(starts), "began_at": clock(starts), "ended_at": clock(ends), **facts}
        return ServiceVisit.objects.create(
            order=match.order, match=match, citizen=match.citizen, department=match.department, senior=senior,
            area="quality_visit", **times,
        )  # fmt: skip

    def meeting(self, starts: str, minutes: int, *, also_there=(), notebook: str | None = None) -> Acquaintance:
        """Held by Hilde, who paid for the notebook."""
        order = self.matches[BORGHILD, self.cast.arne.pk].order
        bought = {"notebook_cost": Decimal(notebook), "notebook_on": clock(starts).date()} if notebook else {}
        return Acquaintance.objects.create(
            order=order, citizen=order.citizen, department=order.department, starts=clock(starts), minutes=minutes,
            held_at=clock(starts), held_by=self.cast.hilde, also_there=[one.pk for one in also_there],
            notebook_by=self.cast.hilde if notebook else None, **bought,
        )  # fmt: skip


def clock(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def service(cast, settings):
    """In Steigen's time, whatever the time zone of the test run."""
    settings.TIME_ZONE = "Europe/Oslo"
    with timezone.override("Europe/Oslo"):
        yield Service(cast)


@pytest.fixture
def hours(cast, service, tripletex):
    """What people do on the page, with the worker's part done at once."""

    def look(first: date = FIRST, last: date = LAST) -> HoursRun:
        run = runs.ask_to_look(cast.seniorene, first, last, by=cast.hilde.user, now=timezone.now())
        jobs.look_run(run_id=run.pk)
        return HoursRun.objects.get(pk=run.pk)

    def book(run: HoursRun | None = None) -> HoursRun:
        run = run or look()
        runs.ask_to_book(run, now=timezone.now())
        jobs.book_run(run_id=run.pk)
        return HoursRun.objects.get(pk=run.pk)

    def stand() -> dict[tuple[str, str, str], str]:
        """Our lines: who, day and project, and how each stands."""
        return {
            (one.employee.first_name, one.on.isoformat(), one.project_number): one.state
            for one in Booking.objects.select_related("employee")
        }

    def there() -> dict[tuple[str, str, str], float]:
        """What stands in Tripletex."""
        names = {number: str(one["firstName"]) for number, one in tripletex.books.employees.items()}
        numbers = {number: one["number"] for number, one in tripletex.books.projects.items()}
        return {
            (names[one["employee"]["id"]], one["date"], numbers[one["project"]["id"]]): one["hours"]
            for one in tripletex.books.entries.values()
        }

    return SimpleNamespace(look=look, book=book, stand=stand, there=there)
