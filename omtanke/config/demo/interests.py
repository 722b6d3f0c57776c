"""Interest talks and a few screenings: what people said follows from who they are (their portraits)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from omtanke.access.models import User
from omtanke.care.models import NamedContact
from omtanke.config.demo.chance import chance
from omtanke.config.demo.residents import Person
from omtanke.config.demo.vivid import ASTRID, Life
from omtanke.everyday.hindrances import note_hindrances
from omtanke.everyday.interests import bank, suggest
from omtanke.everyday.models import Hindrance
from omtanke.everyday.talk import URL as TALK
from omtanke.forms.items import CHOICES, Form, Given, Kind
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Answers, Questionnaire
from omtanke.forms.scoring import score

IN_USE_SINCE = timedelta(days=430)
EVERYBODY_LIKES = ("coffee_with_others", "conversation", "sitting_outdoors", "family", "radio", "television", "drive")
HINDERS = ("company", "ride", "health", "senses", "money", "did_not_know", "does_not_dare")
GOALS = (
    ("Å gå til postkassa og hente avisa selv.", "Kler på meg og går ut.", "Noen ved siden av når det er glatt."),
    ("Å lage middag til meg selv en dag i uka.", "Skreller og koker.", "Å få løftet gryta, og å handle."),
    ("Å komme meg ut blant folk igjen.", "Ringer og avtaler.", "Skyss, og en å gå inn døra sammen med."),
    ("Å klare trappa så jeg kan ta imot besøk.", "Trener hver morgen.", "En som følger med i starten."),
    ("Å stelle blomstene mine selv.", "Vanner og steller.", "Å få bært inn jord."),
)
OWN_WORDS = (
    "Det var hele livet mitt før.",
    "Bare ikke for mange på en gang.",
    "Helst om formiddagen.",
    "Hvis noen spør meg.",
    "Det er så lenge siden.",
    "Sammen med en jeg kjenner.",
    "Det glemmer jeg tida av.",
)
DEALT_WITH = {
    "health": "Sykepleieren har sett på det. Begynner med korte turer på gode dager.",
    "money": "Det er gratis på frivilligsentralen. Det visste vi ikke.",
    "senses": "Sitter langt framme, og samfunnshuset har teleslynge.",
    "did_not_know": "Fikk arket med det som skjer, og har ringt rundt noe.",
    "does_not_dare": "En av oss blir med første gang.",
}
SCREENINGS = {"who-5": 34, "loneliness-3": 26, "nutrition-mst": 40, "self-rated-health": 22}


def talk_about_interests(seed: int, people: Sequence[Person], on: date) -> None:
    """Talks with most people: some lately, some too long ago, a few never, one on pause, two who would rather not."""
    bring_shipped()
    since = timezone.make_aware(datetime.combine(on - IN_USE_SINCE, time(9)))
    Questionnaire.objects.update(added_at=since, published_at=since)
    forms = {one.url: one for one in Questionnaire.objects.active()}
    contacts = {
        contact.citizen_id: contact.employee.user
        for contact in NamedContact.objects.current(on).primary().select_related("employee__user")
    }
    rows = [row for person in people for row in _talks(seed, person, forms[TALK], contacts, on)]
    for name, number in SCREENINGS.items():
        form = forms[f"urn:omtanke:questionnaire:{name}"]
        asked = chance(seed, "screened", name).sample(list(people), min(number, len(people)))
        rows += [row for person in asked for row in _screenings(seed, person, form, contacts, on)]
    Answers.objects.bulk_create(rows)
    _stand_in_the_way(seed, [person.citizen.pk for person in people], on)


def _stand_in_the_way(seed: int, citizens: Sequence[int], on: date) -> None:
    """Of the latest talk of each: most is dealt with, what was said lately waits for somebody."""
    latest: dict[int, Answers] = {}
    talks = Answers.objects.finished().to(TALK).filter(citizen__in=citizens).select_related("questionnaire")
    for answers in talks.newest_first():
        latest.setdefault(answers.citizen_id, answers)
    for pk, answers in sorted(latest.items()):
        said = answers.finished_at or timezone.now()
        for one in note_hindrances(answers, by=answers.finished_by, at=said):
            after = said + timedelta(days=9)
            if answers.finished_by and (on - timezone.localdate(said)).days > chance(seed, "waits", pk).randint(20, 90):
                Hindrance.objects.filter(pk=one.pk).update(
                    dealt_at=after, dealt_by=answers.finished_by, words=DEALT_WITH[one.kind]
                )


def _talks(
    seed: int, person: Person, talk: Questionnaire, contacts: Mapping[int, User | None], on: date
) -> Iterator[Answers]:
    source = chance(seed, "talk", person.life.name)
    by = contacts.get(person.citizen.pk)
    given = _said(source, person.life)
    if person.life.name == ASTRID:
        yield _row(person, talk, given, by, on - timedelta(days=379))
        return
    lot = source.random()
    if lot < 0.06:
        return  # nobody has asked yet
    if lot < 0.10:
        yield _row(person, talk, {}, by, on - timedelta(days=source.randint(20, 200)), declined=True)
        return
    ago = source.randint(15, 340) if lot < 0.82 else source.randint(370, 420)
    yield _row(person, talk, given, by, on - timedelta(days=ago))
    if 0.10 <= lot < 0.14:
        begun = dict(list(given.items())[:6])
        yield _row(person, talk, begun, by, on - timedelta(days=2), paused=True)


def _said(source: Random, life: Life) -> Given:
    """What the person likes is found in their own words; a few more things are liked a little, some not at all."""
    words = [*life.talk_about.split(", "), life.what_matters, *life.life_story.split(". ")]
    strong = list(dict.fromkeys(code for one in words for code in suggest(one)[:2]))[:7]
    others = [code for code in bank() if code not in strong]
    some = dict.fromkeys([*source.sample(EVERYBODY_LIKES, 3), *source.sample(others, 6)])
    given: Given = {code: ["strong"] for code in strong}
    given |= {code: ["some"] for code in some if code not in strong}
    given |= {code: ["none"] for code in source.sample(others, 24) if code not in given}
    for code in [*strong, *some]:
        if source.random() < 0.35:
            given[f"{code}.now"] = [True]
        elif code in strong or source.random() < 0.3:
            given[f"{code}.more"] = [True]
            given[f"{code}.hinders"] = source.sample(HINDERS, source.choice((1, 1, 2)))
    for code, words_of in zip(source.sample([*strong, *some], 3), source.sample(OWN_WORDS, 3), strict=True):
        given[f"{code}.words"] = [words_of]
    if source.random() < 0.6:
        goal, myself, help_with = source.choice(GOALS)
        given |= {"goals#0/goal": [goal], "goals#0/goal.myself": [myself], "goals#0/goal.help": [help_with]}
    return given


def _screenings(
    seed: int, person: Person, questionnaire: Questionnaire, contacts: Mapping[int, User | None], on: date
) -> Iterator[Answers]:
    source = chance(seed, questionnaire.url, person.life.name)
    by = contacts.get(person.citizen.pk)
    level = source.random()
    for ago in (source.randint(190, 330), source.randint(5, 120)):
        yield _row(person, questionnaire, _chosen(source, questionnaire.form, level), by, on - timedelta(days=ago))
        level = min(1.0, max(0.0, level + source.uniform(-0.15, 0.3)))


def _chosen(source: Random, form: Form, level: float) -> Given:
    """Answers that hang together: near the same place in every scale."""
    given: Given = {}
    for item in form.by_link_id.values():
        if item.kind in CHOICES:
            place = round((1 - level) * (len(item.options) - 1) + source.uniform(-0.7, 0.7))
            given[item.link_id] = [item.options[min(len(item.options) - 1, max(0, place))].code]
        elif item.kind == Kind.BOOLEAN:
            given[item.link_id] = [source.random() > level]
    return given


def _row(
    person: Person, questionnaire: Questionnaire, given: Given, by: User | None, on: date, **state: Any
) -> Answers:
    at = timezone.make_aware(datetime.combine(on, time(11, 30)))
    reached = score(questionnaire.form, given)
    paused = state.pop("paused", False)
    return Answers(
        citizen=person.citizen,
        questionnaire=questionnaire,
        open_to_everyday=questionnaire.opens_to_everyday,
        given=given,
        begun_by=by,
        begun_at=at - timedelta(minutes=35),
        saved_by=by,
        saved_at=at,
        finished_by=None if paused else by,
        finished_at=None if paused else at,
        score=reached.value if reached else None,
        **state,
    )
