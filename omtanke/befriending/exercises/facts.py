"""What a plan is shaped by: kept as data, read from the getting-to-know form, and said in words.

What the form leaves open in free words is only suggested from, on the careful side; whoever makes the plan sees the
words beside it and puts it right.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omtanke.forms.models import Answers
from omtanke.kernel.exercises.problem import Aid, Falls, Person, Sense, Situation, Stamina, Taste

TIRED = {"fast": Stamina.TIRES_FAST, "some": Stamina.SOME, "slow": Stamina.GOOD}
# How words about a fall begin, in Norwegian, Swedish and English.
SITUATIONS: Mapping[Situation, str] = {
    Situation.RISING: r"reis|stå opp|sto opp|sengen|senga|sängen|res(te|a) sig|get(ting)? up|got up|chair|stol",
    Situation.TURNING: r"snu|vend|vrid|vänd|turn",
    Situation.WALKING: r"gikk|gå tur|snubl|teppe|matta|gick|glatt|is\b|halk|walk|tripp|slip|rug\b|carpet",
    Situation.REACHING: r"strekk|strakk|hylle|skap|sträck|hylla|skåp|reach|shelf|cupboard|bøy|böj",
    Situation.STEPS: r"trapp|steg\b|terskel|tröskel|stair|step|threshold|kjeller",
}
SEVERAL = r"flere|ganger|ofte|flera|gånger|ofta|several|times|often|twice|again|igjen|igen"
HURT = r"brakk|brudd|bruk(k|ket)|skad|sykehus|lårhals|bröt|fraktur|sjukhus|broke|fracture|hurt|injur|hospital"
DIZZY = r"svim|yr\b|yrsel|dizz|snurr"
MONTHS = ("jan", "feb", "mar", "apr", "ma[ijy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "de[sc]")
SIGHT = r"forstørr|svaksynt|ser dårlig|synshem|synsk|förstor|ser dåligt|magnif|poor sight|blind"
HEARING = r"hører dårlig|tunghørt|hørsel|høreapparat|hör dåligt|hörsel|hörapparat|hard of hearing|deaf|hearing aid"
TASTES = {
    Taste.MUSIC: r"musi[kc]|sang|sång|syng|sjung|song|sing|kor\b|kör\b|trekkspill|dragspel",
    Taste.WORDS: r"kryssord|korsord|ord|les|läs|bok|bøker|böcker|dikt|crossword|word|read|book|fortel|berätt",
    Taste.PICTURES: r"bilde|bild|foto|photo|picture|album|mal[ei]|paint",
}


def as_data(person: Person) -> dict[str, Any]:
    return {
        "falls": person.falls,
        "last_fall": person.last_fall.isoformat() if person.last_fall else None,
        "hurt": person.hurt,
        "fell_when": sorted(person.fell_when),
        "dizzy": person.dizzy,
        "new_hip": person.new_hip,
        "aid": person.aid,
        "body": person.body,
        "mind": person.mind,
        "lacks": sorted(person.lacks),
        "likes": sorted(person.likes),
    }


def person_of(data: Mapping[str, Any]) -> Person:
    return Person(
        falls=Falls(data["falls"]),
        last_fall=date.fromisoformat(data["last_fall"]) if data["last_fall"] else None,
        hurt=data["hurt"],
        fell_when=frozenset(map(Situation, data["fell_when"])),
        dizzy=data["dizzy"],
        new_hip=data["new_hip"],
        aid=Aid(data["aid"]),
        body=Stamina(data["body"]),
        mind=Stamina(data["mind"]),
        lacks=frozenset(map(Sense, data["lacks"])),
        likes=frozenset(map(Taste, data["likes"])),
    )


def suggested(answers: Answers, *, on: date) -> Person:
    """What the form says, and what its free words hint at."""
    given = answers.given
    fell = bool(_first(given, "fallen"))
    of_falls = str(_first(given, "falls") or "").casefold() if fell else ""
    of_mind = " ".join(str(_first(given, path) or "") for path in ("mind", "likes", "matters")).casefold()
    stamina = TIRED.get(str(_first(given, "tired")), Stamina.SOME)
    lacks = {Sense.SIGHT: SIGHT, Sense.HEARING: HEARING}
    return Person(
        falls=Falls.NONE if not fell else Falls.SEVERAL if re.search(SEVERAL, of_falls) else Falls.ONE,
        last_fall=day_in_words(of_falls, on=on) if fell else None,
        hurt=bool(re.search(HURT, of_falls)),
        fell_when=frozenset(one for one, said in SITUATIONS.items() if re.search(said, of_falls)),
        dizzy=bool(re.search(DIZZY, of_falls)),
        body=stamina,
        mind=stamina,
        lacks=frozenset(sense for sense, said in lacks.items() if re.search(said, of_mind)),
        likes=frozenset(taste for taste, said in TASTES.items() if re.search(rf"\b({said})", of_mind)),
    )


def _first(given: Mapping[str, Any], path: str) -> Any:
    return next(iter(given.get(path) or ()), None)


def day_in_words(words: str, *, on: date) -> date | None:
    """The last day of the month or year that is named, never after `on`; None where none is.

    The last day, since a fall that counts as recent for too long does no harm.
    """
    year = re.search(r"\b(19|20)\d\d\b", words)
    month = next((n for n, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name}\w*", words)), None)
    if month is None:
        return min(on, date(int(year.group()), 12, 31)) if year else None
    in_year = int(year.group()) if year else on.year - (month > on.month)
    return min(on, date(in_year, month, calendar.monthrange(in_year, month)[1]))


FALLS = {
    Falls.NONE: gettext_lazy("has not fallen"),
    Falls.ONE: gettext_lazy("has fallen once"),
    Falls.SEVERAL: gettext_lazy("has fallen several times"),
}
WHEN = {
    Situation.RISING: gettext_lazy("getting up from a chair or the bed"),
    Situation.TURNING: gettext_lazy("turning round"),
    Situation.WALKING: gettext_lazy("walking"),
    Situation.REACHING: gettext_lazy("reaching or bending"),
    Situation.STEPS: gettext_lazy("on stairs or a threshold"),
}
AIDS = {
    Aid.NONE: gettext_lazy("without an aid"),
    Aid.STICK: gettext_lazy("with a stick"),
    Aid.WALKER: gettext_lazy("with a walker"),
    Aid.WHEELCHAIR: gettext_lazy("in a wheelchair"),
}
STAMINA = {
    Stamina.TIRES_FAST: gettext_lazy("tires quickly"),
    Stamina.SOME: gettext_lazy("tires after a while"),
    Stamina.GOOD: gettext_lazy("seldom tires"),
}
LIKES = {
    Taste.MUSIC: gettext_lazy("music and singing"),
    Taste.WORDS: gettext_lazy("words and stories"),
    Taste.PICTURES: gettext_lazy("pictures and puzzles"),
}
LACKS = {Sense.SIGHT: gettext_lazy("sees poorly"), Sense.HEARING: gettext_lazy("hears poorly")}


def in_words(person: Person) -> list[tuple[str, str]]:
    """What the plan rests on, as label and words."""
    fell = str(FALLS[person.falls])
    if person.falls is not Falls.NONE:
        when = format_date(person.last_fall, "F Y") if person.last_fall else _("nobody knows when")
        fell = ", ".join(
            [fell, _("last: %(when)s") % {"when": when}, *(str(WHEN[one]) for one in sorted(person.fell_when))]
        )
        fell += f", {_('was hurt')}" if person.hurt else ""
    more = [
        *([_("gets dizzy")] if person.dizzy else []),
        *([_("has a new hip")] if person.new_hip else []),
        *(str(LACKS[sense]) for sense in sorted(person.lacks)),
    ]
    said = [
        (_("Falls"), fell),
        (_("Walks"), str(AIDS[person.aid])),
        (_("Body"), str(STAMINA[person.body])),
        (_("Mind"), str(STAMINA[person.mind])),
        (_("Also"), ", ".join(more)),
        (_("Likes"), ", ".join(str(LIKES[one]) for one in sorted(person.likes))),
    ]
    return [(label, words[:1].upper() + words[1:]) for label, words in said if words]
