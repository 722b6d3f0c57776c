"""What there is to do in the demo municipality, from ten weeks back to a year ahead, and who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from omtanke.access.models import User
from omtanke.config.demo import staff
from omtanke.config.demo.chance import chance
from omtanke.everyday.arrange import arrange, cancel, move
from omtanke.everyday.models import Activity, Arena, Occurrence, Organiser, Participation
from omtanke.everyday.schedule import roll_forward
from omtanke.people.models import Belonging, Citizen, Hamlet, Unit

if TYPE_CHECKING:
    from omtanke.config.demo.load import When

WEEKS_BACK, WEEKS_AHEAD = 5, 5
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
S, T, H, W, Q = "step_free", "toilet", "hearing_loop", "wheelchair", "quiet"

# Name, hamlet, what it has, outdoors, whom to ask, telephone.
ARENAS = (
    ("Leinesfjord samfunnshus", "Leinesfjord", (S, T, H, W), False, "Torill Jenssen", "36 08 12 01"),
    ("Fjordgløtt, fellesstua", "Leinesfjord", (S, T, W, Q), False, "Fjordgløtt omsorgsboliger", "36 08 10 40"),
    ("Biblioteket i Leinesfjord", "Leinesfjord", (S, T, W, Q), False, "Anne Marie Aune", "36 08 12 03"),
    ("Solbakken, kafeen", "Bogen", (S, T, H, W), False, "Solbakken seniorsenter", "36 08 10 50"),
    ("Bogøy grendehus", "Bogøy", (T,), False, "Odd Arne Sund", "36 08 12 05"),
    ("Steigen kirke", "Steigen", (S, H, W, Q), False, "Menighetskontoret", "36 08 12 10"),
    ("Engeløya, turveien ved Prestegården", "Steigen", (), True, "Steigen turlag", "36 08 12 11"),
    ("Laskestad bygdehus", "Laskestad", (S, T), False, "Grete Laskestad", "36 08 12 12"),
    ("Nordfold kirke", "Nordfold", (S, T, H, W), False, "Menighetskontoret", "36 08 12 10"),
    ("Nordfold samfunnshus", "Nordfold", (S, T, W), False, "Kåre Foldvik", "36 08 12 21"),
    ("Leines kirke", "Leines", (S, H), False, "Menighetskontoret", "36 08 12 10"),
    ("Leines skole, gymsalen", "Leines", (S, T, W), False, "Skolekontoret", "36 08 12 31"),
    ("Brygga i Helnessund", "Helnessund", (), True, "Helnessund båtforening", "36 08 12 32"),
    ("Nordskot brygge", "Nordskot", (T,), True, "Nordskot grendelag", "36 08 12 33"),
)

# Name, contact, telephone, email, partner.
ORGANISERS = (
    ("Steigen kommune", "Marit Lund", "36 08 10 51", "marit@demo.example.org", False),
    ("Steigen menighet", "Ragnhild Prestegård", "36 08 12 10", "menighet@partner.example.org", True),
    ("Steigen pensjonistlag", "Arvid Olsen", "36 08 12 40", "pensjonistlaget@partner.example.org", True),
    ("Steigen turlag", "Inger Sletten", "36 08 12 11", "turlaget@partner.example.org", True),
    ("Nordfold sanitetsforening", "Bjørg Breivik", "36 08 12 22", "saniteten@partner.example.org", True),
    ("Helnessund båtforening", "Jan Erik Moen", "36 08 12 32", "baten@partner.example.org", True),
    ("Steigen frivilligsentral", "Siv Andreassen", "36 08 12 41", "frivillig@partner.example.org", True),
)


@dataclass(frozen=True)
class Offer:
    """Something offered. `weekday` 0 is Monday; `every` 1 or 2 weeks, 4 for a week of the month, 0 once."""

    title: str
    arena: str
    organiser: str
    interests: tuple[str, ...]
    weekday: int
    clock: str
    minutes: int
    every: int = 1
    nth: int = 1  # of the month; where it is once: how many weeks from now
    about: str = ""
    unit: str = ""
    seats: int | None = None
    cost: int | None = None
    open_to_all: bool = True
    come: int = 6


OFFERS = (
    Offer("Seniorkoret", "Leinesfjord samfunnshus", "Steigen pensjonistlag", ("choir",), 1, "11:00", 90, come=11,
          about="Vi synger viser og gamle slagere. Du trenger ikke kunne noter."),
    Offer("Salmekveld", "Nordfold kirke", "Steigen menighet", ("hymns",), 3, "18:00", 75, 4, 2,
          about="Kjente salmer, kaffe etterpå. Du kan også bare sitte og høre på."),
    Offer("Kirkekaffe", "Steigen kirke", "Steigen menighet", ("coffee_with_others", "church_services"), 6, "12:15", 60,
          2, about="Etter gudstjenesten. Alle er velkomne, også du som ikke var i kirka."),
    Offer("Bingo", "Solbakken, kafeen", "Steigen pensjonistlag", ("bingo",), 2, "13:00", 90, cost=50, come=9,
          unit="seniorsenter", about="Tre blokker. Premiene er det butikken på Bogøy som gir."),
    Offer("Strikkekafé", "Biblioteket i Leinesfjord", "Steigen frivilligsentral", ("knitting", "coffee_with_others"), 0,
          "11:00", 120, about="Ta med det du har på pinnene. Garn og pinner finnes."),
    Offer("Strikk og prat", "Nordfold samfunnshus", "Nordfold sanitetsforening", ("knitting",), 3, "12:00", 120, 2),
    Offer("Gågruppa på Engeløya", "Engeløya, turveien ved Prestegården", "Steigen turlag", ("walking",), 2, "11:00", 60,
          about="Flat vei, rolig tempo, benker underveis. Vi venter på den siste."),
    Offer("Gåtur fra brygga", "Brygga i Helnessund", "Steigen turlag", ("walking",), 4, "11:00", 60, come=4),
    Offer("Felles middag", "Fjordgløtt, fellesstua", "Steigen kommune", ("eating_together",), 4, "13:00", 90, cost=120,
          unit="omsorgsboliger", seats=16, come=12, about="Fisk annenhver fredag. Si fra om noe du ikke tåler."),
    Offer("Middag på Solbakken", "Solbakken, kafeen", "Steigen kommune", ("eating_together",), 3, "13:00", 75, cost=120,
          unit="seniorsenter", seats=24, come=8),
    Offer("Dans til Trekkspillklubben", "Bogøy grendehus", "Steigen pensjonistlag", ("dancing", "listening_to_music"),
          5, "17:00", 180, 4, 3, cost=100, come=10, about="Gammeldans. Mange sitter og ser på, det er like fint."),
    Offer("Høytlesing", "Biblioteket i Leinesfjord", "Steigen frivilligsentral", ("books", "poems_and_stories"), 3,
          "11:00", 60, 2, about="Fra Nordland i gamle dager. Teleslynge fås ved skranken."),
    Offer("Trim på stol", "Fjordgløtt, fellesstua", "Steigen kommune", ("exercise_group",), 1, "10:30", 45,
          unit="omsorgsboliger", come=7, about="Sittende, til musikk. I ditt eget tempo."),
    Offer("Trim i gymsalen", "Leines skole, gymsalen", "Steigen kommune", ("exercise_group",), 0, "10:00", 60, come=5),
    Offer("Andakt", "Fjordgløtt, fellesstua", "Steigen menighet", ("devotions",), 2, "16:00", 40, 2,
          unit="omsorgsboliger"),
    Offer("Formiddagstreff", "Laskestad bygdehus", "Steigen pensjonistlag", ("coffee_with_others", "conversation"), 3,
          "11:00", 120, 2, about="Vafler og prat. Den som vil, tar med et gammelt bilde."),
    Offer("Formiddagstreff", "Nordskot brygge", "Steigen frivilligsentral", ("coffee_with_others",), 1, "11:30", 90, 4),
    Offer("Kortspill", "Bogøy grendehus", "Steigen pensjonistlag", ("cards", "board_games"), 0, "17:30", 120, come=5),
    Offer("Musikkstund", "Nordfold samfunnshus", "Nordfold sanitetsforening", ("sing_along", "listening_to_music"), 4,
          "12:00", 60, 2, come=7),
    Offer("Busstur til Engeløya", "Steigen kirke", "Steigen kommune", ("outings_with_others", "places_of_my_life"), 3,
          "10:00", 300, 0, 2, cost=150, seats=14, come=11,
          about="Bussen går fra Leinesfjord klokka ti. Kaffe på Laskestad, og innom kirka."),
    Offer("Fisketur fra Helnessund", "Brygga i Helnessund", "Helnessund båtforening", ("fishing", "on_the_sea"), 5,
          "10:00", 180, 0, 1, seats=5, come=5, about="Rolig båt med rekkverk. Redningsvester har vi. Bare i godt vær."),
    Offer("Julebord for pensjonister", "Leinesfjord samfunnshus", "Steigen pensjonistlag",
          ("parties", "eating_together"), 4, "17:00", 240, 0, 3, cost=280, seats=60, come=18,
          about="Ribbe og pinnekjøtt, allsang rundt bordene."),
    Offer("Rakfiskkveld", "Laskestad bygdehus", "Steigen pensjonistlag", ("food_from_childhood",), 4, "18:00", 180, 0,
          -2, cost=200, come=8),
    Offer("Beboermøte", "Fjordgløtt, fellesstua", "Steigen kommune", ("having_a_say",), 2, "14:00", 60, 4, 4,
          unit="omsorgsboliger", open_to_all=False, come=9),
)  # fmt: skip
WORDS = ("Det var godt å synge igjen.", "Kjekt å treffe folk.", "Jeg satt mest og hørte på, og det var fint.",
         "Kaffen var god.", "Jeg kjente flere enn jeg trodde.", "Neste gang vil jeg sitte nærmere.")  # fmt: skip


def offer(seed: int, units: Mapping[str, Unit], hamlets: Mapping[str, Hamlet], when: When) -> None:
    """Places, organisers and what they offer, with those who take part; one cancelled and one moved."""
    arenas = {row[0]: _arena(hamlets, row) for row in ARENAS}
    organisers = {
        name: Organiser.objects.create(name=name, contact_name=who, phone=phone, email=email, is_partner=partner)
        for name, who, phone, email, partner in ORGANISERS
    }
    marit = User.objects.get(email=staff.address_of(staff.MARIT))
    for one in OFFERS:
        _arrange(one, arenas, organisers, units, marit, when)
    since = when.now - timedelta(weeks=WEEKS_BACK)
    take_part(seed, since=since, when=when)
    _cancel_one(when, marit)


def come_along(seed: int, when: When, last_time: date) -> None:
    """The days have gone on: laid out as far as ever, and people have said yes to the new weeks."""
    roll_forward(when.now)
    since = midnight(last_time) + timedelta(weeks=WEEKS_AHEAD)
    take_part(seed, since=since, when=when)


def midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _arena(hamlets: Mapping[str, Hamlet], row: tuple[str, str, tuple[str, ...], bool, str, str]) -> Arena:
    name, village, has, outdoors, ask, phone = row
    hamlet = hamlets[village]
    return Arena.objects.create(
        name=name,
        hamlet=hamlet,
        latitude=hamlet.latitude,
        longitude=hamlet.longitude,
        has=list(has),
        outdoors=outdoors,
        contact_name=ask,
        phone=phone,
    )


def _arrange(
    one: Offer,
    arenas: Mapping[str, Arena],
    organisers: Mapping[str, Organiser],
    units: Mapping[str, Unit],
    by: User,
    when: When,
) -> Activity:
    monday = when.on - timedelta(days=when.on.weekday())
    week = one.nth if one.every == 0 else -WEEKS_BACK
    first = monday + timedelta(weeks=week, days=one.weekday)
    if one.every == 4:
        first = _nth_weekday(first, one.weekday, one.nth)
    rule = {
        0: "",
        1: f"FREQ=WEEKLY;BYDAY={DAYS[one.weekday]}",
        2: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={DAYS[one.weekday]};WKST=MO",
        4: f"FREQ=MONTHLY;BYDAY={one.nth}{DAYS[one.weekday]}",
    }[one.every]
    facts = {
        "title": one.title,
        "about": one.about,
        "interests": list(one.interests),
        "arena": arenas[one.arena],
        "organiser": organisers[one.organiser],
        "unit": units[one.unit] if one.unit else None,
        "starts": timezone.make_aware(datetime.combine(first, time.fromisoformat(one.clock))),
        "minutes": one.minutes,
        "repeats": rule,
        "seats": one.seats,
        "cost": one.cost,
        "open_to_all": one.open_to_all,
    }
    return arrange(facts, by=by, now=when.now)


def _nth_weekday(day: date, weekday: int, nth: int) -> date:
    first = day.replace(day=1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def take_part(seed: int, *, since: datetime, when: When) -> None:
    """Those who live near come, and those who live in the unit's own house; nobody is in two places at once."""
    marit = User.objects.get(email=staff.address_of(staff.MARIT))
    until = when.now + timedelta(weeks=WEEKS_AHEAD)
    near = _neighbours()
    rows: list[Participation] = []
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    known = Occurrence.objects.filter(starts__gte=since, starts__lt=until, participations=None).going_ahead()
    wanted = {(one.title, one.arena): one.come for one in OFFERS}
    for one in known.select_related("activity__arena").in_order():
        arena = one.activity.arena
        if arena is None or arena.hamlet_id is None:
            continue
        who = near.get(arena.hamlet_id, [])
        come = wanted.get((one.activity.title, arena.name), 0)
        source = chance(seed, "takes part", one.activity.title, arena.name, f"{one.starts:%Y%m%d}")
        for citizen_id in _regulars(seed, one.activity.title, who, come + 2):
            if len([row for row in rows[-come - 2 :] if row.occurrence is one]) >= come or source.random() < 0.15:
                continue
            if any(a < one.ends and b > one.starts for a, b in taken.get(citizen_id, [])):
                continue
            taken.setdefault(citizen_id, []).append((one.starts, one.ends))
            rows.append(_place(one, citizen_id, source, when, marit))
    Participation.objects.bulk_create(rows, batch_size=500)


