"""What the planner is told is what lies in the rows: visits still to do, those at work, who knows whom."""

from datetime import timedelta

import pytest

from omtanke.config.tests.cast import at, day, make_shift, make_visit
from omtanke.kernel.planning.cost import evaluate
from omtanke.kernel.planning.problem import PairKind
from omtanke.planning.as_lists import as_lists_stand
from omtanke.planning.from_rows import case_for
from omtanke.planning.models import Draft
from omtanke.planning.plans import case_of, keep_plan, plan_before, plan_of
from omtanke.planning.rules import Pin, Rules
from omtanke.visits.models import Absence, Visit


def case(cast, **more):
    return case_for(cast.nord, day(1), day(1), on=day(0), **more)


def task(case, visit):
    return next(t for t in case.problem.tasks if t.id == str(visit.pk))


def person(case, citizen):
    return next(p for p in case.problem.persons if p.id == str(citizen.pk))


def test_visits_shifts_and_contacts_have_the_ids_of_their_rows(tomorrow):
    made = case(tomorrow)

    assert set(made.visits) == {str(tomorrow.morning.pk), str(tomorrow.edvards.pk)}
    assert set(made.shifts) == {str(tomorrow.karis.pk), str(tomorrow.olas.pk)}
    assert person(made, tomorrow.astrid).primary == str(tomorrow.kari.pk)
    assert person(made, tomorrow.astrid).secondary == str(tomorrow.ola.pk)
    assert made.moment(task(made, tomorrow.morning).known_start) == tomorrow.morning.planned_start


def test_what_is_done_or_will_not_be_done_is_not_planned_again(tomorrow):
    Visit.objects.filter(pk=tomorrow.morning.pk).update(not_done=Visit.NotDone.AWAY)

    assert set(case(tomorrow).visits) == {str(tomorrow.edvards.pk)}


def test_somebody_away_has_no_shift(tomorrow):
    Absence.objects.create(employee=tomorrow.kari, first_day=day(1), last_day=day(1))

    assert set(case(tomorrow).shifts) == {str(tomorrow.olas.pk)}


def test_who_was_there_in_the_last_fortnight_is_a_face_and_before_that_only_known(tomorrow):
    for offset, carer in ((-3, tomorrow.kari), (-40, tomorrow.ola)):
        done = make_visit(tomorrow.astrid, tomorrow.round1)
        Visit.objects.filter(pk=done.pk).update(
            on=day(offset),
            planned_start=at("09:15", day(offset)),
            done_by=carer,
            started_at=at("09:15", day(offset)),
            ended_at=at("09:45", day(offset)),
        )

    astrid = person(case(tomorrow), tomorrow.astrid)
    assert astrid.faces == {str(tomorrow.kari.pk)}
    assert astrid.known == {str(tomorrow.kari.pk), str(tomorrow.ola.pk)}


def test_two_carers_at_one_visit_begin_together(tomorrow):
    other = make_visit(tomorrow.astrid, tomorrow.round2, "09:15")
    for one, mate in ((tomorrow.morning, other), (other, tomorrow.morning)):
        Visit.objects.filter(pk=one.pk).update(together_with=mate)

    (pair,) = case(tomorrow).problem.pairs
    assert (pair.kind, {pair.first, pair.second}) == (
        PairKind.TOGETHER,
        {str(tomorrow.morning.pk), str(other.pk)},
    )


def test_medicine_waits_for_nobody_and_asks_for_somebody_who_may_give_it(tomorrow):
    Visit.objects.filter(pk=tomorrow.morning.pk).update(competence="medication")

    medicine, other = task(case(tomorrow), tomorrow.morning), task(case(tomorrow), tomorrow.edvards)
    assert (medicine.medicine_critical, medicine.competences) == (True, {"medication"})
    assert (other.medicine_critical, other.competences) == (False, frozenset())
    assert medicine.windows[0].closes - medicine.windows[0].opens < other.windows[0].closes - other.windows[0].opens


def test_a_long_shift_has_a_break_and_a_short_one_has_none(tomorrow):
    make_shift(tomorrow.tor, day(1), "08:00", "12:00")

    breaks = {shift.carer: len(shift.breaks) for shift in case(tomorrow).problem.shifts}
    assert breaks == {str(tomorrow.kari.pk): 1, str(tomorrow.ola.pk): 1, str(tomorrow.tor.pk): 0}


def test_what_has_begun_stays_where_it_is_and_the_rest_begins_from_now(cast):
    shift = make_shift(cast.kari)
    later = make_visit(cast.edvard, cast.round1, "10:00")
    Visit.objects.filter(pk=cast.visit.pk).update(started_at=at("09:20"), done_by=cast.kari)

    made = case_for(cast.nord, day(0), day(0), on=day(0), now=at("09:40"))

    begun = task(made, cast.visit)
    assert (begun.begun, begun.pinned_shift, begun.pinned_start) == (True, str(shift.pk), 9 * 60 + 20.0)
    assert task(made, later).windows[0].opens == 9 * 60 + 40.0
    assert made.problem.shifts[0].starts == 9 * 60 + 40.0


