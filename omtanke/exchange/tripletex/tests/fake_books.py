"""What the fake Tripletex keeps and what it accepts: the rules of API v2 as far as Omtanke meets them, strictly.

Every refusal is raised as `Refused` with Tripletex' own status and code, so that a client that sends one field too many
is told so here and not first at the customer's.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

EXISTS, REVISION, LOCKED, DUPLICATE = 7000, 8000, 10000, 14000
NOT_FOUND, NOT_VALID, NOT_LET_IN = 6000, 18000, 3000
MOST_IN_A_LIST = 1000
Json = dict[str, Any]


class Refused(Exception):
    """An answer of Tripletex that is not the wanted one."""

    def __init__(self, status: int, code: int, message: str, fields: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.fields = [{"field": name, "message": words} for name, words in fields]


def not_valid(*fields: tuple[str, str]) -> Refused:
    return Refused(422, NOT_VALID, "Validering feilet.", fields)


@dataclass
class Books:
    """One company's employees, projects, hours and expenses. Guarded by one lock: one request at a time."""

    employees: dict[int, Json] = field(default_factory=dict)
    projects: dict[int, Json] = field(default_factory=dict)
    activities: dict[int, Json] = field(default_factory=dict)
    allowed: dict[int, set[int]] = field(default_factory=dict)  # which activities each project takes
    entries: dict[int, Json] = field(default_factory=dict)
    expenses: dict[int, Json] = field(default_factory=dict)
    cost_categories: dict[int, Json] = field(default_factory=dict)
    payment_types: dict[int, Json] = field(default_factory=dict)
    locked_months: set[tuple[int, int]] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _ids: Iterable[int] = field(default_factory=lambda: count(1001))

    # What a test puts there beforehand

    def employs(self, name: str, email: str) -> int:
        first, _, last = name.partition(" ")
        return self._add(self.employees, firstName=first, lastName=last, email=email)

    def has_project(self, number: str, *, activities: Iterable[int] = (), closed_from: date | None = None) -> int:
        one = self._add(self.projects, number=number, name=f"Prosjekt {number}", closed_from=closed_from)
        self.allowed[one] = set(activities)
        return one

    def has_activity(self, name: str) -> int:
        return self._add(self.activities, name=name)

    def has_cost_category(self, description: str) -> int:
        return self._add(self.cost_categories, description=description)

    def has_payment_type(self, description: str) -> int:
        return self._add(self.payment_types, description=description)

    def has_entry(self, employee: int, project: int, activity: int, on: date, hours: float) -> Json:
        """Hours that somebody has written by hand."""
        ids = {"employee": {"id": employee}, "project": {"id": project}, "activity": {"id": activity}}
        return self.entries[self._add(self.entries, date=on.isoformat(), hours=hours, comment="", **ids)]

    def _add(self, table: dict[int, Json], **facts: Any) -> int:
        number = next(iter(self._ids))
        table[number] = {"id": number, "version": 0, **facts}
        return number

    # Hours

    def entries_of(self, asked: Json) -> list[Json]:
        first, last = _day(asked, "dateFrom"), _day(asked, "dateTo")  # the last is not included
        if first >= last:
            raise not_valid(("dateTo", "må være etter dateFrom"))
        return [
            one | {"locked": (int(one["date"][:4]), int(one["date"][5:7])) in self.locked_months}
            for one in self.entries.values()
            if first.isoformat() <= one["date"] < last.isoformat()
            and all(_among(asked, f"{name}Id", one[name]["id"]) for name in ("employee", "project", "activity"))
        ]

    def add_entry(self, body: Json) -> Json:
        self._known_fields(body, {"project", "activity", "employee", "date", "hours", "comment"})
        key = self._key_of(body)
        hours = _hours(body)
        self._month_is_open(key[1])
        if any(_key(one) == key for one in self.entries.values()):
            raise Refused(409, DUPLICATE, "Det finnes allerede en føring for denne dagen.")
        return self.entries[self._add(self.entries, **_with_key(key), hours=hours, comment=body.get("comment", ""))]

    def change_entry(self, number: int, body: Json) -> Json:
        self._known_fields(body, {"id", "version", "project", "activity", "employee", "date", "hours", "comment"})
        one = _found(self.entries, number)
        self._same_version(one, body.get("version"))
        self._month_is_open(date.fromisoformat(one["date"]))
        key, hours = self._key_of({**one, **body}), _hours({**one, **body})
        self._month_is_open(key[1])
        if any(_key(other) == key and other is not one for other in self.entries.values()):
            raise Refused(409, DUPLICATE, "Det finnes allerede en føring for denne dagen.")
        one.update(_with_key(key), hours=hours, comment=body.get("comment", one["comment"]))
        one["version"] += 1
        return one

    def remove_entry(self, number: int, version: int | None) -> None:
        one = _found(self.entries, number)
        self._same_version(one, version)
        self._month_is_open(date.fromisoformat(one["date"]))
        del self.entries[number]

    def _key_of(self, body: Json) -> tuple[int, date, int, int]:
        employee = self._reference(body, "employee", self.employees)
        project = self._reference(body, "project", self.projects)
        activity = self._reference(body, "activity", self.activities)
        on = _day(body, "date")
        closed_from = self.projects[project]["closed_from"]
        if closed_from and on >= closed_from:
            raise not_valid(("project.id", "Prosjektet er avsluttet."))
        if activity not in self.allowed[project]:
            raise not_valid(("activity.id", "Aktiviteten kan ikke brukes på prosjektet."))
        return employee, on, activity, project

    # Expenses

    def add_expense(self, body: Json) -> Json:
        self._known_fields(body, {"employee", "project", "title", "costs"})
        employee = self._reference(body, "employee", self.employees)
        project = self._reference(body, "project", self.projects)
        title, costs = body.get("title"), body.get("costs")
        if not isinstance(title, str) or not title.strip():
            raise not_valid(("title", "Kan ikke være null."))
        if not isinstance(costs, list) or not costs:
            raise not_valid(("costs", "Kan ikke være null."))
        kept = [self._cost(one) for one in costs]
        ids = {"employee": {"id": employee}, "project": {"id": project}}
        return self.expenses[self._add(self.expenses, title=title, costs=kept, state="OPEN", **ids)]

    def _cost(self, body: Json) -> Json:
        self._known_fields(body, {"date", "costCategory", "paymentType", "amountCurrencyIncVat"})
        amount = body.get("amountCurrencyIncVat")
        if not isinstance(amount, int | float) or isinstance(amount, bool) or amount <= 0:
            raise not_valid(("costs.amountCurrencyIncVat", "Må være større enn 0."))
        return {
            "date": _day(body, "date").isoformat(),
            "costCategory": {"id": self._reference(body, "costCategory", self.cost_categories)},
            "paymentType": {"id": self._reference(body, "paymentType", self.payment_types)},
            "amountCurrencyIncVat": amount,
        }

    def expenses_of(self, asked: Json) -> list[Json]:
        states = {"ALL", "OPEN", "DELIVERED"}
        if asked.get("state", "ALL") not in states:
            raise not_valid(("state", "Ukjent verdi."))
        return [
            one
            for one in self.expenses.values()
            if asked.get("state", "ALL") in {"ALL", one["state"]}
            and all(_among(asked, f"{name}Id", one[name]["id"]) for name in ("employee", "project"))
        ]

    def deliver(self, asked: Json) -> list[Json]:
        numbers = [int(one) for one in str(asked.get("id", "")).split(",") if one]
        if not numbers:
            raise not_valid(("id", "Kan ikke være null."))
        delivered = [_found(self.expenses, number) for number in numbers]
        if any(one["state"] != "OPEN" for one in delivered):
            raise not_valid(("id", "Reiseregningen er allerede levert."))
        for one in delivered:
            one.update(state="DELIVERED", version=one["version"] + 1)
        return delivered

    # What holds for all

    def _known_fields(self, body: Json, known: set[str]) -> None:
        if not isinstance(body, dict):
            raise not_valid(("body", "Må være et objekt."))
        if unknown := sorted(set(body) - known):
            raise not_valid(*((name, "Feltet eksisterer ikke i objektet.") for name in unknown))

    def _reference(self, body: Json, name: str, table: dict[int, Json]) -> int:
        given = body.get(name)
        if not isinstance(given, dict) or set(given) != {"id"} or not isinstance(given["id"], int):
            raise not_valid((name, "Kan ikke være null."))
        if given["id"] not in table:
            raise not_valid((f"{name}.id", "Finnes ikke."))
        return int(given["id"])

    def _month_is_open(self, on: date) -> None:
        if (on.year, on.month) in self.locked_months:
            raise Refused(409, LOCKED, "Måneden er låst for timeføring.")

    def _same_version(self, one: Json, version: object) -> None:
        if version is None:
            raise not_valid(("version", "Kan ikke være null."))
        if version != one["version"]:
            raise Refused(409, REVISION, "Objektet er endret av noen andre.")


