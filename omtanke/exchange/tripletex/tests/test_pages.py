"""The professional lead sees in plain words what would be booked, books, and is told what waits for whom.

Whoever may not book hours sees none but their own; those are their own data, also after they stopped visiting.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from omtanke.access.models import Look
from omtanke.befriending import before
from omtanke.befriending.matching import end_match
from omtanke.befriending.models import Order
from omtanke.befriending.tests.making import taken_on, talked
from omtanke.config.tests.cast import make_unit
from omtanke.exchange.tripletex import jobs
from omtanke.exchange.tripletex.models import HoursRun
from omtanke.exchange.tripletex.periods import month_before
from omtanke.exchange.tripletex.tests.conftest import BORGHILD, INTERNAL, OLGA
from omtanke.people.models import Unit

PERIODS = reverse("tripletex:periods")


def asked(web, cast, **other) -> HoursRun:
    """Hilde picks March, and the worker has looked."""
    days = {"month": timezone.localdate().replace(day=1).isoformat(), "first": "2026-03-01", "last": "2026-03-31"}
    response = web.be(cast.hilde).post(PERIODS, {"unit": cast.seniorene.pk, **days, **other})
    assert response.status_code == 302, response.content.decode()
    run = HoursRun.objects.first()
    jobs.look_run(run_id=run.pk)
    return run


def page(web, run) -> str:
    return web.get(reverse("tripletex:run", args=[run.pk])).content.decode()


def test_hilde_looks_books_and_sees_that_all_is_booked(web, cast, service, tripletex, hours):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    service.visit("2026-03-03 10:00", "2026-03-03 12:00", senior=cast.turid, project=OLGA)
    run = asked(web, cast)
    seen = page(web, run)
    assert "2 linjer kan føres" in seen
    assert "Arne Solli" in seen
    assert "Borghild" not in seen

    web.post(reverse("tripletex:book", args=[run.pk]))
    assert "hx-trigger" in page(web, run)
    jobs.book_run(run_id=run.pk)
    assert "Alt er ført" in page(web, run)
    assert len(hours.there()) == 2


def test_pressing_book_twice_books_once_and_an_old_page_books_nothing(web, cast, service, tripletex, hours):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    old = asked(web, cast)
    new = asked(web, cast)
    assert "Før i Tripletex" not in page(web, old)
    web.post(reverse("tripletex:book", args=[old.pk]))
    assert HoursRun.objects.get(pk=old.pk).state == HoursRun.State.READY
    for _ in range(2):
        web.post(reverse("tripletex:book", args=[new.pk]))
    jobs.book_run(run_id=new.pk)
    jobs.book_run(run_id=new.pk)
    assert len(tripletex.books.entries) == 1


def test_what_waits_is_told_with_what_to_do_and_the_order_is_named_and_logged(web, cast, service, tripletex):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    Order.objects.filter(pk=visit.order_id).update(project_number="")
    service.visit("2026-03-03 10:00", "2026-03-03 11:00", project=OLGA, senior=service.ivar)
    tripletex.books.locked_months.add((2026, 3))
    run = asked(web, cast)
    seen = page(web, run)
    assert "En bestilling mangler prosjektnummer" in seen
    assert "Borghild S." in seen
    assert Look.objects.filter(actor=cast.hilde.user, citizen_id=visit.citizen_id, what="tripletex:run").exists()
    assert "Tripletex kjenner ingen med denne e-postadressen" in seen

    service.visit("2026-03-04 10:00", "2026-03-04 11:00", project=OLGA, senior=cast.turid)
    run = asked(web, cast)
    web.post(reverse("tripletex:book", args=[run.pk]))
    jobs.book_run(run_id=run.pk)
    assert "mars 2026 er låst i Tripletex" in page(web, run)


def test_without_tokens_there_is_a_preview_and_a_file_and_no_button(web, cast, service, settings, tripletex):
    settings.TRIPLETEX_EMPLOYEE_TOKENS = {"": ""}
    service.visit("2026-03-02 10:00", "2026-03-02 11:40")
    service.meeting("2026-03-10 10:00", 60, notebook="89.90")
    assert "Uten tilgang til Tripletex" in web.be(cast.hilde).get(PERIODS).content.decode()
    run = asked(web, cast)
    assert "Før i Tripletex" not in page(web, run)
    file = web.get(reverse("tripletex:hours_csv", args=[run.pk]))
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    lines = file.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Ansattnummer;E-post;Dato;Prosjektnummer;Aktivitet;Timer"
    assert f"{cast.arne.number};{cast.arne.user.email};2026-03-02;{BORGHILD};Omsorg;1,75" in lines
    notebooks = web.get(reverse("tripletex:notebooks_csv", args=[run.pk])).content.decode("utf-8-sig").split("\r\n")
    assert notebooks[1].endswith(";89,90")
    assert "Borghild" not in file.content.decode()


def test_what_looks_like_a_formula_stays_a_text_in_the_file(web, cast, service, tripletex):
    visit = service.visit("2026-03-02 10:00", "2026-03-02 11:40")
    Order.objects.filter(pk=visit.order_id).update(project_number="=1+1")
    run = asked(web, cast)
    assert ";'=1+1;" in web.get(reverse("tripletex:hours_csv", args=[run.pk])).content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"first": "2026-03-01", "last": ""}, "Skriv begge dagene"),
        ({"first": "2026-03-31", "last": "2026-03-01"}, "Siste dag er før den første"),
        ({"first": "2026-01-01", "last": "2026-12-31"}, "Høyst tre måneder"),
    ],
    ids=["one day", "backwards", "a year"],
)
def test_days_that_make_no_sense_are_told_and_kept(web, cast, days, words):
    month = timezone.localdate().replace(day=1).isoformat()
    response = web.be(cast.hilde).post(PERIODS, {"unit": cast.seniorene.pk, "month": month, **days})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert f'value="{days["first"]}"' in response.content.decode()


def test_another_departments_hours_are_not_hers(web, cast, service, tripletex):
    service.visit("2026-03-02 10:00", "2026-03-02 11:30")
    run = asked(web, cast)
    HoursRun.objects.filter(pk=run.pk).update(unit=make_unit("Vest", Unit.Kind.VISIT_SERVICE))
    for name in ("run", "hours_csv"):
        assert web.be(cast.hilde).get(reverse(f"tripletex:{name}", args=[run.pk])).status_code == 403
    assert web.be(cast.hilde).post(reverse("tripletex:book", args=[run.pk])).status_code == 403
    assert web.be(cast.admin).get(reverse("tripletex:run", args=[run.pk])).status_code == 200
    for person in (cast.arne, cast.gudrun, cast.kari, cast.lars, cast.per.user):
        assert web.be(person).get(reverse("tripletex:run", args=[run.pk])).status_code == 403


def test_a_senior_sees_their_own_hours_added_up_and_nobody_elses(web, cast, service, tripletex, hours):
    today = timezone.localdate()
    on = today.isoformat()
    service.visit(f"{on} 00:00", f"{on} 01:30")
    service.visit(f"{on} 02:00", f"{on} 03:00")
    service.visit(f"{on} 01:00", f"{on} 05:30", senior=cast.turid, project=OLGA)
    service.meeting(f"{on} 04:00", 45, also_there=[cast.arne])
    mine = reverse("tripletex:my_hours")
    seen = web.be(cast.arne).get(mine)
    assert [(day.project, str(day.hours)) for day in seen.context["days"]] == [("19000", "0.75"), (BORGHILD, "2.50")]
    assert not any(day.booked for day in seen.context["days"])
    assert "3,25 timer" in seen.content.decode()

    hours.book(hours.look(today, today))
    assert all(day.booked for day in web.be(cast.arne).get(mine).context["days"])
    match = service.matches[BORGHILD, cast.arne.pk]
    end_match(match, because="Flytter", by=cast.hilde.user, at=timezone.now(), on=today)
    assert len(web.be(cast.arne).get(mine).context["days"]) == 2
    assert web.be(cast.kari).get(mine).context["days"] == []


def test_own_hours_are_turned_over_month_by_month(web, cast, service):
    this = timezone.localdate().replace(day=1)
    seen = web.be(cast.arne).get(reverse("tripletex:my_hours"), {"month": "not a month"}).context
    assert (seen["month"], seen["after"]) == (this, None)
    before = web.get(reverse("tripletex:my_hours"), {"month": seen["before"].isoformat()}).context
    assert (before["month"], before["after"]) == (month_before(this), this)


def test_who_else_was_there_is_written_down_with_the_meeting_and_has_worked_too(web, cast, service, tripletex, hours):
    order = talked(cast, taken_on(cast, first_name="Signe", last_name="Lund"))
    starts = timezone.now() - timedelta(hours=2)
    before.plan_meeting(order, starts=starts, held_by=cast.hilde)
    page = reverse("befriending:meeting", args=[order.pk])
    said = {"what": "held", "minutes": "90", "also_there": [cast.arne.pk], "notebook": ""}
    assert web.be(cast.hilde).post(page, said | {"also_there": [cast.kari.pk]}).status_code == 422
    assert web.be(cast.hilde).post(page, said).status_code == 302

    day = timezone.localdate(starts)
    hours.book(hours.look(day, day + timedelta(days=1)))
    booked = hours.there()
    assert {name for name, _day, project in booked if project == INTERNAL} == {"Arne", "Hilde"}
    assert sum(worked for (name, _day, _project), worked in booked.items() if name == "Arne") == 1.5
