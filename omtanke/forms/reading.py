"""Read a FHIR R4 Questionnaire, and tell everything that is wrong with it at once, each with its place in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from omtanke.forms.assembling import assembled
from omtanke.forms.items import CHOICES, WITHOUT_ANSWER, Condition, Form, Item, Kind, Level, Option, Said, Scoring
from omtanke.forms.loops import first_loop
from omtanke.forms.texts import dicts, extensions, translations

LANGUAGES = ("en", "nb", "sv")
OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
LARGEST = 1_000_000  # characters; the interest talk, with 80 interests in three languages, has a tenth
DEEPEST = 8  # groups within groups
CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
ORIENTATION = "http://hl7.org/fhir/StructureDefinition/questionnaire-choiceOrientation"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
OPENS_TO, PAGE, SCORE = "urn:omtanke:opens-to", "urn:omtanke:page", "urn:omtanke:score"
URL = re.compile(r"^[a-z][a-z0-9+.-]*:\S+$", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    """Something that is wrong. `place` is where in the file, as people find it: 'item 3 → item 2 (sleep)'."""

    place: str
    what: str


@dataclass
class Reading:
    """What came of reading: a form where nothing is wrong."""

    content: dict[str, Any] = field(default_factory=dict)
    form: Form | None = None
    problems: list[Problem] = field(default_factory=list)


class NotReadable(Exception):
    """The content has problems; only where it has been read without any is it asked for as a form."""


def form_of(content: dict[str, Any]) -> Form:
    """A form of content that is known to be right, as that of a published questionnaire."""
    reading = Reader(content).read()
    if reading.form is None:
        raise NotReadable(reading.problems)
    return reading.form


def read_file(data: bytes) -> Reading:
    """Read an uploaded file. Never raises: whatever is wrong is told."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused(_("The file is not text in UTF-8."))
    if len(text) > LARGEST:
        return _refused(_("The file is larger than a questionnaire can be."))
    try:
        content = json.loads(text)
    except json.JSONDecodeError as wrong:
        place = _("line %(line)d, column %(column)d") % {"line": wrong.lineno, "column": wrong.colno}
        return Reading(problems=[Problem(place, _("This is not JSON: a sign is missing or too many here."))])
    except RecursionError:
        return _refused(_("Groups stand in groups too deeply."))
    if not isinstance(content, dict) or content.get("resourceType") != "Questionnaire":
        return _refused(_("This is JSON, but not a FHIR Questionnaire: resourceType is not “Questionnaire”."))
    try:
        return Reader(content).read()
    except RecursionError:
        return _refused(_("Groups stand in groups too deeply."))


def _refused(what: str) -> Reading:
    return Reading(problems=[Problem(_("the whole file"), what)])