def listed(table: dict[int, Json], asked: Json, matches: dict[str, Callable[[Json, str], bool]]) -> list[Json]:
    """Those that match everything that is asked for."""
    return [
        one for one in table.values() if all(rule(one, asked[name]) for name, rule in matches.items() if name in asked)
    ]


def contains(name: str) -> Callable[[Json, str], bool]:
    """Texts are searched for as a part, whatever the case: 'Omsorg' finds 'Omsorg natt' too."""
    return lambda one, wanted: wanted.lower() in one[name].lower()


def equals(name: str) -> Callable[[Json, str], bool]:
    return lambda one, wanted: one[name] == wanted


def _found(table: dict[int, Json], number: int) -> Json:
    if number not in table:
        raise Refused(404, NOT_FOUND, "Objektet ble ikke funnet.")
    return table[number]


def _among(asked: Json, name: str, number: int) -> bool:
    return name not in asked or str(number) in asked[name].split(",")


def _day(body: Json, name: str) -> date:
    given = body.get(name)
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        raise not_valid((name, "Må være en dato på formen yyyy-MM-dd."))
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise not_valid((name, "Ugyldig dato.")) from error


def _hours(body: Json) -> float:
    hours = body.get("hours")
    if not isinstance(hours, int | float) or isinstance(hours, bool) or not 0 < hours <= 24:
        raise not_valid(("hours", "Må være større enn 0 og ikke mer enn 24."))
    if round(hours, 2) != hours:
        raise not_valid(("hours", "Høyst to desimaler."))
    return hours


def _key(one: Json) -> tuple[int, date, int, int]:
    return one["employee"]["id"], date.fromisoformat(one["date"]), one["activity"]["id"], one["project"]["id"]


def _with_key(key: tuple[int, date, int, int]) -> Json:
    employee, on, activity, project = key
    return {
        "employee": {"id": employee},
        "date": on.isoformat(),
        "activity": {"id": activity},
        "project": {"id": project},
    }
