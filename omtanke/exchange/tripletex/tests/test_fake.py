"""The fake Tripletex is strict: tests against it can only be believed if it refuses what Tripletex refuses."""

from datetime import date

import pytest
import requests

from omtanke.exchange.tripletex.tests.fake import (
    CONSUMER,
    EMPLOYEE,
    FakeTripletex,
    lost_answer,
    no_answer,
    server_error,
    silence,
    too_many,
)


@pytest.fixture
def tripletex():
    with FakeTripletex(today=lambda: date(2026, 3, 10)) as running:
        running.omsorg = running.books.has_activity("Omsorg")
        running.other = running.books.has_activity("Kjøring")
        running.berit = running.books.employs("Berit Vold", "berit@example.org")
        running.project = running.books.has_project("20011", activities=[running.omsorg])
        yield running


@pytest.fixture
def ask(tripletex):
    tokens = {"consumerToken": CONSUMER, "employeeToken": EMPLOYEE, "expirationDate": "2026-03-11"}
    token = requests.post(f"{tripletex.url}/token/session/:create", json=tokens, timeout=5).json()["value"]["token"]

    def asked(method, path, body=None, *, timeout=5, **params):
        return requests.request(
            method, tripletex.url + path, json=body, params=params, auth=("0", token), timeout=timeout
        )

    return asked


def entry(tripletex, **other):
    ids = {
        "employee": {"id": tripletex.berit},
        "project": {"id": tripletex.project},
        "activity": {"id": tripletex.omsorg},
    }
    return {**ids, "date": "2026-03-02", "hours": 1.5, **other}


def refused(answer):
    """Status, code and the fields it complains about."""
    said = answer.json()
    assert set(said) >= {"status", "code", "message", "developerMessage", "validationMessages", "requestId"}
    return answer.status_code, said["code"], [one["field"] for one in said["validationMessages"]]


def test_only_the_right_tokens_begin_a_session_and_only_a_session_opens_anything(tripletex):
    tokens = {"consumerToken": CONSUMER, "employeeToken": "wrong", "expirationDate": "2026-03-11"}
    create = f"{tripletex.url}/token/session/:create"
    assert requests.post(create, json=tokens, timeout=5).status_code == 401
    assert requests.post(create, json={**tokens, "employeeToken": EMPLOYEE, "x": 1}, timeout=5).status_code == 422
    past = {**tokens, "employeeToken": EMPLOYEE, "expirationDate": "2026-03-10"}
    assert requests.post(create, json=past, timeout=5).status_code == 422
    assert requests.get(f"{tripletex.url}/employee", timeout=5).status_code == 401
    assert requests.get(f"{tripletex.url}/employee", auth=("0", "guessed"), timeout=5).status_code == 401


def test_a_session_is_for_user_0_and_ends_on_its_day(tripletex, ask):
    assert ask("GET", "/employee").status_code == 200
    token = next(iter(tripletex.sessions))
    assert requests.get(f"{tripletex.url}/employee", auth=("1", token), timeout=5).status_code == 401
    tripletex.today = lambda: date(2026, 3, 11)
    assert ask("GET", "/employee").status_code == 401


def test_one_entry_for_each_employee_date_activity_and_project(tripletex, ask):
    first = ask("POST", "/timesheet/entry", entry(tripletex))
    assert first.status_code == 201
    assert refused(ask("POST", "/timesheet/entry", entry(tripletex, hours=2)))[:2] == (409, 14000)
    assert ask("POST", "/timesheet/entry", entry(tripletex, date="2026-03-03")).status_code == 201
    assert [one["hours"] for one in tripletex.books.entries.values()] == [1.5, 1.5]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"clientName": "Astrid"}, "clientName"),
        ({"id": 1}, "id"),
        ({"version": 0}, "version"),
        ({"hours": 0}, "hours"),
        ({"hours": 25}, "hours"),
        ({"hours": "1.5"}, "hours"),
        ({"hours": 1.333}, "hours"),
        ({"date": "02.03.2026"}, "date"),
        ({"date": "2026-02-30"}, "date"),
        ({"project": {"id": 1}}, "project.id"),
        ({"project": 20011}, "project"),
        ({"employee": {"id": 7, "email": "x"}}, "employee"),
    ],
    ids=str,
)
def test_what_is_not_valid_is_told_by_field(tripletex, ask, wrong, field):
    assert refused(ask("POST", "/timesheet/entry", entry(tripletex, **wrong))) == (422, 18000, [field])
    assert tripletex.books.entries == {}


def test_an_activity_must_be_allowed_on_the_project_and_the_project_open(tripletex, ask):
    not_allowed = entry(tripletex, activity={"id": tripletex.other})
    assert refused(ask("POST", "/timesheet/entry", not_allowed))[2] == ["activity.id"]
    closed = tripletex.books.has_project("20099", activities=[tripletex.omsorg], closed_from=date(2026, 3, 1))
    assert refused(ask("POST", "/timesheet/entry", entry(tripletex, project={"id": closed})))[2] == ["project.id"]
    listed = ask("GET", "/activity/>forTimeSheet", projectId=tripletex.project).json()["values"]
    assert [one["name"] for one in listed] == ["Omsorg"]


