"""The cast of all tests: Astrid the citizen, Kari her primary contact, Ola the secondary, Liv the coordinator, Lars the
leader, Tor a temp, and Nils of another unit, who must see nothing. Of the visit service: Gudrun leads the department,
Hilde is the professional lead, Arne and Turid visit, and Sverre has just begun.

Plain typed factories; every one writes what its deed would, grants included.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import count

from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Reason, User
from omtanke.access.permissions import Role
from omtanke.access.roles import give_role
from omtanke.befriending.models import Signature, Training, TrainingDone
from omtanke.care.models import Decision, NamedContact, Service
from omtanke.everyday.models import Volunteer
from omtanke.people.models import Belonging, Citizen, Employee, Portrait, Tie, Unit
from omtanke.trust.representatives import name_representative
from omtanke.visits.models import RecurringVisit, Round, Shift, Visit, WorkList

_numbers = count(1)


def today() -> date:
    return timezone.localdate()


def day(offset: int) -> date:
    """The day so many days from today."""
    return today() + timedelta(days=offset)


def at(clock: str, on: date | None = None) -> datetime:
    """A moment on a day, as at("09:15")."""
    return timezone.make_aware(datetime.combine(on or today(), time.fromisoformat(clock)))


def make_unit(name: str, kind: str = Unit.Kind.ZONE) -> Unit:
    return Unit.objects.create(
        code=name.lower(), name=name, kind=kind, phone="75 77 80 00", latitude=67.9, longitude=15.0
    )


def make_citizen(first_name: str, last_name: str, unit: Unit | None, born: date = date(1939, 5, 4)) -> Citizen:
    citizen = Citizen.objects.create(
        first_name=first_name, last_name=last_name, born=born, latitude=67.95, longitude=15.05, address="Vegen 1"
    )
    if unit:
        Belonging.objects.create(citizen=citizen, unit=unit, since=day(-100))
    return citizen


def make_user(name: str, *roles: Role, unit: Unit | None = None) -> User:
    user = User.objects.create_user(f"{name.split()[0].lower()}@demo.example.org", name=name)
    for role in roles:
        give_role(user, role, unit_id=unit.pk if unit else None, by=None, on=day(-100))
    return user


def make_employee(
    name: str, unit: Unit, *roles: Role, temp: bool = False, competences: list[str] | None = None
) -> Employee:
    first, last = name.split(" ", 1)
    return Employee.objects.create(
        number=f"E{next(_numbers)}",
        user=make_user(name, *roles, unit=unit),
        first_name=first,
        last_name=last,
        unit=unit,
        is_temp=temp,
        competences=competences or ["health_worker"],
        phone="900 00 000",
    )


def make_senior(name: str, department: Unit) -> Employee:
    """A visiting senior who has been through both trainings and signed; see `befriending/readiness.py`."""
    senior = make_employee(name, department, Role.VISITING_SENIOR)
    for training in Training:
        TrainingDone.objects.create(senior=senior, training=training, version=1, at=at("10:00", day(-50)))
    Signature.objects.create(
        senior=senior, version=1, language="nb", words="version: 1\n\n# promise | Taushetserklæring", name=name
    )
    return senior


def make_shift(employee: Employee, on: date | None = None, starts: str = "07:30", ends: str = "15:00") -> Shift:
    """A planned shift with the grant that its deed gives."""
    shift = Shift.objects.create(
        employee=employee, unit_id=employee.unit_id, starts=at(starts, on), ends=at(ends, on), code="D"
    )
    if employee.user_id:
        period = {"since": at("00:00", on), "until": at("00:00", on) + timedelta(days=1)}
        opening = grants.Opening(employee.user_id, Reason.SHIFT, grants.cause(shift), unit_id=shift.unit_id, **period)
        grants.begin([opening], by=None)
    return shift


def make_contact(citizen: Citizen, employee: Employee, role: str = NamedContact.Role.PRIMARY) -> NamedContact:
    contact = NamedContact.objects.create(citizen=citizen, employee=employee, role=role, since=day(-90))
    opening = grants.Opening(employee.user_id, Reason.CONTACT, grants.cause(contact), citizen_id=citizen.pk)
    grants.begin([opening], by=None)
    return contact


def make_list(unit: Unit, name: str = "Liste 1", starts: str = "07:30", ends: str = "15:00") -> WorkList:
    return WorkList.objects.create(
        unit=unit, name=name, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends)
    )


def make_visit(
    citizen: Citizen, round_: Round, clock: str = "09:15", minutes: int = 30, what: str = "Morgenstell"
) -> Visit:
    return Visit.objects.create(
        citizen=citizen, round=round_, on=round_.on, planned_start=at(clock, round_.on), minutes=minutes, what=what
    )


def make_volunteer(name: str, **facts: object) -> Volunteer:
    """Somebody through all gates, with a car."""
    gates = dict.fromkeys(("talked_on", "confidentiality_on", "certificate_seen_on"), day(-60))
    known = {"phone": "902 00 000", "has_car": True, "seats": 3, **gates, **facts}
    return Volunteer.objects.create(user=make_user(name, Role.VOLUNTEER), name=name, **known)


def make_representative(name: str, citizen: Citizen) -> User:
    email = f"{name.split()[0].lower()}@demo.example.org"
    return name_representative(citizen, name=name, email=email, by=None, on=day(-100))


@dataclass
class Cast:
    """Everybody, ready. Nord is their unit; Nils works in Sør."""

    nord: Unit = field(default_factory=lambda: make_unit("Nord"))
    sør: Unit = field(default_factory=lambda: make_unit("Sør"))

    def __post_init__(self) -> None:
        self.astrid = make_citizen("Astrid", "Nilsen", self.nord)
        Portrait.objects.create(
            citizen=self.astrid,
            what_matters="Å komme meg ut når det er fint vær.",
            talk_about="fiske, barnebarna",
            avoid="flyttingen",
            good_to_know="Nøkkelen henger hos naboen.",
        )
        Tie.objects.create(
            citizen=self.astrid,
            name="Eva Nilsen",
            relation="datter",
            phone="901 00 000",
            call_first=True,
            is_next_of_kin=True,
        )
        self.edvard = make_citizen("Edvard", "Moen", self.nord)
        self.stranger = make_citizen("Signe", "Sørli", self.sør)
        self.kari = make_employee("Kari Berg", self.nord, Role.CARER)
        self.ola = make_employee("Ola Lind", self.nord, Role.CARER)
        self.tor = make_employee("Tor Vik", self.nord, Role.CARER, temp=True)
        self.liv = make_employee("Liv Dahl", self.nord, Role.COORDINATOR, competences=["nurse"])
        self.lars = make_employee("Lars Holm", self.nord, Role.LEADER, competences=["nurse"])
        self.marit = make_employee("Marit Lund", self.nord, Role.ACTIVITY_COORDINATOR, competences=["assistant"])
        self.nils = make_employee("Nils Ås", self.sør, Role.CARER)
        self.admin = make_user("Anne Admin", Role.ADMINISTRATOR)
        self.petra = make_user("Petra Vern", Role.PRIVACY_OFFICER)
        self.per = make_volunteer("Per Strand")
        self.eva = make_representative("Eva Nilsen", self.astrid)
        self.contact = make_contact(self.astrid, self.kari)
        self.secondary = make_contact(self.astrid, self.ola, NamedContact.Role.SECONDARY)
        self.decision = Decision.objects.create(
            reference="V-1",
            citizen=self.astrid,
            unit=self.nord,
            service=Service.HOME_NURSING,
            minutes_per_week=210,
            since=day(-90),
        )
        self.list1 = make_list(self.nord, "Liste 1")
        self.list2 = make_list(self.nord, "Liste 2")
        self.recurring = RecurringVisit.objects.create(
            citizen=self.astrid,
            decision=self.decision,
            work_list=self.list1,
            weekdays=list(range(7)),
            starts=time(9, 15),
            minutes=30,
            what="Morgenstell",
            since=day(-90),
        )
        self.round1 = Round.objects.create(work_list=self.list1, on=today())
        self.round2 = Round.objects.create(work_list=self.list2, on=today())
        self.visit = make_visit(self.astrid, self.round1)

    # Of the visit service; made when a test asks for them.
    @cached_property
    def seniorene(self) -> Unit:
        return make_unit("Seniorene", Unit.Kind.VISIT_SERVICE)

    @cached_property
    def gudrun(self) -> Employee:
        return make_employee("Gudrun Vold", self.seniorene, Role.DEPARTMENT_LEADER)

    @cached_property
    def hilde(self) -> Employee:
        return make_employee("Hilde Aune", self.seniorene, Role.PROFESSIONAL_LEAD)

    @cached_property
    def arne(self) -> Employee:
        return make_senior("Arne Solli", self.seniorene)

    @cached_property
    def turid(self) -> Employee:
        return make_senior("Turid Hals", self.seniorene)

    @cached_property
    def sverre(self) -> Employee:
        return make_employee("Sverre Nymo", self.seniorene, Role.VISITING_SENIOR)
