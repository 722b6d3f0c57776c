"""One company in Tripletex: whom and what it knows, and its hours and expenses, as typed values.

Texts are searched for in part over there, so what comes back is compared whole here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from omtanke.exchange.tripletex.client import Client, Json
from omtanke.exchange.tripletex.errors import AlreadyThere, ChangedThere, NoAnswer, NotThere, NotUnderstood, Uncertain


class NotOne(Exception):
    """There is none of it over there."""


class SeveralOfThem(Exception):
    """Nobody can know which of them is meant."""


@dataclass(frozen=True)
class Key:
    """What there is one entry for, in Tripletex' own numbers."""

    employee: int
    on: date
    activity: int
    project: int

    def as_json(self) -> Json:
        return {
            "employee": {"id": self.employee},
            "date": self.on.isoformat(),
            "activity": {"id": self.activity},
            "project": {"id": self.project},
        }


@dataclass(frozen=True)
class Entry:
    id: int
    version: int
    key: Key
    hours: Decimal
    locked: bool = False


@dataclass(frozen=True)
class Expense:
    id: int
    delivered: bool


class Company:
    """Answers are remembered for as long as one job takes."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.employee = cache(self._employee)
        self.project = cache(self._project)
        self._activities: dict[tuple[str, int, int], int] = {}
        self.cost_category = cache(lambda: self._described("/travelExpense/costCategory"))
        self.payment_type = cache(lambda: self._described("/travelExpense/paymentType"))

    def _employee(self, emails: frozenset[str]) -> int:
        """Somebody known by any of these addresses. Raises NotOne, SeveralOfThem."""
        found = {
            one["id"]
            for email in sorted(emails)
            for one in self._client.list("/employee", email=email)
            if same(one.get("email"), email)
        }
        return the_one(found)

    def _project(self, number: str) -> int:
        """Raises NotOne, SeveralOfThem."""
        listed = self._client.list("/project", number=number)
        return the_one({one["id"] for one in listed if same(one.get("number"), number)})

    def activity(self, name: str, project: int, employee: int, on: date) -> int:
        """An activity that this employee may write on this project. Raises NotOne, SeveralOfThem.

        Asked once for all days: a day on which it is not open after all is refused when it is sent.
        """
        known = (name, project, employee)
        if known not in self._activities:
            asked = {"projectId": project, "employeeId": employee, "date": on}
            listed = self._client.list("/activity/>forTimeSheet", **asked)
            self._activities[known] = the_one({one["id"] for one in listed if same(one.get("name"), name)})
        return self._activities[known]

    def _described(self, path: str) -> list[tuple[int, str]]:
        return [(one["id"], one.get("description") or "") for one in self._client.list(path)]

    # Hours

    def entries(self, employees: Iterable[int], first: date, last: date) -> dict[Key, Entry]:
        """What stands there from `first` through `last`."""
        ids = ",".join(map(str, sorted(set(employees))))
        if not ids:
            return {}
        days = {"dateFrom": first, "dateTo": last + timedelta(days=1)}  # over there the last is not included
        return {one.key: one for one in map(_entry, self._client.list("/timesheet/entry", employeeId=ids, **days))}

    def entry(self, key: Key) -> Entry | None:
        """What stands there now."""
        return self.entries([key.employee], key.on, key.on).get(key)

    def create(self, key: Key, hours: Decimal) -> Entry:
        """A new entry; after a lost answer it looks first whether it is there. Raises AlreadyThere, MonthLocked, ..."""
        body = {**key.as_json(), "hours": float(hours)}
        for failed in range(1, self._client.patience.tries + 1):
            try:
                return _entry(self._client.write("POST", "/timesheet/entry", body).get("value"))
            except Uncertain:
                self._client.pause(failed)
            except AlreadyThere:
                if failed == 1:
                    raise
            there = self.entry(key)
            if there is not None:
                if there.hours != hours:
                    raise AlreadyThere
                return there
        raise NoAnswer

    def change(self, entry: Entry, hours: Decimal) -> Entry:
        """Other hours in an entry, as of the version we read. Raises ChangedThere, MonthLocked and the like.

        After a lost answer the version tells: only our own change can have made these hours of it.
        """
        body = {**entry.key.as_json(), "version": entry.version, "hours": float(hours)}
        for failed in range(1, self._client.patience.tries + 1):
            try:
                return _entry(self._client.write("PUT", f"/timesheet/entry/{entry.id}", body).get("value"))
            except Uncertain:
                self._client.pause(failed)
            except ChangedThere:
                if failed == 1:
                    raise
            there = self.entry(entry.key)
            if there is not None and there.id == entry.id and there.hours == hours:
                return there
            if there is None or there.version != entry.version:
                raise ChangedThere
        raise NoAnswer

    def remove(self, entry: Entry) -> None:
        """Nothing was worked after all: an entry of no hours is not accepted, so it is taken away."""
        for failed in range(1, self._client.patience.tries + 1):
            try:
                self._client.write("DELETE", f"/timesheet/entry/{entry.id}", version=entry.version)
                return
            except NotThere:
                return
            except Uncertain:
                self._client.pause(failed)
        raise NoAnswer

    # Expenses: nothing over there keeps them from being made twice, so their title carries a number of ours.

    def expense(self, employee: int, project: int, title: str) -> Expense | None:
        asked = {"employeeId": employee, "projectId": project, "state": "ALL"}
        found = [one for one in self._client.list("/travelExpense", **asked) if same(one.get("title"), title)]
        return _expense(found[0]) if found else None

    def create_expense(self, employee: int, project: int, title: str, cost: Json) -> Expense:
        """Raises Uncertain after a lost answer: it may still be on its way, so it is not sent again now."""
        body = {"employee": {"id": employee}, "project": {"id": project}, "title": title, "costs": [cost]}
        try:
            return _expense(self._client.write("POST", "/travelExpense", body).get("value"))
        except Uncertain:
            self._client.pause(1)
            found = self.expense(employee, project, title)
            if found is None:
                raise
            return found

    def deliver(self, expense: Expense) -> None:
        """Hand it in for approval. Raises Uncertain: whether it is handed in is seen the next time."""
        self._client.write("PUT", "/travelExpense/:deliver", id=expense.id)


def same(one: object, other: str) -> bool:
    """The same text, whatever the case and the spaces around it."""
    return isinstance(one, str | int) and str(one).strip().casefold() == other.strip().casefold()


def the_one(found: set[int]) -> int:
    if not found:
        raise NotOne
    if len(found) > 1:
        raise SeveralOfThem
    return found.pop()


def _entry(one: Any) -> Entry:
    try:
        ids = {name: int(one[name]["id"]) for name in ("employee", "activity", "project")}
        key = Key(on=date.fromisoformat(one["date"]), **ids)
        return Entry(one["id"], one["version"], key, Decimal(str(one["hours"])), bool(one.get("locked")))
    except (KeyError, TypeError, ValueError) as error:
        raise NotUnderstood from error


def _expense(one: Any) -> Expense:
    try:
        return Expense(int(one["id"]), delivered=one.get("state") != "OPEN")
    except (KeyError, TypeError, ValueError) as error:
        raise NotUnderstood from error