def test_what_people_have_said_reaches_the_planner(tomorrow):
    kari, ola = str(tomorrow.kari.pk), str(tomorrow.ola.pk)
    made = case(
        tomorrow,
        rules=Rules(
            pins={str(tomorrow.morning.pk): Pin(str(tomorrow.olas.pk), 560.0)},
            forbidden={str(tomorrow.edvards.pk): frozenset({kari})},
            not_there={str(tomorrow.edvard.pk): frozenset({ola})},
            wishes={str(tomorrow.astrid.pk): frozenset({ola})},
        ),
    )

    pinned = task(made, tomorrow.morning)
    assert (pinned.pinned_shift, pinned.pinned_start) == (str(tomorrow.olas.pk), 560.0)
    assert task(made, tomorrow.edvards).forbidden_carers == {kari}
    assert person(made, tomorrow.edvard).incompatible == {ola}
    assert person(made, tomorrow.astrid).preferred == {ola}


def test_the_number_of_queries_does_not_grow_with_the_number_of_visits(tomorrow, django_assert_num_queries):
    for n in range(12):
        make_visit(tomorrow.edvard, tomorrow.round1, f"{9 + n // 2}:{'30' if n % 2 else '00'}".zfill(5), 10)

    with django_assert_num_queries(8):
        case(tomorrow)


def test_the_lists_as_they_stand_go_to_whoever_has_them_and_else_to_the_contact(tomorrow):
    tomorrow.round2.taken_by = tomorrow.ola
    tomorrow.round2.save()

    made = case(tomorrow)
    doers = as_lists_stand(made).shift_of()
    assert doers == {
        str(tomorrow.morning.pk): str(tomorrow.karis.pk),
        str(tomorrow.edvards.pk): str(tomorrow.olas.pk),
    }
    assert evaluate(made.problem, as_lists_stand(made)).faults == ()


def test_a_draft_keeps_its_plan_exactly_and_remembers_how_it_was(tomorrow):
    made = case(tomorrow)
    draft = Draft.objects.create(
        unit=tomorrow.nord, first=day(1), last=day(1), name="I morgen", asked_by=tomorrow.liv.user
    )
    plan = as_lists_stand(made)
    keep_plan(draft, made, plan)

    Visit.objects.filter(pk=tomorrow.morning.pk).update(planned_start=at("10:00", day(1)))
    again = case_of(draft, on=day(0))
    assert evaluate(again.problem, plan_of(draft, again)).amounts["driving"] == pytest.approx(
        evaluate(made.problem, plan).amounts["driving"]
    )
    assert plan_of(draft, again).starts() == plan.starts()
    assert plan_before(draft, again).starts()[str(tomorrow.morning.pk)] == made.minutes(
        at("10:00", day(1)) - timedelta(minutes=45)
    )


def test_the_break_is_taken_while_one_would_wait_and_delays_nobody(tomorrow):
    make_visit(tomorrow.astrid, tomorrow.round1, "12:30")
    made = case(tomorrow)

    stops = as_lists_stand(made).tours[str(tomorrow.karis.pk)]

    pause = next(stop for stop in stops if stop.break_number is not None)
    assert made.moment(pause.start) == at("10:00", day(1))
    assert made.moment(stops[-1].start) == at("12:30", day(1))


def test_without_a_wait_the_break_comes_before_its_time_runs_out(tomorrow):
    for clock in ("10:00", "11:00", "12:00"):
        make_visit(tomorrow.astrid, tomorrow.round1, clock, minutes=60)
    made = case(tomorrow)

    stops = as_lists_stand(made).tours[str(tomorrow.karis.pk)]

    pause = next(stop for stop in stops if stop.break_number is not None)
    assert made.moment(pause.start) == at("13:00", day(1))
    assert evaluate(made.problem, as_lists_stand(made)).amounts["missed_break"] == 0


def test_as_the_lists_stand_nothing_new_begins_before_now(cast):
    make_shift(cast.kari)
    later = make_visit(cast.edvard, cast.round1, "09:50", minutes=10)
    cast.round1.taken_by = cast.kari
    cast.round1.save()
    Visit.objects.filter(pk=cast.visit.pk).update(started_at=at("09:20"), done_by=cast.kari)

    made = case_for(cast.nord, day(0), day(0), on=day(0), now=at("11:00"))
    plan = as_lists_stand(made)

    assert plan.starts()[str(later.pk)] >= 11 * 60
    assert evaluate(made.problem, plan).faults == ()
