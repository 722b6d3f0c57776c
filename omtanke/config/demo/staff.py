"""The 46 who work in the service, and the logins. Twelve people stand on the demo's first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from omtanke.access.models import User
from omtanke.access.permissions import Role
from omtanke.access.roles import give_role
from omtanke.config.demo.chance import chance
from omtanke.config.demo.numbers import mobile
from omtanke.config.demo.places import CENTRE, HELP, HOUSING, LEIRANGER, NORD, NORDFOLD
from omtanke.config.demo_people import DEMO_DOMAIN
from omtanke.people.models import Competence, Employee, Unit

# Colleagues can log in as well, but nobody becomes them with one press: the demo's first page would be endless.
STAFF_DOMAIN = "ansatt.example.org"
NURSE, WORKER, ASSISTANT, HELPER = "Sykepleier", "Helsefagarbeider", "Pleieassistent", "Hjemmehjelper"
ARRANGER = "Aktivitets- og frivilligkoordinator"
TRAINED = {
    NURSE: [Competence.NURSE, Competence.MEDICATION, Competence.WOUND_CARE],
    WORKER: [Competence.HEALTH_WORKER, Competence.MEDICATION],
    ASSISTANT: [Competence.ASSISTANT],
    HELPER: [Competence.HOME_HELPER],
    ARRANGER: [],
}


@dataclass(frozen=True)
class Person:
    """One employee. `works` are the parts of the day they take; `extra` what they are trained in besides."""

    name: str
    unit: str
    title: str
    fraction: int
    works: str = "DA"
    extra: tuple[Competence, ...] = ()
    temp: bool = False
    role: Role | None = Role.CARER


DEMENTIA, PALLIATIVE = Competence.DEMENTIA, Competence.PALLIATIVE
KARI, TOR, OLA, HANNE = "Kari Berg", "Tor Vik", "Ola Lind", "Hanne Moe"
LIV, LARS, NILS, MARIT = "Liv Dahl", "Lars Holm", "Nils Ås", "Marit Lund"
ALWAYS_TODAY = (KARI, TOR, OLA, HANNE, NILS)  # whatever weekday somebody tries the demo on

STAFF = (
    Person(KARI, NORD, WORKER, 80, extra=(DEMENTIA,)),
    Person(TOR, NORD, ASSISTANT, 40, works="D", temp=True),
    Person(OLA, NORD, NURSE, 100, extra=(PALLIATIVE,)),
    Person(HANNE, HELP, HELPER, 80, works="D"),
    Person(LIV, NORD, NURSE, 100, works="", role=None),
    Person(LARS, NORD, NURSE, 100, works="", role=None),
    Person(NILS, NORDFOLD, WORKER, 90),
    Person("Ingunn Karlstad", NORD, NURSE, 80),
    Person("Silje Torvund", NORD, WORKER, 75),
    Person("Marius Eidnes", NORD, WORKER, 70, extra=(DEMENTIA,)),
    Person("Bente Kleiva", NORD, WORKER, 60),
    Person("Daria Nowak", NORD, NURSE, 100),
    Person("Jonas Hellmo", NORD, ASSISTANT, 50),
    Person("Gro Sæterdal", NORD, WORKER, 80),
    Person("Amina Warsame", NORD, ASSISTANT, 60),
    Person("Sindre Ripnes", NORD, WORKER, 65),
    Person("Mette Ursfjord", NORD, WORKER, 75),
    Person("Vetle Brattli", NORD, ASSISTANT, 25, temp=True),
    Person("Rannveig Skår", NORDFOLD, NURSE, 100),
    Person("Geir Tømmervik", NORDFOLD, WORKER, 75),
    Person("Lena Foldvik", NORDFOLD, WORKER, 80, extra=(DEMENTIA,)),
    Person("Hassan Idris", NORDFOLD, ASSISTANT, 60),
    Person("Frida Seglstad", NORDFOLD, ASSISTANT, 35, temp=True),
    Person("Tone Leirbakk", LEIRANGER, NURSE, 90),
    Person("Pål Hjertnes", LEIRANGER, WORKER, 100),
    Person("Wenche Husdal", LEIRANGER, WORKER, 75, extra=(DEMENTIA,)),
    Person("Jorid Manskjær", LEIRANGER, WORKER, 60),
    Person("Natalia Petrova", LEIRANGER, ASSISTANT, 75),
    Person("Even Skotnes", LEIRANGER, ASSISTANT, 30, temp=True),
    Person("Camilla Ramsund", HOUSING, NURSE, 100),
    Person("Roy Stensland", HOUSING, WORKER, 80, extra=(DEMENTIA,)),
    Person("Heidi Nymo", HOUSING, WORKER, 75),
    Person("Thea Forsmo", HOUSING, WORKER, 70),
    Person("Birgitte Kalvik", HOUSING, ASSISTANT, 75),
    Person("Oda Lysvoll", HOUSING, WORKER, 60, extra=(DEMENTIA, PALLIATIVE)),
    Person("Kjersti Vinje", HOUSING, NURSE, 65, works="N"),
    Person("Stian Rognan", HOUSING, WORKER, 80, works="N"),
    Person("Maja Sommerset", HOUSING, ASSISTANT, 40, temp=True),
    Person("Elin Trones", CENTRE, WORKER, 100, works="D", extra=(DEMENTIA,)),
    Person("Hilde Bremnes", CENTRE, ASSISTANT, 80, works="D"),
    Person("Svein Hopland", CENTRE, ASSISTANT, 60, works="D"),
    Person("Anita Gjerde", HELP, HELPER, 100, works="D"),
    Person("Torunn Alvestad", HELP, HELPER, 75, works="D"),
    Person("Merete Sjåvik", HELP, HELPER, 60, works="D"),
    Person("Yusuf Demir", HELP, HELPER, 50, works="D"),
    Person(MARIT, CENTRE, ARRANGER, 60, works="", role=None),
)
ADMINISTRATOR, PRIVACY_OFFICER, DAUGHTER = "Anne Aas", "Petra Vern", "Eva Nilsen"
VOLUNTEER = "Per Strand"
# In the order of the demo's first page: those with most to show first.
FIRST_PAGE = (KARI, TOR, OLA, HANNE, LIV, LARS, MARIT, VOLUNTEER, ADMINISTRATOR, PRIVACY_OFFICER, DAUGHTER, NILS)
OF_THE_VISIT_SERVICE = ("Gudrun Vold", "Hilde Aune", "Arne Solli", "Turid Hals", "Sverre Nymo")  # after the others


def hire(seed: int, units: dict[str, Unit], on: date) -> dict[str, Employee]:
    """Make logins, roles and employees; by name."""
    users = _logins()
    employees = Employee.objects.bulk_create(
        [_employee(seed, number, person, users, units) for number, person in enumerate(STAFF, start=1001)]
    )
    for person in STAFF:
        if person.role:
            _give(users[person.name], person.role, units[person.unit], on)
    for code in (NORD, HELP):
        _give(users[LIV], Role.COORDINATOR, units[code], on)
    for unit in units.values():
        _give(users[LARS], Role.LEADER, unit, on)
        _give(users[MARIT], Role.ACTIVITY_COORDINATOR, unit, on)
    _give(users[VOLUNTEER], Role.VOLUNTEER, None, on)
    _give(users[ADMINISTRATOR], Role.ADMINISTRATOR, None, on)
    _give(users[PRIVACY_OFFICER], Role.PRIVACY_OFFICER, None, on)
    return {employee.name: employee for employee in employees}


def address_of(name: str) -> str:
    if name in (*FIRST_PAGE, *OF_THE_VISIT_SERVICE):
        return f"{name.split()[0].lower()}@{DEMO_DOMAIN}"
    return f"{name.lower().replace(' ', '.')}@{STAFF_DOMAIN}".translate(str.maketrans("æøå", "aoa"))


def _logins() -> dict[str, User]:
    names = [*FIRST_PAGE, *(person.name for person in STAFF if person.name not in FIRST_PAGE)]
    nobody_knows_it = make_password(None)
    users = [User(email=address_of(name), name=name, password=nobody_knows_it) for name in names]
    return {user.name: user for user in User.objects.bulk_create(users)}


def _employee(seed: int, number: int, person: Person, users: dict[str, User], units: dict[str, Unit]) -> Employee:
    first, last = person.name.split(" ", 1)
    source = chance(seed, "employee", person.name)
    competences = [*TRAINED[person.title], *person.extra]
    if person.unit != HOUSING and person.title != HELPER:
        competences.append(Competence.DRIVER)
    return Employee(
        number=str(number),
        user=users[person.name],
        first_name=first,
        last_name=last,
        title=_title(person),
        email=address_of(person.name),
        phone=mobile(source),
        unit=units[person.unit],
        competences=competences,
        fraction=person.fraction,
        is_temp=person.temp,
    )


def _title(person: Person) -> str:
    special = {LIV: "Områdesykepleier", LARS: "Leder for hjemmetjenesten"}
    return special.get(person.name, f"{person.title}, vikar" if person.temp else person.title)


def _give(user: User, role: Role, unit: Unit | None, on: date) -> None:
    give_role(user, role, unit_id=unit.pk if unit else None, by=None, on=on - timedelta(days=400))
