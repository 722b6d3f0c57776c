"""The seniors of the demo's visit service: who is ready and who has begun, the monthly meetings, the newsletter, and
those who speak well of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from omtanke.access.models import User
from omtanke.befriending.long_texts import long_text
from omtanke.befriending.models import (
    ChapterSeen,
    Match,
    MeetingAnswer,
    Newsletter,
    NewsletterPiece,
    PlanRead,
    Signature,
    Supporter,
    SupporterContact,
    TeamMeeting,
    Training,
    TrainingDone,
)
from omtanke.care.contacts import midnight
from omtanke.everyday.models import Organiser
from omtanke.people.models import Employee, Unit

LEAD, JUST_BEGUN = "Hilde Aune", "Sverre Nymo"

PIECES = (
    ("Takk for innsatsen", "Før jul har vi vært på besøk hver eneste uke. Det merkes, både hos dem vi kommer til og "
     "hos dem som er glad i dem. Det viktigste vi har med oss, er god tid."),
    ("Når noen sier nei i dag", "Et nei er et svar. Ta av deg skoene en annen dag, hils, og si når du kommer igjen. "
     "Skriv det i besøksboka, så vet vi det alle."),
    ("Vi trenger flere", "Kjenner du en som har hjertet på rett sted og et par timer i uken? Be dem ringe oss. Vi tar "
     "en kaffe først, og så ser vi."),
)  # fmt: skip
EARLIER = (
    ("Høsten er her", "Sett frem brodder og refleks til dem du besøker, og sjekk at du har dem selv. Et fall mindre er "
     "verdt en påminnelse."),
    ("Messen i Bodø", "Tre av oss sto på stand på eldremessen. Mange stoppet, og to vil prøve seg som seniorer."),
)  # fmt: skip

# Name, kind, organisation, what they care for, days until the next contact, about what, what was said last.
SUPPORTERS = (
    ("Solveig Bergli", "volunteer_centre", "Steigen frivilligsentral", "At ingen skal sitte alene med kaffen.", -3,
     "Felles kafé i januar", "Vi kan låne lokalet annenhver torsdag."),
    ("Odd Arne Vik", "pensioners", "Steigen pensjonistforening", "Turgruppen, og at menn også blir med.", 12,
     "Innlegg på årsmøtet", "Han vil at to av oss kommer på årsmøtet og forteller."),
    ("Liv Sørskot", "elders_ombud", "", "Trygge veier og trygge hjem.", 30,
     "Rapport til eldrerådet", "Eldrerådet vil høre hvordan det går hvert halvår."),
    ("Torbjørn Skar", "ambassador", "", "Spiller trekkspill på sykehjemmet, og kjenner alle.", 45,
     "Konsert på våren", "Han stiller gjerne opp når vi skal fortelle om oss."),
)  # fmt: skip


def get_ready(hired: Mapping[str, Employee], seniors: tuple[str, ...], since: date) -> None:
    """Before anybody visits: all have been through everything, apart from the one who has just begun."""
    began = midnight(since) + timedelta(hours=10)
    declaration = long_text("declaration", "nb")
    for name in seniors:
        senior = hired[name]
        if name == JUST_BEGUN:
            continue
        for place, training in enumerate(Training):
            at = began + timedelta(days=7 * place)
            _read(senior, training, at)
            TrainingDone.objects.create(
                senior=senior, training=training, version=long_text(training, "nb").version, at=at + timedelta(hours=1)
            )
        Signature.objects.create(
            senior=senior,
            version=declaration.version,
            language="nb",
            words=declaration.words,
            name=senior.name,
            at=began + timedelta(days=15),
        )


def begin_reading(senior: Employee, on: date) -> None:
    """Half of the first training, some days ago."""
    _read(senior, Training.PREPARATION, midnight(on - timedelta(days=4)) + timedelta(hours=18), chapters=3)


def _read(senior: Employee, training: Training, at: datetime, chapters: int | None = None) -> None:
    text = long_text(training, "nb")
    ChapterSeen.objects.bulk_create(
        ChapterSeen(senior=senior, training=training, version=text.version, chapter=code, how="read", at=at)
        for code in text.codes[:chapters]
    )


def read_plan(matched: Match, at: datetime) -> None:
    PlanRead.objects.create(
        senior=matched.senior, citizen_id=matched.citizen_id, department_id=matched.department_id, at=at
    )


def meet_and_tell(department: Unit, hired: Mapping[str, Employee], on: date) -> None:
    """Meetings held and to come, newsletters, supporters."""
    lead = hired[LEAD].user
    assert lead is not None  # noqa: S101 - the demo hires her with a login
    _meet(department, hired, lead, on)
    first = on.replace(day=1)
    _tell((first - timedelta(days=1)).replace(day=1), EARLIER, "Takk for en fin måned.", lead)
    _tell(first, PIECES, "Kjære alle sammen. Her er nytt fra oss, og neste møte.", lead)
    Newsletter.objects.create(
        month=(first + timedelta(days=40)).replace(day=1), title="Seniorposten", lead="", changed_by=lead
    )
    _support(lead, on)


def _meet(department: Unit, hired: Mapping[str, Employee], lead: User, on: date) -> None:
    them = [one for one in hired.values() if one.title == "Senior"]
    for days, theme, about in (
        (-24, "safety", "Fall i hjemmet: hva vi ser etter, og hva vi gjør."),
        (6, "ethics", "Når du får vite noe du ikke kan bære alene: hvem du sier det til."),
    ):
        starts = midnight(on + timedelta(days=days)) + timedelta(hours=11)
        meeting = TeamMeeting.objects.create(
            department=department,
            theme=theme,
            about=about,
            starts=starts,
            ends=starts + timedelta(minutes=90),
            place="Leinesfjord samfunnshus, lillesalen",
            called_by=lead,
            called_at=starts - timedelta(days=20),
        )
        held = days < 0
        for senior in them:
            if held or senior.name == "Turid Hals":
                MeetingAnswer.objects.create(
                    meeting=meeting,
                    senior=senior,
                    comes=True,
                    answered_at=starts - timedelta(days=15),
                    came=senior.name != JUST_BEGUN if held else None,
                )


def _tell(month: date, pieces: tuple[tuple[str, str], ...], lead_words: str, lead: User) -> None:
    at = midnight(month) + timedelta(days=1, hours=9)
    new = Newsletter.objects.create(
        month=month,
        title="Seniorposten",
        lead=lead_words,
        changed_by=lead,
        changed_at=at,
        published_by=lead,
        published_at=at,
    )
    NewsletterPiece.objects.bulk_create(
        NewsletterPiece(newsletter=new, number=number, heading=heading, text=text)
        for number, (heading, text) in enumerate(pieces, 1)
    )


def _support(lead: User, on: date) -> None:
    for name, kind, organisation, cares_for, days, about, said in SUPPORTERS:
        organiser = Organiser.objects.get_or_create(name=organisation)[0] if organisation else None
        one = Supporter.objects.create(
            name=name,
            kind=kind,
            organiser=organiser,
            cares_for=cares_for,
            phone="36 08 11 2" + str(len(name) % 10),
            kept_by=lead,
            next_contact_on=on + timedelta(days=days),
            next_about=about,
        )
        SupporterContact.objects.create(supporter=one, on=on - timedelta(days=60 + days), said=said, by=lead)
