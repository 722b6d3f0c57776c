"""Ask Tripletex (API v2): a session when one is needed, patience with what passes, and a name for what does not.

Reading is tried again whatever happened. Writing is tried again only when it was certainly not carried out (401, 429);
after a lost answer or an error of theirs it raises `Uncertain`, because only whoever knows what was written can look
whether it is there.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import requests
from django.utils import timezone

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
    TripletexSaysNo,
    Uncertain,
)
from omtanke.exchange.tripletex.keys import Keys

type Json = dict[str, Any]
PAGE = 1000
MOST_WORDS = 300
CONFLICTS: Mapping[int, type[TripletexSaysNo]] = {
    7000: AlreadyThere,
    8000: ChangedThere,
    10000: MonthLocked,
    14000: AlreadyThere,
}


@dataclass(frozen=True)
class Patience:
    """How often, and how many seconds. Waits double, and vary so that many who failed at once do not return at once."""

    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    answer_within: float = 20.0

    def wait(self, failed: int, chance: float) -> float:
        """After the so-manieth failure; `chance` is between 0 and 1."""
        return min(self.longest_wait, self.first_wait * 2.0 ** (failed - 1)) * (0.5 + chance / 2)


class Client:
    """One company's Tripletex, for as long as one job takes. The session lives here and is written nowhere."""

    def __init__(
        self,
        keys: Keys,
        *,
        patience: Patience = Patience(),
        sleep: Callable[[float], None] = time.sleep,
        today: Callable[[], date] = timezone.localdate,
    ) -> None:
        self.keys, self.patience = keys, patience
        self._sleep, self._today = sleep, today
        self._web = requests.Session()
        self._web.trust_env = False  # a .netrc would take the place of our session
        self._session = ""

    def close(self) -> None:
        self._web.close()

    def list(self, path: str, **asked: object) -> Iterator[Json]:
        """Everything that matches, page by page."""
        first = 0
        while True:
            page = self._ask("GET", path, {**asked, "from": first, "count": PAGE})
            values = page.get("values")
            if not isinstance(values, list):
                raise NotUnderstood
            yield from values
            first += len(values)
            if len(values) < PAGE:
                return

    def write(self, method: str, path: str, body: Json | None = None, **asked: object) -> Json:
        """Carry something out, and what is there then. Raises Uncertain when nobody can know whether it was."""
        return self._ask(method, path, asked, body, writes=True)

    def pause(self, failed: int) -> None:
        """Wait before what failed so often is tried again."""
        self._sleep(self.patience.wait(failed, random.random()))  # noqa: S311 - spreads load, keeps no secret

    def _ask(self, method: str, path: str, asked: Json, body: Json | None = None, *, writes: bool = False) -> Json:
        renewed = False
        for failed in range(1, self.patience.tries + 1):
            if not self._session:
                self._session = self._new_session()
            try:
                answer = self._send(method, path, asked, body)
            except requests.RequestException as lost:
                if writes:
                    raise Uncertain from lost
                answer = None
            if answer is not None and answer.status_code == 401 and not renewed:
                self._session, renewed = "", True
                continue
            if answer is not None and not _passes(answer):
                return _read(answer)
            if answer is not None and answer.status_code == 429:
                self._until_the_limit_is_reset(answer, failed)
            elif writes:
                raise Uncertain(_words(answer))
            elif failed < self.patience.tries:
                self.pause(failed)
        raise NoAnswer

    def _send(self, method: str, path: str, asked: Json, body: Json | None) -> requests.Response:
        return self._web.request(
            method,
            self.keys.url + path,
            params={name: str(value) for name, value in asked.items()},
            json=body,
            auth=("0", self._session),
            timeout=self.patience.answer_within,
            allow_redirects=False,
        )

    def _until_the_limit_is_reset(self, answer: requests.Response, failed: int) -> None:
        """Tripletex says in how many seconds. Raises TooBusy when that is too long, or has been said too often."""
        says = answer.headers.get("X-Rate-Limit-Reset", "")
        seconds = float(says) if says.isdecimal() else 0.0
        if seconds > self.patience.longest_wait or failed == self.patience.tries:
            raise TooBusy
        self._sleep(seconds + self.patience.wait(failed, random.random()))  # noqa: S311

    def _new_session(self) -> str:
        """One that lasts until the day after tomorrow: a job may go past midnight. Raises NotLetIn, NoAnswer."""
        body = {
            "consumerToken": self.keys.consumer_token,
            "employeeToken": self.keys.employee_token,
            "expirationDate": (self._today() + timedelta(days=2)).isoformat(),
        }
        for failed in range(1, self.patience.tries + 1):
            try:
                url = f"{self.keys.url}/token/session/:create"
                answer = self._web.post(url, json=body, timeout=self.patience.answer_within, allow_redirects=False)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code == 429:
                self._until_the_limit_is_reset(answer, failed)
            elif answer is not None and not _passes(answer):
                return _token(_read(answer))
            elif failed < self.patience.tries:
                self.pause(failed)
        raise NoAnswer


def _passes(answer: requests.Response) -> bool:
    """Is it something that is different in a while?"""
    return answer.status_code == 429 or answer.status_code >= 500


def _read(answer: requests.Response) -> Json:
    """What is wanted. Raises what it is instead."""
    if answer.status_code == 204:
        return {}
    if 200 <= answer.status_code < 300:
        return _json(answer)
    if answer.status_code in {401, 403}:
        raise NotLetIn(_words(answer))
    if answer.status_code == 404:
        raise NotThere(_words(answer))
    if answer.status_code == 409:
        raise CONFLICTS.get(_code(answer), Refused)(_words(answer))
    if 400 <= answer.status_code < 500:
        raise Refused(_words(answer))
    raise NotUnderstood


def _json(answer: requests.Response) -> Json:
    try:
        read = answer.json()
    except requests.JSONDecodeError as error:
        raise NotUnderstood from error
    if not isinstance(read, dict):
        raise NotUnderstood
    return read


def _code(answer: requests.Response) -> int:
    code = _said(answer).get("code")
    return code if isinstance(code, int) else 0


def _words(answer: requests.Response | None) -> str:
    """Its own explanation: what is wrong with which field, or the message."""
    said = _said(answer) if answer is not None else {}
    fields = [f"{one.get('field')}: {one.get('message')}" for one in said.get("validationMessages") or []]
    return ("; ".join(fields) or str(said.get("message") or ""))[:MOST_WORDS]


def _said(answer: requests.Response) -> Json:
    try:
        return _json(answer)
    except NotUnderstood:
        return {}


def _token(answer: Json) -> str:
    try:
        return str(answer["value"]["token"])
    except (KeyError, TypeError) as error:
        raise NotUnderstood from error
