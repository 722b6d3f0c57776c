"""Which questions are asked, what was answered to them, and what is still missing or wrong. Pure.

What was said is never thrown away: the answer to a question that is no longer asked stays where it is kept, but is not
counted, scored or handed on (`counted`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from omtanke.forms.items import CHOICES, WITHOUT_ANSWER, Condition, Form, Given, Item, Kind

LONGEST = 5000  # signs, where a question says nothing else
MOST_REPEATED = 20
OWN = ".own-words"  # the name under which the own words of an open choice are typed


class Unreadable(Exception):
    """What was typed is no answer to the question; `why` is a word of WHY."""

    def __init__(self, why: str, value: object = "") -> None:
        super().__init__(why)
        self.why, self.value = why, value


@dataclass(frozen=True)
class Asked:
    """A question in its place; `prefix` says in which repetition of which group."""

    prefix: str
    item: Item

    @property
    def path(self) -> str:
        return self.prefix + self.item.link_id


def repetitions(given: Mapping[str, Any], path: str) -> int:
    """How often a repeated group has been answered."""
    numbers = (re.match(rf"{re.escape(path)}#(\d+)/", name) for name in given)
    return max((int(found[1]) + 1 for found in numbers if found), default=0)


def everything(items: Sequence[Item], given: Mapping[str, Any], prefix: str = "") -> Iterator[Asked]:
    """Every question in its places, asked or not."""
    for item in items:
        yield Asked(prefix, item)
        if item.repeated_group:
            for number in range(min(repetitions(given, prefix + item.link_id), MOST_REPEATED)):
                yield from everything(item.items, given, f"{prefix}{item.link_id}#{number}/")
        else:
            yield from everything(item.items, given, prefix)


def is_asked(form: Form, given: Given, item: Item, prefix: str = "") -> bool:
    """Do the item's own conditions hold? What it stands in is looked at by whoever walks there."""
    if not item.conditions:
        return True
    held = (_holds(one, _answer(form, given, one.question, prefix)) for one in item.conditions)
    return any(held) if item.any_of_them else all(held)


def _answer(form: Form, given: Given, question: str, prefix: str) -> list[Any]:
    """The answer that counts: in the same repetition, otherwise outside of it; none where it is not asked itself."""
    item = form.by_link_id.get(question)
    while item is not None:
        if values := given.get(prefix + question):
            return values if is_asked(form, given, item, prefix) else []
        if not prefix:
            break
        prefix = prefix[: prefix.rstrip("/").rfind("/") + 1]
    return []


def _holds(condition: Condition, values: list[Any]) -> bool:
    if condition.operator == "exists":
        return bool(values) == bool(condition.value)
    return any(_compares(condition, value) for value in values)


def _compares(condition: Condition, value: Any) -> bool:
    wanted: Any = condition.value
    if isinstance(wanted, Decimal):
        try:
            value = Decimal(str(value))
        except InvalidOperation:
            return False
    if condition.operator in ("=", "!="):
        return bool(value == wanted) == (condition.operator == "=")
    if type(value) is not type(wanted):
        return False
    return bool(
        {">": value > wanted, "<": value < wanted, ">=": value >= wanted, "<=": value <= wanted}[condition.operator]
    )


def asked(form: Form, given: Given, items: Sequence[Item] | None = None, prefix: str = "") -> Iterator[Asked]:
    """The questions that are asked with these answers, in order."""
    for item in form.items if items is None else items:
        if not is_asked(form, given, item, prefix):
            continue
        yield Asked(prefix, item)
        if item.repeated_group:
            for number in range(min(repetitions(given, prefix + item.link_id), MOST_REPEATED)):
                yield from asked(form, given, item.items, f"{prefix}{item.link_id}#{number}/")
        else:
            yield from asked(form, given, item.items, prefix)


def counted(form: Form, given: Given) -> Given:
    """The answers to what is asked."""
    return {one.path: given[one.path] for one in asked(form, given) if given.get(one.path)}


