"""A Tripletex that is not: API v2 over a real socket, strict, with sessions that expire, limits, errors and silences.

    with FakeTripletex() as tripletex:
        senior = tripletex.books.employs("Berit Vold", "berit@example.org")
        tripletex.next("POST", "/timesheet/entry", lost_answer)

What is queued with `next` happens to the next request of that kind and is then over; the rest is answered by the rules
of `fake_books.py`.
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from omtanke.exchange.tripletex.tests.fake_books import (
    MOST_IN_A_LIST,
    NOT_FOUND,
    NOT_LET_IN,
    Books,
    Json,
    Refused,
    contains,
    equals,
    listed,
    not_valid,
)

CONSUMER, EMPLOYEE = "consumer-of-the-test", "employee-of-the-test"
PAGING = {"from", "count", "fields", "sorting"}


@dataclass(frozen=True)
class Trouble:
    """What goes wrong once: another answer than the wanted one, or none. `carried_out`: the work is done all the
    same."""

    status: int = 0  # 0: the connection is closed without a word
    headers: tuple[tuple[str, str], ...] = ()
    carried_out: bool = False
    silent: bool = False  # the connection is kept open, and nothing comes


def server_error(status: int = 500, *, carried_out: bool = False) -> Trouble:
    return Trouble(status=status, carried_out=carried_out)


def too_many(reset: int = 3) -> Trouble:
    limits = (("X-Rate-Limit-Limit", "100"), ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", str(reset)))
    return Trouble(status=429, headers=limits)


no_answer = Trouble()
lost_answer = Trouble(carried_out=True)
silence = Trouble(silent=True)
silence_after_the_work = Trouble(silent=True, carried_out=True)


@dataclass
class FakeTripletex:
    """Runs in threads of its own between `with` and the end. `asked` remembers every request it has had."""

    books: Books = field(default_factory=Books)
    asked: list[tuple[str, str, Json | None]] = field(default_factory=list)
    sessions: dict[str, date] = field(default_factory=dict)
    today: Callable[[], date] = lambda: date.today()  # noqa: DTZ011 - where the test is
    before: Callable[[str, str], None] = lambda _method, _path: None  # what happens just before a request is answered
    _troubles: list[tuple[str, str, Trouble]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"tripletex": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_args: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v2"

    def next(self, method: str, path: str, *troubles: Trouble) -> None:
        """What happens to the next requests of this kind, in order."""
        self._troubles += [(method, path, trouble) for trouble in troubles]

    def end_sessions(self) -> None:
        self.sessions.clear()

    def count(self, method: str, path: str) -> int:
        """How many such requests there have been."""
        return sum(1 for done, where, _body in self.asked if (done, where) == (method, path))

    def trouble_for(self, method: str, path: str) -> Trouble | None:
        for at, (wanted, where, trouble) in enumerate(self._troubles):
            if (wanted, where) == (method, path):
                del self._troubles[at]
                return trouble
        return None

    def wait_until_over(self) -> None:
        self._over.wait(30)


class _Handler(BaseHTTPRequestHandler):
    tripletex: FakeTripletex
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Be quiet."""

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        path, asked = unquote(parts.path).removeprefix("/v2"), {k: v[-1] for k, v in parse_qs(parts.query).items()}
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.tripletex.before(method, path)
        with self.tripletex.books.lock:
            trouble = self.tripletex.trouble_for(method, path)
            status, body = 0, None
            if trouble is None or trouble.carried_out:
                status, body = self._carry_out(method, path, asked, raw)
            else:
                self.tripletex.asked.append((method, path, None))
        if trouble is None:
            self._send(status, body)
        else:
            self._go_wrong(trouble)

    def _go_wrong(self, trouble: Trouble) -> None:
        if trouble.silent:
            self.tripletex.wait_until_over()
        elif trouble.status:
            self._send(trouble.status, _error(trouble.status, 1000, "Noe gikk galt."), trouble.headers)
            return
        self.close_connection = True

    def _carry_out(self, method: str, path: str, asked: Json, raw: bytes) -> tuple[int, Json | None]:
        body = None
        try:
            body = self._body(raw)
            self.tripletex.asked.append((method, path, body))
            return _routed(self.tripletex, method, path, asked, body, self._session())
        except Refused as no:
            return no.status, _error(no.status, no.code, no.message, no.fields)

    def _body(self, raw: bytes) -> Any:
        if not raw:
            return None
        if (self.headers.get("Content-Type") or "").split(";")[0] != "application/json":
            raise Refused(415, NOT_FOUND, "Content-Type må være application/json.")
        try:
            return json.loads(raw)
        except ValueError as error:
            raise not_valid(("body", "Er ikke JSON.")) from error

    def _session(self) -> bool:
        """Basic, with user 0 and a session token that has not expired."""
        kind, _, given = (self.headers.get("Authorization") or "").partition(" ")
        with suppress(ValueError):
            user, _, token = base64.b64decode(given).decode().partition(":")
            until = self.tripletex.sessions.get(token)
            return kind == "Basic" and user == "0" and until is not None and self.tripletex.today() < until
        return False

    def _send(self, status: int, body: Json | None, headers: tuple[tuple[str, str], ...] = ()) -> None:
        content = json.dumps(body).encode() if body is not None else b""
        with suppress(OSError):  # whoever asked has gone
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)


