"""`omtanke bench sync`: every phone of a city comes back from a shift without coverage at the same moment.

A real web process on a database of its own; the phones talk HTTP with it as the browser does: who am I, then the batch.
Every fifth answer is thrown away, as if the network had gone again, and the batch is sent a second time. In the end the
database is counted: each event once, none lost, none twice.

A phone waits from the moment when all come back until it has heard that everything is taken in, the time in the queue
for a connection included; how long its own request takes is told apart.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from statistics import quantiles
from typing import Any
from uuid import UUID

import psycopg

from omtanke.config.bench.scratch import scratch_database
from omtanke.config.bench.serving import Cost, cost_of

AT_ONCE = 100  # connections; the others wait for one, as phones wait for the network
LOST_ANSWERS = 5  # every so many
ALIKE = ("start", "note", "end")
COUNTS = """
SELECT (SELECT count(*) FROM phone_report), (SELECT count(*) FROM visits_note),
       (SELECT count(*) FROM visits_visit WHERE ended_at IS NOT NULL),
       (SELECT count(*) FROM phone_report WHERE why <> '' OR NOT applied)
"""


@dataclass(frozen=True)
class Figures:
    """Seconds that a phone waits, and that one batch takes; what it cost the server: see `serving.Cost`."""

    phones: int
    events: int
    seconds: float
    median: float
    p95: float
    slowest: float
    batch_median: float
    batch_p95: float
    cost: Cost
    refused: int
    wanted: Mapping[str, int]
    counted: Mapping[str, int]

    @property
    def holds(self) -> bool:
        return self.refused == 0 and self.wanted == self.counted

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self)) | {
            "cost": vars(self.cost),
            "events_a_second": round(self.phones * self.events / self.seconds),
            "holds": self.holds,
        }


def measure(phones: int, events: int, say: Callable[[str], None]) -> Figures:
    """Build, send, count, drop."""
    visits = -(-events // len(ALIKE))
    with scratch_database(f"omtanke_bench_sync_{os.getpid()}") as address:
        say(f"{phones:,} carers with {visits} visits each …")
        known = _town(address, phones, visits)
        with _web(address) as (port, process):
            say(f"{phones:,} phones come back with {events} events each …")
            began = time.perf_counter()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                told = list(pool.map(lambda one: _come_back(port, number_of(one), one, events), known))
            seconds = time.perf_counter() - began
            cost = cost_of(process.pid, address)
        counted = _count(address)
    waited = _cut([back.at - began for back in told])
    took = _cut([back.batch for back in told])
    return Figures(
        phones=phones,
        events=events,
        seconds=round(seconds, 1),
        median=round(waited[9], 2),
        p95=round(waited[18], 2),
        slowest=round(max(back.at for back in told) - began, 2),
        batch_median=round(took[9], 3),
        batch_p95=round(took[18], 3),
        cost=cost,
        refused=sum(back.refused for back in told),
        wanted=_wanted(phones, events),
        counted=counted,
    )


def _cut(seconds: list[float]) -> list[float]:
    """In twentieths: the tenth is the median, the last one the 95th percentile."""
    return quantiles(seconds, n=20) if len(seconds) > 1 else seconds * 19


def _wanted(phones: int, events: int) -> dict[str, int]:
    whole, rest = divmod(events, len(ALIKE))
    notes = phones * (whole + (rest == 2))
    return {"reports": phones * events, "notes": notes, "done": phones * whole, "waiting": 0}


def number_of(known: Mapping[str, Any]) -> int:
    return UUID(known["phone"]).int


def _town(address: str, phones: int, visits: int) -> list[dict[str, Any]]:
    made = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "omtanke.config.bench.sync_town", str(phones), str(visits)],
        env=_environment(address),
        check=True,
        capture_output=True,
        text=True,
    )
    return [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]


def _environment(address: str) -> dict[str, str]:
    own = {"DATABASE_URL": address, "OMTANKE_DEMO": "1", "OMTANKE_POOL": "8"}
    return os.environ | own | {"DJANGO_SETTINGS_MODULE": "omtanke.config.settings"}


@contextmanager
def _web(address: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A web process with a worker for each core."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    workers = str(os.cpu_count() or 1)
    web = [sys.executable, "-m", "omtanke", "web", "--port", str(port), "--workers", workers]
    process = subprocess.Popen(web, env=_environment(address), stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _try in range(300):
        try:
            if _ask(port, "GET", "/health/ready", {})[0] == 200:
                return
        except OSError:
            if process.poll() is not None:
                break
        time.sleep(0.1)
    raise RuntimeError("The web process did not begin to answer.")


@dataclass(frozen=True)
class Back:
    """A phone is through: when, how many seconds its batch took, and how many events were not taken in."""

    at: float
    batch: float
    refused: int


def _come_back(port: int, number: int, known: Mapping[str, Any], events: int) -> Back:
    """One phone sends all it has."""
    cookie = {"Cookie": f"sessionid={known['session']}"}
    said, token = _hello(port, cookie)
    headers = {"Cookie": f"{cookie['Cookie']}; csrftoken={token}", "X-CSRFToken": said["token"]}
    body = json.dumps({"phone": known["phone"], "events": _events(number, known["visits"], events)})
    if number % LOST_ANSWERS == 0:
        _ask(port, "POST", "/phone/send/", headers, body)  # nobody heard the answer
    began = time.perf_counter()
    status, answer, _cookie = _ask(port, "POST", "/phone/send/", headers, body)
    at = time.perf_counter()
    outcomes = json.loads(answer)["outcomes"] if status == 200 else {}
    return Back(at, at - began, events - sum(outcome == "taken" for outcome in outcomes.values()))


def _hello(port: int, headers: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    _status, answer, cookie = _ask(port, "GET", "/phone/hello/", headers)
    return json.loads(answer), SimpleCookie(cookie)["csrftoken"].value


def _events(phone: int, visits: list[int], count: int) -> list[dict[str, Any]]:
    """Start, a line in the book and the end of one visit after the other."""
    now = datetime.now(UTC).isoformat()
    return [
        {
            "id": str(UUID(int=(phone << 32) + number)),
            "kind": ALIKE[number % len(ALIKE)],
            "visit": visits[number // len(ALIKE)],
            "at": now,
            "said": {"text": f"Linje {number} fra telefon {phone}."} if number % len(ALIKE) == 1 else {},
        }
        for number in range(count)
    ]


def _ask(
    port: int, method: str, path: str, headers: Mapping[str, str], body: str | None = None
) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        return response.status, response.read().decode(), response.headers.get("Set-Cookie", "")
    finally:
        connection.close()


def _count(address: str) -> dict[str, int]:
    with psycopg.connect(address) as connection:
        counted = connection.execute(COUNTS).fetchone() or ()
    return dict(zip(("reports", "notes", "done", "waiting"), counted, strict=True))
