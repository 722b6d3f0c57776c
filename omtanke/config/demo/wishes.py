"""What people in the demo municipality wish for, in their own words, and what came of it; and a residents' meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from omtanke.access.models import User
from omtanke.config.demo import staff
from omtanke.config.demo.chance import chance, deal
from omtanke.config.demo.places import HOUSING
from omtanke.config.demo.residents import Person
from omtanke.config.demo.vivid import ASTRID
from omtanke.everyday.follow_up import take_step, tell
from omtanke.everyday.models import Occurrence, Participation, Wish, WishStep
from omtanke.everyday.residents_meeting import decide, plan_meeting, tell_outcome, who_came, wish_at_meeting
from omtanke.everyday.say_wish import say_wish
from omtanke.everyday.sign_up import sign_up
from omtanke.everyday.talk import URL
from omtanke.forms.models import Answers
from omtanke.people.models import Employee, Unit

if TYPE_CHECKING:
    from omtanke.config.demo.load import When

S = Wish.State

# Interest: what somebody says who wishes for it.
WORDS: Mapping[str, tuple[str, ...]] = {
    "choir": (
        "Jeg skulle gjerne sunget i kor igjen, om så bare i bakerste rad.",
        "Synge sammen med noen som kan andrestemmen.",
        "Høre koret øve. Jeg kan jo alle sangene ennå.",
        "Å være med i seniorkoret, hvis noen henter meg.",
    ),
    "hymns": ("Synge de gamle salmene, dem vi hadde hjemme.", "Salmekveld i kirka, på en onsdag når beina er gode."),
    "walking": (
        "Noen å gå tur med. Alene blir det bare til postkassa.",
        "Gå ned til sjøen før snøen kommer.",
        "En runde i lag med noen som ikke har det travelt.",
    ),
    "fishing": ("Kjenne et tak i snøret én gang til.", "Være med ut og fiske, jeg kan sitte i ro og holde pilken."),
    "on_the_sea": ("Lukte sjø. Det er tre år siden jeg var i båt.",),
    "cards": ("Et slag kort på fredagene, slik vi hadde det på kaia.", "Noen som kan gammel amerikaner."),
    "bingo": ("Bingo på Solbakken, men jeg kommer meg ikke dit.",),
    "knitting": ("Strikke i lag med andre. Alene faller jeg i søvn.", "Lære noen av de unge å strikke selbuvotter."),
    "dancing": ("Danse en vals til. En eneste.", "Sitte og se på dansen og høre trekkspillet."),
    "eating_together": ("Spise middag med noen. Maten smaker ikke når en er alene.",),
    "coffee_with_others": (
        "En kopp kaffe med noen som har tid til å bli sittende.",
        "Ha noen på kaffe og dekke skikkelig på.",
    ),
    "visits_from_friends": ("Treffe Magnhild igjen. Hun bor i Nordfold, og ingen av oss kjører.",),
    "places_of_my_life": (
        "Se barndomshjemmet en gang til, om så bare fra bilen.",
        "Dra hjem til Engeløya og sitte på trappa.",
    ),
    "drive": ("En biltur uten ærend. Bare se på fjellene.",),
    "outings_with_others": ("Busstur, med kaffe på termos og noen å le sammen med.",),
    "church_services": ("Til kirka første søndag i advent.",),
    "graves": ("Pynte grava før jul, og tenne et lys.",),
    "garden": ("Ha fingrene i jorda. En kasse på verandaen holder.",),
    "baking": ("Bake lefser slik mor gjorde, med noen som løfter takka.", "Steke vafler til hele gangen."),
    "food_from_childhood": ("Boknafisk med alt tilbehør.", "Rakfisk. Det får vi aldri her."),
    "dogs": ("Ha en hund på fanget igjen. Bare på besøk.",),
    "children_and_young_people": (
        "At ungene fra skolen kommer og leser for oss.",
        "Fortelle ungdommen hvordan vi drev fiske.",
    ),
    "woodwork": ("Komme ned på verkstedet og kjenne lukta av flis.",),
    "local_history": ("Se bildene fra det gamle handelsstedet sammen med noen som husker.",),
    "books": ("Noen som leser høyt for meg, øynene vil ikke mer.",),
    "concerts_and_theatre": ("Høre en ordentlig konsert en gang til.",),
    "computers": ("Lære å ringe til barnebarnet med bilde.",),
    "exercise_group": ("Trimme i lag med de andre, så det blir noe av.",),
    "helping_somebody": ("Være til nytte for noen. Jeg kan da skrelle poteter.",),
    "skiing": ("Stå på ski en gang til, på flata bak skolen.",),
}
HOW_IT_WAS = (
    "Det var som å være ung igjen.",
    "Jeg sov godt den natta.",
    "Tenk at jeg fikk oppleve det.",
    "Det må vi gjøre igjen!",
    "Jeg kjente flere enn jeg trodde.",
    "Jeg hadde gledet meg i ukevis, og det holdt.",
)
NOT_FOR_ME = ("Det ble for mye støy for meg.", "Nei, det var artigere å tenke på enn å være der.")
OFFERED = ("Avtalt med organisatoren, vi venter på en dag som passer.", "Spurt og svart ja. Skyssen gjenstår.")
NO_THANKS = ("Nei takk, ikke på tirsdager.", "Ikke i dag, sa hun. Spør igjen når det blir lysere.")
UNMET: tuple[tuple[str, str], ...] = (
    ("no_ride", "Ingen kjører på kveldstid fra denne kanten."),
    ("no_ride", "Ferja går ikke tilbake samme kveld."),
    ("no_company", "Vi har ingen frivillig i grenda som kan følge."),
    ("no_offer", "Ingenting slikt finnes i nærheten nå."),
    ("no_offer", "Gruppa la ned i fjor."),
    ("place", "Det er trapp inn, og rullestolen kommer ikke fram."),
    ("health", "Legen ber oss vente til over jul."),
    ("time", "Det er bare på formiddagen, og da kommer hjemmesykepleien."),
)
# How often a wish stands where. Weighted; a few have stood still.
STANDS = (("said", 26), ("offered", 16), ("tried", 5), ("enjoyed", 24), ("again", 9), ("not_for_me", 4), ("unmet", 16))


def wish(seed: int, people: Sequence[Person], units: Mapping[str, Unit], when: When) -> None:
    """Wishes said in the last year, in all states; Astrid's three; a residents' meeting at Fjordgløtt."""
    heard_by = list(User.objects.filter(employee__active=True).select_related("employee").order_by("pk"))
    for person in people:
        if person.life.name == ASTRID:
            _astrid(person, when)
        else:
            _some(seed, person, heard_by, when)
    _meeting(seed, units[HOUSING], when)


def _astrid(person: Person, when: When) -> None:
    kari = User.objects.get(email=staff.address_of(staff.KARI))
    marit = User.objects.get(email=staff.address_of(staff.MARIT))

    def said(words: str, days: int, interest: str, rank: int) -> Wish:
        return say_wish(person.citizen, words, by=kari, at=_ago(when, days), interest=interest, rank=rank)

    walk = said("Noen å gå tur med", 9, "walking", 1)
    tell(walk, "Venter på en frivillig i Leinesfjord. Siv på frivilligsentralen spør.", by=kari, at=_ago(when, 7))
    choir = said("Synge i kor", 40, "choir", 2)
    _has_a_place(choir, "Salmekveld", marit, when)
    _offer(choir, ("hymns", "choir"), marit, when, _ago(when, 6))
    trip = said("Busstur til Engeløya", 62, "outings_with_others", 3)
    take_step(trip, S.OFFERED, by=marit, at=_ago(when, 30), words="Bussen går fra Leinesfjord klokka ti.")
    take_step(trip, S.TRIED, by=kari, at=_ago(when, 12))
    take_step(trip, S.ENJOYED, by=kari, at=_ago(when, 12), words="Vi må gjøre det igjen!")


def _some(seed: int, person: Person, heard_by: Sequence[User], when: When) -> None:
    source = chance(seed, "wishes", person.life.name)
    for code in _wanted(source, person)[: source.choices((0, 1, 2, 3), (18, 40, 30, 12))[0]]:
        state = S(source.choices([name for name, _n in STANDS], [n for _name, n in STANDS])[0])
        days = source.randint(2, 75) if state in {S.SAID, S.OFFERED, S.TRIED} else source.randint(16, 330)
        by = _heard(source, person, heard_by)
        one = say_wish(person.citizen, source.choice(WORDS[code]), by=by, at=_ago(when, days), interest=code)
        _bring_to(one, state, days, by, source, when)


def _wanted(source: Random, person: Person) -> list[str]:
    """Things they want more of, by their own interest talk, first; then others."""
    talk = Answers.objects.finished().to(URL).filter(citizen=person.citizen).newest_first().first()
    given = talk.given if talk else {}
    more = [key.removesuffix(".more") for key in given if key.endswith(".more")]
    first = [code for code in more if code in WORDS]
    return [*first, *(code for code in deal(source, list(WORDS)) if code not in first)]


def _heard(source: Random, person: Person, heard_by: Sequence[User]) -> User:
    near = [user for user in heard_by if user.employee.unit and user.employee.unit.code in person.units]
    return source.choice(near or list(heard_by))


def _bring_to(one: Wish, state: S, days: int, by: User, source: Random, when: When) -> None:
    """The steps that lead there, some days apart."""
    if state == S.SAID:
        if days > 14 and source.random() < 0.7:  # the others have stood still since they were said
            tell(one, "Har spurt litt rundt. Svar kommer.", by=by, at=_ago(when, days - 9))
        return
    if state == S.UNMET:
        cause, words = source.choice(UNMET)
        take_step(one, S.UNMET, by=by, at=_ago(when, max(1, days - 20)), cause=cause, words=words)
        return
    offered = _ago(when, max(2, days - source.randint(3, 12)))
    if source.random() < 0.15:
        take_step(one, S.OFFERED, by=by, at=offered, words=source.choice(OFFERED))
        take_step(one, S.SAID, by=by, at=offered + timedelta(hours=2), words=source.choice(NO_THANKS))
    _offer(one, (one.interest,), by, when, offered)
    if state == S.OFFERED:
        return
    at = min(offered + timedelta(days=source.randint(2, 21)), when.now - timedelta(hours=3))
    been = _been(one, at)
    take_step(one, S.TRIED, by=by, at=at, participation=been)
    if state != S.TRIED:
        words = source.choice(NOT_FOR_ME if state == S.NOT_FOR_ME else HOW_IT_WAS)
        take_step(one, state, by=by, at=at, words=words, participation=been)
        Participation.objects.filter(pk=been.pk if been else 0).update(words=words)


def _offer(one: Wish, about: Sequence[str], by: User, when: When, at: datetime) -> None:
    """Offered by a place at something to come where they have one, or in words."""
    coming = Participation.objects.filter(starts__gt=when.now, state__in=["yes", "invited"], wish=None)
    place = (
        coming.filter(citizen=one.citizen_id, occurrence__activity__interests__overlap=list(about))
        .order_by("starts")
        .first()
    )
    take_step(one, S.OFFERED, by=by, at=at, words="" if place else OFFERED[one.pk % 2], participation=place)
    if place:
        Participation.objects.filter(pk=place.pk).update(wish=one, state="yes")


def _has_a_place(one: Wish, title: str, by: User, when: When) -> None:
    """At the next time of it."""
    coming = Occurrence.objects.filter(activity__title=title, starts__gt=when.now).going_ahead().in_order()
    sign_up(coming[0], one.citizen, state="yes", by=by, now=_ago(when, 6), knowing_of_visits=True)


def _been(one: Wish, at: datetime) -> Participation | None:
    """The last time they were at something like it."""
    there = Participation.objects.filter(citizen=one.citizen_id, state="there", wish=None, starts__lt=at)
    been = there.filter(occurrence__activity__interests__contains=[one.interest]).order_by("-starts").first()
    Participation.objects.filter(pk=been.pk if been else 0).update(wish=one)
    return been


def _meeting(seed: int, unit: Unit, when: When) -> None:
    """One four weeks ago, with what came of it, and one next week."""
    heidi, oda = (Employee.objects.get(user__name=name) for name in ("Heidi Nymo", "Oda Lysvoll"))
    before = plan_meeting(
        unit,
        _at(when, -28),
        ("Maten", "Hva skal vi finne på før jul?", "Ro i gangen om kvelden"),
        by=heidi.user,
        place="Fellesstua",
        led_by=heidi,
    )
    food, before_christmas, quiet = before.items.all()
    decide(
        food,
        said="Mange savner fisk, og potetene er for harde.",
        decision="Fersk fisk to ganger i uka.",
        owner=heidi,
        due=when.on - timedelta(days=7),
    )
    decide(
        before_christmas,
        said="Baking, og noen ville høre skolekoret.",
        decision="Bakedag i fellesstua, og vi spør skolen.",
        owner=oda,
        due=when.on + timedelta(days=14),
    )
    decide(
        quiet,
        said="Døra til kjøkkenet smeller.",
        decision="Ny demper på kjøkkendøra.",
        owner=heidi,
        due=when.on - timedelta(days=14),
    )
    tell_outcome(quiet, "Demperen kom på plass, og det er stille.", by=heidi.user, at=_ago(when, 16))
    live_here = [one.citizen for one in unit.belongings.select_related("citizen").order_by("pk")]
    came = deal(chance(seed, "came to the meeting"), live_here)[:9]
    who_came(before, came, among=live_here)
    if heidi.user:
        said = wish_at_meeting(before, came[0], "Andakt i stua, med salmer vi kan.", by=heidi.user, at=_at(when, -28))
        WishStep.objects.filter(wish=said).update(at=_at(when, -28))
        tell(said, "Har spurt presten. Han kommer annenhver onsdag.", by=heidi.user, at=_ago(when, 12))
    plan_meeting(
        unit,
        _at(when, 7),
        ("Hva ble det til siden sist?", "Julemiddagen", "Hva vil vi gjøre på nyåret?"),
        by=heidi.user,
        place="Fellesstua",
        led_by=oda,
    )


def _ago(when: When, days: int) -> datetime:
    return when.now - timedelta(days=days)


def _at(when: When, days: int) -> datetime:
    """Two o'clock on a day so many days from today."""
    on = timezone.localtime(when.now) + timedelta(days=days)
    return on.replace(hour=14, minute=0, second=0, microsecond=0)
