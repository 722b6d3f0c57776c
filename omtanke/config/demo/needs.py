"""What people of the demo need to take part: asked of most after their interest talk, of the others still supposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from omtanke.config.demo.chance import chance
from omtanke.config.demo.residents import Person
from omtanke.config.demo.vivid import ASTRID
from omtanke.everyday.models import NeedsNote
from omtanke.everyday.needs import supposed
from omtanke.everyday.talk import URL
from omtanke.forms.models import Answers

Need = NeedsNote.Need
ALSO = ((Need.WALKING_AID, 0.3), (Need.TOILET, 0.25), (Need.HEARING_LOOP, 0.12), (Need.QUIET, 0.08))
IN_A_WHEELCHAIR, ASKED = 0.06, 0.75
WORDS = ("Helst ikke i mørket.", "Jeg må sitte langt framme.", "Bare noen blir med inn døra, går det fint.",
         "Ikke for fort i trappa.", "Jeg må hjem før klokka fire.")  # fmt: skip


def ask_what_they_need(seed: int, people: Sequence[Person], on: date) -> None:
    """Two days after the talk somebody asks; they say yes to what was supposed, and mostly to something more."""
    talks = {row.citizen_id: row for row in Answers.objects.finished().to(URL).select_related("questionnaire")}
    notes = []
    for person in people:
        talk, source = talks.get(person.citizen.pk), chance(seed, "needs", person.life.name)
        if talk is None or talk.finished_at is None or source.random() > ASKED or person.life.name == ASTRID:
            continue
        needs = {str(one.need) for one in supposed(person.citizen, talk, on)}
        needs |= {str(code) for code, often in ALSO if source.random() < often}
        if source.random() < IN_A_WHEELCHAIR:
            needs = (needs - {str(Need.WALKING_AID)}) | {str(Need.WHEELCHAIR), str(Need.RIDE)}
        notes.append(
            NeedsNote(
                citizen=person.citizen,
                needs=[code for code in Need.values if code in needs],
                words=source.choice(WORDS) if source.random() < 0.25 else "",
                said_by=source.choice((*[NeedsNote.SaidBy.SELF] * 4, NeedsNote.SaidBy.KIN)),
                noted_by=talk.finished_by,
                at=talk.finished_at + timedelta(days=2),
            )
        )
    NeedsNote.objects.bulk_create(notes)
