"""The bank holds together: every exercise is said in three languages, each physical one has a drawing, everybody can be
given a programme out of it, and the gentlest step of what matters is there for whoever must sit."""

from datetime import date
from itertools import product
from xml.etree import ElementTree

import pytest

from omtanke.befriending.exercises.bank import LANGUAGES, _facts, _in, _read, by_family, shipped
from omtanke.befriending.exercises.poses import POSES, on_paper
from omtanke.kernel.exercises.excluded import excluded
from omtanke.kernel.exercises.problem import (
    Aid,
    Caution,
    Falls,
    Kind,
    Part,
    Person,
    Position,
    Sense,
    Stamina,
    Trains,
)
from omtanke.kernel.exercises.programme import What, programme

ON = date(2026, 11, 24)
CODES = [one.code for one in shipped()]


def test_there_are_about_thirty_of_each_kind_in_ladders_of_three():
    kinds = {kind: [one for one in shipped() if one.kind is kind] for kind in Kind}

    assert (len(kinds[Kind.PHYSICAL]), len(kinds[Kind.COGNITIVE])) == (33, 30)
    assert all([one.level for one in steps] == [1, 2, 3] for steps in by_family(shipped()).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exercise_is_said_in_every_language_in_three_short_sentences(language):
    spoken = _read(language)
    assert set(spoken) - {"needs", "families"} == set(CODES)
    for code in CODES:
        words = _in(language, code)
        assert len(words.how) == 3
        assert all(0 < len(line) < 110 for line in words.how), code
        assert words.watch
        assert words.way
        assert len(words.needs) == len(_facts()[code][1])


def test_each_physical_exercise_has_a_drawing_of_its_own_in_black_with_words_for_it():
    physical = [one.code for one in shipped() if one.kind is Kind.PHYSICAL]

    assert set(POSES) == set(physical)
    assert len({on_paper(code) for code in physical}) == len(physical)
    for code in physical:
        drawn = ElementTree.fromstring(on_paper(code))
        assert {one.get("stroke") for one in drawn.iter() if one.get("stroke")} == {"#000000"}
        assert all(_in(language, code).picture for language in LANGUAGES)


def test_no_cautious_exercise_is_less_careful_than_a_gentler_one_of_its_family():
    for steps in by_family(shipped()).values():
        order = [Position.SEATED, Position.SUPPORTED, Position.STANDING]
        assert [order.index(one.position) for one in steps] == sorted(order.index(one.position) for one in steps)


def test_whoever_it_is_the_bank_has_a_whole_programme_with_strength_for_them():
    everybody = product(Falls, (None, date(2026, 1, 1)), (False, True), (False, True), (False, True), Aid, Stamina)
    for falls, last, hurt, dizzy, hip, aid, stamina in everybody:
        person = Person(
            falls, last, hurt, dizzy=dizzy, new_hip=hip, aid=aid, body=stamina, mind=stamina, lacks=frozenset(Sense)
        )
        made = programme(shipped(), person, [], minutes=60, on=ON)
        assert made.count(What.PHYSICAL) >= 3, person
        assert made.count(What.COGNITIVE) >= 2, person
        assert any(one.exercise.trains is Trains.STRENGTH for one in made.chosen)
        assert all(excluded(one.exercise, person, on=ON) is None for one in made.chosen)


def test_standing_free_is_never_for_who_is_dizzy_or_fell_lately_or_has_a_new_hip_unless_it_is_a_warm_up_or_calm_end():
    for one in shipped():
        if one.position is Position.STANDING and one.part is Part.MAIN and one.family != "arms":
            assert set(Caution) <= one.not_with, one.code
