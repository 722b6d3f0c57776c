"""What the database and the rows before this one know: units, employees and citizens by all the ways to name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.belongings import Belongings
from omtanke.exchange.spreadsheets.changes import Changes
from omtanke.exchange.spreadsheets.columns import Place, Row
from omtanke.exchange.spreadsheets.folding import fold, nearest
from omtanke.people.models import Citizen, Employee, Hamlet, Unit

type NameAndBirth = tuple[str, date | None]


class Known:
    """One look at the database for a whole import; new things join as rows bring them."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.changes = Changes()
        self.belongings = Belongings(self.changes, on)
        self.units: dict[str, Unit] = {}
        self.units_by_code: dict[str, Unit] = {}
        self.units_by_id: dict[int, Unit] = {}
        self.unit_names: list[str] = []
        self.employees: dict[str, Employee] = {}
        self.employees_by_email: dict[str, Employee] = {}
        self.employees_by_name: dict[str, list[Employee]] = defaultdict(list)
        self.citizens: dict[str, Citizen] = {}
        self.citizens_by_name: dict[NameAndBirth, list[Citizen]] = defaultdict(list)
        self.citizens_by_id: dict[int, Citizen] = {}
        self.hamlets = {fold(hamlet.name): hamlet for hamlet in Hamlet.objects.all()}
        self.refused: dict[tuple[str, str], Place] = {}
        for unit in Unit.objects.all():
            self.know_unit(unit)
        for employee in Employee.objects.all():
            self.know_employee(employee)
        for citizen in Citizen.objects.all().iterator(chunk_size=5000):
            self.know_citizen(citizen)

    # Units

    def know_unit(self, unit: Unit) -> None:
        self.units.setdefault(fold(unit.name), unit)
        self.units[fold(unit.code)] = self.units_by_code[fold(unit.code)] = unit
        self.unit_names.append(unit.name)
        if unit.pk:
            self.units_by_id[unit.pk] = unit

    def find_unit(self, row: Row, column: str) -> Unit | None:
        """The unit that a cell names by code or name; an unknown one refuses the row."""
        written: str | None = row.get(column)
        if not written:
            return None
        unit = self.units.get(fold(written))
        if unit is None:
            self._refuse_unit(row, column, written)
        return unit

    def _refuse_unit(self, row: Row, column: str, written: str) -> None:
        if self._refuse_for_refused(row, column, "units", fold(written)):
            return
        if near := nearest(written, self.unit_names):
            row.refuse(column, UNKNOWN_UNIT_NEAR, value=written[:40], near=near)
        else:
            row.refuse(column, UNKNOWN_UNIT, value=written[:40])

    def find_units(self, row: Row, column: str) -> list[Unit]:
        """One unit, or several with a comma or semicolon between."""
        written: str = row.get(column) or ""
        if not written:
            return []
        if unit := self.units.get(fold(written)):
            return [unit]
        parts = [part.strip() for part in written.replace(",", ";").replace("\n", ";").split(";") if part.strip()]
        found = []
        for part in parts:
            if unit := self.units.get(fold(part)):
                found.append(unit)
            else:
                self._refuse_unit(row, column, part)
        return list(dict.fromkeys(found))

    # Employees

    def know_employee(self, employee: Employee) -> None:
        self.employees[fold(employee.number)] = employee
        if employee.email:
            self.employees_by_email.setdefault(employee.email.casefold(), employee)
        people = self.employees_by_name[fold(employee.name)]
        if employee not in people:
            people.append(employee)

    def find_employee(self, row: Row, column: str = "employee") -> Employee | None:
        """The employee that a cell names by number, e-mail or full name."""
        written: str = row.get(column) or row.get("employee_name") or ""
        if row.get(column) is None and row.get("employee_name"):
            column = "employee_name"
        if employee := self.employees.get(fold(written)) or self.employees_by_email.get(written.casefold()):
            return employee
        last, comma, first = written.partition(",")
        named = self.employees_by_name.get(fold(f"{first} {last}" if comma else written), [])
        if len(named) == 1:
            return named[0]
        if len(named) > 1:
            row.refuse(column, _("Several employees have this name. Write the employee number instead."))
        elif not self._refuse_for_refused(row, column, "employees", fold(written)):
            row.refuse(column, _("We know no employee “%(value)s”."), value=written[:40])
        return None

    # Citizens

    def know_citizen(self, citizen: Citizen) -> None:
        if citizen.national_id:
            self.citizens[citizen.national_id] = citizen
        people = self.citizens_by_name[fold(citizen.name), citizen.born]
        if not any(person is citizen for person in people):
            people.append(citizen)
        if citizen.pk:
            self.citizens_by_id[citizen.pk] = citizen

    def find_citizen(self, row: Row) -> Citizen | None:
        """The citizen that a row of relatives or decisions is about: by identity number, or name and birth date."""
        number, name, born = row.get("citizen_id"), row.get("citizen_name"), row.get("citizen_born")
        if number:
            if citizen := self.citizens.get(number):
                return citizen
            named = self._named(name, born) if name and born else []
            if len(named) == 1 and not named[0].national_id:
                return named[0]
            if not self._refuse_for_refused(row, "citizen_id", "citizens", number):
                row.refuse("citizen_id", _("We know nobody with this national identity number."))
            return None
        named = self._named(name, born) if name else []
        if len(named) == 1:
            return named[0]
        if len(named) > 1:
            row.refuse("citizen_name", SEVERAL)
        elif not (name and self._refuse_for_refused(row, "citizen_name", "citizens", f"{fold(name)} {born}")):
            row.refuse("citizen_name", _("We know nobody with this name and birth date."))
        return None

    def _named(self, name: str, born: date | None) -> list[Citizen]:
        last, comma, first = name.partition(",")
        return self.citizens_by_name.get((fold(f"{first} {last}" if comma else name), born), [])

    # Rows that could not be taken

    def remember_refused(self, row: Row, keys: Iterable[Any]) -> None:
        """So that a row that refers to this one says why, and not that nobody is known."""
        for key in keys:
            if key:
                self.refused.setdefault((row.kind.code, str(key)), row.place)

    def _refuse_for_refused(self, row: Row, column: str, kind: str, key: str) -> bool:
        place = self.refused.get((kind, key))
        if place:
            row.refuse(column, REFERS_TO_REFUSED, row=place.row, sheet=place.sheet)
        return bool(place)


UNKNOWN_UNIT = _("We know no unit “%(value)s”.")
UNKNOWN_UNIT_NEAR = _("We know no unit “%(value)s”. Did you mean “%(near)s”?")
SEVERAL = _("Several people have this name and birth date. Write the national identity number.")
REFERS_TO_REFUSED = _("This refers to row %(row)d of “%(sheet)s”, which cannot be taken.")