def missing(form: Form, given: Given) -> list[Asked]:
    """Required questions without an answer."""
    return [
        one
        for one in asked(form, given)
        if one.item.required and one.item.kind not in WITHOUT_ANSWER and not given.get(one.path)
    ]


@dataclass(frozen=True)
class Taken:
    """Answers after what was typed; `wrong` says by path what could not be taken, and why."""

    given: Given
    wrong: dict[str, Unreadable]


def take(items: Sequence[Item], typed: Mapping[str, Sequence[str]], given: Given) -> Taken:
    """Put what was typed to these items into the answers. What cannot be read leaves the answer as it was."""
    new, wrong = dict(given), {}
    for one in everything(items, {**given, **typed}):
        if one.item.kind in WITHOUT_ANSWER:
            continue
        try:
            values = read_answer(one.item, typed.get(one.path, ()), typed.get(one.path + OWN, ()))
        except Unreadable as unreadable:
            wrong[one.path] = unreadable
            continue
        if values:
            new[one.path] = values
        else:
            new.pop(one.path, None)
    return Taken(_closed_up(items, new, keep=wrong), wrong)


def _closed_up(items: Sequence[Item], given: Given, keep: Mapping[str, object]) -> Given:
    """Repetitions that were emptied are gone, and those behind them close up."""
    for item in items:
        if not item.repeated_group:
            given = _closed_up(item.items, given, keep)
            continue
        path = item.link_id
        if any(name.startswith(f"{path}#") for name in keep):
            continue  # what was typed there is shown again in its place
        pieces = [
            {name.split("/", 1)[1]: value for name, value in given.items() if name.startswith(f"{path}#{number}/")}
            for number in range(repetitions(given, path))
        ]
        given = {name: value for name, value in given.items() if not name.startswith(f"{path}#")}
        for number, piece in enumerate([piece for piece in pieces if piece]):
            given |= {f"{path}#{number}/{name}": value for name, value in piece.items()}
    return given


def read_answer(item: Item, typed: Sequence[str], own: Sequence[str] = ()) -> list[Any]:
    """What was typed, as values. Raises Unreadable."""
    said = [words for one in typed if (words := one.replace("\r\n", "\n").strip())]
    if item.kind in CHOICES:
        return _chosen(item, said, own)
    if not said:
        return []
    words = said[-1]
    if item.kind == Kind.BOOLEAN:
        if words not in ("true", "false"):
            raise Unreadable("choice")
        return [words == "true"]
    if item.kind in (Kind.INTEGER, Kind.DECIMAL):
        return [_number(item, words)]
    if item.kind == Kind.DATE:
        try:
            return [date.fromisoformat(words).isoformat()]
        except ValueError as wrong:
            raise Unreadable("date") from wrong
    longest = item.longest or LONGEST
    if len(words) > longest:
        raise Unreadable("longest", longest)
    return [words]


def _chosen(item: Item, said: list[str], own: Sequence[str]) -> list[Any]:
    if unknown := [code for code in said if not item.option(code)]:
        raise Unreadable("choice", unknown[0])
    chosen: list[Any] = list(dict.fromkeys(said if item.repeats else said[-1:]))
    words = next((one.strip() for one in own if one.strip()), "")
    if item.kind == Kind.OPEN_CHOICE and words:
        if len(words) > LONGEST:
            raise Unreadable("longest", LONGEST)
        return [{"words": words}]  # what the person says goes before what there is to choose from
    return chosen


def _number(item: Item, words: str) -> int | str:
    try:
        number = Decimal(words.replace(",", ".").replace(" ", ""))
    except InvalidOperation as wrong:
        raise Unreadable("number") from wrong
    if not number.is_finite() or abs(number) >= 10**12:
        raise Unreadable("number")
    if item.least is not None and number < item.least:
        raise Unreadable("least", item.least)
    if item.most is not None and number > item.most:
        raise Unreadable("most", item.most)
    if item.kind == Kind.INTEGER:
        if number != number.to_integral_value():
            raise Unreadable("whole")
        return int(number)
    return format(number.normalize(), "f")
