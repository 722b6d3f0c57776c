"""Questions are asked depending on answers; what was said is kept even where it no longer counts."""

import pytest

from omtanke.forms.answering import Unreadable, asked, counted, missing, read_answer, take
from omtanke.forms.reading import form_of
from omtanke.forms.tests.small import SLEEP, choice, group, question, questionnaire, when

FORM = form_of(SLEEP)
BAD_NIGHT = {"sleep": ["badly"], "why": ["pain"], "pain_level": [7]}


def paths(given: dict) -> list[str]:
    return [one.path for one in asked(FORM, given)]


def test_a_question_is_asked_when_the_answer_it_waits_for_is_given():
    assert paths({}) == ["sleep", "helpers"]
    assert paths({"sleep": ["badly"]}) == ["sleep", "why", "helpers"]
    assert paths(BAD_NIGHT) == ["sleep", "why", "pain_level", "helpers"]


def test_what_waits_for_a_question_that_is_not_asked_is_not_asked_either():
    slept_well = BAD_NIGHT | {"sleep": ["well"]}
    assert paths(slept_well) == ["sleep", "helpers"]
    assert counted(FORM, slept_well) == {"sleep": ["well"]}


def test_words_that_no_longer_count_are_kept_for_a_change_of_mind():
    typed = {"sleep": ["well"], "why": ["pain"], "pain_level": ["7"]}
    kept = take(FORM.items, typed, BAD_NIGHT).given
    assert kept["pain_level"] == [7]
    assert counted(FORM, kept | {"sleep": ["badly"]})["pain_level"] == [7]


def test_what_cannot_be_read_leaves_the_answer_as_it_was():
    taken = take(FORM.items, {"sleep": ["badly"], "why": ["pain"], "pain_level": ["much"]}, BAD_NIGHT)
    assert taken.given["pain_level"] == [7]
    assert taken.wrong["pain_level"].why == "number"


def test_only_what_is_asked_and_required_is_missing():
    assert [one.path for one in missing(FORM, {})] == []
    assert [one.path for one in missing(FORM, {"sleep": ["badly"], "why": ["pain"]})] == ["pain_level"]
    assert [one.path for one in missing(FORM, {"helpers#0/phone": ["1"]})] == ["helpers#0/name"]


def test_a_repeated_group_that_is_emptied_closes_up():
    typed = {"helpers#0/name": [""], "helpers#0/phone": [""], "helpers#1/name": ["Eva"], "helpers#1/phone": ["90"]}
    given = take(FORM.items, typed, {"helpers#0/name": ["Kari"]}).given
    assert given == {"helpers#0/name": ["Eva"], "helpers#0/phone": ["90"]}


def test_a_condition_in_a_repeated_group_looks_within_the_same_repetition():
    form = form_of(
        questionnaire(group("g", question("has", "boolean"), question("which", **when("has", True)), repeats=True))
    )
    given = {"g#0/has": [True], "g#1/has": [False]}
    assert [one.path for one in asked(form, given)] == ["g", "g#0/has", "g#0/which", "g#1/has"]


def test_somebody_elses_step_stays_as_it_is():
    only_sleep = (FORM.by_link_id["sleep"],)
    given = take(only_sleep, {"sleep": ["well"]}, {"helpers#0/name": ["Kari"]}).given
    assert given == {"sleep": ["well"], "helpers#0/name": ["Kari"]}


def item(**more):
    return form_of(questionnaire(question("q", **more))).items[0]


def limit(name, value):
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", "valueInteger": value}


LIMITS = [limit("minValue", 1), limit("maxValue", 10)]
READABLE = [
    (item(kind="integer"), "12", [12]),
    (item(kind="integer"), " ", []),
    (item(kind="decimal"), "12,50", ["12.5"]),
    (item(kind="decimal"), "1000", ["1000"]),
    (item(kind="date"), "2026-03-17", ["2026-03-17"]),
    (item(kind="boolean"), "false", [False]),
    (item(kind="text"), " To linjer\r\nom det ", ["To linjer\nom det"]),
]
UNREADABLE = [
    (item(kind="integer"), "1,5", "whole"),
    (item(kind="integer"), "NaN", "number"),
    (item(kind="decimal"), "1e999999", "number"),
    (item(kind="integer", extension=LIMITS), "0", "least"),
    (item(kind="integer", extension=LIMITS), "11", "most"),
    (item(kind="date"), "17.3.2026", "date"),
    (item(kind="string", maxLength=3), "fire", "longest"),
    (item(kind="boolean"), "maybe", "choice"),
]


@pytest.mark.parametrize(("of", "typed", "values"), READABLE)
def test_what_is_typed_becomes_a_value(of, typed, values):
    assert read_answer(of, [typed]) == values


@pytest.mark.parametrize(("of", "typed", "why"), UNREADABLE)
def test_what_is_no_answer_is_refused_with_the_reason(of, typed, why):
    with pytest.raises(Unreadable) as refused:
        read_answer(of, [typed])
    assert refused.value.why == why


def test_only_what_is_offered_can_be_chosen_and_once_where_one_is_asked_for():
    one = form_of(questionnaire(choice("q", "a", "b"))).items[0]
    many = form_of(questionnaire(choice("q", "a", "b", repeats=True))).items[0]
    assert read_answer(one, ["a", "b"]) == ["b"]
    assert read_answer(many, ["a", "b", "a"]) == ["a", "b"]
    with pytest.raises(Unreadable):
        read_answer(one, ["c"])


def test_own_words_go_before_what_there_is_to_choose_from():
    of = form_of(questionnaire(choice("q", "a", "b") | {"type": "open-choice"})).items[0]
    assert read_answer(of, ["a"], ["noe helt annet"]) == [{"words": "noe helt annet"}]
    assert read_answer(of, ["a"], [" "]) == ["a"]
