"""Volunteers over the hamlets of the demo: most with us, two who wait to begin, and Per, who can log in."""

from __future__ import annotations

from datetime import date, time, timedelta

from omtanke.access.models import User
from omtanke.config.demo import staff
from omtanke.config.demo.chance import chance
from omtanke.config.demo.numbers import mobile
from omtanke.config.demo.places import VILLAGES
from omtanke.everyday.models import Availability, Volunteer
from omtanke.people.models import Employee, Hamlet

# Name, hamlet, interests, seats, times a month.
THEM = (
    ("Per Strand", "Leinesfjord", ("fishing", "coffee_with_others", "drive"), 3, 4),
    ("Siv Andreassen", "Leinesfjord", ("choir", "sing_along"), 3, 3),
    ("Oddrun Vik", "Leinesfjord", ("knitting", "coffee_with_others"), 0, 2),
    ("Karl Henrik Nes", "Leinesfjord", ("walking", "exercise_group"), 4, 2),
    ("Inga Moen", "Leinesfjord", ("books", "quiz"), 0, 4),
    ("Stig Horsdal", "Bogøy", ("on_the_sea", "fishing"), 3, 2),
    ("Wigdis Sund", "Bogøy", ("bingo", "coffee_with_others"), 2, 3),
    ("Turid Bogøy", "Bogen", ("baking", "eating_together"), 3, 2),
    ("Aslak Lind", "Bogen", ("local_history", "conversation"), 0, 2),
    ("Gry Laskestad", "Laskestad", ("hymns", "church_services"), 3, 3),
    ("Morten Prestegård", "Steigen", ("walking", "birds"), 4, 2),
    ("Hildegunn Eng", "Steigen", ("church_services", "graves"), 3, 2),
    ("Leif Arne Saur", "Saursfjord", ("cards", "firewood"), 3, 1),
    ("Rut Røtnes", "Røtnes", ("potted_plants", "conversation"), 2, 2),
    ("Arve Holm", "Holmåk", ("hunting", "fishing"), 3, 1),
    ("Bente Foldvik", "Nordfold", ("choir", "concerts_and_theatre"), 3, 3),
    ("Ole Johan Dahl", "Nordfold", ("shopping", "drive"), 4, 4),
    ("Sunniva Breivik", "Breivik", ("walking", "dogs"), 3, 2),
    ("Jarle Åbornes", "Åbornes", ("board_games", "cards"), 0, 2),
    ("Ellen Leines", "Leines", ("sing_along", "baking"), 3, 3),
    ("Finn Storeng", "Leines", ("woodwork", "small_repairs"), 2, 2),
    ("Solfrid Helnes", "Helnessund", ("coffee_with_others", "knitting"), 3, 2),
    ("Roar Bryggen", "Helnessund", ("on_the_sea", "local_history"), 3, 1),
    ("Mona Nordskot", "Nordskot", ("conversation", "garden"), 3, 2),
    ("Terje Sørskot", "Sørskot", ("outings_with_others", "drive"), 4, 2),
    ("Amina Yusuf", "Leinesfjord", ("eating_together", "cooking"), 0, 2),
    ("Sondre Kleiva", "Nordfold", ("computers", "photographs"), 3, 2),
)
WAITING = ("Amina Yusuf", "Sondre Kleiva")  # signed up lately; the conversation has not been held
BY_DAY, EVENING = (time(9), time(16)), (time(16), time(22))


def sign_up(seed: int, hamlets: dict[str, Hamlet], employees: dict[str, Employee], on: date) -> None:
    """Make them, with when they can."""
    coordinates = {village.name: village for village in VILLAGES}
    users = {user.name: user for user in User.objects.filter(name__in=[name for name, *_rest in THEM])}
    times = []
    for name, hamlet, interests, seats, often in THEM:
        source, village = chance(seed, "volunteer", name), coordinates[hamlet]
        began = on - timedelta(days=source.randint(60, 700))
        gates = (
            {} if name in WAITING else dict.fromkeys(("talked_on", "confidentiality_on", "certificate_seen_on"), began)
        )
        one = Volunteer.objects.create(
            user=users.get(name),
            name=name,
            phone=mobile(source),
            email=staff.address_of(name) if name == staff.VOLUNTEER else "",
            hamlet=hamlets[hamlet],
            latitude=village.latitude + source.gauss(0, 0.004),
            longitude=village.longitude + source.gauss(0, 0.01),
            interests=list(interests),
            languages="Norsk, arabisk" if name == "Amina Yusuf" else "Norsk",
            times_a_month=often,
            range_km=source.choice([20, 30, 40]),
            has_car=seats > 0,
            seats=seats,
            wheelchair_places=1 if name == "Ole Johan Dahl" else 0,
            looked_after_by=None if name in WAITING else employees[staff.MARIT],
            **gates,
        )
        for weekday in source.sample(range(7), k=source.choice([2, 3, 4, 5])):
            for starts, ends in source.choice([(BY_DAY,), (BY_DAY,), (EVENING,), (BY_DAY, EVENING)]):
                times.append(Availability(volunteer=one, weekday=weekday, starts=starts, ends=ends))
    Availability.objects.bulk_create(times)
