"""A file is read as a form, or everything that is wrong with it is told at once, each with its place in the file."""

import json

import pytest
from django.utils import translation

from omtanke.forms.items import Kind
from omtanke.forms.reading import read_file
from omtanke.forms.shipped import FOLDER
from omtanke.forms.tests.small import SLEEP, as_file, choice, group, question, questionnaire, said, when


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def problems(content: dict | bytes) -> list[tuple[str, str]]:
    data = content if isinstance(content, bytes) else as_file(content)
    return [(problem.place, problem.what) for problem in read_file(data).problems]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_what_comes_along_is_right(file):
    reading = read_file(file.read_bytes())
    assert reading.problems == []
    assert reading.form.credit


def test_a_form_is_read_with_its_words_in_each_language():
    form = read_file(as_file(SLEEP)).form
    assert form.by_link_id["why"].said == {"": "why", "en": "why", "nb": "why (nb)", "sv": "why (sv)"}
    assert (form.by_link_id["why"].kind, form.by_link_id["why"].repeats) == (Kind.CHOICE, True)


def test_not_json_names_line_and_column():
    assert problems(b'{\n "resourceType": "Questionnaire",\n oops\n}') == [
        ("line 3, column 2", "This is not JSON: a sign is missing or too many here.")
    ]


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", b"[]", b'"Questionnaire"', b'{"resourceType": "Patient"}', b"[" * 100_000, b"1" * 1_000_001],
    ids=["not text", "a list", "a word", "a patient", "deep", "large"],
)
def test_what_is_no_questionnaire_is_told_about_the_whole_file(data):
    assert len(problems(data)) == 1


WRONG = {
    "the same linkId twice": (
        questionnaire(question("a"), group("g", question("a"))),
        "item 2 (g) → item 1 (a)",
        "stands twice; the first is item 1 (a)",
    ),
    "a question that is not there": (
        questionnaire(question("a", **when("b", True))),
        "item 1 (a)",
        "“b”, which is no question in the file",
    ),
    "an answer that cannot be given": (
        questionnaire(choice("a", "x"), question("b", **when("a", "y"))),
        "item 2 (b)",
        "“y”, which cannot be chosen there",
    ),
    "a loop of two": (
        questionnaire(question("a", "boolean", **when("b", True)), question("b", "boolean", **when("a", True))),
        "item 1 (a)",
        "a → b → a",
    ),
    "a question that waits for itself": (
        questionnaire(question("a", "boolean", **when("a", True))),
        "item 1 (a)",
        "a → a",
    ),
    "a group that waits for what is in it": (
        questionnaire(group("g", question("a", "boolean"), **when("a", True))),
        "item 1 (g)",
        "g → a → g",
    ),
    "an unknown type": (questionnaire(question("a", "attachment")), "item 1 (a)", "“attachment”"),
    "no type": (questionnaire({"linkId": "a", **said("a")}), "item 1 (a)", "Use one of: group, display"),
    "no linkId": (questionnaire({"type": "string", **said("a")}), "item 1", "“linkId” is missing"),
    "a language missing": (
        questionnaire({"linkId": "a", "type": "string", "text": "How are you?"}),
        "item 1 (a)",
        "“How are you?” is not there in: nb, sv.",
    ),
    "a choice without a language": (
        questionnaire(question("a", "choice", answerOption=[{"valueCoding": {"code": "x", "display": "Ex"}}])),
        "item 1 (a)",
        "“Ex” is not there in: nb, sv.",
    ),
    "nothing to choose from": (questionnaire(question("a", "choice")), "item 1 (a)", "nothing to choose from"),
    "choices that are not in the file": (
        questionnaire(question("a", "choice", answerValueSet="#gone")),
        "item 1 (a)",
        "“#gone” are not in the file",
    ),
    "several answers to a text": (
        questionnaire(question("a", repeats=True)),
        "item 1 (a)",
        "Only groups and choices",
    ),
    "no version": (questionnaire(question("a"), version=""), "the beginning of the file", "“version” is missing"),
    "no questions": (questionnaire(), "the beginning of the file", "“item” is empty"),
    "an item that is none": (questionnaire(question("a")) | {"item": ["a"]}, "item 1", "This is no item."),
    "a score of what is not there": (
        questionnaire(
            question("a", "integer"),
            extension=[{"url": "urn:omtanke:score", "extension": [{"url": "of", "valueString": "a b"}]}],
        ),
        "the scoring",
        "['b']",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place(name):
    content, place, what = WRONG[name]
    told = problems(content)
    assert any(place == where and what in words for where, words in told), told


def test_everything_that_is_wrong_is_told_at_once():
    told = problems(questionnaire(question("a", "attachment"), question("a", **when("z", True)), version=""))
    assert len(told) == 4


def test_a_long_chain_is_no_loop():
    chain = [question("q0", "boolean")]
    chain += [question(f"q{n}", "boolean", **when(f"q{n - 1}", True)) for n in range(1, 1500)]
    assert problems(questionnaire(*chain)) == []


def test_questions_asked_again_and_again_are_put_where_they_are_asked():
    about = {
        "resourceType": "Questionnaire",
        "id": "about",
        "item": [choice("much", "x"), question("more", **when("^", "yes"))],
    }
    link = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-subQuestionnaire"
    stands_for = {"linkId": "s", "type": "display", "extension": [{"url": link, "valueCanonical": "#about"}]}
    content = questionnaire(
        choice("walk", "yes", item=[stands_for]), choice("swim", "yes", item=[stands_for]), contained=[about]
    )
    form = read_file(as_file(content)).form
    assert list(form.by_link_id) == ["walk", "walk.much", "walk.more", "swim", "swim.much", "swim.more"]
    assert form.by_link_id["swim.more"].conditions[0].question == "swim"


@pytest.mark.parametrize("value", [None, 3, "x", [], {}, [[]], [None], {"a": 1}], ids=repr)
@pytest.mark.parametrize("name", ["item", "contained", "extension", "title", "_title", "language", "version", "url"])
def test_odd_content_is_told_and_never_breaks(name, value):
    content = json.loads(as_file(SLEEP))
    content[name] = value
    reading = read_file(as_file(content))
    assert (reading.form is None) == bool(reading.problems)


@pytest.mark.parametrize("value", [None, 3, "x", [], {}, [[]], [None], {"a": 1}], ids=repr)
@pytest.mark.parametrize(
    "name",
    [
        "linkId",
        "type",
        "text",
        "_text",
        "extension",
        "enableWhen",
        "answerOption",
        "answerValueSet",
        "item",
        "maxLength",
    ],
)
def test_odd_items_are_told_and_never_break(name, value):
    content = json.loads(as_file(SLEEP))
    content["item"][1][name] = value
    reading = read_file(as_file(content))
    assert (reading.form is None) == bool(reading.problems)
