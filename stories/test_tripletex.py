"""Hilde, professional lead of the visit service, brings its hours to Tripletex: looks, books, corrects, books again."""

import pytest

from omtanke.exchange.tripletex.tests.fake import CONSUMER, EMPLOYEE, FakeTripletex
from stories import server

DONE = "FROM befriending_servicevisit WHERE ended_at IS NOT NULL AND not_done_because = ''"


@pytest.fixture(scope="module")
def tripletex():
    with FakeTripletex() as running:
        yield running


@pytest.fixture(scope="module")
def omtanke(template, worker_id, tripletex):
    """With the keys to a Tripletex that runs in the test."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OMTANKE_TRIPLETEX_URL", tripletex.url)
        environment.setenv("OMTANKE_TRIPLETEX_CONSUMER_TOKEN", CONSUMER)
        environment.setenv("OMTANKE_TRIPLETEX_EMPLOYEE_TOKEN", EMPLOYEE)
        with server.running(template, f"{template}_{worker_id}_hours", worker=True) as running:
            _tell_tripletex(tripletex, running)
            yield running


def _tell_tripletex(tripletex, omtanke):
    """It knows everybody of the visit service but Turid, and every project."""
    books = tripletex.books
    tripletex.omsorg = books.has_activity("Omsorg")
    employed = "FROM people_employee e JOIN people_unit u ON u.id = e.unit_id WHERE u.kind = 'visit_service'"
    for first, last, email in omtanke.execute(f"SELECT e.first_name, e.last_name, e.email {employed}"):
        if first != "Turid":
            books.employs(f"{first} {last}", email)
    for (number,) in omtanke.execute("SELECT project_number FROM befriending_order WHERE project_number <> ''"):
        books.has_project(number, activities=[tripletex.omsorg])
    books.has_project("19000", activities=[tripletex.omsorg])
    books.has_cost_category("Kontorrekvisita")
    books.has_payment_type("Privat utlegg")


def _look_at_everything(hilde, omtanke):
    """All days on which somebody visited or met, as far as three months go."""
    met = "SELECT min(starts AT TIME ZONE 'UTC')::date - 1 FROM befriending_acquaintance WHERE held_at IS NOT NULL"
    ((first, last),) = omtanke.execute(f"SELECT ({met}), max(began_at AT TIME ZONE 'UTC')::date + 1 {DONE}")
    hilde.goes_to("/tripletex/")
    hilde.finds_the_page_accessible()
    hilde.page.get_by_text("Andre dager enn en måned").click()
    hilde.page.locator("[name=first]").fill(first.isoformat())
    hilde.page.locator("[name=last]").fill(last.isoformat())
    hilde.presses("Se på timene")
    hilde.page.get_by_role("button", name="Se på nytt").wait_for()


def test_hilde_looks_books_and_books_a_correction(somebody, omtanke, tripletex):
    hilde = somebody("hilde")
    _look_at_everything(hilde, omtanke)
    hilde.sees("Se på dette først")
    hilde.sees("Tripletex kjenner ingen med denne e-postadressen")
    hilde.sees("Blir ført")
    hilde.finds_the_page_accessible()
    hilde.takes_a_picture("tripletex")
    assert tripletex.books.entries == {}

    hilde.presses("Før i Tripletex")
    hilde.page.get_by_text("Ført, bortsett fra det som står nedenfor").wait_for()
    hilde.finds_the_page_accessible()
    booked = len(tripletex.books.entries)
    assert booked >= 5
    assert {one["state"] for one in tripletex.books.expenses.values()} == {"DELIVERED"}

    tripletex.books.employs("Turid Hals", "turid@demo.example.org")
    arne = "senior_id = (SELECT id FROM people_employee WHERE first_name = 'Arne' AND last_name = 'Solli')"
    newest = f"(SELECT max(id) {DONE} AND {arne})"
    omtanke.execute(
        f"UPDATE befriending_servicevisit SET ended_at = ended_at + interval '30 minutes' WHERE id = {newest}"
    )
    hilde.presses("Se på nytt")
    hilde.page.get_by_role("button", name="Før i Tripletex").wait_for()
    hilde.sees("1 får andre timer")
    hilde.presses("Før i Tripletex")
    hilde.page.get_by_text("Alt er ført").wait_for()
    assert sorted(one["version"] for one in tripletex.books.entries.values())[-2:] == [0, 1]
    assert len(tripletex.books.entries) > booked


def test_hilde_reads_the_preview_on_a_phone(somebody, omtanke):
    hilde = somebody("hilde", width=390)
    _look_at_everything(hilde, omtanke)
    hilde.finds_the_page_accessible()


@pytest.mark.parametrize("width", [390, 1280])
def test_arne_sees_his_own_hours(somebody, width):
    arne = somebody("arne", width=width)
    arne.goes_to("/my-hours/")
    arne.page.get_by_role("navigation", name="Måneder").get_by_role("link").first.click()
    arne.sees("prosjekt 2")
    arne.does_not_see("Turid")
    arne.finds_the_page_accessible()


def test_others_are_refused(somebody):
    for name in ("arne", "gudrun", "kari", "lars"):
        person = somebody(name)
        assert person.page.request.get(f"{person.base}/tripletex/").status == 403