def _error(status: int, code: int, message: str, fields: list[Json] | None = None) -> Json:
    return {
        "status": status,
        "code": code,
        "message": message,
        "link": "",
        "developerMessage": message,
        "validationMessages": fields or [],
        "requestId": secrets.token_hex(8),
    }


def _routed(
    tripletex: FakeTripletex, method: str, path: str, asked: Json, body: Any, let_in: bool
) -> tuple[int, Json | None]:
    if (method, path) == ("POST", "/token/session/:create"):
        return 201, {"value": _begin_session(tripletex, body)}
    if not let_in:
        raise Refused(401, NOT_LET_IN, "Ugyldig eller utløpt sesjonstoken.")
    books = tripletex.books
    head, _, last = path.rpartition("/")
    if head == "/timesheet/entry" and last.isdigit():
        if method == "PUT":
            return 200, {"value": books.change_entry(int(last), body or {})}
        if method == "DELETE":
            version = asked.get("version")
            books.remove_entry(int(last), int(version) if version else None)
            return 204, None
    if (method, path) in _WRITES:
        return _WRITES[method, path](books, asked, body)
    if method == "GET" and path in _LISTS:
        known, answer = _LISTS[path]
        _only(asked, known | PAGING)
        return 200, _page(answer(books, asked), asked)
    raise Refused(404, NOT_FOUND, "Finnes ikke.")


def _begin_session(tripletex: FakeTripletex, body: Any) -> Json:
    if not isinstance(body, dict) or set(body) != {"consumerToken", "employeeToken", "expirationDate"}:
        raise not_valid(("body", "Må ha consumerToken, employeeToken og expirationDate."))
    if (body["consumerToken"], body["employeeToken"]) != (CONSUMER, EMPLOYEE):
        raise Refused(401, NOT_LET_IN, "Ugyldig token.")
    until = date.fromisoformat(body["expirationDate"])
    if until <= tripletex.today():
        raise not_valid(("expirationDate", "Må være etter i dag."))
    token = secrets.token_urlsafe(24)
    tripletex.sessions[token] = until
    return {"id": len(tripletex.sessions), "token": token, "expirationDate": until.isoformat()}


def _only(asked: Json, known: set[str]) -> None:
    if unknown := sorted(set(asked) - known):
        raise not_valid(*((name, "Ukjent parameter.") for name in unknown))


def _page(values: list[Json], asked: Json) -> Json:
    first, most = int(asked.get("from", 0)), min(int(asked.get("count", MOST_IN_A_LIST)), MOST_IN_A_LIST)
    shown = [{k: v for k, v in one.items() if k != "closed_from"} for one in values[first : first + most]]
    return {"fullResultSize": len(values), "from": first, "count": len(shown), "values": shown}


def _for_time_sheet(books: Books, asked: Json) -> list[Json]:
    project = int(asked["projectId"]) if "projectId" in asked else None
    if project not in books.projects:
        raise not_valid(("projectId", "Finnes ikke."))
    return [one for one in books.activities.values() if one["id"] in books.allowed[project]]


_WRITES: dict[tuple[str, str], Callable[[Books, Json, Any], tuple[int, Json]]] = {
    ("POST", "/timesheet/entry"): lambda books, _asked, body: (201, {"value": books.add_entry(body)}),
    ("POST", "/travelExpense"): lambda books, _asked, body: (201, {"value": books.add_expense(body)}),
    ("PUT", "/travelExpense/:deliver"): lambda books, asked, _body: (200, _page(books.deliver(asked), {})),
}
_LISTS: dict[str, tuple[set[str], Callable[[Books, Json], list[Json]]]] = {
    "/employee": ({"email"}, lambda books, asked: listed(books.employees, asked, {"email": contains("email")})),
    "/project": ({"number"}, lambda books, asked: listed(books.projects, asked, {"number": equals("number")})),
    "/activity": ({"name"}, lambda books, asked: listed(books.activities, asked, {"name": contains("name")})),
    "/activity/>forTimeSheet": ({"projectId", "employeeId", "date"}, _for_time_sheet),
    "/timesheet/entry": ({"dateFrom", "dateTo", "employeeId", "projectId", "activityId"}, Books.entries_of),
    "/travelExpense": ({"employeeId", "projectId", "state"}, Books.expenses_of),
    "/travelExpense/costCategory": (
        {"description"},
        lambda books, asked: listed(books.cost_categories, asked, {"description": contains("description")}),
    ),
    "/travelExpense/paymentType": (
        {"description"},
        lambda books, asked: listed(books.payment_types, asked, {"description": contains("description")}),
    ),
}
