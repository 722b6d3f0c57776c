"""A draft is asked for, made by the worker with its progress told, stopped, and run again after a killed worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from omtanke.config.tests.cast import at, day, make_list, make_shift
from omtanke.kernel.planning.search import Cancelled, Progress
from omtanke.planning import ask, make
from omtanke.planning.as_lists import as_lists_stand
from omtanke.planning.meanwhile import since_made
from omtanke.planning.models import Draft, DraftRule
from omtanke.planning.opened import Opened
from omtanke.planning.tests.draft_of import asked, made
from omtanke.visits.models import Round, Shift, Visit

State, Trouble = Draft.State, Draft.Trouble


def test_it_waits_is_made_and_is_ready_with_every_visit_in_it(tomorrow):
    draft = asked(tomorrow)
    assert draft.state == State.WAITING

    make.make(draft.pk)

    draft.refresh_from_db()
    assert (draft.state, draft.progress) == (State.READY, 1.0)
    assert set(draft.visits.values_list("visit", flat=True)) == {tomorrow.morning.pk, tomorrow.edvards.pk}
    assert all(row.starts and row.shift_id for row in draft.visits.all())
    assert Opened(draft, on=day(0)).cost.faults == ()


def test_astrid_meets_her_primary_contact(tomorrow):
    draft = made(tomorrow)

    assert draft.visits.get(visit=tomorrow.morning).shift == tomorrow.karis


def test_a_job_that_comes_twice_changes_nothing(tomorrow):
    draft = made(tomorrow)
    finished = draft.finished_at

    make.make(draft.pk)

    draft.refresh_from_db()
    assert (draft.state, draft.finished_at) == (State.READY, finished)


@pytest.mark.parametrize(
    ("gone", "trouble"), [(Shift, Trouble.NOBODY_AT_WORK), (Visit, Trouble.NOTHING_TO_DO)], ids=["shifts", "visits"]
)
def test_without_anybody_at_work_or_anything_to_do_it_says_so(tomorrow, gone, trouble):
    gone.objects.all().delete()

    draft = made(tomorrow)

    assert (draft.state, draft.trouble) == (State.FAILED, trouble)


def test_the_row_tells_how_far_it_is_and_stop_is_heard(tomorrow, monkeypatch):
    monkeypatch.setattr(make, "SECONDS_BETWEEN_BEATS", 0.0)
    draft = asked(tomorrow)
    ask.become(draft, State.RUNNING)
    case = Opened(draft, on=day(0)).case
    tell = make.Teller(draft, case)

    tell(Progress(0.4, 120.0, 1000, lambda: as_lists_stand(case)))
    draft.refresh_from_db()
    assert (draft.percent, draft.best_cost) == (40, 120.0)
    assert draft.visits.get(visit=tomorrow.morning).shift == tomorrow.karis  # a picture already

    ask.stop(draft)
    with pytest.raises(Cancelled):
        tell(Progress(0.5, 110.0, 2000, lambda: as_lists_stand(case)))


def test_stopped_while_it_waits_it_is_cancelled_and_can_be_asked_for_again(tomorrow):
    draft = asked(tomorrow)

    ask.stop(draft)
    assert draft.state == State.CANCELLED
    with pytest.raises(ask.NotNow):
        ask.stop(draft)

    ask.run_again(draft, at=at("08:05"))
    make.make(draft.pk)
    draft.refresh_from_db()
    assert draft.state == State.READY


def test_a_killed_worker_leaves_a_draft_that_says_so_and_can_be_run_again(tomorrow):
    draft = asked(tomorrow)
    ask.become(draft, State.RUNNING, beat_at=timezone.now() - timedelta(minutes=2))

    make.look_after_drafts()

    draft.refresh_from_db()
    assert (draft.state, draft.trouble) == (State.FAILED, Trouble.WORKER_GONE)
    ask.run_again(draft, at=at("08:05"))
    assert Draft.objects.get(pk=draft.pk).state == State.WAITING


def test_a_draft_that_runs_is_not_taken_for_dead(tomorrow):
    draft = asked(tomorrow)
    ask.become(draft, State.RUNNING, beat_at=timezone.now() - timedelta(seconds=20))

    make.look_after_drafts()

    draft.refresh_from_db()
    assert draft.state == State.RUNNING


def test_it_knows_whether_lists_or_rota_have_changed_since(tomorrow):
    draft = made(tomorrow)
    assert not since_made(draft)

    Visit.objects.filter(pk=tomorrow.morning.pk).update(planned_start=at("10:00", day(1)))
    assert since_made(draft)


def test_planned_again_it_begins_from_the_draft_and_keeps_what_people_said(tomorrow):
    draft = made(tomorrow)
    rule = {"employee": tomorrow.kari, "citizen": tomorrow.edvard, "added_by": tomorrow.liv.user, "why": "Sa det selv"}
    DraftRule.objects.create(draft=draft, kind=DraftRule.Kind.NOT_PERSON, **rule)

    again = ask.ask_again(draft, by=tomorrow.liv.user, at=at("09:00"))
    Draft.objects.filter(pk=again.pk).update(seconds=1)
    make.make(again.pk)

    assert [(r.kind, r.why) for r in again.rules.all()] == [("not_person", "Sa det selv")]
    assert again.visits.get(visit=tomorrow.morning).shift == tomorrow.karis
    assert again.visits.get(visit=tomorrow.edvards).shift == tomorrow.olas
    assert draft.rules.count() == 1


def test_what_could_only_be_done_hours_late_has_no_place(tomorrow):
    """Only somebody on the evening shift may give the medicine."""
    Visit.objects.filter(pk=tomorrow.morning.pk).update(competence="wound_care")
    tomorrow.ola.competences = ["wound_care"]
    tomorrow.ola.save()
    Shift.objects.filter(pk=tomorrow.olas.pk).update(starts=at("14:45", day(1)), ends=at("22:00", day(1)))

    draft = made(tomorrow)

    row = draft.visits.get(visit=tomorrow.morning)
    assert (row.shift, row.starts) == (None, None)
    assert draft.visits.get(visit=tomorrow.edvards).shift == tomorrow.karis


def test_a_night_goes_on_after_midnight_with_whoever_is_at_work_that_night(tomorrow):
    night = make_list(tomorrow.nord, "Natt", "22:00", "07:30")
    visits = [
        Visit.objects.create(
            citizen=tomorrow.astrid,
            round=Round.objects.create(work_list=night, on=day(offset)),
            on=day(offset),
            planned_start=at("02:00", day(offset + 1)),
            minutes=20,
            what="Tilsyn",
        )
        for offset in (1, 2)
    ]
    shifts = []
    for offset, carer in ((1, tomorrow.tor), (2, tomorrow.liv)):
        shift = make_shift(carer, day(offset), "22:00", "23:00")
        Shift.objects.filter(pk=shift.pk).update(ends=at("07:45", day(offset + 1)))
        shifts.append(shift)
    draft = asked(tomorrow)
    Draft.objects.filter(pk=draft.pk).update(last=day(2))

    make.make(draft.pk)

    rows = {row.visit_id: row for row in draft.visits.all()}
    assert [rows[visit.pk].shift for visit in visits] == shifts
    assert all(abs(rows[visit.pk].starts - visit.planned_start) <= timedelta(minutes=30) for visit in visits)


def test_asked_for_twice_it_is_one_draft_until_that_is_made(tomorrow):
    first, second = asked(tomorrow), asked(tomorrow)
    assert first == second

    make.make(first.pk)
    assert asked(tomorrow) != first
