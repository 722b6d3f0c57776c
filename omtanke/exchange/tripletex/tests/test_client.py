"""The client has patience with what passes, never writes twice on a guess, and names what does not pass."""

from datetime import date

import pytest

from omtanke.exchange.tripletex.client import Client, Patience
from omtanke.exchange.tripletex.errors import (
    AlreadyThere,
    ChangedThere,
    MonthLocked,
    NoAnswer,
    NotLetIn,
    NotThere,
    NotUnderstood,
    Refused,
    TooBusy,
    Uncertain,
)
from omtanke.exchange.tripletex.keys import Keys
from omtanke.exchange.tripletex.tests.fake import (
    CONSUMER,
    EMPLOYEE,
    FakeTripletex,
    Trouble,
    lost_answer,
    no_answer,
    server_error,
    silence,
    too_many,
)

SESSION = "/token/session/:create"
HURRIED = Patience(tries=3, answer_within=0.3)


@pytest.fixture
def tripletex():
    with FakeTripletex(today=lambda: date(2026, 3, 10)) as running:
        running.omsorg = running.books.has_activity("Omsorg")
        running.berit = running.books.employs("Berit Vold", "berit@example.org")
        running.project = running.books.has_project("20011", activities=[running.omsorg])
        yield running


class Waits(list):
    """Instead of sleeping: how long it would have been."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def client(tripletex, waits):
    keys = Keys(tripletex.url, CONSUMER, EMPLOYEE)
    one = Client(keys, patience=HURRIED, sleep=waits, today=lambda: date(2026, 3, 10))
    yield one
    one.close()


def hours(tripletex, hours=1.5):
    ids = {
        "employee": {"id": tripletex.berit},
        "project": {"id": tripletex.project},
        "activity": {"id": tripletex.omsorg},
    }
    return {**ids, "date": "2026-03-02", "hours": hours}


def test_one_session_serves_many_requests_and_a_new_one_is_made_when_it_has_ended(client, tripletex):
    for _ in range(3):
        assert [one["email"] for one in client.list("/employee")] == ["berit@example.org"]
    assert tripletex.count("POST", SESSION) == 1
    tripletex.end_sessions()
    assert client.write("POST", "/timesheet/entry", hours(tripletex))["value"]["hours"] == 1.5
    assert tripletex.count("POST", SESSION) == 2
    assert len(tripletex.books.entries) == 1


def test_wrong_tokens_are_not_tried_again_and_again(tripletex, waits):
    wrong = Client(Keys(tripletex.url, CONSUMER, "wrong"), patience=HURRIED, sleep=waits)
    with pytest.raises(NotLetIn):
        list(wrong.list("/employee"))
    assert (tripletex.count("POST", SESSION), waits) == (1, [])


def test_a_session_that_opens_nothing_even_when_new_is_given_up(client, tripletex):
    tripletex.before = lambda _method, path: None if path == SESSION else tripletex.end_sessions()
    with pytest.raises(NotLetIn):
        list(client.list("/employee"))
    assert tripletex.count("POST", SESSION) == 2


@pytest.mark.parametrize("trouble", [server_error(500), server_error(503), no_answer, silence], ids=str)
def test_reading_is_tried_again(client, tripletex, waits, trouble):
    tripletex.next("GET", "/employee", trouble, trouble)
    assert len(list(client.list("/employee"))) == 1
    assert tripletex.count("GET", "/employee") == 3
    assert 0.5 <= waits[0] <= 1 <= waits[1] <= 2


def test_reading_is_given_up_in_the_end(client, tripletex):
    tripletex.next("GET", "/employee", *[server_error()] * 3)
    with pytest.raises(NoAnswer):
        list(client.list("/employee"))
    assert tripletex.count("GET", "/employee") == 3


def test_a_session_too_is_asked_for_with_patience(client, tripletex, waits):
    tripletex.next("POST", SESSION, no_answer, too_many(2))
    assert len(list(client.list("/employee"))) == 1
    assert waits[1] >= 2


@pytest.mark.parametrize("trouble", [server_error(500), server_error(502), no_answer, lost_answer, silence], ids=str)
def test_writing_is_never_tried_again_on_a_guess(client, tripletex, trouble):
    tripletex.next("POST", "/timesheet/entry", trouble)
    with pytest.raises(Uncertain):
        client.write("POST", "/timesheet/entry", hours(tripletex))
    assert tripletex.count("POST", "/timesheet/entry") == 1


def test_too_many_requests_wait_as_long_as_tripletex_says(client, tripletex, waits):
    tripletex.next("POST", "/timesheet/entry", too_many(7))
    client.write("POST", "/timesheet/entry", hours(tripletex))
    assert len(tripletex.books.entries) == 1
    assert 7 < waits[0] <= 8


def test_no_job_waits_for_an_hour(client, tripletex, waits):
    tripletex.next("GET", "/employee", too_many(3600))
    with pytest.raises(TooBusy):
        list(client.list("/employee"))
    tripletex.next("GET", "/employee", *[too_many(1)] * 3)
    with pytest.raises(TooBusy):
        list(client.list("/employee"))
    assert len(waits) == 2


def test_each_refusal_has_its_name_and_tripletex_words(client, tripletex):
    made = client.write("POST", "/timesheet/entry", hours(tripletex))["value"]
    path = f"/timesheet/entry/{made['id']}"
    with pytest.raises(AlreadyThere):
        client.write("POST", "/timesheet/entry", hours(tripletex))
    with pytest.raises(ChangedThere):
        client.write("PUT", path, {"hours": 2, "version": 5})
    with pytest.raises(Refused) as no:
        client.write("PUT", path, {"hours": 0, "version": 0})
    assert no.value.words == "hours: Må være større enn 0 og ikke mer enn 24."
    with pytest.raises(NotThere):
        client.write("DELETE", "/timesheet/entry/99", version=0)
    tripletex.books.locked_months.add((2026, 3))
    with pytest.raises(MonthLocked) as locked:
        client.write("DELETE", path, version=0)
    assert locked.value.words == "Måneden er låst for timeføring."


def test_taking_away_answers_nothing(client, tripletex):
    made = client.write("POST", "/timesheet/entry", hours(tripletex))["value"]
    assert client.write("DELETE", f"/timesheet/entry/{made['id']}", version=0) == {}
    assert tripletex.books.entries == {}


def test_a_long_list_is_read_to_its_end(client, tripletex):
    for number in range(1500):
        tripletex.books.has_activity(f"Aktivitet {number}")
    assert len(list(client.list("/activity"))) == 1501
    assert tripletex.count("GET", "/activity") == 2


def test_an_address_where_something_else_answers_is_told(tripletex, waits):
    elsewhere = Client(Keys(tripletex.url, CONSUMER, EMPLOYEE), patience=HURRIED, sleep=waits)
    tripletex.next("POST", SESSION, Trouble(status=302, headers=(("Location", "https://example.org"),)))
    with pytest.raises(NotUnderstood):
        list(elsewhere.list("/employee"))
    assert tripletex.asked[0][:2] == ("POST", SESSION)
    assert len(tripletex.asked) == 1  # our tokens follow nobody elsewhere


def test_waits_double_up_to_the_longest_and_vary():
    patience = Patience(first_wait=1, longest_wait=10)
    assert [patience.wait(failed, 1) for failed in (1, 2, 3, 4, 5, 6)] == [1, 2, 4, 8, 10, 10]
    assert patience.wait(3, 0) == 2


def test_tokens_are_not_shown():
    assert "secret" not in repr(Keys("https://tripletex.no/v2", "secret-1", "secret-2"))
