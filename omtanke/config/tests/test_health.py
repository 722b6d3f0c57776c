"""Machines ask whether we are alive and ready, and count requests; strangers may not."""

import pytest
from django.db import connection
from django.urls import reverse


def test_alive_and_ready_answer_without_a_login(web):
    assert web.get(reverse("alive")).json() == {"alive": True}
    assert web.get(reverse("ready")).json() == {"ready": True, "worker": False}


def test_ready_tells_that_a_worker_has_been_heard_of(web):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert web.get(reverse("ready")).json()["worker"] is True


@pytest.mark.parametrize(
    ("caller", "allowed"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "203.0.113.9"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False),
    ],
    ids=["this machine", "a stranger", "a stranger through the proxy"],
)
def test_metrics_are_for_this_machine(web, caller, allowed):
    web.get(reverse("account_login"))
    page = web.get(reverse("metrics"), **caller)
    assert page.status_code == (200 if allowed else 404)
    if allowed:
        assert 'omtanke_requests_total{route="account_login"' in page.text
