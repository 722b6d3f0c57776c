"""What a template needs to draw questions: words in the active language, what is answered, and what was typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from omtanke.forms.answering import OWN, Unreadable, is_asked, repetitions
from omtanke.forms.items import CHOICES, Form, Given, Item, Kind
from omtanke.forms.words import answer_in_words, here, why, with_what_follows

MANY = 8  # choices, from where on they are a list to open


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Drawn:
    """One question in its place. `widget` names the part of the template that draws it."""

    path: str
    label: str
    widget: str
    is_asked: bool
    when: str  # conditions for the browser, as JSON; empty for none
    required: bool = False
    is_open: bool = False  # own words can be an answer too
    value: str = ""
    own: str = ""
    longest: int | None = None
    choices: tuple[Choice, ...] = ()
    error: str = ""
    before: str = ""
    inner: tuple[Drawn, ...] = ()
    repeated: tuple[tuple[Drawn, ...], ...] = ()

    @property
    def id(self) -> str:
        return "q-" + re.sub(r"[^\w-]", "-", self.path)

    @property
    def own_name(self) -> str:
        return self.path + OWN


@dataclass(frozen=True)
class Page:
    """Draws the questions of one form as they are answered now."""

    form: Form
    given: Given
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    wrong: Mapping[str, Unreadable] = field(default_factory=dict)
    before: Given = field(default_factory=dict)
    one_more: str = ""  # the path of a repeated group that gets an empty place

    def draw(self, items: Sequence[Item], prefix: str = "", *, within: Item | None = None) -> tuple[Drawn, ...]:
        return tuple(self._one(item, prefix, within) for item in items)

    def _one(self, item: Item, prefix: str, within: Item | None) -> Drawn:
        path = prefix + item.link_id
        values = self.given.get(path, [])
        typed = path in self.wrong
        follows = within is not None and within.kind in CHOICES
        return Drawn(
            path=path,
            label=here(item.said),
            widget=_widget(item),
            is_asked=is_asked(self.form, self.given, item, prefix),
            when=_when(item, prefix),
            required=item.required,
            is_open=item.kind == Kind.OPEN_CHOICE,
            value=" ".join(self.typed.get(path, ())) if typed else _as_typed(values),
            own="".join(self.typed.get(path + OWN, ())) if typed else _own(values),
            longest=item.longest,
            choices=tuple(Choice(one.code, here(one.said), one.code in values) for one in item.options),
            error=why(self.wrong[path]) if typed else "",
            before="" if follows else self._before(item, prefix),
            inner=() if item.repeated_group else self.draw(item.items, prefix, within=item),
            repeated=self._repeated(item, path) if item.repeated_group else (),
        )

    def _before(self, item: Item, prefix: str) -> str:
        if item.kind in CHOICES:
            return with_what_follows(item, self.before, prefix)
        return answer_in_words(item, self.before.get(prefix + item.link_id, ()))

    def _repeated(self, item: Item, path: str) -> tuple[tuple[Drawn, ...], ...]:
        answered = repetitions({**self.given, **self.wrong}, path)
        places = max(1, answered + (1 if self.one_more == path else 0))
        return tuple(self.draw(item.items, f"{path}#{number}/", within=item) for number in range(places))


def _widget(item: Item) -> str:
    if item.kind in CHOICES:
        if item.repeats:
            return "checks"
        if item.kind == Kind.OPEN_CHOICE:
            return "radios"
        if item.in_a_row:
            return "row"
        return "list" if len(item.options) > MANY else "radios"
    if item.kind == Kind.BOOLEAN:
        return "check" if item.as_control == "check-box" else "yes_no"
    return {Kind.INTEGER: "number", Kind.DECIMAL: "number", Kind.STRING: "line"}.get(item.kind, str(item.kind))


def _as_typed(values: Sequence[Any]) -> str:
    value = values[0] if values else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if isinstance(value, dict) else str(value)


def _own(values: Sequence[Any]) -> str:
    return next((str(value.get("words", "")) for value in values if isinstance(value, dict)), "")


def _when(item: Item, prefix: str) -> str:
    """Conditions as the browser reads them. Names go from the same repetition outwards, as in `answering`."""
    if not item.conditions:
        return ""
    prefixes = [prefix]
    while prefixes[-1]:
        prefixes.append(prefixes[-1][: prefixes[-1].rstrip("/").rfind("/") + 1])
    on = [
        {"names": [each + one.question for each in prefixes], "operator": one.operator, "value": _plain(one.value)}
        for one in item.conditions
    ]
    return json.dumps({"any": item.any_of_them, "on": on})


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