def test_a_change_needs_the_version_it_was_read_with(tripletex, ask):
    made = ask("POST", "/timesheet/entry", entry(tripletex)).json()["value"]
    path = f"/timesheet/entry/{made['id']}"
    assert refused(ask("PUT", path, {"hours": 2}))[2] == ["version"]
    assert ask("PUT", path, {"hours": 2, "version": made["version"]}).json()["value"]["version"] == made["version"] + 1
    assert refused(ask("PUT", path, {"hours": 3, "version": made["version"]}))[:2] == (409, 8000)
    assert refused(ask("DELETE", path, version=made["version"]))[:2] == (409, 8000)
    assert ask("DELETE", path, version=made["version"] + 1).status_code == 204
    assert ask("PUT", path, {"hours": 3, "version": 1}).status_code == 404


def test_a_locked_month_takes_nothing_and_says_so_of_what_is_in_it(tripletex, ask):
    made = ask("POST", "/timesheet/entry", entry(tripletex)).json()["value"]
    tripletex.books.locked_months.add((2026, 3))
    assert refused(ask("POST", "/timesheet/entry", entry(tripletex, date="2026-03-04")))[:2] == (409, 10000)
    changed = ask("PUT", f"/timesheet/entry/{made['id']}", {"hours": 2, "version": 0})
    assert refused(changed)[:2] == (409, 10000)
    assert refused(ask("DELETE", f"/timesheet/entry/{made['id']}", version=0))[:2] == (409, 10000)
    listed = ask("GET", "/timesheet/entry", dateFrom="2026-03-01", dateTo="2026-04-01").json()
    assert [one["locked"] for one in listed["values"]] == [True]


def test_lists_are_paged_texts_are_found_in_part_and_the_last_day_is_not_included(tripletex, ask):
    tripletex.books.has_activity("Omsorg natt")
    page = ask("GET", "/activity", name="omsorg", count=1).json()
    assert (page["from"], page["count"], page["fullResultSize"]) == (0, 1, 2)
    ask("POST", "/timesheet/entry", entry(tripletex))
    days = {"dateFrom": "2026-03-01", "employeeId": tripletex.berit}
    assert ask("GET", "/timesheet/entry", dateTo="2026-03-02", **days).json()["values"] == []
    assert len(ask("GET", "/timesheet/entry", dateTo="2026-03-03", **days).json()["values"]) == 1
    assert ask("GET", "/timesheet/entry").status_code == 422
    assert refused(ask("GET", "/employee", name="Berit"))[2] == ["name"]


def test_an_expense_has_costs_and_is_delivered_once(tripletex, ask):
    category, payment = tripletex.books.has_cost_category("Kontor"), tripletex.books.has_payment_type("Utlegg")
    cost = {
        "date": "2026-03-02",
        "costCategory": {"id": category},
        "paymentType": {"id": payment},
        "amountCurrencyIncVat": 89.9,
    }
    body = {"employee": {"id": tripletex.berit}, "project": {"id": tripletex.project}, "title": "Notatbok"}
    assert refused(ask("POST", "/travelExpense", {**body, "costs": []}))[2] == ["costs"]
    assert refused(ask("POST", "/travelExpense", {**body, "costs": [cost], "travelDetails": {}}))[2] == [
        "travelDetails"
    ]
    made = ask("POST", "/travelExpense", {**body, "costs": [cost]}).json()["value"]
    assert (made["state"], made["costs"][0]["amountCurrencyIncVat"]) == ("OPEN", 89.9)
    assert ask("PUT", "/travelExpense/:deliver", id=made["id"]).json()["values"][0]["state"] == "DELIVERED"
    assert ask("PUT", "/travelExpense/:deliver", id=made["id"]).status_code == 422


def test_troubles_happen_once_in_order_and_say_whether_the_work_was_done(tripletex, ask):
    tripletex.next("POST", "/timesheet/entry", too_many(7), server_error(), no_answer, lost_answer)
    answer = ask("POST", "/timesheet/entry", entry(tripletex))
    assert (answer.status_code, answer.headers["X-Rate-Limit-Reset"]) == (429, "7")
    assert ask("POST", "/timesheet/entry", entry(tripletex)).status_code == 500
    with pytest.raises(requests.ConnectionError):
        ask("POST", "/timesheet/entry", entry(tripletex))
    assert tripletex.books.entries == {}
    with pytest.raises(requests.ConnectionError):
        ask("POST", "/timesheet/entry", entry(tripletex))
    assert len(tripletex.books.entries) == 1
    assert ask("POST", "/timesheet/entry", entry(tripletex)).status_code == 409


def test_silence_is_a_time_out(tripletex, ask):
    tripletex.next("GET", "/employee", silence)
    with pytest.raises(requests.ReadTimeout):
        ask("GET", "/employee", timeout=0.2)
    assert ask("GET", "/employee").status_code == 200
    assert tripletex.count("GET", "/employee") == 2


def test_what_it_does_not_know_is_not_there(tripletex, ask):
    assert ask("GET", "/salary").status_code == 404
    assert ask("DELETE", f"/employee/{tripletex.berit}").status_code == 404
