"""People decide: they move visits, say what the plan keeps to, and every change has a name and can be undone."""

import pytest

from omtanke.config.tests.cast import at, day, make_shift
from omtanke.planning import change
from omtanke.planning.models import DraftChange, DraftRule
from omtanke.planning.opened import Opened
from omtanke.planning.tests.draft_of import made
from omtanke.visits.models import Visit

Rule = DraftRule.Kind


def lies(draft):
    return {row.visit_id: (row.shift_id, row.starts) for row in draft.visits.all()}


def move(cast, draft, visit, shift, **more):
    settings = {"at": None, "stays": False, "by": cast.liv.user, "on": day(0)} | more
    return change.move_visit(draft, visit.pk, shift.pk, **settings)


def say(cast, draft, kind, **what):
    return change.say(draft, kind, by=cast.liv.user, on=day(0), **what)


def test_a_visit_moves_to_another_carer_and_back_by_undo(tomorrow):
    draft = made(tomorrow)
    before = lies(draft)
    assert before[tomorrow.morning.pk][0] == tomorrow.karis.pk

    moved = move(tomorrow, draft, tomorrow.morning, tomorrow.olas)

    assert lies(draft)[tomorrow.morning.pk][0] == tomorrow.olas.pk
    assert (moved.kind, moved.by, moved.employee) == ("moved", tomorrow.liv.user, tomorrow.ola)
    change.undo_change(moved)
    assert lies(draft) == before


def test_it_moves_to_the_minute_that_was_asked_for(tomorrow):
    draft = made(tomorrow)

    move(tomorrow, draft, tomorrow.morning, tomorrow.olas, at=at("11:05", day(1)))

    assert lies(draft)[tomorrow.morning.pk] == (tomorrow.olas.pk, at("11:05", day(1)))


def test_nobody_gets_a_visit_that_asks_for_more_than_they_are_trained_in(tomorrow):
    Visit.objects.filter(pk=tomorrow.morning.pk).update(competence="wound_care")
    tomorrow.kari.competences = ["wound_care"]
    tomorrow.kari.save()
    draft = made(tomorrow)
    before = lies(draft)

    with pytest.raises(change.NoWay) as no_way:
        move(tomorrow, draft, tomorrow.morning, tomorrow.olas)

    assert no_way.value.rule == "competence"
    assert lies(draft) == before
    assert not DraftChange.objects.exists()


def test_a_moved_visit_stays_there_when_planned_again_if_one_says_so(tomorrow):
    draft = made(tomorrow)

    moved = move(tomorrow, draft, tomorrow.morning, tomorrow.olas, stays=True)
    assert DraftRule.objects.current().get(draft=draft).shift == tomorrow.olas

    change.undo_change(moved)
    assert not DraftRule.objects.current().filter(draft=draft).exists()


def test_whoever_moves_a_pinned_visit_decides_anew(tomorrow):
    draft = made(tomorrow)
    move(tomorrow, draft, tomorrow.morning, tomorrow.olas, stays=True)

    back = move(tomorrow, draft, tomorrow.morning, tomorrow.karis, stays=True)
    assert [rule.shift for rule in DraftRule.objects.current().filter(draft=draft)] == [tomorrow.karis]

    change.undo_change(back)
    assert [rule.shift for rule in DraftRule.objects.current().filter(draft=draft)] == [tomorrow.olas]


def test_said_that_kari_is_not_to_come_the_visit_goes_to_the_best_other_at_once(tomorrow):
    draft = made(tomorrow)
    before = lies(draft)

    said = say(tomorrow, draft, Rule.NOT_PERSON, citizen=tomorrow.astrid, employee=tomorrow.kari, why="Ba om en annen")

    assert lies(draft)[tomorrow.morning.pk][0] == tomorrow.olas.pk
    assert Opened(draft, on=day(0)).cost.faults == ()
    change.undo_change(said)
    assert lies(draft) == before
    assert not DraftRule.objects.current().exists()


def test_where_nobody_is_left_the_visit_has_no_place_and_is_not_forgotten(tomorrow):
    draft = made(tomorrow)
    for carer in (tomorrow.kari, tomorrow.ola):
        say(tomorrow, draft, Rule.NOT_VISIT, citizen=tomorrow.astrid, visit=tomorrow.morning, employee=carer)

    assert lies(draft)[tomorrow.morning.pk] == (None, None)
    assert Opened(draft, on=day(0)).plan.unplaced == (str(tomorrow.morning.pk),)


def test_a_wish_changes_nothing_until_it_is_planned_again(tomorrow):
    draft = made(tomorrow)
    before = lies(draft)

    say(tomorrow, draft, Rule.WISH_PERSON, citizen=tomorrow.astrid, employee=tomorrow.ola, said_by="Astrid")
    say(tomorrow, draft, Rule.WISH_LIST, work_list=tomorrow.list2, employee=tomorrow.kari)

    problem = Opened(draft, on=day(0)).case.problem
    assert lies(draft) == before
    assert {p.id: p.preferred for p in problem.persons}[str(tomorrow.astrid.pk)] == {str(tomorrow.ola.pk)}
    assert {s.carer: s.list_name for s in problem.shifts}[str(tomorrow.kari.pk)] == str(tomorrow.list2.pk)


def test_what_was_said_can_be_taken_back_and_that_be_undone(tomorrow):
    draft = made(tomorrow)
    say(tomorrow, draft, Rule.WISH_PERSON, citizen=tomorrow.astrid, employee=tomorrow.ola)
    rule = DraftRule.objects.get()

    gone = change.take_back(rule, by=tomorrow.liv.user)
    assert not DraftRule.objects.current().exists()

    change.undo_change(gone)
    assert DraftRule.objects.current().get() == rule


def test_the_latest_change_is_undone_first(tomorrow):
    draft = made(tomorrow)
    first = move(tomorrow, draft, tomorrow.morning, tomorrow.olas)
    second = move(tomorrow, draft, tomorrow.edvards, tomorrow.karis)

    with pytest.raises(change.NotTheLatest):
        change.undo_change(first)
    change.undo_change(second)
    change.undo_change(first)
    assert lies(draft)[tomorrow.morning.pk][0] == tomorrow.karis.pk


def test_looking_changes_nothing(tomorrow):
    draft = made(tomorrow)
    before = lies(draft)

    plan = change.plan_with(Opened(draft, on=day(0)), str(tomorrow.morning.pk), str(tomorrow.olas.pk))

    assert plan.shift_of()[str(tomorrow.morning.pk)] == str(tomorrow.olas.pk)
    assert lies(draft) == before


def test_a_shift_of_another_day_is_no_place(tomorrow):
    draft = made(tomorrow)

    with pytest.raises(change.NoWay):
        move(tomorrow, draft, tomorrow.morning, make_shift(tomorrow.kari, day(2)))
