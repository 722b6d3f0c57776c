"""The visit service of the demo: a department, three seniors, and orders in different steps, the oldest under way.

It stands beside the municipality's units: its people are residents whom no zone visits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from omtanke.access import grants
from omtanke.access.models import Grant, User
from omtanke.access.permissions import Role
from omtanke.access.roles import give_role
from omtanke.befriending import before, matching
from omtanke.befriending.areas import bring_areas
from omtanke.befriending.models import Acquaintance, Match, Order, Rhythm, SeniorProfile, ServiceVisit
from omtanke.befriending.plan_visits import WEEKS_AHEAD, lay_out
from omtanke.care.contacts import midnight
from omtanke.config.demo import exercises, numbers, staff
from omtanke.config.demo import seniors as ready_seniors
from omtanke.config.demo.chance import chance
from omtanke.config.demo.places import BY_NAME
from omtanke.forms.models import Answers, Questionnaire
from omtanke.people.models import Belonging, Citizen, Employee, Hamlet, Unit

SENIORENE = "seniorene"
LEADER, LEAD, ARNE, TURID, SVERRE = "Gudrun Vold", "Hilde Aune", "Arne Solli", "Turid Hals", "Sverre Nymo"
# Name, number, title, role, position in percent.
THEM = (
    (LEADER, "2001", "Avdelingsleder", Role.DEPARTMENT_LEADER, 60),
    (LEAD, "2002", "Fagansvarlig", Role.PROFESSIONAL_LEAD, 50),
    (ARNE, "2011", "Senior", Role.VISITING_SENIOR, 20),
    (TURID, "2012", "Senior", Role.VISITING_SENIOR, 20),
    (SVERRE, "2013", "Senior", Role.VISITING_SENIOR, 10),
)
BEGAN = timedelta(days=400)


@dataclass(frozen=True)
class Story:
    """One order: how long ago, by whom, for what, and how far it has come."""

    ago: int
    by: str
    relation: str
    areas: tuple[str, ...]
    wishes: str
    taken_on: bool = True
    talk: str = ""
    met: tuple[str, ...] = ()
    given: dict[str, list[object]] = field(default_factory=dict)
    senior: str = ""
    weekday: int = 1
    every_weeks: int = 1
    at: time = time(11)
    weeks_back: int = 0
    reports: tuple[str, ...] = ()


# Where they live, how many hours a week they have, what they speak and like, and what they say of themselves.
PROFILES = {
    ARNE: ("Leinesfjord", 6, "Norsk, engelsk", ("fishing", "on_the_sea", "walking"),
           "Tretti år på hurtigruta. Prater gjerne, og går gjerne uten å si noe."),
    TURID: ("Bogøy", 4, "Norsk, svensk", ("baking", "garden", "choir"), "Glad i kjøkken og hage. Synger i kor."),
    SVERRE: ("Nordfold", 3, "Norsk, lulesamisk", ("cards", "local_history"),
             "Pensjonert lærer. Kan vente på et svar."),
}  # fmt: skip
EVERY = ("voluntary", "calm", "toilet")
STORIES = (
    Story(
        72, "Kristin Lie", "datter", ("quality_visit", "conversation"),
        "En fast person som kommer hver uke, og som kan få i gang både bena og praten.",
        talk="Kristin bor i Bodø og kommer hver måned. Hun ringer kvelden før, så besøket ikke kommer brått på.",
        met=EVERY,
        given={
            "told": ["yes"], "prepared_by": ["kin"],
            "likes": ["Båt og fiske, årene på hurtigruta, og hvem som var i slekt med hvem."],
            "avoid": ["Salget av båten. Det er sårt ennå."],
            "mind": ["Liker kryssord og gamle bilder. Leser best med forstørrelsesglass."],
            "tired": ["some"], "fallen": [True],
            "falls": ["I september, på vei ned kjellertrappa med bæreposer i begge hender."],
            "how_often": ["weekly"], "matters": ["Vil gjerne ut når det er opphold."],
        },
        senior=ARNE, weekday=1, at=time(11), weeks_back=6,
        reports=(
            "Vi gikk ned til kaia og tilbake. Gode ben i dag. Øvelsene ved kjøkkenbenken gikk fint.",
            "Kryssord og to runder på trappa. Ble litt sliten mot slutten, så vi tok kaffen først neste gang.",
            "Regn hele dagen. Vi så på bilder fra hurtigruta og gjorde øvelsene sittende.",
            "God dag. Reiste seg ti ganger fra stolen uten å holde seg.",
        ),
    ),
    Story(
        58, "Rolf Strøm", "sønn", ("company_out", "simple_meals"),
        "Noen som blir med på butikken og lager middag sammen etterpå.",
        talk="Rolf ringte sammen med søsteren. De er enige om at Rolf er den vi ringer.",
        met=EVERY,
        given={
            "told": ["yes"], "prepared_by": ["senior"], "senior_calls": ["36 08 22 14"],
            "likes": ["Mat, hagen, og kongehuset."], "tired": ["slow"], "fallen": [False],
            "how_often": ["fortnightly"], "matters": ["Vil helst velge varene selv, også når det tar tid."],
        },
        senior=TURID, weekday=3, every_weeks=2, at=time(10, 30), weeks_back=4,
        reports=("Handlet og lagde fiskesuppe. Alt gikk rolig og greit.", "Bare en kort tur på butikken i dag."),
    ),
    Story(
        12, "Mari Haug", "niese", ("conversation", "mild_dementia"),
        "Selskap et par timer midt i uka. Vi tror musikk er en god vei inn.",
        talk="Mari har snakket med legen. Personen gleder seg, men spør ofte hvem som kommer.",
        met=("voluntary", "calm"),
        given={"told": ["yes"], "prepared_by": ["kin"], "likes": ["Sanger fra ungdommen, og hunder."]},
    ),
    Story(
        5, "Jon Arntsen", "ektefelle", ("respite",),
        "Jeg trenger noen timer fri annenhver uke, og vil at det skal være hyggelig her imens.",
    ),
    Story(
        1, "Trine Olsen", "datter", ("quality_visit", "new_situation"),
        "Nylig alene etter 54 år som to. Vi vil gjerne at noen ser innom, og at dagene får en rytme.",
        taken_on=False,
    ),
)  # fmt: skip


def begin(seed: int, hamlets: dict[str, Hamlet], when: object) -> None:
    """The department with its people, and every order as far as it has come."""
    on, now = when.on, when.now  # type: ignore[attr-defined] # load.When, which imports this module
    bring_areas()
    department = _settle()
    seniors = _hire(seed, department, hamlets, on)
    ready_seniors.get_ready(seniors, (ARNE, TURID), on - BEGAN)
    ready_seniors.begin_reading(seniors[SVERRE], on)
    oldest = list(Citizen.objects.filter(belongings=None, born__lt=on - timedelta(days=77 * 365)).order_by("pk"))
    people = chance(seed, "visit service").sample(oldest, len(STORIES))
    for story, citizen in zip(STORIES, people, strict=True):
        _tell(seed, story, citizen, department, seniors, on, now)
    exercises.plan_for_those_with_quality_visits()
    ready_seniors.meet_and_tell(department, seniors, on)
    live_through(now)


def come_along(when: object) -> None:
    """A later day: visits are laid out as far ahead as ever, and those that were to come have been."""
    on, now = when.on, when.now  # type: ignore[attr-defined] # as above
    rhythms = Rhythm.objects.filter(until=None).select_related("match")
    lay_out(rhythms, first=on - timedelta(days=60), last=on + timedelta(weeks=WEEKS_AHEAD), by=None)
    live_through(now)


def live_through(now: datetime) -> None:
    """Visits whose time has passed were carried out, with a few words."""
    passed = ServiceVisit.objects.filter(ended_at=None, not_done_because="", planned_start__lt=now - timedelta(hours=3))
    visits = list(passed.select_related("order", "senior__user").order_by("planned_start"))
    for visit in visits:
        story = next(story for story in STORIES if story.by == visit.order.ordered_by)
        week = timezone.localdate(visit.planned_start).isocalendar().week
        visit.began_at = visit.planned_start + timedelta(minutes=week % 7)
        visit.ended_at = visit.planned_end
        visit.report = story.reports[week % len(story.reports)]
        visit.save(update_fields=["began_at", "ended_at", "report"])
    exercises.were_done(visits)


def _settle() -> Unit:
    where = BY_NAME["Leinesfjord"]
    return Unit.objects.create(
        code=SENIORENE,
        name="Seniorene",
        kind=Unit.Kind.VISIT_SERVICE,
        phone="36 08 11 20",
        address=f"Sentrumsveien 9, {where.postal_code} {where.town}",
        latitude=where.latitude,
        longitude=where.longitude,
    )


def _hire(seed: int, department: Unit, hamlets: dict[str, Hamlet], on: date) -> dict[str, Employee]:
    nobody_knows_it = make_password(None)
    hired = {}
    for name, number, title, role, fraction in THEM:
        first, last = name.split(" ", 1)
        user = User.objects.create(email=staff.address_of(name), name=name, password=nobody_knows_it)
        hired[name] = Employee.objects.create(
            number=number,
            user=user,
            first_name=first,
            last_name=last,
            title=title,
            email=user.email,
            phone=numbers.mobile(chance(seed, "employee", name)),
            unit=department,
            fraction=fraction,
        )
        if name in PROFILES:
            hamlet, hours, languages, interests, about = PROFILES[name]
            SeniorProfile.objects.create(
                employee=hired[name],
                hamlet=hamlets[hamlet],
                hours_a_week=hours,
                languages=languages,
                interests=list(interests),
                about=about,
            )
        given = give_role(user, role, unit_id=department.pk, by=None, on=on - BEGAN)
        Grant.objects.filter(because=grants.cause(given)).update(since=midnight(on - BEGAN))
    return hired


def _tell(
    seed: int, story: Story, citizen: Citizen, department: Unit, them: dict[str, Employee], on: date, now: datetime
) -> None:
    source = chance(seed, "order", story.by)
    ordered = midnight(on - timedelta(days=story.ago)) + timedelta(hours=18, minutes=source.randint(0, 59))
    order = Order(
        department=department,
        ordered_at=ordered,
        ordered_by=story.by,
        relation=story.relation,
        phone=numbers.mobile(source),
        email=f"{story.by.split()[0].lower()}@parorende.example.org",
        first_name=citizen.first_name,
        last_name=citizen.last_name,
        born=citizen.born,
        their_phone=citizen.phone,
        address=citizen.address,
        postal_code=citizen.postal_code,
        town=citizen.town,
        areas=list(story.areas),
        wishes=story.wishes,
        person_knows=True,
    )
    leader = them[LEADER]
    if story.taken_on:
        order.citizen, order.taken_on_at, order.taken_on_by = citizen, ordered + timedelta(hours=15), leader.user
        order.has_it = leader
        order.project_number = str(20_000 + story.ago)
        Belonging.objects.create(citizen=citizen, unit=department, since=on - timedelta(days=story.ago - 1))
    order.save()
    if story.talk:
        _come_to_know(story, order, them, on)
    elif story.taken_on:
        before.plan_talk(order, with_whom=story.by, at=midnight(on + timedelta(days=1)) + timedelta(hours=13))
    if story.senior:
        _visit(story, order, them, on)


def _come_to_know(story: Story, order: Order, them: dict[str, Employee], on: date) -> None:
    leader = them[LEADER]
    began = on - timedelta(days=story.ago - 3)
    talked = midnight(began) + timedelta(hours=12)
    before.hold_talk(order, with_whom=story.by, notes=story.talk, by=leader, at=talked)
    for kind in story.met:
        before.judge(order, kind, met=True, words="", by=leader.user, at=talked + timedelta(days=1))
    held = bool(story.senior)
    starts = talked + timedelta(days=2) if held else midnight(on + timedelta(days=2)) + timedelta(hours=10)
    who = {
        "person": [f"{order.for_whom}, {_age(order, on)} år, {order.address}, {order.postal_code} {order.town}"],
        "kin": [f"{order.ordered_by} ({order.relation}), {order.phone}"],
        "call": [f"{order.ordered_by}, {order.phone}"],
    }
    answers = Answers.objects.create(
        citizen_id=order.citizen_id or 0,
        questionnaire=Questionnaire.objects.active().get(url=before.FORM),
        within=order.department,
        given=who | story.given,
        begun_by=leader.user,
        begun_at=talked,
        saved_by=leader.user,
        saved_at=starts if held else talked,
        finished_by=leader.user if held else None,
        finished_at=starts + timedelta(minutes=75) if held else None,
    )
    Acquaintance.objects.create(
        order=order,
        citizen_id=order.citizen_id or 0,
        department=order.department,
        starts=starts,
        held_by=them[story.senior] if held else leader,
        answers=answers,
        **({"held_at": starts + timedelta(minutes=80), "minutes": 80} if held else {}),
        **(
            {"notebook_cost": 89, "notebook_on": timezone.localdate(starts), "notebook_by": them[story.senior]}
            if held
            else {}
        ),
    )


def _age(order: Order, on: date) -> int | None:
    return order.citizen.age(on) if order.citizen else None


def _visit(story: Story, order: Order, them: dict[str, Employee], on: date) -> None:
    since = on - timedelta(weeks=story.weeks_back)
    made = matching.match(order, them[story.senior], by=them[LEADER].user, on=on)
    Match.objects.filter(pk=made.pk).update(since=since)
    Grant.objects.filter(because=grants.cause(made)).update(since=midnight(since))
    made.refresh_from_db()
    ready_seniors.read_plan(made, midnight(since) + timedelta(hours=9))
    rhythm = Rhythm.objects.create(
        match=made,
        citizen_id=order.citizen_id or 0,
        department=order.department,
        weekday=story.weekday,
        every_weeks=story.every_weeks,
        at=story.at,
        area=story.areas[0],
        since=since,
    )
    lay_out([rhythm], first=since, last=on + timedelta(weeks=WEEKS_AHEAD), by=them[LEADER].user)
