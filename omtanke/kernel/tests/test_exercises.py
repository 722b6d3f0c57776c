"""A visit's exercises: never one that the answers exclude, within the time, gently begun, harder only slowly.

The rules hold for any bank and any person (Hypothesis); the small cases say what each of them is for.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from omtanke.kernel.exercises.choosing import Because
from omtanke.kernel.exercises.excluded import Excluded, excluded
from omtanke.kernel.exercises.levels import Reached, Step, first_level, reached
from omtanke.kernel.exercises.problem import (
    Aid,
    Caution,
    Done,
    Exercise,
    Falls,
    How,
    Kind,
    Part,
    Person,
    Position,
    Sense,
    Situation,
    Stamina,
    Taste,
    Trains,
)
from omtanke.kernel.exercises.programme import Nothing, TooShort, What, programme

TODAY = date(2026, 11, 24)
STEADY = Person(body=Stamina.GOOD, mind=Stamina.GOOD)
SITS, HOLDS, STANDS = Position.SEATED, Position.SUPPORTED, Position.STANDING


def exercise(code: str, kind: Kind = Kind.PHYSICAL, level: int = 1, **facts) -> Exercise:
    family = facts.pop("family", code.rstrip("123"))
    trains = facts.pop("trains", Trains.STRENGTH if kind is Kind.PHYSICAL else Trains.MIND)
    return Exercise(code, family, kind, level, **{"minutes": 3, "trains": trains, **facts})


def ladder(family: str, kind: Kind = Kind.PHYSICAL, **facts) -> list[Exercise]:
    stands = (SITS, HOLDS, STANDS) if kind is Kind.PHYSICAL else (SITS, SITS, SITS)
    return [exercise(f"{family}{n}", kind, n, position=stands[n - 1], **facts) for n in (1, 2, 3)]


BANK = [
    *ladder("warm", part=Part.WARM_UP),
    *ladder("calm", part=Part.COOL_DOWN),
    *ladder("rise", helps=frozenset({Situation.RISING})),
    *ladder("stance", trains=Trains.BALANCE, helps=frozenset({Situation.TURNING})),
    *ladder("thighs"),
    *ladder("hips"),
    *ladder("toes"),
    *ladder("walk", trains=Trains.BALANCE),
    *ladder("songs", Kind.COGNITIVE, likes=frozenset({Taste.MUSIC}), asks=frozenset({Sense.HEARING})),
    *ladder("pairs", Kind.COGNITIVE, likes=frozenset({Taste.WORDS})),
    *ladder("album", Kind.COGNITIVE, likes=frozenset({Taste.PICTURES}), asks=frozenset({Sense.SIGHT})),
    *ladder("proverbs", Kind.COGNITIVE, likes=frozenset({Taste.WORDS})),
    *ladder("today", Kind.COGNITIVE),
]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def done(code: str, days: int, how: How = How.EASY) -> Done:
    return Done(code, code[:-1], int(code[-1]), days_ago(days), how)


people = some.builds(
    Person,
    last_fall=some.none() | some.integers(0, 400).map(days_ago),
    fell_when=some.frozensets(some.sampled_from(Situation), max_size=2),
    lacks=some.frozensets(some.sampled_from(Sense)),
    likes=some.frozensets(some.sampled_from(Taste)),
    falls=some.sampled_from(Falls),
    hurt=some.booleans(),
    dizzy=some.booleans(),
    new_hip=some.booleans(),
    aid=some.sampled_from(Aid),
    body=some.sampled_from(Stamina),
    mind=some.sampled_from(Stamina),
)
own_exercises = some.lists(
    some.builds(
        Exercise,
        code=some.uuids().map(str),
        family=some.sampled_from(["rise", "walk", "songs", "pairs", "own"]),
        kind=some.sampled_from(Kind),
        level=some.integers(1, 3),
        minutes=some.integers(2, 15),
        position=some.sampled_from(Position),
        trains=some.sampled_from(Trains),
        not_with=some.frozensets(some.sampled_from(Caution)),
        asks=some.frozensets(some.sampled_from(Sense)),
        likes=some.frozensets(some.sampled_from(Taste)),
        helps=some.frozensets(some.sampled_from(Situation)),
    ),
    max_size=8,
)
banks = own_exercises.map(lambda own: BANK + own)
histories = some.lists(
    some.builds(
        lambda of, days, how: Done(of.code, of.family, of.level, days_ago(days), how),
        some.sampled_from(BANK),
        some.integers(1, 120),
        some.sampled_from(How),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(banks, people, histories, some.integers(20, 120), some.data())
def test_whoever_it_is_the_programme_is_safe_in_time_and_begins_and_ends_gently(bank, person, history, minutes, data):
    codes = some.frozensets(some.sampled_from([one.code for one in bank if one.part is Part.MAIN]), max_size=5)
    pinned, removed = data.draw(codes), data.draw(codes)
    try:
        made = programme(bank, person, history, minutes=minutes, on=TODAY, pinned=pinned, removed=removed)
    except TooShort:
        assume(False)  # short visits have a test of their own

    assert made.minutes <= minutes
    assert made.items[0].what is What.WARM_UP
    assert made.items[-1].what is What.COOL_DOWN
    assert made.count(What.PAUSE) == 1
    for one in made.chosen:
        assert excluded(one.exercise, person, on=TODAY) is None
        assert one.exercise.code not in removed
    families = [one.exercise.family for one in made.chosen]
    assert len({(one.exercise.family, one.exercise.kind) for one in made.chosen}) == len(families)


@settings(deadline=None)
@given(banks, people, histories, some.integers(35, 120))
def test_who_tires_fast_gets_few_and_rests_between_them(bank, person, history, minutes):
    tired = replace(person, body=Stamina.TIRES_FAST, mind=Stamina.TIRES_FAST)
    made = programme(bank, tired, history, minutes=minutes, on=TODAY)

    assert made.count(What.PHYSICAL) <= 3
    assert made.count(What.COGNITIVE) <= 2
    assert all(one.exercise.level < 3 for one in made.chosen)
    whats = [item.what for item in made.items]
    assert (What.COGNITIVE, What.COGNITIVE) not in list(pairwise(whats))
    in_a_row = list(zip(whats, whats[1:], whats[2:], strict=False))
    assert (What.PHYSICAL, What.PHYSICAL, What.PHYSICAL) not in in_a_row


@settings(deadline=None)
@given(people, histories)
def test_nothing_is_more_than_one_level_harder_than_the_last_time(person, history):
    made = programme(BANK, person, history, minutes=90, on=TODAY)
    for one in made.chosen:
        before = [each for each in history if each.family == one.exercise.family and each.how is not How.NOT_DONE]
        last = max(before, key=lambda each: each.on, default=None)
        start = first_level(person, one.exercise.kind)
        highest = max((each.level for each in before if each.on == last.on), default=start) + 1 if last else start
        assert one.exercise.level <= highest


@settings(deadline=None)
@given(banks, people, histories, some.integers(60, 120))
def test_the_same_questions_get_the_same_programme_in_whatever_order_they_are_asked(bank, person, history, minutes):
    made = programme(bank, person, history, minutes=minutes, on=TODAY)

    assert made == programme(bank[::-1], person, history[::-1], minutes=minutes, on=TODAY)


def test_good_stamina_gets_five_and_four_less_gets_four_and_three_and_a_short_visit_fewer():
    def counts(person, minutes):
        made = programme(BANK, person, [], minutes=minutes, on=TODAY)
        return made.count(What.PHYSICAL), made.count(What.COGNITIVE)

    assert counts(STEADY, 60) == (5, 4)
    assert counts(Person(), 60) == (4, 3)
    assert counts(STEADY, 30) == (3, 3)
    assert counts(STEADY, 17) == (1, 1)
    with pytest.raises(TooShort):
        programme(BANK, STEADY, [], minutes=16, on=TODAY)


def test_a_bank_without_a_warm_up_that_one_may_do_makes_no_programme():
    standing_only = [one for one in BANK if one.code not in ("warm1", "warm2")]

    assert programme(standing_only, STEADY, [done("warm3", 7)], minutes=60, on=TODAY).items[0].chosen
    with pytest.raises(Nothing):
        programme(standing_only, replace(STEADY, aid=Aid.WALKER), [], minutes=60, on=TODAY)


HURT = Person(falls=Falls.ONE, last_fall=days_ago(20), hurt=True)


@pytest.mark.parametrize(
    ("person", "what", "why"),
    [
        (Person(), exercise("x", position=STANDS), None),
        (HURT, exercise("x"), None),
        (HURT, exercise("x", position=HOLDS), Excluded.HURT_LATELY),
        (replace(HURT, last_fall=days_ago(100)), exercise("x", position=HOLDS), None),
        (replace(HURT, last_fall=days_ago(100)), exercise("x", position=STANDS), Excluded.FALLS),
        (replace(HURT, hurt=False), exercise("x", position=HOLDS), None),
        (replace(HURT, hurt=False), exercise("x", position=STANDS), Excluded.FELL_LATELY),
        (replace(HURT, hurt=False, last_fall=None), exercise("x", position=STANDS), Excluded.FELL_LATELY),
        (replace(HURT, hurt=False, last_fall=days_ago(100)), exercise("x", position=STANDS), None),
        (replace(HURT, hurt=False, dizzy=True), exercise("x", position=HOLDS), Excluded.FALLS_AND_DIZZY),
        (Person(falls=Falls.SEVERAL, last_fall=days_ago(300)), exercise("x", position=STANDS), Excluded.FALLS),
        (Person(dizzy=True), exercise("x", position=HOLDS), None),
        (Person(dizzy=True), exercise("x", not_with=frozenset({Caution.DIZZINESS})), Excluded.DIZZY),
        (Person(new_hip=True), exercise("x", not_with=frozenset({Caution.NEW_HIP})), Excluded.NEW_HIP),
        (Person(aid=Aid.WALKER), exercise("x", position=HOLDS), None),
        (Person(aid=Aid.WALKER), exercise("x", position=STANDS), Excluded.WALKING_AID),
        (Person(aid=Aid.WHEELCHAIR), exercise("x", position=HOLDS), Excluded.WHEELCHAIR),
        (Person(body=Stamina.TIRES_FAST), exercise("x", level=3), Excluded.TIRES_FAST),
        (Person(body=Stamina.TIRES_FAST), exercise("x", Kind.COGNITIVE, level=3), None),
        (Person(lacks=frozenset({Sense.SIGHT})), exercise("x", asks=frozenset({Sense.SIGHT})), Excluded.SIGHT),
        (Person(lacks=frozenset({Sense.SIGHT})), exercise("x", asks=frozenset({Sense.HEARING})), None),
    ],
)
def test_what_the_answers_exclude_and_what_they_do_not(person, what, why):
    assert excluded(what, person, on=TODAY) is why


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], Reached(1, Step.FIRST_TIME)),
        ([done("rise1", 7)], Reached(1, Step.SAME, days_ago(7))),
        ([done("rise1", 14), done("rise1", 7)], Reached(2, Step.UP, days_ago(7))),
        ([done("rise1", 7), done("rise1", 7)], Reached(1, Step.SAME, days_ago(7))),
        ([done("rise1", 14), done("rise1", 7, How.RIGHT)], Reached(1, Step.SAME, days_ago(7))),
        ([done("rise2", 14), done("rise2", 7, How.HARD)], Reached(1, Step.DOWN, days_ago(7))),
        ([done("rise1", 7, How.HARD)], Reached(1, Step.SAME, days_ago(7))),
        ([done("rise2", 7), done("rise2", 3, How.NOT_DONE)], Reached(2, Step.SAME, days_ago(7))),
        ([done("rise3", 70, How.RIGHT)], Reached(2, Step.AFTER_BREAK, days_ago(70))),
        ([done("rise1", 80), done("rise1", 7)], Reached(1, Step.SAME, days_ago(7))),
        ([done("rise3", 14), done("rise3", 7)], Reached(3, Step.SAME, days_ago(7))),
        ([done("rise2", 0, How.HARD)], Reached(1, Step.FIRST_TIME)),
    ],
    ids=[
        "the first time",
        "easy once",
        "easy twice",
        "twice on one day is once",
        "right after easy",
        "hard",
        "hard at the lowest",
        "a no changes nothing",
        "a long break",
        "a break between two easy ones",
        "already at the top",
        "today does not count",
    ],
)
def test_up_after_two_easy_visits_down_after_a_hard_one(history, expected):
    assert reached(history, "rise", start=1, before=TODAY) == expected


def test_who_fell_getting_up_practises_getting_up_and_balance_and_strength_are_both_there():
    fell = Person(falls=Falls.ONE, last_fall=days_ago(200), fell_when=frozenset({Situation.RISING}))
    chosen = programme(BANK, fell, [], minutes=60, on=TODAY).chosen

    rise = next(one for one in chosen if one.exercise.family == "rise")
    assert (rise.because, rise.fell_when) == (Because.FELL_SO, Situation.RISING)
    assert {Trains.BALANCE, Trains.STRENGTH} <= {one.exercise.trains for one in chosen}


def test_what_holds_the_next_level_back_is_told():
    easy = [done("stance2", 14), done("stance2", 7)]

    def stance(person):
        made = programme(BANK, person, easy, minutes=60, on=TODAY, pinned=["stance3"])
        return made.chosen[1].exercise.code, made.chosen[1].step, made.chosen[1].held_back

    assert stance(replace(STEADY, aid=Aid.WALKER)) == ("stance2", Step.SAME, Excluded.WALKING_AID)
    assert stance(STEADY) == ("stance3", Step.UP, None)


def test_a_pinned_one_comes_first_but_never_against_the_answers_and_only_one_step_at_a_time():
    def hips(person, pinned):
        chosen = programme(BANK, person, [], minutes=60, on=TODAY, pinned=[pinned]).chosen
        first = chosen[1]
        assert first.because is Because.PINNED
        return first.exercise.code

    assert hips(Person(), "hips2") == "hips2"
    assert hips(Person(), "hips3") == "hips1"
    assert hips(Person(aid=Aid.WHEELCHAIR), "hips2") == "hips1"


def test_visits_vary_and_what_is_liked_comes_without_being_all():
    likes_music = replace(STEADY, likes=frozenset({Taste.MUSIC}))
    history, seen = [], []
    for week in (4, 3, 2, 1):
        made = programme(BANK, likes_music, history, minutes=35, on=days_ago(7 * week))
        seen.append({one.exercise.code for one in made.chosen if one.exercise.part is Part.MAIN})
        history += [
            Done(one.exercise.code, one.exercise.family, one.exercise.level, days_ago(7 * week), How.RIGHT)
            for one in made.chosen
        ]
        assert any(one.taste is Taste.MUSIC for one in made.chosen)

    assert len({frozenset(codes) for codes in seen}) == 4
    assert {code.rstrip("123") for code in set.union(*seen)} >= {"rise", "stance", "thighs", "hips", "toes", "walk"}


def test_what_was_declined_three_times_waits_behind_the_others_and_is_not_lost():
    no = [done("thighs1", days, How.NOT_DONE) for days in (21, 14, 7)]
    short = programme(BANK, Person(), no, minutes=30, on=TODAY)
    long = programme(
        BANK, STEADY, no, minutes=120, on=TODAY, removed=[one.code for one in BANK if one.family == "hips"]
    )

    assert "thighs" not in {one.exercise.family for one in short.chosen}
    assert "thighs" in {one.exercise.family for one in long.chosen}
