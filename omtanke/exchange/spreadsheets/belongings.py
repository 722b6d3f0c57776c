"""Which units a citizen belongs to, when sheets say so.

The unit that a sheet of citizens names is where the person belongs from now on; another one is left, unless a running
decision ties the person to it. A decision brings the person into its unit: without that nobody there could see them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from omtanke.care.models import Decision
from omtanke.exchange.spreadsheets.changes import CHANGED, UNCHANGED, Changes
from omtanke.exchange.spreadsheets.columns import Row
from omtanke.people.models import Belonging, Citizen, Unit


@dataclass
class Wish:
    """What the rows about one citizen say."""

    citizen: Citizen
    units: list[Unit]
    since: date | None
    row: Row


class Belongings:
    """Gathers what rows wish, and settles it when all rows of all sheets have spoken."""

    def __init__(self, changes: Changes, on: date) -> None:
        self.changes, self.on = changes, on
        self._wishes: dict[int, Wish] = {}
        self._begun: set[tuple[int, int]] = set()

    @cached_property
    def _of(self) -> dict[int, list[Belonging]]:
        by_citizen: dict[int, list[Belonging]] = defaultdict(list)
        for belonging in Belonging.objects.all().iterator(chunk_size=5000):
            by_citizen[belonging.citizen_id].append(belonging)
        return by_citizen

    def wish(self, row: Row, citizen: Citizen, units: list[Unit], *, since: date | None) -> None:
        """A row says that this citizen belongs to these units. Two rows about the same person add up."""
        wish = self._wishes.setdefault(id(citizen), Wish(citizen, [], since, row))
        wish.units += [unit for unit in units if not any(unit is other for other in wish.units)]
        wish.since = wish.since or since

    def settle(self, citizens: dict[int, Citizen], units: dict[int, Unit]) -> None:
        """`citizens` and `units` are those the database knows, as the rows know them."""
        held = self._held()
        for wish in self._wishes.values():
            begun = [self._begin(wish.citizen, unit, wish.since or self.on) for unit in wish.units]
            left = [one for one in self._open(wish.citizen) if self._is_left(one, wish, held)]
            for belonging in left:
                belonging.until = max(self.on, wish.since or self.on, belonging.since)
                self.changes.mark(belonging, ["until"])
            if (any(begun) or left) and wish.row.verdict == UNCHANGED:
                wish.row.verdict = CHANGED
        for decision in self._said_decisions():
            if self._runs(decision):
                citizen = decision._state.fields_cache.get("citizen") or citizens[decision.citizen_id]
                unit = decision._state.fields_cache.get("unit") or units[decision.unit_id]
                self._begin(citizen, unit, min(decision.since, self.on))

    def units_of(self, citizen: Citizen, units: dict[int, Unit]) -> list[Unit]:
        """The units that rows say, or else those that the database says."""
        if wish := self._wishes.get(id(citizen)):
            return wish.units
        return [units[one.unit_id] for one in self._open(citizen)]

    def _begin(self, citizen: Citizen, unit: Unit, since: date) -> bool:
        """Let the citizen belong to the unit, unless they do (or will) already. Says whether that was new."""
        mine = [one for one in self._of[citizen.pk] if one.unit_id == unit.pk] if citizen.pk and unit.pk else []
        if (id(citizen), id(unit)) in self._begun or any(self._is_open(one) for one in mine):
            return False
        self._begun.add((id(citizen), id(unit)))
        first = max([since, *(one.until for one in mine if one.until)])
        self.changes.add(Belonging(citizen=citizen, unit=unit, since=first))
        return True

    def _open(self, citizen: Citizen) -> list[Belonging]:
        return [one for one in self._of[citizen.pk] if self._is_open(one)] if citizen.pk else []

    def _is_open(self, belonging: Belonging) -> bool:
        return belonging.until is None or belonging.until > max(self.on, belonging.since)

    def _is_left(self, belonging: Belonging, wish: Wish, held: set[tuple[int, int]]) -> bool:
        listed = {unit.pk for unit in wish.units}
        is_held = (belonging.citizen_id, belonging.unit_id) in held
        ends_anyway = wish.since and belonging.until and belonging.until <= wish.since
        return belonging.unit_id not in listed and not is_held and not ends_anyway

    def _held(self) -> set[tuple[int, int]]:
        """Citizen and unit of every decision that runs or will, as the sheets leave them."""
        running = Decision.objects.filter(Q(until=None) | Q(until__gt=self.on))
        by_decision = {pk: (citizen, unit) for pk, citizen, unit in running.values_list("pk", "citizen_id", "unit_id")}
        for decision in self._said_decisions():
            by_decision.pop(decision.pk or 0, None)
            if self._runs(decision):
                by_decision[decision.pk or -id(decision)] = (decision.citizen_id, decision.unit_id)
        return set(by_decision.values())

    def _said_decisions(self) -> Iterator[Decision]:
        yield from self.changes.new[Decision]
        yield from self.changes.changed[Decision].values()

    def _runs(self, decision: Decision) -> bool:
        return decision.until is None or decision.until > self.on