class Reader:
    """Reads one questionnaire and gathers its problems."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.problems: list[Problem] = []
        self.places: dict[str, str] = {}  # where each linkId stands
        self.own = str(content.get("language") or "en").lower().split("-")[0]
        self.value_sets = {
            f"#{one.get('id')}": one for one in dicts(content.get("contained")) if one.get("resourceType") == "ValueSet"
        }

    def read(self) -> Reading:
        top = _("the beginning of the file")
        url, version = str(self.content.get("url") or ""), str(self.content.get("version") or "")
        if not URL.match(url):
            self.wrong(top, _("“url” is missing or is no address: it says which questionnaire this is."))
        if not version or len(version) > 20:
            self.wrong(top, _("“version” is missing, or longer than 20 signs."))
        title = self.said(self.content, "title", top)
        items = self.items(assembled(self.content).get("item"), "", 1)
        if not items and not self.problems:
            self.wrong(top, _("There is no question in it: “item” is empty."))
        form = Form(
            url=url,
            version=version,
            title=title,
            description=translations(self.content, "description"),
            credit=str(self.content.get("copyright") or ""),
            items=items,
            opens_to_everyday=self.extension(OPENS_TO, "valueCode") == "everyday",
            kept_within_unit=self.extension(OPENS_TO, "valueCode") == "visit-service",
            page=str(self.extension(PAGE, "valueString") or ""),
            scoring=self.scoring(),
        )
        self.check_what_is_asked_when(form)
        return Reading(self.content, None if self.problems else form, self.problems)

    def wrong(self, place: str, what: str) -> None:
        self.problems.append(Problem(place, what))

    def extension(self, url: str, value: str) -> Any:
        found = extensions(self.content, url)
        return found[0].get(value) if found else None

    def said(self, element: dict[str, Any], name: str, place: str) -> Said:
        """The words in all languages; a missing language is told."""
        said = translations(element, name)
        if not said.get(""):
            self.wrong(place, _("“%(name)s” is missing.") % {"name": name})
            return said
        missing = [language for language in LANGUAGES if language != self.own and not said.get(language)]
        if missing:
            what = _("“%(words)s” is not there in: %(languages)s.")
            self.wrong(place, what % {"words": said[""][:60], "languages": ", ".join(missing)})
        return said | {self.own: said[""]}

    # Items

    def items(self, items: Any, within: str, depth: int) -> tuple[Item, ...]:
        if items is None:
            return ()
        if not isinstance(items, list) or depth > DEEPEST:
            self.wrong(within, _("“item” is no list, or groups stand in groups too deeply."))
            return ()
        return tuple(item for at, one in enumerate(items, 1) if (item := self.item(one, at, within, depth)))

    def item(self, one: Any, at: int, within: str, depth: int) -> Item | None:
        place = f"{within} → " if within else ""
        place += _("item %(number)d") % {"number": at}
        if not isinstance(one, dict):
            self.wrong(place, _("This is no item."))
            return None
        link_id = str(one.get("linkId") or "")
        if link_id:
            place += f" ({link_id})"
        self.note_link_id(link_id, place)
        kind = str(one.get("type") or "")
        if kind not in list(Kind):
            what = _("The type “%(type)s” is not one that can be drawn. Use one of: %(types)s.")
            self.wrong(place, what % {"type": kind, "types": ", ".join(Kind)})
            self.items(one.get("item"), place, depth + 1)
            return None
        return Item(
            link_id=link_id,
            kind=Kind(kind),
            said=self.said(one, "text", place),
            required=one.get("required") is True,
            repeats=self.repeats(one, kind, place),
            options=self.options(one, place) if kind in CHOICES else (),
            conditions=self.conditions(one, place),
            any_of_them=one.get("enableBehavior") == "any",
            items=self.items(one.get("item"), place, depth + 1),
            longest=self.longest(one, place),
            least=_number(extensions(one, LEAST)),
            most=_number(extensions(one, MOST)),
            as_control=_control(one),
            in_a_row=any(each.get("valueCode") == "horizontal" for each in extensions(one, ORIENTATION)),
        )

    def note_link_id(self, link_id: str, place: str) -> None:
        if not link_id:
            self.wrong(place, _("“linkId” is missing: the name under which the answer is kept."))
        elif re.search(r"[#/\s]", link_id) or len(link_id) > 80:
            self.wrong(place, _("A linkId has no spaces, # or /, and at most 80 signs."))
        elif link_id in self.places:
            what = _("The linkId “%(link_id)s” stands twice; the first is %(first)s.")
            self.wrong(place, what % {"link_id": link_id, "first": self.places[link_id]})
        else:
            self.places[link_id] = place

    def repeats(self, one: dict[str, Any], kind: str, place: str) -> bool:
        if one.get("repeats") is not True:
            return False
        if kind not in (Kind.GROUP, Kind.CHOICE):
            self.wrong(place, _("Only groups and choices can be answered several times (“repeats”)."))
        return True

    def longest(self, one: dict[str, Any], place: str) -> int | None:
        length = one.get("maxLength")
        if length is not None and (not isinstance(length, int) or isinstance(length, bool) or length < 1):
            self.wrong(place, _("“maxLength” is no number above 0."))
            return None
        return length

    def options(self, one: dict[str, Any], place: str) -> tuple[Option, ...]:
        value_set = one.get("answerValueSet")
        if value_set is not None and str(value_set) not in self.value_sets:
            what = _("The choices “%(name)s” are not in the file.")
            self.wrong(place, what % {"name": value_set})
            return ()
        options = list(
            self.concepts(self.value_sets[str(value_set)], place) if value_set is not None else self.codings(one, place)
        )
        if not options:
            self.wrong(place, _("There is nothing to choose from."))
        codes = [option.code for option in options]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self.wrong(place, _("The choice “%(code)s” stands twice.") % {"code": code})
        return tuple(options)

    def concepts(self, value_set: dict[str, Any], place: str) -> Iterator[Option]:
        compose = value_set.get("compose")
        for include in dicts(compose.get("include")) if isinstance(compose, dict) else ():
            for concept in dicts(include.get("concept")):
                yield self.option(concept, str(include.get("system") or ""), concept, place)

    def codings(self, one: dict[str, Any], place: str) -> Iterator[Option]:
        for option in dicts(one.get("answerOption")):
            coding = option.get("valueCoding")
            if isinstance(coding, dict):
                yield self.option(coding, str(coding.get("system") or ""), option, place)
            else:
                self.wrong(place, _("A choice is given as “valueCoding”, with a code and words."))

    def option(self, coding: dict[str, Any], system: str, worth_of: dict[str, Any], place: str) -> Option:
        code = str(coding.get("code") or "")
        if not code:
            self.wrong(place, _("A choice has no code."))
        worth = _number(extensions(worth_of, ORDINAL) or extensions(coding, ORDINAL))
        return Option(code, self.said(coding, "display", place), system, worth)

    # Conditions and score

    def conditions(self, one: dict[str, Any], place: str) -> tuple[Condition, ...]:
        found = []
        for condition in dicts(one.get("enableWhen")):
            value = next((condition[name] for name in condition if name.startswith("answer")), None)
            if condition.get("operator") not in OPERATORS or value is None:
                self.wrong(place, _("“enableWhen” has no answer to compare with, or an unknown operator."))
                continue
            if isinstance(value, dict):
                value = str(value.get("code") or "")
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                value = Decimal(str(value))
            found.append(Condition(str(condition.get("question") or ""), str(condition["operator"]), value))
        return tuple(found)

    def check_what_is_asked_when(self, form: Form) -> None:
        """Conditions name questions that are there and can be answered so, and do not wait for each other."""
        known = form.by_link_id
        for item in known.values():
            place = self.places.get(item.link_id, "")
            for condition in item.conditions:
                asked = known.get(condition.question)
                if asked is None or asked.kind in WITHOUT_ANSWER:
                    what = _("It is asked depending on “%(question)s”, which is no question in the file.")
                    if condition.question not in self.places or asked is not None:
                        self.wrong(place, what % {"question": condition.question})
                elif asked.kind == Kind.CHOICE and condition.operator == "=" and not asked.option(condition.value):
                    what = _("It is asked when “%(question)s” is “%(answer)s”, which cannot be chosen there.")
                    self.wrong(place, what % {"question": condition.question, "answer": condition.value})
        if loop := first_loop(form):
            what = _("These wait for each other, so that none of them is ever asked: %(loop)s.")
            self.wrong(self.places.get(loop[0], ""), what % {"loop": " → ".join(loop)})

    def scoring(self) -> Scoring | None:
        found = extensions(self.content, SCORE)
        if not found:
            return None
        place = _("the scoring")
        parts = dicts(found[0].get("extension"))
        values = {str(part.get("url")): part for part in parts}
        of = tuple(str(values.get("of", {}).get("valueString") or "").split())
        unknown = [link_id for link_id in of if link_id not in self.places]
        if not of or unknown:
            self.wrong(place, _("The score adds up questions that are not there: %(names)s.") % {"names": unknown})
        levels = tuple(self.level(part, place) for part in parts if part.get("url") == "level")
        good = self.said(values["good"], "valueString", place) if "good" in values else None
        return Scoring(
            of=of,
            levels=levels,
            factor=_decimal(values.get("factor"), Decimal(1)) or Decimal(1),
            highest=_decimal(values.get("highest")),
            change_that_matters=_decimal(values.get("change")),
            good=good,
        )

    def level(self, part: dict[str, Any], place: str) -> Level:
        values = {str(one.get("url")): one for one in dicts(part.get("extension"))}
        least, most = _decimal(values.get("from")), _decimal(values.get("to"))
        if least is None or most is None or least > most:
            self.wrong(place, _("A level of the score goes from a number to one that is not lower."))
        said = self.said(values.get("words", {}), "valueString", place)
        talk = values.get("worth-a-talk", {}).get("valueBoolean") is True
        return Level(least or Decimal(0), most or Decimal(0), said, talk)


def _control(one: dict[str, Any]) -> str:
    for each in extensions(one, CONTROL):
        concept = each.get("valueCodeableConcept")
        for coding in dicts(concept.get("coding")) if isinstance(concept, dict) else ():
            return str(coding.get("code") or "")
    return ""


def _number(found: list[Any]) -> Decimal | None:
    return _decimal(found[0]) if found else None


def _decimal(part: Any, otherwise: Decimal | None = None) -> Decimal | None:
    values = [value for name, value in (part or {}).items() if name.startswith("value")]
    try:
        number = Decimal(str(values[0])) if values else otherwise
    except InvalidOperation:
        return otherwise
    return number if number is None or number.is_finite() else otherwise