def _regulars(seed: int, title: str, near: list[int], many: int) -> list[int]:
    """The same people come again: half of the fun."""
    return sorted(near, key=lambda pk: chance(seed, title, pk).random())[:many]


def _neighbours() -> dict[int, list[int]]:
    """Who has services and lives in or near each hamlet."""
    served = Belonging.objects.current().values("citizen_id")
    lives = Citizen.objects.filter(pk__in=served, hamlet__isnull=False).select_related("hamlet").order_by("pk")
    return {
        hamlet.pk: [one.pk for one in lives if one.hamlet and _near(one.hamlet, hamlet)]
        for hamlet in Hamlet.objects.all()
    }


def _near(one: Hamlet, other: Hamlet) -> bool:
    north, east = ((one.latitude or 0) - (other.latitude or 0), (one.longitude or 0) - (other.longitude or 0))
    return abs(north) < 0.06 and abs(east) < 0.25


def _place(one: Occurrence, citizen_id: int, source: Random, when: When, by: User) -> Participation:
    over = one.ends < when.now
    state = "yes" if source.random() < 0.7 else "invited"
    facts: dict[str, Any] = {}
    if over:
        there = source.random() < 0.88
        state = "there" if there else "not_there"
        if there:
            facts = {
                "part": "active" if source.random() < 0.65 else "looking_on",
                "smile": source.choice((3, 4, 4, 5, 5)),
            }
            facts["words"] = source.choice(WORDS) if source.random() < 0.2 else ""
    return Participation(
        citizen_id=citizen_id,
        occurrence=one,
        state=state,
        starts=one.starts,
        ends=one.ends,
        invited_by=by,
        answered_at=None if state == "invited" else one.starts - timedelta(days=3),
        made_at=one.starts - timedelta(days=6),
        **facts,
    )


def _cancel_one(when: When, by: User) -> None:
    """Bingo this week: the caller is ill. And the next knitting café is moved by an hour."""
    tomorrow = midnight(when.on + timedelta(days=1))
    bingo = Occurrence.objects.filter(activity__title="Bingo", starts__gte=tomorrow).in_order().first()
    knitting = Occurrence.objects.filter(activity__title="Strikkekafé", starts__gte=tomorrow).in_order().first()
    if bingo:
        cancel(bingo, "Han som roper opp, er syk.", by=by, now=when.now - timedelta(minutes=50))
    if knitting:
        later = {"starts": knitting.starts + timedelta(hours=1), "ends": knitting.ends + timedelta(hours=1)}
        move(knitting, later, "Biblioteket åpner senere den dagen.", by=by, now=when.now - timedelta(minutes=30))
