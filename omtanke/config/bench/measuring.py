"""One process that opens pages of one database as the web does, and answers questions on standard input as JSON lines.

`{"do": "look"}`, `{"do": "time", "page": …, "times": …}` and `{"do": "policies", "rounds": …}`. Run by `bench web`,
one for each size, so that both can be asked in turn and disturbances of the machine meet both alike.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import psycopg


class Measurer:
    """Opens the busiest pages of the database in DATABASE_URL."""

    def __init__(self) -> None:
        from omtanke.config.bench.pages import BUSIEST, Subject

        self.subject = _as_owner(Subject.found)
        addresses = {page: page.address(self.subject) for page in BUSIEST}
        self.pages = {page.name: (page, address) for page, address in addresses.items() if address}

    def _open(self, name: str) -> Callable[[], Any]:
        from django.test import Client

        page, address = self.pages[name]
        client = Client(SERVER_NAME="localhost", headers={"accept-language": "nb"})
        client.force_login(getattr(self.subject, page.who))
        return lambda: client.get(address)

    def look(self) -> dict[str, dict[str, Any]]:
        """What each page answers: its status, how many queries it made and how long it is."""
        told = {}
        for name in self.pages:
            opened = self._open(name)
            opened()  # what is made once is made now
            with _recorded() as statements:
                response = opened()
            told[name] = {"status": response.status_code, "queries": len(statements), "bytes": len(response.content)}
        return told

    def time(self, page: str, times: int) -> list[float]:
        """Milliseconds of so many openings, after one that is not counted."""
        opened = self._open(page)
        opened()
        return [_milliseconds(opened) for _n in range(times)]

    def policies(self, rounds: int) -> dict[str, dict[str, float]]:
        """Milliseconds for each page's SELECTs, as the web with policies and as the owner without."""
        told = {}
        for name, (page, _address) in self.pages.items():
            opened = self._open(name)
            opened()
            with _recorded() as statements:
                opened()
            selects = [said for said in statements if said.lstrip().upper().startswith(("SELECT", "WITH"))]
            told[name] = _with_and_without(selects, getattr(self.subject, page.who).pk, rounds)
        return told


def _as_owner[Result](question: Callable[[], Result]) -> Result:
    """Ask past the policies, then go on as the web."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            return question()
        finally:
            cursor.execute("SET ROLE omtanke_web")


class _recorded:  # noqa: N801 - reads as a phrase: `with _recorded() as statements`
    """The statements that are sent meanwhile, with their values in them."""

    def __enter__(self) -> list[str]:
        from django.db import connection

        self.statements: list[str] = []

        def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
            self.statements.append(context["cursor"].cursor.mogrify(sql, params))
            return execute(sql, params, many, context)

        self.wrapper = connection.execute_wrapper(record)
        self.wrapper.__enter__()
        return self.statements

    def __exit__(self, *error: Any) -> None:
        self.wrapper.__exit__(*error)


def _with_and_without(selects: list[str], user_id: int, rounds: int) -> dict[str, float]:
    def connected(role: str) -> psycopg.Connection[Any]:
        connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=None)
        connection.execute("SELECT set_config('role', %s, false), set_config('TimeZone', 'UTC', false)", [role])
        connection.execute("SELECT set_config('omtanke.actor', %s, false)", [str(user_id)])
        return connection

    with connected("omtanke_web") as web, connected("none") as owner:

        def ask(connection: psycopg.Connection[Any]) -> None:
            for select in selects:
                connection.execute(select).fetchall()

        for connection in (web, owner):
            ask(connection)
        pairs = [(_milliseconds(lambda: ask(web)), _milliseconds(lambda: ask(owner))) for _n in range(rounds)]
    return {"with": median(pair[0] for pair in pairs), "without": median(pair[1] for pair in pairs)}


def _milliseconds(deed: Callable[[], Any]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    import django

    django.setup()
    measurer = Measurer()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = getattr(measurer, asked.pop("do"))(**asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
