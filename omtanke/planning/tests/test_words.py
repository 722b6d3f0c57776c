"""Every answer of the planner is told in plain words: each cost and each rule has some, and no code shows through."""

import ast
import inspect
import textwrap
from dataclasses import fields, replace
from datetime import date

import pytest
from django.utils import translation

from omtanke.kernel.planning import cost
from omtanke.kernel.planning.example import small_example
from omtanke.kernel.planning.explain import Because, Difference, Explainer, what_if, with_longer_shift, with_one_more
from omtanke.kernel.planning.plan import Plan
from omtanke.kernel.planning.problem import Carer, Shift, Weights
from omtanke.kernel.planning.search import Effort, search
from omtanke.planning import rules_in_words
from omtanke.planning.called import Called, listed
from omtanke.planning.costs_in_words import LESS, MORE, in_a_line, phrase, sentence, worth_saying
from omtanke.planning.effects_in_words import effects_of
from omtanke.planning.rules_in_words import rule_in_words
from omtanke.planning.why_so_late import why_so_late
from omtanke.planning.words import what_if as what_if_in_words
from omtanke.planning.words import why_her, why_not, why_not_placed

EFFORT = Effort(moves=30_000)
CALLED = Called(
    date(2026, 11, 30),
    carers={"kari": "Kari Berg", "ola": "Ola Lind", "siri": "Siri Vik"},
    persons={"astrid": "Astrid N.", "bjarne": "Bjarne M.", "cecilie": "Cecilie S."},
    been={("bjarne", "siri"): 3},
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def about():
    problem = small_example()
    return Explainer(problem, search(problem, EFFORT).plan)


def rules_said_by(*functions):
    """Every text that these functions return or assign to `rule`, or give to `fault(...)`, read in their source."""
    found = set()
    for function in functions:
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fault":
                found |= _texts(node.args[0])
            elif (isinstance(node, ast.Return) and node.value is not None) or (
                isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "rule"
            ):
                found |= _texts(node.value)
    return found


def _is_rule(target):
    return isinstance(target, ast.Name) and target.id == "rule"


def _texts(node):
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Alternative" and len(node.args) > 2:
        return _texts(node.args[2])
    return set()


def test_every_cost_has_words_for_more_and_for_less():
    names = {field.name for field in fields(Weights)}

    assert set(MORE) == set(LESS) == names
    for name in names:
        assert phrase(name, 7) != phrase(name, -7)
        assert "%" not in phrase(name, 1) + phrase(name, 7) + phrase(name, -1)
        assert "_" not in phrase(name, 7)


def test_every_rule_of_the_planner_has_a_sentence():
    against_a_shift = rules_said_by(cost.may_do, Explainer.rule_against, Explainer.alternative, Explainer._mate_rule)
    broken = rules_said_by(*(f for _name, f in inspect.getmembers(cost._Reckoning, inspect.isfunction)))

    assert {"competence", "pinned", "another day", "order", "begun", "two carers"} <= against_a_shift
    assert {"hard window", "half a pair", "done twice"} <= broken
    assert set(rules_in_words.AGAINST_A_SHIFT) == against_a_shift
    assert set(rules_in_words.BROKEN_BY_A_PLAN) == broken - against_a_shift
    for rule in against_a_shift | broken:
        said = rule_in_words(rule, carer="Kari", person="Astrid", asks="wound care")
        assert said.endswith(".")
        assert "%" not in said
        assert len(said.split()) > 3


def test_what_nobody_would_notice_is_not_said():
    small = Difference("driving", 0.2, 0.2)
    even = Difference("unfair", 20.0, 1.0)
    new = Difference("new_face", 1.0, 25.0)
    same_thing = Difference("more_faces", 1.0, 15.0)
    known_less = Difference("known_face", -1.0, -6.0)

    assert in_a_line([small, even]) == "nothing that anybody would notice"
    assert worth_saying([new, same_thing, small, known_less]) == [new]
    assert worth_saying([replace(same_thing, amount=2.0), new]) == [replace(same_thing, amount=2.0), new]
    known, hers = Difference("known_face", 1.0, 6.0), Difference("secondary", -1.0, -2.0)
    assert worth_saying([known, hers]) == [known]
    assert worth_saying([hers]) == [hers]
    late, told = Difference("late", 20.0, 40.0), Difference("changed_time", 20.0, 2.0)
    assert worth_saying([late, told]) == [late]
    assert worth_saying([replace(late, amount=-20.0, cost=-40.0), told])[-1] == told
    assert in_a_line([new, Difference("driving", 9.0, 9.0)]) == "1 more visit by a new face, 9 minutes more driving"


def test_why_her_tells_what_she_is_to_the_person_and_the_next_best(about):
    said = why_her(about, "morning-care", CALLED)

    assert said[0] == "Kari Berg is primary contact for Astrid N."
    assert "Astrid N. has been told that it is Kari Berg." in said
    assert said[-1].startswith("The next best would be Ola Lind at 08:")
    assert "minutes more driving" in said[-1]


def test_what_only_she_can_is_said_and_what_most_can_is_not(about):
    assert any("Only Kari Berg is down for it" in line for line in why_her(about, "insulin", CALLED))
    assert not any("down for" in line for line in why_her(about, "walk", CALLED))


def test_a_known_face_comes_with_how_often(about):
    shift_of = about.plan.shift_of()
    hers = next(half for half in ("lift-one", "lift-two") if shift_of[half] == "siri-monday")

    assert "Siri Vik has been at Bjarne M.'s 3 times lately." in why_her(about, hers, CALLED)


def test_a_new_face_comes_with_why_nobody_known_does():
    problem = small_example()
    cecilie = replace(problem.persons[2], known=frozenset({"ola", "siri"}))
    problem = replace(problem, persons=(*problem.persons[:2], cecilie))
    about = Explainer(problem, search(problem, EFFORT).plan)
    assert about.shifts[about.plan.shift_of()["bandage"]].carer == "kari"

    said = why_her(about, "bandage", CALLED)

    assert said[0] == "Kari Berg is new to Cecilie S."
    assert "The visit asks for something Ola Lind is not down for: registered nurse." in said
    assert "The visit asks for something Siri Vik is not down for: registered nurse." in said


def test_known_carers_who_are_not_at_work_are_named_as_away():
    problem = small_example()
    cecilie = replace(problem.persons[2], primary="eli")
    problem = replace(problem, persons=(*problem.persons[:2], cecilie))
    about = Explainer(problem, search(problem, EFFORT).plan)
    called = replace(CALLED, carers={**CALLED.carers, "eli": "Eli Ås"})

    assert "Known, but not at work that day: Eli Ås." in why_her(about, "bandage", called)


def test_why_not_names_the_rule_or_what_it_would_mean(about):
    assert why_not(about, "insulin", "ola", CALLED) == [
        "The visit asks for something Ola Lind is not down for: registered nurse."
    ]
    assert why_not(about, "compress", "siri", CALLED) == [
        "It has been agreed that Siri Vik does not come to Cecilie S."
    ]
    assert "a new face for somebody who should be spared" in why_not(about, "morning-care", "siri", CALLED)[0]
    assert why_not(about, "morning-care", "kari", CALLED) == ["It is Kari Berg who comes."]
    assert why_not(about, "morning-care", "eli", CALLED) == ["eli is not at work in this plan."]


def test_why_not_placed_says_a_rule_once_with_all_it_keeps_away(about):
    said = why_not_placed(about, "far-away", CALLED)

    assert len(said) == 2
    assert any("Kari Berg and Ola Lind" in line and "No way is known" in line for line in said)


def test_why_not_placed_offers_the_way_it_would_go():
    problem = small_example()
    plan = search(problem, EFFORT).plan
    tours = {shift: tuple(stop for stop in stops if stop.task != "walk") for shift, stops in plan.tours.items()}
    about = Explainer(problem, Plan(tours, (*plan.unplaced, "walk")))

    assert why_not_placed(about, "walk", CALLED)[0].startswith("It could be done by Ola Lind at ")


def test_why_so_late_goes_back_to_what_nobody_can_move(about):
    assert why_so_late(about, "dinner", CALLED) == ["It may not begin before 12:00."]
    said = why_so_late(about, "morning-care", CALLED)
    assert said[0] == "Kari Berg is at Astrid N.'s until 08:40."
    assert len(said) == 2


def test_every_cause_has_words():
    """A kind of cause that the words do not know would be told with the last, vague sentence."""
    source = inspect.getsource(inspect.getmodule(why_so_late))

    assert all(f"Because.{cause.name}" in source for cause in Because)


def test_a_late_visit_says_how_late_it_is():
    problem = small_example()
    early = tuple(
        replace(task, windows=(replace(task.windows[0], opens=450.0, closes=455.0, hard=False),))
        if task.id == "insulin"
        else task
        for task in problem.tasks
    )
    about = Explainer(replace(problem, tasks=early), search(replace(problem, tasks=early), EFFORT).plan)

    assert "later than agreed" in why_so_late(about, "insulin", CALLED)[0]


def test_what_if_tells_gains_and_losses(about):
    island = Shift("x-monday", "x", 450, 900, "island", "island")
    more = with_one_more(about.problem, Carer("x", frozenset({"care"})), island)

    assert "1 more visit gets a place" in what_if_in_words(what_if(about.problem, about.plan, more, EFFORT))[0]
    longer = with_longer_shift(about.problem, "siri-monday", 0)
    same = what_if(about.problem, about.plan, longer, EFFORT)
    assert what_if_in_words(same) == ["Nothing that anybody would notice."]


def test_a_move_is_told_by_name_faces_first(about):
    to_siri = about.why_not("morning-care", "siri")

    effects = effects_of(about.problem, about.plan, to_siri.plan, CALLED)

    assert effects[0].tone == "mind"
    assert effects[0].words == (
        "Astrid N. gets a face they have not met: Siri Vik. New faces are hard for them."
        " They do not meet their contact Kari Berg then."
    )
    assert any("minutes more driving" in effect.words for effect in effects[1:])
    back = effects_of(about.problem, to_siri.plan, about.plan, CALLED)
    assert back[0].words == "Astrid N. meets the primary contact, Kari Berg."
    assert back[0].tone == "good"
    assert effects_of(about.problem, about.plan, about.plan, CALLED)[0].words == "Nothing that anybody would notice."


def test_no_answer_shows_a_code_of_the_kernel(about):
    ids = {task.id for task in about.problem.tasks} - {"walk", "dinner", "meeting"}
    ids |= {shift.id for shift in about.problem.shifts} | set(MORE) - {
        "driving",
        "waiting",
        "overtime",
        "late",
        "working",
    }
    ids -= {"secondary", "broken", "skipped"}
    for task in about.problem.tasks:
        if task.id in about.plan.shift_of():
            said = [*why_her(about, task.id, CALLED), *why_so_late(about, task.id, CALLED)]
        else:
            said = why_not_placed(about, task.id, CALLED)
        assert said
        assert all(line.endswith(".") and ".." not in line for line in said)
        assert not any(code in line for code in ids for line in said)


def test_names_are_listed_as_people_say_them():
    assert listed(["Kari"]) == "Kari"
    assert listed(["Kari", "Ola", "Kari", "Siri"]) == "Kari, Ola and Siri"
    assert sentence("the visit to Astrid N.") == "The visit to Astrid N."
    assert CALLED.moment(1440 + 9 * 60 + 15) == "Tuesday 09:15"
