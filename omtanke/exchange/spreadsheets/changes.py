"""What taking rows in would do to the database: things to make, things to change. Nothing is written here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.columns import Place, Row

TAKEN, CHANGED, UNCHANGED, REFUSED = "taken", "changed", "unchanged", "refused"
WRITTEN_IN_MANY_WAYS = frozenset({"phone", "postal_code"})


class Changes:
    """Collects new things and changed fields, and notices when two rows disagree about the same thing."""

    def __init__(self) -> None:
        self.new: dict[type[Model], list[Any]] = defaultdict(list)
        self.changed: dict[type[Model], dict[int, Any]] = defaultdict(dict)
        self.fields: dict[type[Model], set[str]] = defaultdict(set)
        self._said: dict[int, dict[str, tuple[Any, Place]]] = defaultdict(dict)
        self._keep: list[Model] = []  # an id() is only good while its object lives

    def add(self, thing: Model) -> None:
        self.new[type(thing)].append(thing)

    def mark(self, thing: Model, fields: Iterable[str]) -> None:
        """Somebody has set these fields of a thing that the database knows."""
        if thing.pk is not None and (named := set(fields)):
            self.changed[type(thing)][thing.pk] = thing
            self.fields[type(thing)].update(named)

    def settle(self, row: Row, thing: Model, wanted: Mapping[str, Any], *, columns: Mapping[str, str]) -> None:
        """Let a row have its say about a thing that exists or is new: sets what differs and gives the verdict.

        `wanted` is by field; `columns` names the column where it is another. Refuses where an earlier row of these
        files said something else.
        """
        said = self._said[id(thing)]
        for field, value in wanted.items():
            if field in said and not _same(field, said[field][0], value):
                place = said[field][1]
                row.refuse(columns.get(field, field), CONFLICT, row=place.row, sheet=place.sheet)
        if row.is_refused():
            return
        differing = [field for field, value in wanted.items() if _differs(thing, field, value)]
        for field in differing:
            setattr(thing, field, wanted[field])
        is_first = not said
        touched = is_first and thing.pk in self.changed[type(thing)]  # by what another row says
        self.mark(thing, differing)
        self._keep.append(thing)
        said.update({field: (value, row.place) for field, value in wanted.items() if field not in said})
        if thing.pk is None and is_first:
            self.add(thing)
            row.verdict = TAKEN
        else:
            row.verdict = CHANGED if differing or touched else UNCHANGED

    def count(self) -> int:
        return sum(map(len, self.new.values())) + sum(map(len, self.changed.values()))


CONFLICT = _("Row %(row)d of “%(sheet)s” is about the same and says something else here.")


def _same(field: str, one: Any, other: Any) -> bool:
    if field in WRITTEN_IN_MANY_WAYS and isinstance(one, str) and isinstance(other, str):
        return _bare(one) == _bare(other)
    return bool(one is other or one == other)


def _bare(number: str) -> str:
    return re.sub(r"[\s()-]", "", number)


def _differs(thing: Model, field: str, value: Any) -> bool:
    if isinstance(value, Model):
        if thing._state.fields_cache.get(field) is value:
            return False
        return value.pk is None or getattr(thing, f"{field}_id") != value.pk
    return not _same(field, getattr(thing, field), value)
